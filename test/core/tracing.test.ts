import { context, SpanStatusCode, trace, type Tracer as OtelTracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
	BasicTracerProvider,
	InMemorySpanExporter,
	SimpleSpanProcessor,
	type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import {
	chat,
	classify,
	defineTool,
	extract,
	runToolLoop,
	streamChat,
	streamExtract,
	type ClientOptions,
	type Tracer,
} from '../../core';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { KEY, openGateway } from '../support/openGateway';

/** Spans of the real OpenTelemetry SDK, nested by its own context manager. */

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const started: string[] = [];
const sdk: OtelTracer = provider.getTracer('test');

/** The SDK's own, which tells what was begun: a span that never ends is not exported. */
const tracer: Tracer = {
	startActiveSpan: (name, options, run) => {
		started.push(name);
		return sdk.startActiveSpan(name, options, run);
	},
};

beforeAll(() => {
	context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
beforeEach(() => {
	exporter.reset();
	started.length = 0;
});
afterEach(() => {
	expect(
		exporter
			.getFinishedSpans()
			.map(({ name }) => name)
			.sort(),
	).toEqual([...started].sort());
});
afterAll(() => context.disable());

const MODEL = 'anthropic/claude-sonnet-4-6';
const ask = { model: MODEL, messages: [{ role: 'user' as const, content: 'Who?' }] };
const open = async (script: Script, options: Partial<ClientOptions> = {}) =>
	await openGateway(script, { maxRetries: 0, tracer, ...options });

const never = (): never => {
	throw new Error('there is no such span');
};
/** Whatever it is. */
const isTracer = (_value: unknown): _value is Tracer => true;
const given = (value: unknown) => (isTracer(value) ? value : never());

const spans = () => exporter.getFinishedSpans();
function one(name: string): ReadableSpan {
	const found = spans().filter((span) => span.name === name);
	expect(found.map((span) => span.name)).toEqual([name]);
	return found[0] ?? never();
}

/** Names, each below its parent. */
function tree(parent?: string, indent = ''): string[] {
	return spans()
		.filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent)
		.sort((a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1])
		.flatMap((span) => [indent + span.name, ...tree(span.spanContext().spanId, `${indent}  `)]);
}

const look = { name: 'look', arguments: { id: 7 } };
const schema = {
	type: 'object',
	properties: { total: { type: 'number' } },
	required: ['total'],
	additionalProperties: false,
};

test('a request', async () => {
	const { client, gateway } = await open([{ text: 'Me.' }]);
	const result = await chat(client, { ...ask, temperature: 0.5, stop: ['X'], maxTokens: 50 });
	const { attributes, kind, status, events } = one(`chat ${MODEL}`);
	expect(kind).toBe(2);
	expect(status.code).toBe(SpanStatusCode.UNSET);
	expect(events).toEqual([]);
	expect(attributes).toEqual({
		'gen_ai.operation.name': 'chat',
		'gen_ai.provider.name': 'tokenhub',
		'server.address': '127.0.0.1',
		'server.port': Number(new URL(gateway.url).port),
		'gen_ai.request.model': MODEL,
		'gen_ai.request.max_tokens': 50,
		'gen_ai.request.temperature': 0.5,
		'gen_ai.request.stop_sequences': ['X'],
		'gen_ai.response.model': result.model,
		'gen_ai.response.id': result.id,
		'gen_ai.response.finish_reasons': ['stop'],
		'gen_ai.usage.input_tokens': result.usage.promptTokens,
		'gen_ai.usage.output_tokens': result.usage.completionTokens,
		'gen_ai.usage.cost': result.costUsd,
	});
});

test('a loop that is the tool of a loop, with spans of the tool itself', async () => {
	const script: Script = ({ tools = [] }, n) => {
		if (n === 0) return { toolCalls: [{ name: 'research', arguments: { topic: 'x' } }] };
		if (n === 1) return { toolCalls: [look] };
		return { text: tools[0]?.function.name === 'look' ? 'inner' : 'outer' };
	};
	const { client } = await open(script);
	const lookUp = defineTool({
		name: 'look',
		description: 'Looks',
		parameters: { type: 'object' },
		execute: () => sdk.startActiveSpan('SELECT', (span) => void span.end()),
	});
	const research = defineTool({
		name: 'research',
		description: 'Researches',
		parameters: { type: 'object' },
		execute: async (_args, { client: paying }) =>
			(await runToolLoop(paying, { prompt: 'inner?', tools: [lookUp] })).output,
	});
	started.push('SELECT');
	const result = await runToolLoop(client, { prompt: 'outer?', tools: [research] });
	expect(result.output).toBe('outer');
	expect(tree()).toEqual([
		'invoke_agent',
		`  chat ${MODEL}`,
		'  execute_tool research',
		'    invoke_agent',
		`      chat ${MODEL}`,
		'      execute_tool look',
		'        SELECT',
		`      chat ${MODEL}`,
		`  chat ${MODEL}`,
	]);
	const outer = spans().find(({ parentSpanContext }) => !parentSpanContext);
	expect(outer?.attributes).toMatchObject({
		'gen_ai.operation.name': 'invoke_agent',
		'tokenhub.stop_reason': 'answered',
		'tokenhub.iterations': 2,
		'gen_ai.usage.input_tokens': result.usage.promptTokens,
		'tokenhub.cost_usd': result.costUsd,
	});
	// Whoever adds up requests counts each once.
	const requests = spans().filter(({ name }) => name.startsWith('chat'));
	const costs = requests.map(({ attributes }) => Number(attributes['gen_ai.usage.cost']));
	expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(result.costUsd ?? -1, 9);
	expect(one('execute_tool look').attributes).toEqual({
		'gen_ai.operation.name': 'execute_tool',
		'gen_ai.tool.name': 'look',
		'gen_ai.tool.call.id': expect.any(String),
		'gen_ai.tool.type': 'function',
		'gen_ai.tool.description': 'Looks',
	});
});

test('an extraction with its attempts', async () => {
	const replies = ['{"total":"many"}', '{"total":3}'].map((text) => ({
		toolCalls: [{ name: 'save_result', arguments: text }],
	}));
	const { client } = await open(({ tools }, n) => ({
		toolCalls: [
			{
				name: tools?.[0]?.function.name ?? '',
				arguments: replies[n]?.toolCalls[0]?.arguments ?? '',
			},
		],
	}));
	await extract(client, { model: MODEL, text: 'a total of 3', schema });
	expect(tree()).toEqual([
		`extract ${MODEL}`,
		'  extract_attempt',
		`    chat ${MODEL}`,
		'  extract_attempt',
		`    chat ${MODEL}`,
	]);
	expect(one(`extract ${MODEL}`).attributes).toMatchObject({
		'tokenhub.extract.stage': 'repair',
		'tokenhub.extract.attempts': 2,
		'tokenhub.cost_usd': expect.any(Number),
	});
	const [first, second] = spans().filter(({ name }) => name === 'extract_attempt');
	expect(first?.status.code).toBe(SpanStatusCode.ERROR);
	expect(first?.attributes).toMatchObject({
		'error.type': 'schemaMismatch',
		'tokenhub.extract.stage': 'tool',
		'tokenhub.extract.failures': ['/total type'],
	});
	expect(second?.status.code).toBe(SpanStatusCode.UNSET);
});

const words = 'a secret of ours';
const holding = async (options: Partial<ClientOptions>) => {
	const script: Script = [
		{ toolCalls: [{ name: 'look', arguments: { id: `${words} ${KEY}` } }] },
		{ text: `${words} ${KEY}` },
	];
	const { client } = await open(script, options);
	const execute = () => ({ found: `${words} ${KEY}` });
	const tool = defineTool({ name: 'look', description: 'Looks', execute });
	const failing = defineTool({
		name: 'fail',
		description: 'Fails',
		execute: () => Promise.reject(new Error(words)),
	});
	await runToolLoop(client, { prompt: `${words} ${KEY}`, tools: [tool, failing] });
	return spans().map(({ attributes, events, status }) => ({ attributes, events, status }));
};

test('contents only where they are asked for, and never the key', async () => {
	expect(JSON.stringify(await holding({}))).not.toMatch(words);
	exporter.reset();
	started.length = 0;
	const shown = await holding({ traceContents: true });
	expect(JSON.stringify(shown)).not.toContain(KEY);
	const [chatSpan] = spans().filter(({ name }) => name.startsWith('chat'));
	const contents = (name: string, { attributes } = chatSpan ?? never()) =>
		JSON.parse(String(attributes[name]));
	expect(contents('gen_ai.input.messages')).toEqual([
		{ role: 'user', parts: [{ type: 'text', content: `${words} th-…` }] },
	]);
	expect(contents('gen_ai.output.messages')).toMatchObject([
		{
			role: 'assistant',
			parts: [{ type: 'tool_call', name: 'look' }],
			finish_reason: 'tool_calls',
		},
	]);
	expect(contents('gen_ai.tool.definitions')).toHaveLength(2);
	const tool = one('execute_tool look');
	expect(contents('gen_ai.tool.call.arguments', tool)).toEqual({ id: `${words} th-…` });
	expect(contents('gen_ai.tool.call.result', tool)).toEqual({ found: `${words} th-…` });
	const last = spans().findLast(({ name }) => name.startsWith('chat'));
	expect(contents('gen_ai.input.messages', last)[2]).toMatchObject({
		role: 'tool',
		parts: [{ type: 'tool_call_response' }],
	});
	expect(contents('gen_ai.output.messages', one('invoke_agent'))[0].parts[0].content).toMatch(
		words,
	);
});

type Failing = [name: string, run: () => Promise<unknown>, span: string, type: string];
const failing: Failing[] = [
	[
		'a refused request',
		async () => {
			const { client } = await open([{ status: 400, error: { message: 'no' } }]);
			return await failure(chat(client, ask));
		},
		`chat ${MODEL}`,
		'badRequest',
	],
	[
		'a stream that is refused',
		async () => {
			const { client } = await open([{ status: 404, error: { message: 'no' } }]);
			return await failure(readAll(streamChat(client, ask)));
		},
		`chat ${MODEL}`,
		'notFound',
	],
	[
		'a tool that throws',
		async () => {
			const { client } = await open([{ toolCalls: [look] }, { text: 'done' }]);
			const execute = () => Promise.reject(new Error('broken'));
			const tool = defineTool({ name: 'look', description: 'Looks', execute });
			return await runToolLoop(client, { prompt: 'x', tools: [tool] });
		},
		'execute_tool look',
		'toolFailed',
	],
	[
		'a loop that fails',
		async () => {
			const { client } = await open([{ status: 401, error: { message: 'no' } }]);
			return await failure(runToolLoop(client, { prompt: 'x' }));
		},
		'invoke_agent',
		'auth',
	],
	[
		'an extraction that finds nothing valid',
		async () => {
			const { client } = await open([{ text: 'no' }]);
			return await failure(extract(client, { text: 'x', schema, maxRepairs: 0, mode: 'json' }));
		},
		`extract ${MODEL}`,
		'schemaMismatch',
	],
	[
		'a request that is cancelled',
		async () => {
			const stop = new AbortController();
			const { client } = await open(() => {
				stop.abort();
				return { fault: 'hang' };
			});
			return await failure(chat(client, ask, { signal: stop.signal }));
		},
		`chat ${MODEL}`,
		'cancelled',
	],
];

async function readAll(events: AsyncIterable<unknown>): Promise<void> {
	for await (const _event of events);
}

test.each(failing)('%s is an error of its span', async (_name, run, name, type) => {
	await run();
	const { status, attributes, events } = one(name);
	expect(status.code).toBe(SpanStatusCode.ERROR);
	expect(attributes['error.type']).toBe(type);
	expect(events).toMatchObject([{ name: 'exception' }]);
});

test('a stream, read to its end, left, and forgotten', async () => {
	const { client } = await open(() => ({ text: 'one two three', chunkDelayMs: 1 }));
	const parent = sdk.startSpan('request');
	started.push('request');
	await context.with(trace.setSpan(context.active(), parent), () =>
		readAll(streamChat(client, ask)),
	);
	parent.end();
	const whole = one(`chat ${MODEL}`);
	expect(whole.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
	expect(whole.attributes).toMatchObject({
		'gen_ai.request.stream': true,
		'gen_ai.response.time_to_first_chunk': expect.any(Number),
		'gen_ai.response.finish_reasons': ['stop'],
		'gen_ai.usage.output_tokens': expect.any(Number),
	});
	for await (const _event of streamChat(client, ask)) break;
	expect(spans()).toHaveLength(3);
	const stop = new AbortController();
	await streamChat(client, ask, { signal: stop.signal }).next();
	stop.abort();
	expect(spans()[3]?.attributes).toMatchObject({ 'error.type': 'cancelled' });
});

test('records as they arrive, and labels', async () => {
	const { client } = await open(({ tools, response_format: format }) => {
		const text = format || !tools ? '{"total":3}' : '';
		const name = tools?.[0]?.function.name ?? '';
		return text ? { text } : { toolCalls: [{ name, arguments: { total: 3 } }] };
	});
	await readAll(streamExtract(client, { model: MODEL, text: 'a total of 3', schema }));
	expect(tree()).toEqual([`extract ${MODEL}`, '  extract_attempt', `    chat ${MODEL}`]);
	await failure(classify(client, { model: MODEL, text: 'x', labels: ['a', 'b'], maxRepairs: 0 }));
	expect(spans().filter(({ name }) => name === `extract ${MODEL}`)).toHaveLength(2);
});

const boom = () => {
	throw new Error('boom');
};
const later = async () => await Promise.reject(new Error('boom'));
const span = { setAttributes: boom, setStatus: boom, recordException: later, end: boom };
const broken: Array<[name: string, tracer: unknown]> = [
	['throws', { startActiveSpan: boom }],
	['fails later', { startActiveSpan: later }],
	['calls nobody', { startActiveSpan: () => undefined }],
	['gives no span', { startActiveSpan: (_n: string, _o: object, run: () => unknown) => run() }],
	[
		'gives spans that throw',
		{ startActiveSpan: (_n: string, _o: object, run: (given: object) => unknown) => run(span) },
	],
	[
		'waits, and throws',
		{
			async startActiveSpan(_n: string, _o: object, run: (given: object) => unknown) {
				await run(span);
				throw new Error('boom');
			},
		},
	],
	[
		'calls twice',
		{
			startActiveSpan(_n: string, _o: object, run: (given: object) => unknown) {
				void run(span);
				return run(span);
			},
		},
	],
];

test.each(broken)('a tracer that %s costs the run nothing', async (_name, odd) => {
	const script: Script = [
		{ toolCalls: [look] },
		{ text: 'done' },
		{ text: 'streamed' },
		{ status: 400, error: { message: 'no' } },
	];
	const { client, bodies } = await open(script, { tracer: given(odd) });
	const tool = defineTool({ name: 'look', description: 'Looks', execute: () => 'found' });
	const { output, steps } = await runToolLoop(client, { prompt: 'x', tools: [tool] });
	expect([output, steps[0]?.result]).toEqual(['done', 'found']);
	const events = [];
	for await (const event of streamChat(client, ask)) events.push(event.type);
	expect(events.at(-1)).toBe('done');
	expect((await failure(chat(client, ask))).kind).toBe('badRequest');
	expect(bodies()).toHaveLength(4);
});

test('what is no tracer is refused, and without one nothing is traced', async () => {
	expect((await failure(open([], { tracer: given({}) }))).message).toMatch('startActiveSpan');
	const { client } = await open([{ text: 'Me.' }], { tracer: undefined });
	expect(client.tracing).toBeUndefined();
	await chat(client, ask);
	expect(spans()).toEqual([]);
});
