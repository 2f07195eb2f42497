import { z } from 'zod/v4';
import {
	answer,
	createClient,
	defineTool,
	runToolLoop,
	streamChat,
	streamExtract,
	type ClientOptions,
	type LoopEvent,
} from '../../core';
import { failure } from '../support/failure';

/** Streams that break, stall or report an error anywhere: no text is lost or shown twice. */

const TEXT = [
	'First, **a table** of 👩‍🚀 and 東京:\n\n| name | value |\n| ---- | ----- |\n',
	'| one  | 1     |\n| two  | 2     |\n\nThen some words that go on for a while, until they end.',
].join('');
const MODEL = 'anthropic/claude-haiku-4-5';
const bodySchema = z.looseObject({
	messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
});
type Body = z.output<typeof bodySchema>;

const event = (data: object | string) =>
	`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const chunk = (delta: object, finish: string | null = null) =>
	event({ id: 'c', model: MODEL, choices: [{ index: 0, delta, finish_reason: finish }] });
const USAGE = event({
	...{ id: 'c', model: MODEL, choices: [] },
	usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
});

/** A whole stream: a text, perhaps a call, usage and the end. */
function recorded(text: string, args?: string): string {
	const pieces = [...text].reduce<string[]>((list, letter, at) => {
		if (at % 7 === 0) list.push('');
		list[list.length - 1] += letter;
		return list;
	}, []);
	const call = (part: object) => chunk({ tool_calls: [{ index: 0, ...part }] });
	const calls =
		args === undefined
			? []
			: [
					call({ id: 'c1', function: { name: 'note', arguments: '' } }),
					...[args.slice(0, 5), args.slice(5)].map((part) =>
						call({ function: { arguments: part } }),
					),
				];
	const finish = chunk({}, args === undefined ? 'stop' : 'tool_calls');
	const texts = pieces.map((content) => chunk({ content }));
	return [...texts, ...calls, finish, USAGE, event('[DONE]')].join('');
}

/** The same without its end: no reason, and no [DONE]. */
const unended = (text: string) => text.slice(0, text.lastIndexOf('data:', text.indexOf('"stop"')));

/** How a stream ends at a byte. */
const BREAKS = {
	breaks: (controller: ReadableStreamDefaultController) => controller.error(new Error('reset')),
	ends: (controller: ReadableStreamDefaultController) => controller.close(),
	'reports an error': (controller: ReadableStreamDefaultController) => {
		const error = { message: 'Overloaded', type: 'overloaded_error' };
		controller.enqueue(new TextEncoder().encode(`\n\n${event({ error })}`));
		controller.close();
	},
} as const;

function sse(text: string, at = Infinity, end: keyof typeof BREAKS = 'ends'): Response {
	const bytes = new TextEncoder().encode(text).slice(0, at);
	let isLeft = false;
	const body = new ReadableStream({
		start(controller) {
			controller.enqueue(bytes);
			// What is queued would be lost with an error at once.
			setTimeout(() => isLeft || BREAKS[end](controller), 1);
		},
		cancel: () => void (isLeft = true),
	});
	return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/** How a model goes on with a text that broke off. */
const MODELS = {
	'repeats what it is asked to': (said: string, anchor: string) => anchor + TEXT.slice(said.length),
	'just goes on': (said: string) => TEXT.slice(said.length),
	'starts over': () => TEXT,
} as const;

/** What was said before, when a request asks to go on. */
function saidIn({ messages }: Body): { said: string; anchor: string } | undefined {
	const anchor = /---\n([^]*)\n---$/.exec(String(messages.at(-1)?.content))?.[1];
	return anchor === undefined ? undefined : { said: String(messages.at(-2)?.content), anchor };
}

function openClient(
	reply: (body: Body, n: number, signal?: AbortSignal | null) => Response,
	more: Partial<ClientOptions> = {},
) {
	const bodies: Body[] = [];
	const fetch = async (_url: unknown, init?: RequestInit) => {
		const body = bodySchema.parse(JSON.parse(typeof init?.body === 'string' ? init.body : '{}'));
		bodies.push(body);
		return await Promise.resolve(reply(body, bodies.length - 1, init?.signal));
	};
	const client = createClient({
		...{ apiKey: 'th-demo-key', baseUrl: 'https://gateway.test', fetch },
		...{ maxConcurrency: 1000, ...more },
	});
	return { client, bodies };
}

const request = { model: MODEL, messages: [{ role: 'user' as const, content: 'Tell me.' }] };
const ARGS = '{"text":"once"}';
const WHOLE = recorded(TEXT, ARGS);
const LENGTH = new TextEncoder().encode(WHOLE).length;
const everyByte = (step: number) =>
	Array.from({ length: Math.ceil(LENGTH / step) }, (_, index) => index * step);

async function read(client: Parameters<typeof streamChat>[0]) {
	let [shown, calls] = ['', 0];
	for await (const piece of streamChat(client, request)) {
		if (piece.type === 'text') shown += piece.delta;
		if (piece.type === 'toolCall') calls += 1;
		if (piece.type === 'done') return { shown, calls, result: piece.result };
	}
	throw new Error('no result');
}

describe.each(['breaks', 'ends', 'reports an error'] as const)('a stream that %s', (end) => {
	test.each(['repeats what it is asked to', 'just goes on', 'starts over'] as const)(
		'at any byte is whole all the same, with a model that %s',
		async (how) => {
			const step = end === 'breaks' && how === 'repeats what it is asked to' ? 3 : 13;
			const outcomes = everyByte(step).map(async (at) => {
				const { client, bodies } = openClient((body, n) => {
					const before = saidIn(body);
					if (before) expect(TEXT.startsWith(before.said)).toBe(true);
					const text = before ? MODELS[how](before.said, before.anchor) : TEXT;
					return sse(recorded(text, ARGS), n === 0 ? at : Infinity, end);
				});
				const { shown, calls, result } = await read(client);
				expect({ at, shown, calls, text: result.text }).toEqual({
					...{ at, shown: TEXT, calls: 1, text: TEXT },
				});
				expect(result.toolCalls).toEqual([{ id: 'c1', name: 'note', arguments: ARGS }]);
				expect(result.retries).toBe(bodies.length - 1);
			});
			await Promise.all(outcomes);
		},
		30_000,
	);
});

test('no call runs twice, and none of a stream that broke, wherever it breaks', async () => {
	const runs = everyByte(11).map(async (at) => {
		const { client } = openClient((body, n) => {
			if (body.messages.at(-1)?.role === 'tool') return sse(recorded('Done.'));
			const before = saidIn(body);
			const text = before ? before.anchor + TEXT.slice(before.said.length) : TEXT;
			return sse(recorded(text, ARGS), n === 0 ? at : Infinity, 'breaks');
		});
		const ran: unknown[] = [];
		const tools = [
			defineTool({
				...{ name: 'note', description: '', parameters: z.object({ text: z.string() }) },
				execute: (args) => void ran.push(args),
			}),
		];
		let shown = '';
		const onEvent = (told: LoopEvent) => void (shown += told.type === 'text' ? told.delta : '');
		const asked = { model: MODEL, prompt: 'Go', tools, stream: true };
		const result = await runToolLoop(client, asked, { onEvent });
		expect(ran).toEqual([{ text: 'once' }]);
		expect(shown).toBe(`${TEXT}Done.`);
		expect(result).toMatchObject({ output: 'Done.', iterations: 2, stopReason: 'answered' });
		expect(result.messages[1]).toMatchObject({ content: TEXT });
	});
	await Promise.all(runs);
}, 30_000);

test('one that breaks again and again is continued each time, within Max Retries', async () => {
	const cuts = [400, 900, 1500];
	const { client, bodies } = openClient((body, n) => {
		const before = saidIn(body);
		const text = before ? before.anchor + TEXT.slice(before.said.length) : TEXT;
		return sse(recorded(text, ARGS), cuts[n], 'breaks');
	});
	const { shown, result } = await read(client);
	expect([shown, result.text]).toEqual([TEXT, TEXT]);
	expect(bodies.length).toBeGreaterThan(2);
	expect(result.retries).toBe(bodies.length - 1);

	const stubborn = openClient(() => sse(recorded(TEXT), 600, 'breaks'), { maxRetries: 2 });
	const error = await failure(read(stubborn.client));
	expect(error).toMatchObject({ kind: 'network' });
	expect(TEXT.startsWith(error.details.raw ?? '-')).toBe(true);
	expect(stubborn.bodies).toHaveLength(3);
}, 30_000);

test('a stall is an end like others, the time of the whole attempt is not', async () => {
	const silent = (signal?: AbortSignal | null) => {
		const start = (controller: ReadableStreamDefaultController) => {
			controller.enqueue(new TextEncoder().encode(chunk({ content: 'Half a word' })));
			signal?.addEventListener('abort', () => controller.error(signal.reason));
		};
		const headers = { 'content-type': 'text/event-stream' };
		return new Response(new ReadableStream({ start }), { headers });
	};
	const stalled = openClient(
		(body, n, signal) =>
			n === 0 ? silent(signal) : sse(recorded(saidIn(body) ? 'Half a word and more' : '?')),
		{ idleTimeoutMs: 50 },
	);
	expect(await read(stalled.client)).toMatchObject({ shown: 'Half a word and more' });
	const slow = openClient((_body, _n, signal) => silent(signal), { timeoutMs: 50 });
	expect(await failure(read(slow.client))).toMatchObject({ kind: 'timeout' });
	expect(slow.bodies).toHaveLength(1);
});

test('an abort ends the wait before a stream is opened again', async () => {
	const stop = new AbortController();
	const { client, bodies } = openClient(() => {
		setTimeout(() => stop.abort(), 20);
		return sse(recorded(TEXT), 600, 'breaks');
	});
	const asked = answer(client, request, { stream: true, onText: () => {}, signal: stop.signal });
	expect(await failure(asked)).toMatchObject({ kind: 'cancelled' });
	expect(bodies).toHaveLength(1);
});

test('what a broken stream cost is counted at a guess, and Max Cost holds for what follows', async () => {
	const broken = () => sse(recorded(TEXT), 1500, 'breaks');
	const { client, bodies } = openClient(broken);
	const asked = { stream: true, onText: () => {}, maxCostUsd: 0.00001 };
	const error = await failure(answer(client, request, asked));
	expect(bodies).toHaveLength(1);
	expect(error.details).toMatchObject({ costUsd: null });
	expect(error.details.estimated?.costUsd).toBeGreaterThan(0.00001);
});

test('an extraction whose stream breaks starts over', async () => {
	const json = '{"rows":[{"a":"one"},{"a":"two"}]}';
	const { client } = openClient((_body, n) =>
		sse(recorded(json), n === 0 ? 500 : Infinity, 'breaks'),
	);
	const schema = z.object({ rows: z.array(z.object({ a: z.string() })) });
	for await (const told of streamExtract(client, {
		model: MODEL,
		text: 'one two',
		schema,
		mode: 'json',
	})) {
		if (told.type === 'done') expect(told.result.output).toEqual(JSON.parse(json));
	}
	expect.assertions(1);
});

test.each([4, 7, 9])(
	'a key that is spread over two answers is shown in neither, cut at %d',
	async (at) => {
		const key = 'th-demo-key-0123456789';
		const parts = [`It is ${key.slice(0, at)}`, `${key.slice(at)}, they say.`];
		const cutAt = (text: string, n: number) =>
			sse(recorded(text).replace('"stop"', n === 0 ? '"length"' : '"stop"'));
		for (const stream of [true, false]) {
			const { client } = openClient(
				(_body, n) => {
					if (stream) return cutAt(parts[n] ?? '', n);
					const choice = {
						message: { content: parts[n] },
						finish_reason: n === 0 ? 'length' : 'stop',
					};
					return Response.json({ id: 'c', model: MODEL, choices: [choice] });
				},
				{ apiKey: key },
			);
			let shown = '';
			const onText = (delta: string) => void (shown += delta);
			const whole = await answer(client, request, { stream, autoContinue: true, onText });
			expect(whole.text).toBe('It is th-…, they say.');
			if (stream) expect(shown).toBe(whole.text);
		}
		const broken = openClient(
			(_body, n) => sse(n === 0 ? unended(recorded(parts[n] ?? '')) : recorded(parts[n] ?? '')),
			{ apiKey: key },
		);
		const { shown, result } = await read(broken.client);
		expect([shown, result.text]).toEqual(['It is th-…, they say.', 'It is th-…, they say.']);
	},
);
