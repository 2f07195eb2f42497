import { z } from 'zod/v4';
import type { Reply } from '../../gateway';
import { add, asks, call, done, type Fault, type FaultTool } from './fault';

/** Turns that could be lost, run twice or not be recognised. */

const cut = (reply: Reply): Reply => ({ ...reply, finishReason: 'length' });
const CUT = /^Not run: your answer reached its length limit/;
const uncounted = (reply: Reply): Reply => ({ ...reply, usage: null });

const take = (schema: z.ZodObject): FaultTool => ({
	name: 'take',
	schema,
	run: (args, calls) => {
		calls.push(JSON.stringify(args));
		return 'taken';
	},
});
const any = take(z.object({ data: z.unknown(), note: z.string().optional() }));

const cutFaults: Fault[] = [
	{
		name: 'calls in an answer cut by length, three times',
		tools: [add],
		script: () => cut({ ...asks(call('add', '{"a": 1')), text: 'Let me' }),
		told: [CUT, CUT],
		ran: [],
		output: 'Let me',
		stopReason: 'truncated',
		requests: 3,
	},
	{
		name: 'a call cut within its arguments, then whole',
		tools: [add],
		script: [cut(asks(call('add', '{"a": 1'))), asks(call('add', { a: 12 })), done],
		told: [CUT, '13'],
		ran: ['add 12 1'],
		requests: 3,
	},
	{
		name: 'a cut call whose arguments look whole',
		tools: [add],
		script: [cut(asks(call('add', { a: 1 }))), asks(call('add', { a: 1, b: 2 })), done],
		told: [CUT, '3'],
		ran: ['add 1 2'],
		requests: 3,
	},
	{
		name: 'several calls of which only the last one is cut',
		tools: [add],
		script: [
			cut(asks(call('add', { a: 1 }), call('add', { a: 2 }), call('add', '{"a"'))),
			asks(call('add', { a: 1 }), call('add', { a: 2 }), call('add', { a: 3 })),
			done,
		],
		told: [CUT, CUT, CUT, '2', '3', '4'],
		ran: ['add 1 1', 'add 2 1', 'add 3 1'],
		requests: 3,
	},
	{
		name: 'a cut call without arguments, id and name',
		tools: [add],
		script: [cut(asks(call('', '', ''))), asks(call('add', { a: 1 })), done],
		told: [CUT, '2'],
		ran: ['add 1 1'],
		requests: 3,
	},
	{
		name: 'a cut answer that holds nothing',
		tools: [add],
		script: [cut({ text: '' }), cut({ text: ' \n' }), asks(call('add', { a: 1 })), done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 4,
	},
	{
		name: 'cut calls with a run in between',
		tools: [add],
		script: [
			cut(asks(call('add', '{'))),
			cut(asks(call('add', '{'))),
			asks(call('add', { a: 1 })),
			cut(asks(call('add', '{'))),
			cut(asks(call('add', '{'))),
			done,
		],
		told: [CUT, CUT, '2', CUT, CUT],
		ran: ['add 1 1'],
		requests: 6,
	},
	{
		name: 'cut calls do not count as repeated',
		tools: [add],
		script: [
			cut(asks(call('add', { a: 1 }))),
			cut(asks(call('add', { a: 1 }))),
			asks(call('add', { a: 1 })),
			done,
		],
		options: { repeatLimit: 1, maxToolCalls: 2 },
		told: [CUT, CUT, '2'],
		ran: ['add 1 1'],
		requests: 4,
	},
	{
		name: 'a model that refuses more tokens',
		tools: [add],
		script: ({ max_tokens: most, messages }) =>
			Number(most) > 1024
				? { status: 400, error: { message: 'max_tokens: at most 1024' } }
				: messages.length === 1
					? cut(asks(call('add', '{"a')))
					: messages.length < 5
						? asks(call('add', { a: 1 }))
						: done,
		told: [CUT, '2'],
		ran: ['add 1 1'],
		refused: 1,
		requests: 3,
	},
];

const repeatFaults: Fault[] = [
	{
		name: 'the same call in other orders and spellings',
		tools: [any],
		script: ({ tool_choice: choice }, n) =>
			choice === 'none'
				? done
				: asks(
						call(
							'take',
							[
								'{"data":{"x":1,"y":[{"p":1,"q":2}]},"note":"n"}',
								'{"note":"n","data":{"y":[{"q":2.0,"p":1e0}],"x":1.0}}',
								'{ "data": { "y": [{ "q": 2, "p": 1 }], "x": 1 }, "note": "n", }',
							][n] ?? '',
						),
					),
		options: { repeatLimit: 2 },
		told: ['taken', /^taken.*very call 2 times/s, /very call 2 times/],
		ran: [
			'{"data":{"x":1,"y":[{"p":1,"q":2}]},"note":"n"}',
			'{"data":{"y":[{"q":2,"p":1}],"x":1},"note":"n"}',
		],
		stopReason: 'repeatedCalls',
		requests: 4,
	},
	{
		name: 'null for what may be left out, at any depth',
		tools: [
			take(
				z.object({
					a: z.string().optional(),
					n: z.number().default(7),
					keep: z.null().optional(),
					in: z.object({ b: z.array(z.string()).optional() }).optional(),
				}),
			),
		],
		script: [asks(call('take', { a: null, n: null, keep: null, in: { b: null } })), done],
		told: ['taken'],
		ran: ['{"n":7,"keep":null,"in":{}}'],
		requests: 2,
	},
	{
		name: 'null for what is needed',
		tools: [take(z.object({ a: z.string() }))],
		script: [asks(call('take', { a: null })), done],
		told: [/\/a: .*expected string/],
		ran: [],
		requests: 2,
	},
	...(
		[
			['an object in a text', '{"x":[1]}', '{"data":{"x":[1]}}'],
			['a list in a text', ' [1, {"a": null}] ', '{"data":[1,{"a":null}]}'],
			['a text', 'plain', '{"data":"plain"}'],
			['a number in a text', '5', '{"data":"5"}'],
			['half an object in a text', '{"x":', '{"data":"{\\"x\\":"}'],
			['digits that a number cannot keep', '{"x":12345678901234567890}', undefined],
		] satisfies Array<[string, string, string?]>
	).map(([name, data, args = JSON.stringify({ data })]): Fault => ({
		name: `${name} for an untyped argument`,
		tools: [any],
		script: [asks(call('take', { data })), done],
		told: ['taken'],
		ran: [args],
		requests: 2,
	})),
	{
		name: 'JSON in texts for an object and a list',
		tools: [
			take(z.object({ o: z.object({ x: z.number() }), l: z.array(z.number()), s: z.string() })),
		],
		script: [asks(call('take', { o: '{"x":1}', l: '[1,2]', s: '{"x":1}' })), done],
		told: ['taken'],
		ran: ['{"o":{"x":1},"l":[1,2],"s":"{\\"x\\":1}"}'],
		requests: 2,
	},
];

const forever = (reply: (n: number) => Reply) => ({
	tools: [add],
	script: (({ tool_choice: choice }, n) =>
		choice === 'none' ? done : reply(n)) satisfies Fault['script'],
});
const paidFaults: Fault[] = [
	{
		name: 'Max Cost at a gateway that counts nothing',
		...forever((n) => uncounted(asks(call('add', { a: n })))),
		options: { maxCostUsd: 0.000001 },
		told: ['1'],
		ran: ['add 0 1'],
		stopReason: 'costBudget',
		requests: 2,
	},
	{
		name: 'Max Total Tokens at a gateway that counts nothing',
		...forever((n) => uncounted(asks(call('add', { a: n })))),
		options: { maxTotalTokens: 5 },
		told: ['1'],
		ran: ['add 0 1'],
		stopReason: 'tokenBudget',
		requests: 2,
	},
	{
		name: 'Max Cost at a gateway that counts zeros',
		...forever((n) => ({
			...asks(call('add', { a: n })),
			usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 },
		})),
		options: { maxCostUsd: 0.000001 },
		told: ['1'],
		ran: ['add 0 1'],
		stopReason: 'costBudget',
		requests: 2,
	},
];

export const turnFaults: Fault[] = [...cutFaults, ...repeatFaults, ...paidFaults];
