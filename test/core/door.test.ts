import { z } from 'zod/v4';
import * as library from '../../core';
import { modelFetch } from '../../core/chat/modelFetch';
import { zodFromText } from '../../core/zodText/zodFromText';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const thrown = (what: unknown): never => {
	throw what;
};
const circular: Record<string, unknown> = {};
circular.self = circular;
const nested = (levels: number) =>
	Array.from({ length: levels }).reduce<unknown>((inner) => ({ a: inner }), {});
const revoked = () => {
	const { proxy, revoke } = Proxy.revocable({}, {});
	revoke();
	return proxy;
};

/** Whatever may be thrown. */
const THROWN: Array<[name: string, make: () => unknown]> = [
	['undefined', () => undefined],
	['null', () => null],
	['a text', () => 'words'],
	['a number', () => 5],
	['a symbol', () => Symbol('s')],
	['a bare object', () => Object.create(null)],
	['a frozen error', () => Object.freeze(new Error('frozen'))],
	['a message that is not text', () => Object.assign(new Error('x'), { message: { a: 1 } })],
	[
		'a message that throws',
		() => Object.defineProperty(new Error('x'), 'message', { get: () => thrown(undefined) }),
	],
	['a cause that leads back', () => Object.assign(new Error('x'), { cause: new Error('y') })],
	['a circle of causes', () => circleOfCauses()],
	['several errors', () => new AggregateError([new Error('one'), new Error('two')])],
	['an abort', () => new DOMException('stopped', 'AbortError')],
	['too deep', () => new RangeError('Maximum call stack size exceeded')],
	['a revoked proxy', revoked],
	[
		'an object whose toString throws',
		() => ({ toString: () => thrown(1), toJSON: () => thrown(2) }),
	],
];

function circleOfCauses(): Error {
	const first = new Error('first');
	first.cause = new Error('second', { cause: first });
	return first;
}

/** Inputs that no type allows. */
const GARBAGE: Array<[name: string, make: () => unknown]> = [
	...[undefined, null, 5, 'x', true, Symbol('s')].map((value): [string, () => unknown] => [
		String(value),
		() => value,
	]),
	['a list', () => [[]]],
	['an empty object', () => ({})],
	['a circle', () => circular],
	['nested deep', () => nested(20_000)],
	['a revoked proxy', revoked],
	[
		'a proxy that throws',
		() => new Proxy({}, { get: () => thrown(undefined), has: () => thrown(0) }),
	],
	[
		'a getter that throws',
		() => ({
			get model() {
				return thrown('words');
			},
			get name() {
				return thrown(1);
			},
		}),
	],
	['a class', () => class {}],
];

const question = { messages: [{ role: 'user' as const, content: 'Go' }] };
const schema = z.object({ a: z.number() });
const valid: Record<string, unknown[]> = {
	answer: [question],
	chat: [question],
	streamChat: [question],
	checkAccess: [],
	classify: [{ text: 'x', labels: ['a', 'b'] }],
	createClient: [],
	defineTool: [],
	evaluate: [],
	estimateExtract: [{ text: 'x', schema }],
	extract: [{ text: 'x', schema }],
	pdfText: [new Uint8Array(3)],
	priceOf: [{ promptTokens: 1, completionTokens: 1, totalTokens: 2 }],
	runToolLoop: [{ prompt: 'Go' }],
	streamExtract: [{ text: 'x', schema }],
	toFunctionTool: [],
	toJsonSchema: [],
};
type Callable = (this: undefined, ...args: unknown[]) => unknown;
const isCallable = (value: unknown): value is Callable => typeof value === 'function';
const functions = Object.entries<unknown>(library).flatMap(
	([name, value]): Array<[string, Callable]> =>
		name in valid && isCallable(value) ? [[name, value]] : [],
);

test('every public function is in the table', () => {
	const isClass = (name: string) => name === 'TokenHubError';
	const all = Object.entries(library).filter(([, value]) => typeof value === 'function');
	expect(
		all
			.map(([name]) => name)
			.filter((name) => !isClass(name))
			.sort(),
	).toEqual(Object.keys(valid).sort());
});

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Every event of a stream; of others, what they give. */
async function allOf(given: unknown): Promise<void> {
	const awaited: unknown = await given;
	if (isStream(awaited)) for await (const event of awaited) void event;
}

async function listOf<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
	const list: Item[] = [];
	for await (const item of items) list.push(item);
	return list;
}

async function kindOf(run: () => unknown): Promise<string> {
	try {
		await allOf(run());
	} catch (error) {
		if (!(error instanceof library.TokenHubError))
			throw new Error('of another kind', { cause: error });
		expect(error.message).toMatch(/\S/);
		expect(error.message).not.toMatch(/: (undefined|\[object \w+\])$/);
		expect(JSON.parse(JSON.stringify(error.details))).toStrictEqual(error.details);
		structuredClone(error.details);
		return error.kind;
	}
	return 'none';
}

test.each(functions)('%s takes any garbage', async (name, callable) => {
	const { client } = await openGateway(() => ({ text: 'Well.' }), { maxRetries: 0 });
	for (const [, make] of GARBAGE) {
		const inputs = [...(valid[name] ?? []), {}];
		for (const place of [0, 1, 2]) {
			const args: unknown[] = [client, ...inputs].slice(0, 3);
			args[place] = make();
			const kind = await kindOf(() => Reflect.apply(callable, undefined, args));
			expect(['none', 'badConfig', 'network', 'schemaMismatch']).toContain(kind);
		}
	}
});

test.each(THROWN)('a caller whose code throws %s', async (name, make) => {
	const { client } = await openGateway(() => ({ text: '{"a":1}' }));
	const refined = z.object({ a: z.number() }).transform(() => thrown(make()));
	const isAbort = name === 'an abort';
	const text = 'a 1';
	const fetch = async () => thrown(make());
	const own = library.createClient({ apiKey: 'th-demo-key', fetch, maxRetries: 0 });
	const options = Object.defineProperty({}, 'signal', { get: () => thrown(make()) });
	const extracted = await failure(library.extract(client, { text, mode: 'json', schema: refined }));
	expect(extracted).toMatchObject({ kind: 'badConfig', details: { costUsd: expect.any(Number) } });
	expect(extracted.details.usage.totalTokens).toBeGreaterThan(0);
	const onText = () => thrown(make());
	const watched = library.answer(client, question, { stream: true, onText });
	expect(await failure(watched)).toMatchObject({ kind: 'badConfig' });
	expect(await failure(library.chat(own, question))).toMatchObject({
		kind: isAbort ? expect.any(String) : 'network',
	});
	const kind = await kindOf(() => library.chat(client, question, options));
	expect(kind).toBe(isAbort ? 'cancelled' : 'badConfig');
	const onEvent = onText;
	const tools = [
		library.defineTool({ name: 't', description: '', parameters: schema, execute: onText }),
	];
	const { client: caller } = await openGateway([
		{ toolCalls: [{ name: 't', arguments: { a: 1 } }] },
		{ text: 'Done.' },
	]);
	const result = await library.runToolLoop(caller, { prompt: 'Go', tools }, { onEvent });
	expect(result).toMatchObject({ output: 'Done.', steps: [{ error: expect.any(String) }] });
});

test('spending, steps and a fitting kind are in an error after three paid turns', async () => {
	let asked = 0;
	const { client } = await openGateway(() => ({
		toolCalls: [{ name: 't', arguments: { a: (asked += 1) } }],
		usage: { promptTokens: 100, completionTokens: 10 },
	}));
	const tools = [
		library.defineTool({ name: 't', description: '', parameters: schema, execute: () => 'fine' }),
	];
	const broken: library.TokenHubClient = {
		...client,
		complete: async (body, call) => {
			const answer = await client.complete(body, call);
			// What would be a fault of ours.
			if (asked > 3)
				Object.defineProperty(answer.completion, 'choices', {
					get: () => thrown(new RangeError('deep')),
				});
			return answer;
		},
	};
	const error = await failure(library.runToolLoop(broken, { prompt: 'Go', tools }));
	expect(error).toMatchObject({
		kind: 'badResponse',
		details: { usage: { promptTokens: 400, totalTokens: 440 }, costUsd: 0.0018 },
	});
	expect(error.details.steps).toHaveLength(3);
});

test('a stream can be read once, left early, and tells so', async () => {
	const { client } = await openGateway(() => ({ text: 'one two three' }));
	const read = library.streamChat(client, question);
	expect((await listOf(read)).at(-1)).toMatchObject({ type: 'done' });
	expect(await failure(listOf(read))).toMatchObject({ kind: 'badConfig' });
	const left = library.streamChat(client, question);
	for await (const event of left) {
		expect(event.type).toBe('text');
		break;
	}
	expect(await failure(listOf(left))).toMatchObject({ kind: 'badConfig' });
	const refused = library.streamChat(client, question);
	await refused.next();
	expect(await kindOf(() => refused.throw('words'))).toBe('badConfig');
});

test('texts of schemas and the fetch of the Chat Model have doors as well', async () => {
	const texts = ['('.repeat(50_000), `z.string()${'.min(1)'.repeat(10_000)}`, '[z]'];
	for (const text of texts) expect(await kindOf(() => zodFromText(text))).toBe('badConfig');
	const body = `{"messages":${'['.repeat(9_000)}${']'.repeat(9_000)}}`;
	const inner = () => Promise.resolve(new Response('{}'));
	const answered = await modelFetch({ maxRetries: 0, inner })('http://x.test/', {
		method: 'POST',
		body,
	});
	expect(answered.status).toBe(200);
});
