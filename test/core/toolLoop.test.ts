import { CUT_CALL } from '../../core/toolLoop/messagesToModel';
import { z } from 'zod/v4';
import { z as z3 } from 'zod/v3';
import {
	defineTool,
	runToolLoop,
	toFunctionTool,
	toJsonSchema,
	type LoopEvent,
	type Tool,
	type ToolLoopRequest,
} from '../../core';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const add = defineTool({
	name: 'add',
	description: 'Adds two numbers',
	parameters: z.object({ a: z.number(), b: z.number().default(1) }),
	execute: ({ a, b }) => a + b,
});
const call = (name: string, args: string | object, id = `call-${name}`) => ({
	id,
	name,
	arguments: args,
});
const asks = (...toolCalls: Array<ReturnType<typeof call>>): Reply => ({ toolCalls });
const done: Reply = { text: 'Done.' };

async function loop(script: Script, request: Partial<ToolLoopRequest> = {}) {
	const { client, bodies, gateway } = await openGateway(script);
	const result = await runToolLoop(client, { prompt: 'Go', tools: [add], ...request });
	return { result, bodies: bodies(), gateway };
}

/** What the model is told about its calls in the second request. */
async function told(reply: Reply, tools: Tool[], request: Partial<ToolLoopRequest> = {}) {
	const { bodies, result } = await loop([reply, done], { tools, ...request });
	const { messages } = z
		.object({ messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })) })
		.parse(bodies[1]);
	expect(result.output).toBe('Done.');
	return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
}

describe('the loop', () => {
	test('runs tools until the answer, and adds up what it cost', async () => {
		const usage = { promptTokens: 100, completionTokens: 10, totalTokens: 110 };
		const { result, bodies } = await loop([
			{ ...asks(call('add', { a: 1, b: 2 }, 'x1')), usage },
			{ text: 'It is 3.', usage },
		]);
		expect(result).toMatchObject({
			output: 'It is 3.',
			stopReason: 'answered',
			iterations: 2,
			requests: 2,
			usage: { promptTokens: 200, completionTokens: 20, totalTokens: 220 },
			costUsd: 0.0009,
			steps: [{ iteration: 1, tool: 'add', callId: 'x1', arguments: { a: 1, b: 2 }, result: 3 }],
		});
		expect(bodies[1]?.messages).toEqual([
			{ role: 'user', content: 'Go' },
			{
				role: 'assistant',
				content: null,
				tool_calls: [
					{ id: 'x1', type: 'function', function: { name: 'add', arguments: '{"a":1,"b":2}' } },
				],
			},
			{ role: 'tool', tool_call_id: 'x1', content: '3' },
		]);
	});

	test('applies the defaults of the schema', async () => {
		const { result } = await loop([asks(call('add', { a: 4 })), done]);
		expect(result.steps[0]?.result).toBe(5);
	});

	test('runs the calls of a turn side by side and answers them in order', async () => {
		const order: string[] = [];
		const wait = defineTool({
			name: 'wait',
			description: 'Waits',
			parameters: z.object({ ms: z.number() }),
			async execute({ ms }) {
				order.push(`start ${ms}`);
				await new Promise((resolve) => setTimeout(resolve, ms));
				order.push(`end ${ms}`);
				return ms;
			},
		});
		const calls = [80, 40, 1].map((ms) => call('wait', { ms }, `c${ms}`));
		const contents = await told(asks(...calls), [wait]);
		expect(contents).toEqual(['80', '40', '1']);
		expect(order).toEqual(['start 80', 'start 40', 'start 1', 'end 1', 'end 40', 'end 80']);
	});

	test('sends the system message first and reports events', async () => {
		const events: LoopEvent[] = [];
		const { client, bodies } = await openGateway([
			asks(call('add', { a: 1 })),
			{ text: 'Hello you' },
		]);
		const request = { prompt: 'Go', system: 'Be brief.', tools: [add], stream: true };
		await runToolLoop(client, request, { onEvent: (event) => events.push(event) });
		expect(bodies()[0]?.messages).toEqual([
			{ role: 'system', content: 'Be brief.' },
			{ role: 'user', content: 'Go' },
		]);
		const kinds = events.map(({ type }) => type).filter((type) => type !== 'text');
		expect(kinds).toEqual(['request', 'toolStart', 'toolEnd', 'request']);
		const deltas = events.flatMap((event) => (event.type === 'text' ? [event.delta] : []));
		expect(deltas.join('')).toBe('Hello you');
	});
});

describe('every fault is a message, every call is answered', () => {
	const broken = (execute: Tool['execute'], extra: Partial<Tool> = {}): Tool => ({
		...defineTool({ name: 'odd', description: '', parameters: z.object({}), execute }),
		...extra,
	});

	test('maxCalls of a tool', async () => {
		const tool = broken(() => 1, { maxCalls: 1 });
		const contents = await told(asks(call('odd', {}, 'a'), call('odd', {}, 'b')), [tool]);
		expect(contents).toEqual(['1', expect.stringMatching(/"odd" may be called 1 time/)]);
	});

	test('a tool whose name Claude refuses is sent under another, and shown under its own', async () => {
		const tool = { ...broken(() => 1), name: 'files.read all' };
		const { result, bodies } = await loop([asks(call('files_read_all', {})), done], {
			tools: [tool],
			toolChoice: { name: 'files.read all' },
		});
		expect(result.steps).toMatchObject([{ tool: 'files.read all', result: 1 }]);
		expect(bodies[0]).toMatchObject({
			tools: [{ function: { name: 'files_read_all' } }],
			tool_choice: { function: { name: 'files_read_all' } },
		});
	});

	test('a forced tool that is not there is refused before any request', async () => {
		const { client, gateway } = await openGateway([]);
		const request = { prompt: 'Go', tools: [add], toolChoice: { name: 'sub' } };
		const error = await failure(runToolLoop(client, request));
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringContaining('"sub"') });
		expect(gateway.requests).toHaveLength(0);
	});

	test('a watcher that throws costs nothing', async () => {
		const { client } = await openGateway([asks(call('add', { a: 1 })), done]);
		const onEvent = () => {
			throw new Error('not my day');
		};
		const result = await runToolLoop(client, { prompt: 'Go', tools: [add] }, { onEvent });
		expect(result.output).toBe('Done.');
	});

	test('a long result keeps head and tail and says how much is missing', async () => {
		const tool = broken(() => `HEAD${'👋'.repeat(2_500_000)}TAIL`);
		const [content = ''] = await told(asks(call('odd', {})), [tool], {
			...{ toolResultLimit: 1000, longResults: 'cut' },
		});
		expect(content).toMatch(/^HEAD.*left out.*TAIL$/s);
		expect(content.length).toBeLessThan(1100);
		expect(content.isWellFormed()).toBe(true);
	});

	test('empty and repeated ids are made unique', async () => {
		const { result, bodies } = await loop([
			asks(call('add', { a: 1 }, ''), call('add', { a: 2 }, 'same'), call('add', { a: 3 }, 'same')),
			asks(call('add', { a: 4 }, 'same')),
			done,
		]);
		expect(result.stopReason).toBe('answered');
		expect(new Set(result.steps.map(({ callId }) => callId)).size).toBe(4);
		expect(bodies).toHaveLength(3);
	});

	test('an empty answer is asked for once more, then taken', async () => {
		const { result } = await loop([{ text: '' }, { text: 'Here.' }]);
		expect(result).toMatchObject({ output: 'Here.', requests: 2 });
		const { result: silent } = await loop([{ text: '' }, { text: '' }]);
		expect(silent).toMatchObject({ output: '', requests: 2, stopReason: 'answered' });
	});

	test('calls of an answer cut by length are never run', async () => {
		const { result } = await loop([
			...[1, 2, 3].map((a) => ({
				...asks(call('add', { a })),
				text: 'Let me',
				finishReason: 'length',
			})),
		]);
		expect(result).toMatchObject({
			...{ stopReason: 'truncated', output: 'Let me', requests: 3 },
			steps: [{ error: CUT_CALL }, { error: CUT_CALL }],
		});
	});

	test('a refusal is a stop reason', async () => {
		const { result } = await loop([{ text: 'No.', finishReason: 'content_filter' }]);
		expect(result).toMatchObject({ stopReason: 'refused', output: 'No.' });
	});

	test('a request that fails for good keeps steps and spending', async () => {
		const { client } = await openGateway([
			{ ...asks(call('add', { a: 1 })), usage: { promptTokens: 10, completionTokens: 5 } },
			{ status: 400, error: { message: 'nope' } },
		]);
		const error = await failure(runToolLoop(client, { prompt: 'Go', tools: [add] }));
		expect(error).toMatchObject({
			kind: 'badRequest',
			details: { usage: { totalTokens: 15 }, steps: [{ tool: 'add', result: 2 }] },
		});
	});
});

describe('limits', () => {
	const usage = { promptTokens: 1000, completionTokens: 0, totalTokens: 1000 };
	const forever: Script = ({ tool_choice }, n) =>
		tool_choice === 'none'
			? { text: 'All I have.', usage }
			: { ...asks(call('add', { a: n }, `c${n}`)), usage };
	const cases: Array<[reason: string, limit: Partial<ToolLoopRequest>, requests: number]> = [
		['maxIterations', { maxIterations: 2 }, 3],
		['maxToolCalls', { maxToolCalls: 3 }, 4],
		['tokenBudget', { maxTotalTokens: 2500 }, 4],
		['costBudget', { maxCostUsd: 0.004 }, 3],
	];
	test.each(cases)('%s ends in a tool-free answer', async (reason, limit, requests) => {
		const { result } = await loop(forever, limit);
		expect(result).toMatchObject({ stopReason: reason, output: 'All I have.', requests });
	});

	test.each(cases)('%s can return what there is', async (reason, limit, requests) => {
		const { result } = await loop(forever, { ...limit, onLimit: 'return' });
		expect(result).toMatchObject({ stopReason: reason, output: '', requests: requests - 1 });
	});

	test('or fail with everything in the details', async () => {
		const { client } = await openGateway(forever);
		const request: ToolLoopRequest = {
			prompt: 'Go',
			tools: [add],
			maxIterations: 2,
			onLimit: 'error',
		};
		const error = await failure(runToolLoop(client, request));
		expect(error).toMatchObject({ kind: 'budget', details: { usage: { totalTokens: 2000 } } });
		expect(error.details.steps).toHaveLength(2);
	});

	test('the deadline ends a hanging tool', async () => {
		const hang = defineTool({
			name: 'hang',
			description: '',
			parameters: z.object({}),
			execute: () => new Promise(() => undefined),
		});
		const script: Script = ({ tool_choice }) =>
			tool_choice === 'none' ? done : asks(call('hang', {}));
		const { result } = await loop(script, { tools: [hang], deadlineMs: 500 });
		expect(result).toMatchObject({ stopReason: 'deadline', output: 'Done.' });
	});

	test('the deadline goes by the clock of the client, which is let go at the end', async () => {
		const waits = new Map<number, { wake: () => void; signal: AbortSignal | undefined }>();
		const sleep = async (ms: number, signal?: AbortSignal) =>
			await new Promise<void>((wake) => waits.set(ms, { wake, signal }));
		const { client } = await openGateway([asks(call('wait', {})), done], { sleep });
		const wait = defineTool({
			...{ name: 'wait', description: '', parameters: z.object({}) },
			execute: async () => {
				waits.get(7_654_321)?.wake();
				await new Promise(() => undefined);
			},
		});
		const request = { prompt: 'Go', tools: [wait], deadlineMs: 7_654_321 };
		const ended = await runToolLoop(client, { ...request, onLimit: 'return' });
		expect(ended.stopReason).toBe('deadline');
		expect(waits.get(7_654_321)?.signal?.aborted).toBe(true);
	});

	test('the very same call is nudged, then ends the loop', async () => {
		const script: Script = ({ tool_choice }, n) =>
			tool_choice === 'none' ? done : asks(call('add', { a: 1 }, `c${n}`));
		const { result, bodies } = await loop(script, { repeatLimit: 2 });
		expect(result).toMatchObject({ stopReason: 'repeatedCalls', output: 'Done.', requests: 4 });
		expect(JSON.stringify(bodies[2])).toContain('You have made this very call 2 times');
		expect(result.steps.map(({ error }) => error === undefined)).toEqual([true, true, false]);
	});

	test('a first call is no repetition, even where the limit is one', async () => {
		const [content] = await told(asks(call('add', { a: 1 })), [add], { repeatLimit: 1 });
		expect(content).toBe('2');
	});

	test('a cancel returns what was done, and nothing more is sent', async () => {
		const controller = new AbortController();
		const stop = defineTool({
			name: 'stop',
			description: '',
			parameters: z.object({}),
			execute: async () => {
				controller.abort();
				await new Promise(() => undefined);
			},
		});
		const { client, gateway } = await openGateway([asks(call('stop', {})), done]);
		const { signal } = controller;
		const result = await runToolLoop(client, { prompt: 'Go', tools: [stop] }, { signal });
		expect(result).toMatchObject({
			stopReason: 'cancelled',
			requests: 1,
			steps: [{ tool: 'stop' }],
		});
		expect(gateway.requests).toHaveLength(1);
	});
});

describe('manual tools', () => {
	const ask = defineTool({
		name: 'ask_human',
		description: '',
		parameters: z.object({ q: z.string() }),
	});
	const script: Script = (_body, n) =>
		n === 0 ? asks(call('add', { a: 1 }, 'c1'), call('ask_human', { q: 'ok?' }, 'c2')) : done;

	test('stop the loop, and resume it as if it had never stopped', async () => {
		const { client, bodies } = await openGateway(script);
		const tools = [add, ask];
		const stopped = await runToolLoop(client, { prompt: 'Go', tools });
		expect(stopped).toMatchObject({
			stopReason: 'awaitingTools',
			pendingToolCalls: [{ callId: 'c2', name: 'ask_human', arguments: { q: 'ok?' } }],
		});
		const resume = JSON.parse(JSON.stringify(stopped.resume));
		resume.results = [{ callId: 'c2', result: 'yes' }];
		const ended = await runToolLoop(client, { tools, resume });
		expect(ended).toMatchObject({ output: 'Done.', requests: 2, iterations: 2 });
		const answer = { ...ask, execute: () => 'yes' };
		const unbroken = await openGateway(script);
		const whole = await runToolLoop(unbroken.client, { prompt: 'Go', tools: [add, answer] });
		expect(bodies()).toEqual(unbroken.bodies());
		expect(ended.messages).toEqual(whole.messages);
	});

	test('a resume without a result for each call is refused by name', async () => {
		const { client } = await openGateway(script);
		const { resume } = await runToolLoop(client, { prompt: 'Go', tools: [add, ask] });
		const error = await failure(runToolLoop(client, { tools: [add, ask], resume }));
		expect(error).toMatchObject({
			kind: 'badConfig',
			message: expect.stringContaining('"c2" (ask_human)'),
		});
	});
});

describe('outputSchema', () => {
	const outputSchema = z.object({ sum: z.number() });

	test('ends in a validated value, asked for again when it is not valid', async () => {
		const { result, bodies } = await loop(
			[{ text: 'The sum is 3' }, { text: '```json\n{"sum": 3}\n```' }],
			{
				outputSchema,
			},
		);
		expect(result).toMatchObject({ output: { sum: 3 }, requests: 2, stopReason: 'answered' });
		expect(JSON.stringify(bodies[0])).toContain('JSON Schema');
	});

	test('or fails with the raw text and the spending', async () => {
		const { client } = await openGateway(() => ({ text: '{"sum": "x"}' }));
		const error = await failure(runToolLoop(client, { prompt: 'Go', outputSchema }));
		expect(error).toMatchObject({ kind: 'schemaMismatch', details: { raw: '{"sum": "x"}' } });
		expect(error.details.usage.totalTokens).toBeGreaterThan(0);
	});
});

describe('defineTool', () => {
	const nested = {
		type: 'object',
		properties: {
			name: { type: 'string', description: 'full name' },
			tags: { type: 'array', items: { type: 'string' } },
			mood: { type: 'string', enum: ['good', 'bad'] },
			address: {
				type: 'object',
				properties: {
					street: { type: 'string' },
					zip: { anyOf: [{ type: 'string' }, { type: 'number' }] },
				},
				required: ['street', 'zip'],
				additionalProperties: false,
			},
			count: { type: 'integer', default: 1 },
			note: { type: 'string' },
		},
		required: ['name', 'tags', 'mood', 'address'],
	};

	test('a zod 4 schema arrives as a correct function schema', async () => {
		const parameters = z.object({
			name: z.string().describe('full name'),
			tags: z.array(z.string()),
			mood: z.enum(['good', 'bad']),
			address: z.strictObject({ street: z.string(), zip: z.union([z.string(), z.number()]) }),
			count: z.int().default(1),
			note: z.string().optional(),
		});
		const tool = defineTool({ name: 'save', description: 'Saves', parameters });
		const { bodies } = await loop([done], { tools: [tool] });
		expect(bodies[0]?.tools).toMatchObject([
			{ type: 'function', function: { name: 'save', parameters: nested } },
		]);
	});

	test('a zod 3 schema too', async () => {
		const parameters = z3.object({
			name: z3.string().describe('full name'),
			tags: z3.array(z3.string()),
			mood: z3.enum(['good', 'bad']),
			address: z3
				.object({ street: z3.string(), zip: z3.union([z3.string(), z3.number()]) })
				.strict(),
			count: z3.number().int().default(1),
			note: z3.string().optional(),
		});
		const tool = defineTool({ name: 'save', description: 'Saves', parameters });
		const union = { ...nested.properties.address.properties, zip: { type: ['string', 'number'] } };
		const address = { ...nested.properties.address, properties: union };
		expect(toFunctionTool(tool).function.parameters).toMatchObject({
			...nested,
			properties: { ...nested.properties, address },
		});
	});

	test('a recursive zod 3 schema keeps its reference', () => {
		interface Tree {
			children: Tree[];
		}
		const tree: z3.ZodType<Tree> = z3.object({ children: z3.array(z3.lazy(() => tree)) });
		expect(JSON.stringify(toJsonSchema(tree))).toContain('"$ref":"#"');
	});

	test.each<[problem: string, define: () => unknown, words: RegExp]>([
		['an empty name', () => defineTool({ ...add, name: ' ' }), /a tool needs a name/],
		['a text', () => defineTool({ ...add, parameters: z.string() }), /must describe an object/],
		[
			'a broken type',
			() =>
				defineTool({
					...add,
					parameters: { type: 'object', properties: { a: { type: 'strin' } } },
				}),
			/not valid at \/properties\/a\/type/,
		],
		[
			'a reference to nowhere',
			() =>
				defineTool({
					...add,
					parameters: { type: 'object', properties: { a: { $ref: '#/$defs/x' } } },
				}),
			/leads nowhere/,
		],
		[
			'a remote reference',
			() =>
				defineTool({
					...add,
					parameters: { type: 'object', properties: { a: { $ref: 'https://x.y/z' } } },
				}),
			/leaves the document/,
		],
		[
			'no JSON form',
			() => defineTool({ ...add, parameters: z.object({ d: z.bigint() }) }),
			/no JSON form/,
		],
	])('%s is refused', (_problem, define, words) => {
		expect(define).toThrow(words);
	});

	test('two tools of one name are refused before any request', async () => {
		const { client, gateway } = await openGateway([]);
		const error = await failure(runToolLoop(client, { prompt: 'Go', tools: [add, add] }));
		expect(error.message).toMatch(/Two tools are named "add"/);
		expect(gateway.requests).toHaveLength(0);
	});
});
