import { z } from 'zod/v4';
import { add, asks, call, done, odd, type Fault } from './fault';

const HALF = '\ud83d';
const ai = (content: unknown, ...tool_calls: object[]) => ({ type: 'ai', content, tool_calls });
const human = (content: unknown) => ({ type: 'human', content });
const told = (tool_call_id: unknown, content: unknown) => ({ type: 'tool', tool_call_id, content });
const made = (id: string, args: unknown = {}, name = 'add') => ({ id, name, args });
const NOT_KEPT = 'The result of this call was not kept.';
const NOTHING = 'The tool returned nothing.';

/** What a history holds from elsewhere, in the form that n8n's memory and the library both read. */
const withHistory = (name: string, history: unknown[], answers: string[] = []): Fault => ({
	name: `a history with ${name}`,
	tools: [add],
	history,
	script: [done],
	told: answers,
	ran: [],
	requests: 1,
});

const historyFaults: Fault[] = [
	withHistory('a result whose call is gone', [told('gone', '42'), human('Hi'), ai('Hello')]),
	withHistory('nothing but a result', [told('gone', '42')]),
	withHistory('a call without a result', [human('Hi'), ai('', made('a'))], [NOT_KEPT]),
	withHistory(
		'two results of one call',
		[human('Hi'), ai('', made('a')), told('a', '1'), told('a', '2')],
		['1\n\n2'],
	),
	withHistory(
		'results out of order',
		[human('Hi'), ai('', made('a'), made('b')), told('b', '2'), told('a', '1')],
		['1', '2'],
	),
	withHistory(
		'a result that comes late',
		[human('Hi'), ai('', made('a')), human('Well?'), told('a', '1')],
		['1'],
	),
	withHistory('an assistant first', [ai('Hello'), human('Hi'), ai('Yes?')]),
	withHistory('an assistant alone', [ai('Hello')]),
	withHistory('a user without an answer', [human('Hi')]),
	withHistory('empty and blank messages', [human(''), ai(' '), human('\n'), ai('')]),
	withHistory('late and several system messages', [
		human('Hi'),
		{ type: 'system', content: 'Be brief.' },
		ai('Yes?'),
		{ type: 'system', content: 'Be kind.' },
	]),
	withHistory(
		'ids of another model',
		[human('Hi'), ai('', made('functions.add:0')), told('functions.add:0', '1')],
		['1'],
	),
	withHistory(
		'one id in two turns',
		[human('Hi'), ai('', made('a')), told('a', '1'), ai('', made('a')), told('a', '2')],
		['1', '2'],
	),
	withHistory('calls without ids', [human('Hi'), ai('', made('')), told('', '1')], ['1']),
	withHistory(
		'an illegal name',
		[human('Hi'), ai('', made('a', {}, 'find files')), told('a', '1')],
		['1'],
	),
	withHistory(
		'arguments that are no object',
		[human('Hi'), ai('', made('a', [1])), told('a', '1')],
		['1'],
	),
	withHistory('an empty result', [human('Hi'), ai('', made('a')), told('a', '')], [NOTHING]),
	withHistory(
		'halves of letters',
		[human(`Hi${HALF}`), ai(`Yes${HALF}`, made('a', { n: HALF })), told('a', HALF)],
		['\ufffd'],
	),
	{
		...withHistory('calls where no tools are', [human('Hi'), ai('', made('a')), told('a', '1')]),
		tools: [],
	},
];

const blankFaults: Fault[] = [
	{
		name: 'a text of blanks beside a call',
		tools: [add],
		script: [{ ...asks(call('add', { a: 1 })), text: ' \n' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'a text of controls beside a call',
		tools: [add],
		script: [{ ...asks(call('add', { a: 1 })), text: '\u001f' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'blanks as the answer',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { text: ' \n ' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 3,
	},
	{
		name: 'nothing but blanks as answers',
		tools: [add],
		script: [{ text: ' ' }, { text: '\t' }],
		ran: [],
		output: '',
		requests: 2,
	},
	{
		name: 'blanks as the answer at the limit',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { text: ' ' }, done],
		options: { maxIterations: 1 },
		told: ['2'],
		ran: ['add 1 1'],
		stopReason: 'maxIterations',
		requests: 3,
	},
	{
		name: 'a tool that returns blanks',
		tools: [odd(() => ' \n')],
		script: [asks(call('odd')), done],
		told: [NOTHING],
		ran: ['odd'],
		requests: 2,
	},
];

const letterFaults: Fault[] = [
	{
		name: 'half a letter in a result',
		tools: [odd(() => `a${HALF}b`)],
		script: [asks(call('odd')), done],
		told: ['a\ufffdb'],
		ran: ['odd'],
		requests: 2,
	},
	{
		name: 'half a letter in a key of a result',
		tools: [odd(() => ({ [HALF]: 1 }))],
		script: [asks(call('odd')), done],
		told: [/^\{"(\ufffd|\\ud83d)":1\}$/],
		ran: ['odd'],
		requests: 2,
	},
	{
		name: 'half a letter in an error',
		tools: [odd(() => Promise.reject(new Error(`no${HALF}`)))],
		script: [asks(call('odd')), done],
		told: [/failed: .*no\ufffd/],
		ran: ['odd'],
		requests: 2,
	},
	{
		name: 'half a letter in arguments',
		tools: [add],
		script: [asks(call('add', '{"a":1,"note":"\\ud83d"}')), done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'half a letter in the name of a call',
		tools: [add],
		script: [asks(call(`add${HALF}`)), done],
		told: [/no tool/],
		ran: [],
		requests: 2,
	},
	{
		name: 'half a letter in a schema',
		tools: [
			{ ...odd(() => 'fine'), schema: z.object({ n: z.number().optional().describe(HALF) }) },
		],
		script: [asks(call('odd')), done],
		told: ['fine'],
		ran: ['odd'],
		requests: 2,
	},
	{
		name: 'half a letter in an answer',
		tools: [add],
		script: [{ ...asks(call('add', { a: 1 })), text: `So${HALF}` }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
];

const idFaults: Fault[] = ['functions.add:0', 'call 1', 'é', '.'.repeat(5)].map((id) => ({
	name: `the call id ${JSON.stringify(id)}`,
	tools: [add],
	script: [asks(call('add', { a: 1 }, id)), asks(call('add', { a: 2 }, id)), done],
	told: ['2', '3'],
	ran: ['add 1 1', 'add 2 1'],
	requests: 3,
}));

/** What a strict endpoint refuses in a conversation, from elsewhere or from within the loop. */
export const conversationFaults: Fault[] = [
	...historyFaults,
	...blankFaults,
	...letterFaults,
	...idFaults,
];
