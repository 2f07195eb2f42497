import { z } from 'zod/v4';
import { answerAndLimitFaults } from './answerFaults';
import { argumentFaults } from './argumentFaults';
import { conversationFaults } from './conversationFaults';
import {
	add,
	asks,
	byDescription,
	call,
	circular,
	done,
	LONG,
	never,
	odd,
	throwing,
	type Fault,
	type FaultTool,
} from './fault';
import { modelFaults } from './modelFaults';
import { turnFaults } from './turnFaults';

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
		name: 'a name that is not a tool name',
		tools: [add],
		script: [asks(call('get the weather!')), done],
		told: [/no tool "get the weather!"/],
		...turn,
	},
	{
		name: 'arguments that are not JSON',
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
		name: 'arguments nested 5,000 levels deep',
		tools: [add],
		script: [asks(call('add', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`)), done],
		told: [/could not be read: they are nested deeper than 200 levels/],
		ran: [],
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
			odd(() => Buffer.from([0, 255, 1, 254, 2])),
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
		options: { toolResultLimit: 1000, longResults: 'cut' },
	},
	{
		name: 'a result of 5 MB that is kept',
		...oneCall(
			odd(() => `HEAD${'x'.repeat(5_000_000)}TAIL`),
			/^Too long to show: kept as "r1"\. It is text, 5000008 characters in 1 line.*HEADx*$/s,
		),
		options: { toolResultLimit: 1000, longResults: 'keep' },
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

const returning = (name: string, make: () => unknown, told: string | RegExp): Fault => ({
	name,
	...oneCall(odd(make), told),
});

/** Results that have no JSON of their own, or another meaning than it. */
const meaningFaults: Fault[] = [
	returning('a Response', () => Response.json({ a: 1 }), 'HTTP 200\n{"a":1}'),
	returning(
		'a Response of 404',
		() => new Response('no such order', { status: 404 }),
		'The tool failed: HTTP 404: no such order',
	),
	returning('promises inside', () => ({ a: Promise.resolve(1) }), '{"a":1}'),
	returning(
		'a promise inside that fails',
		() => [1, Promise.reject(new Error('gone'))],
		'[1,"[error: gone]"]',
	),
	returning('a web stream', () => new Blob(['text']).stream(), 'text'),
	returning(
		'a file that nobody has given a type',
		() => new File(['a,b'], 'a', { type: 'application/octet-stream' }),
		'a,b',
	),
	returning(
		'a stream that breaks at once',
		() => new ReadableStream({ start: (it) => it.error(new Error('gone')) }),
		'The tool failed: gone',
	),
	{
		...returning('a stream without end', endless, /the rest was not read/),
		options: { longResults: 'cut' as const },
	},
	returning('a generator', () => ({ rows: new Set(['a']).values() }), '{"rows":["a"]}'),
	returning('a Map with objects as keys', () => new Map([[{ id: 1 }, 2]]), '[[{"id":1},2]]'),
	returning('Headers', () => new Headers({ a: '1' }), '{"a":"1"}'),
	returning('no number in a list', () => [NaN, undefined], '["NaN","undefined"]'),
	returning(
		'bytes inside',
		() => ({ a: Buffer.from([0, 255, 1]) }),
		/binary data, 3 bytes: no text form/,
	),
	returning(
		'settled promises',
		async () => await Promise.allSettled([Promise.reject(new Error('no luck'))]),
		/"reason":"\[error: no luck\]"/,
	),
	returning(
		'a row that looks like a content block',
		() => [{ type: 'text', text: 'call back', id: 17 }],
		'[{"type":"text","text":"call back","id":17}]',
	),
	returning(
		'a call that an MCP server calls failed',
		() => ({ content: [{ type: 'text', text: 'no' }], isError: true }),
		'The tool failed: no',
	),
	returning(
		'a thrown object without a message',
		throwing({ code: 'E17', detail: 'no stock' }),
		/E17.*no stock/,
	),
	returning(
		'an error with a cause',
		throwing(new Error('fetch failed', { cause: new Error('connect ECONNREFUSED') })),
		/fetch failed; caused by: connect ECONNREFUSED/,
	),
	returning(
		'an error with the body of an answer',
		throwing(
			Object.assign(new Error('refused'), { response: { status: 422, data: { a: 'bad' } } }),
		),
		/HTTP 422: \{"a":"bad"\}/,
	),
	{
		...returning(
			'an error of 2 MB',
			throwing(new Error(`HEAD${'x'.repeat(2_000_000)}`)),
			/HEAD.{0,800}\n.*left out.{0,400}$/s,
		),
		options: { toolResultLimit: 1000 },
	},
];

function endless() {
	return new ReadableStream({ pull: (to) => to.enqueue(new TextEncoder().encode('piece ')) });
}

const shown = (schema: FaultTool['schema']): FaultTool => ({
	...{ name: 'odd', schema },
	run: (args, calls) => {
		calls.push('odd');
		return JSON.stringify(args);
	},
});
const written = (
	schema: FaultTool['schema'],
	args: object,
	told: string | RegExp,
): Omit<Fault, 'name'> => ({
	...oneCall(shown(schema), told),
	script: [asks(call('odd', args)), done],
});

const schemaFaults: Fault[] = [
	{
		name: 'names of properties that Claude refuses',
		...written(
			z.object({ 'First Name': z.string(), rows: z.array(z.object({ 'filter[id]': z.number() })) }),
			{ First_Name: 'Ada', rows: [{ filter_id: 1 }] },
			'{"First Name":"Ada","rows":[{"filter[id]":1}]}',
		),
	},
	{
		name: 'such a name used as it is',
		...written(z.object({ größe: z.string() }), { größe: 'L' }, '{"größe":"L"}'),
	},
	{
		name: 'a tuple',
		...written(
			z.object({ at: z.tuple([z.number(), z.string()]) }),
			{ at: [1, 'x'] },
			'{"at":[1,"x"]}',
		),
	},
	{
		name: 'a tool that the gateway refuses by its place',
		tools: [odd(() => 'no', 'worse'), add],
		script: ({ tools = [], messages }) => {
			const at = tools.findIndex((tool) => tool.function.name === 'worse');
			const message = `tools.${at}.custom.input_schema: JSON schema is invalid.`;
			if (at >= 0) return { status: 400, error: { message } };
			return messages.length === 1 ? asks(call('add', { a: 1 })) : done;
		},
		told: ['2'],
		ran: ['add 1 1'],
		refused: 1,
		requests: 2,
	},
];

export const faults: Fault[] = [
	...argumentFaults,
	...modelFaults,
	...meaningFaults,
	...callFaults,
	...resultFaults,
	...nameFaults,
	...answerAndLimitFaults,
	...turnFaults,
	...schemaFaults,
	...conversationFaults,
];
