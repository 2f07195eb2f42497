import { z } from 'zod/v4';
import type { ChatBody, Reply, Script } from '../../gateway';

/** A tool as both sides can make it: the library with `defineTool`, n8n as a connected tool. */
export interface FaultTool {
	name: string;
	schema: z.ZodObject;
	run: (args: Record<string, unknown>, calls: string[]) => unknown;
}

/** One thing that goes wrong, and how the loop has to come out of it. */
export interface Fault {
	name: string;
	tools: FaultTool[];
	script: Reply[] | Script;
	options?: Record<string, number>;
	/** What the model is told about its calls, in order. */
	told?: Array<string | RegExp>;
	/** Calls that really ran. */
	ran: string[];
	output?: unknown;
	stopReason?: string;
	/** Successful requests: those that are paid for. */
	requests: number;
}

const call = (name: string, args: string | object = {}, id?: string) => ({
	name,
	arguments: args,
	...(id === undefined ? {} : { id }),
});
const asks = (...toolCalls: Array<ReturnType<typeof call>>): Reply => ({ toolCalls });
const done: Reply = { text: 'Done.' };

const add: FaultTool = {
	name: 'add',
	schema: z.object({ a: z.number(), b: z.number().default(1) }),
	run: ({ a, b }, calls) => {
		calls.push(`add ${a} ${b}`);
		return Number(a) + Number(b);
	},
};
const odd = (run: FaultTool['run'], name = 'odd'): FaultTool => ({
	name,
	schema: z.object({ n: z.number().optional() }),
	run: (args, calls) => {
		calls.push(name);
		return run(args, calls);
	},
});
const circular: Record<string, unknown> = {};
circular.self = circular;
const never = () => new Promise(() => undefined);
const throwing = (thrown: unknown) => () => {
	throw thrown;
};
/** n8n offers its tools in an order of its own. */
const byDescription = (tools: NonNullable<ChatBody['tools']>) =>
	tools
		.map(({ function: { name, description = '' } }) => ({ name, description }))
		.sort((a, b) => (a.description < b.description ? -1 : 1))
		.map(({ name }) => call(name));
const LONG = `${'very_'.repeat(20)}long`;

const turn = { ran: [], requests: 2 };
/** One call of a tool that ran, and what the model was told of it. */
const oneCall = (tool: FaultTool, told: string | RegExp) => ({
	tools: [tool],
	script: [asks(call(tool.name)), done],
	told: [told],
	ran: [tool.name],
	requests: 2,
});

const callFaults: Fault[] = [
	{
		name: 'an unknown tool',
		tools: [add],
		script: [asks(call('ad', { a: 1 })), done],
		told: [/no tool "ad".*mean "add".*tools are: add/],
		...turn,
	},
	{
		name: 'a tool named constructor',
		tools: [add],
		script: [asks(call('constructor')), done],
		told: [/no tool "constructor"/],
		...turn,
	},
	{
		name: 'a tool named __proto__',
		tools: [add],
		script: [asks(call('__proto__')), done],
		told: [/no tool "__proto__"/],
		...turn,
	},
	{
		name: 'a call without a name',
		tools: [add],
		script: [asks(call('')), done],
		told: [/no tool ""/],
		...turn,
	},
	{
		name: 'a name that is no tool name',
		tools: [add],
		script: [asks(call('get the weather!')), done],
		told: [/no tool "get the weather!"/],
		...turn,
	},
	{
		name: 'arguments that are no JSON',
		tools: [add],
		script: [asks(call('add', 'one and two')), done],
		told: [/could not be read: they must be a JSON object, not one and two/],
		...turn,
	},
	{
		name: 'arguments cut in the middle',
		tools: [add],
		script: [asks(call('add', '{"a": 1, "b"')), done],
		told: [/not valid JSON/],
		...turn,
	},
	{
		name: 'two objects as arguments',
		tools: [add],
		script: [asks(call('add', '{"a": 1}{"a": 2}')), done],
		told: [/could not be read/],
		...turn,
	},
	{
		name: 'a list as arguments',
		tools: [add],
		script: [asks(call('add', '[1]')), done],
		told: [/must be a JSON object, not \[1\]/],
		...turn,
	},
	{
		name: 'empty arguments where some are needed',
		tools: [add],
		script: [asks(call('add', '')), done],
		told: [/do not fit.*\/a: .*expected number, received undefined/s],
		...turn,
	},
	{
		name: 'an argument of another type',
		tools: [add],
		script: [asks(call('add', { a: { x: 1 } })), done],
		told: [/\/a: .*expected number, received object/],
		...turn,
	},
	{
		name: 'empty arguments where none are needed',
		...oneCall(
			odd(() => 'fine'),
			'fine',
		),
		script: [asks(call('odd', '')), done],
	},
	{
		name: 'a trailing comma',
		tools: [add],
		script: [asks(call('add', '{"a": 1,}')), done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'arguments encoded twice',
		tools: [add],
		script: [asks(call('add', JSON.stringify('{"a": 1}'))), done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'a number sent as text',
		tools: [add],
		script: [asks(call('add', { a: '41' })), done],
		told: ['42'],
		ran: ['add 41 1'],
		requests: 2,
	},
	{
		name: 'an object sent as text',
		tools: [
			{
				name: 'find',
				schema: z.object({ where: z.object({ city: z.string() }) }),
				run: (args, calls) => calls.push(JSON.stringify(args)) && 'found',
			},
		],
		script: [asks(call('find', { where: '{"city":"Bern"}' })), done],
		told: ['found'],
		ran: ['{"where":{"city":"Bern"}}'],
		requests: 2,
	},
	{
		name: 'a __proto__ among the arguments',
		tools: [odd(() => String(Reflect.get({}, 'polluted')))],
		script: [asks(call('odd', '{"__proto__": {"polluted": true}}')), done],
		told: ['undefined'],
		ran: ['odd'],
		requests: 2,
	},
];

const resultFaults: Fault[] = [
	{
		name: 'a tool that throws',
		...oneCall(odd(throwing(new Error('no luck'))), /^The tool failed: .*no luck/),
	},
	{
		name: 'a tool that throws no error',
		...oneCall(odd(throwing('just words')), /^The tool failed: .*just words/),
	},
	{
		name: 'a tool that returns an error',
		...oneCall(
			odd(() => new Error('returned')),
			/^The tool failed: returned/,
		),
	},
	{
		name: 'a tool that rejects late',
		...oneCall(
			odd(() => new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 20))),
			/failed: .*late/,
		),
	},
	{
		name: 'a tool that hangs',
		...oneCall(odd(never), /no result within 0.2 s and was stopped/),
		options: { toolTimeoutMs: 200 },
	},
	{
		name: 'a tool that returns undefined',
		...oneCall(
			odd(() => undefined),
			/returned nothing/,
		),
	},
	{
		name: 'a tool that returns an empty text',
		...oneCall(
			odd(() => ''),
			/returned nothing/,
		),
	},
	{
		name: 'a circular result',
		...oneCall(
			odd(() => circular),
			/no JSON form/,
		),
	},
	{
		name: 'a binary result',
		...oneCall(
			odd(() => Buffer.from('bytes')),
			/binary data/,
		),
	},
	{
		name: 'a BigInt',
		...oneCall(
			odd(() => ({ n: 2n ** 64n })),
			'{"n":"18446744073709551616"}',
		),
	},
	{
		name: 'a Map and a Set',
		...oneCall(
			odd(() => ({ map: new Map([['a', 1]]), set: new Set([2]) })),
			'{"map":{"a":1},"set":[2]}',
		),
	},
	{
		name: 'a toJSON that throws',
		...oneCall(
			odd(() => ({ toJSON: throwing(new Error('not me')) })),
			/not me/,
		),
	},
	{
		name: 'a result of 5 MB',
		...oneCall(
			odd(() => `HEAD${'x'.repeat(5_000_000)}TAIL`),
			/^HEAD.*\[… 4999008 of 5000008 characters left out …\].*TAIL$/s,
		),
		options: { toolResultLimit: 1000 },
	},
	{
		name: 'one of three calls fails',
		tools: [add, odd(throwing(new Error('no luck')))],
		script: [asks(call('add', { a: 1 }), call('odd'), call('add', { a: 2 })), done],
		told: ['2', /no luck/, '3'],
		ran: ['add 1 1', 'odd', 'add 2 1'],
		requests: 2,
	},
];

const nameFaults: Fault[] = [
	{
		name: 'a tool name with dots and spaces',
		tools: [odd(() => 'read', 'files.read all')],
		script: [asks(call('files_read_all')), done],
		told: ['read'],
		ran: ['files.read all'],
		requests: 2,
	},
	{
		name: 'such a tool called by its own name',
		tools: [odd(() => 'read', 'files.read all')],
		script: [asks(call('files.read all')), done],
		told: ['read'],
		ran: ['files.read all'],
		requests: 2,
	},
	{
		name: 'a tool name of more than 64 characters',
		tools: [odd(() => 'long', LONG)],
		script: ({ tools, messages }) =>
			messages.length === 1 ? asks(call(tools?.[0]?.function.name ?? '')) : done,
		told: ['long'],
		ran: [LONG],
		requests: 2,
	},
	{
		name: 'two names that become alike',
		tools: [odd(() => 'dot', 'a.b'), odd(() => 'space', 'a b'), odd(() => 'plain', 'a_b')],
		script: ({ tools = [], messages }) =>
			messages.length === 1 ? asks(...byDescription(tools)) : done,
		told: ['space', 'dot', 'plain'],
		ran: ['a b', 'a.b', 'a_b'],
		requests: 2,
	},
];

const answerFaults: Fault[] = [
	{
		name: 'empty call ids',
		tools: [add],
		script: [asks(call('add', { a: 1 }, ''), call('add', { a: 2 }, '')), done],
		told: ['2', '3'],
		ran: ['add 1 1', 'add 2 1'],
		requests: 2,
	},
	{
		name: 'call ids repeated in a turn',
		tools: [add],
		script: [asks(call('add', { a: 1 }, 'x'), call('add', { a: 2 }, 'x')), done],
		told: ['2', '3'],
		ran: ['add 1 1', 'add 2 1'],
		requests: 2,
	},
	{
		name: 'call ids repeated in the next turn',
		tools: [add],
		script: [asks(call('add', { a: 1 }, 'x')), asks(call('add', { a: 2 }, 'x')), done],
		told: ['2', '3'],
		ran: ['add 1 1', 'add 2 1'],
		requests: 3,
	},
	{
		name: 'calls under finish_reason stop',
		tools: [add],
		script: [{ ...asks(call('add', { a: 1 })), finishReason: 'stop' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'finish_reason tool_calls without calls',
		tools: [add],
		script: [{ text: 'Nothing to call.', finishReason: 'tool_calls' }],
		ran: [],
		output: 'Nothing to call.',
		requests: 1,
	},
	{
		name: 'calls in an answer cut by length',
		tools: [add],
		script: [{ ...asks(call('add', { a: 1 })), text: 'Let me', finishReason: 'length' }],
		ran: [],
		output: 'Let me',
		stopReason: 'truncated',
		requests: 1,
	},
	{
		name: 'an empty answer',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { text: '' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 3,
	},
	{
		name: 'nothing but empty answers',
		tools: [add],
		script: [{ text: '' }, { text: '' }],
		ran: [],
		output: '',
		requests: 2,
	},
	{
		name: 'a refusal after a call',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { refusal: 'I would rather not.' }],
		told: ['2'],
		ran: ['add 1 1'],
		output: 'I would rather not.',
		stopReason: 'refused',
		requests: 2,
	},
	{
		name: 'a 200 answer that holds an error',
		tools: [add],
		script: [
			asks(call('add', { a: 1 })),
			{ raw: '{"error":{"message":"Overloaded","type":"overloaded_error","code":529}}' },
			done,
		],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'a 200 answer that is no completion',
		tools: [add],
		script: [{ raw: '<html>busy</html>', contentType: 'text/html' }, done],
		ran: [],
		requests: 1,
	},
	{
		name: 'a connection lost after a call',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { fault: 'reset' }, done],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
	{
		name: 'arguments sent as an object',
		tools: [add],
		script: [
			{
				raw: JSON.stringify({
					id: 'x',
					model: 'anthropic/claude-sonnet-4-6',
					choices: [
						{
							index: 0,
							finish_reason: 'tool_calls',
							message: {
								role: 'assistant',
								content: null,
								tool_calls: [
									{ id: 'o1', type: 'function', function: { name: 'add', arguments: { a: 1 } } },
								],
							},
						},
					],
				}),
			},
			done,
		],
		told: ['2'],
		ran: ['add 1 1'],
		requests: 2,
	},
];

const stubbornFaults: Fault[] = [
	{
		name: 'four failing turns that all differ',
		tools: [add],
		script: [
			asks(call('ad', { a: 1 })),
			asks(call('add', 'no JSON')),
			asks(call('add', { a: [] })),
			asks(call('add', {})),
			asks(call('add', { a: 1 })),
			done,
		],
		told: [/no tool/, /could not be read/, /received array/, /received undefined/, '2'],
		ran: ['add 1 1'],
		requests: 6,
	},
	{
		name: 'the very same call without end',
		tools: [add],
		script: ({ tool_choice }) => (tool_choice === 'none' ? done : asks(call('add', { a: 1 }))),
		options: { repeatLimit: 2 },
		told: ['2', /^2.*very call 2 times/s, /Not run: you already made this very call 2 times/],
		ran: ['add 1 1', 'add 1 1'],
		stopReason: 'repeatedCalls',
		requests: 4,
	},
	{
		name: 'ever new calls without end',
		tools: [add],
		script: ({ tool_choice }, n) => (tool_choice === 'none' ? done : asks(call('add', { a: n }))),
		options: { maxIterations: 2 },
		told: ['1', '2'],
		ran: ['add 0 1', 'add 1 1'],
		stopReason: 'maxIterations',
		requests: 3,
	},
	{
		name: 'an empty answer at the limit',
		tools: [add],
		script: [asks(call('add', { a: 1 })), { text: '' }, done],
		options: { maxIterations: 1 },
		told: ['2'],
		ran: ['add 1 1'],
		stopReason: 'maxIterations',
		requests: 3,
	},
	{
		name: 'more calls in a turn than may run',
		tools: [add],
		script: ({ tool_choice }) =>
			tool_choice === 'none'
				? done
				: asks(call('add', { a: 1 }), call('add', { a: 2 }), call('add', { a: 3 })),
		options: { maxToolCalls: 2 },
		told: ['2', '3', /Not run: tools may be called 2 times in all/],
		ran: ['add 1 1', 'add 2 1'],
		stopReason: 'maxToolCalls',
		requests: 2,
	},
	{
		name: 'a tool that hangs until the deadline',
		tools: [odd(never)],
		script: ({ tool_choice }) => (tool_choice === 'none' ? done : asks(call('odd'))),
		options: { deadlineMs: 300 },
		told: [/was stopped before this call was done/],
		ran: ['odd'],
		stopReason: 'deadline',
		requests: 2,
	},
];

export const faults: Fault[] = [
	...callFaults,
	...resultFaults,
	...nameFaults,
	...answerFaults,
	...stubbornFaults,
];
