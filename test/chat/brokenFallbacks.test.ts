import { z } from 'zod/v4';
import {
	createClient,
	defineTool,
	runToolLoop,
	streamChat,
	type ErrorKind,
	type LoopEvent,
} from '../../core';
import { answer } from '../../core/chat/answer';
import {
	FALLBACK_KINDS,
	withFallbacks,
	type FallbackKind,
} from '../../core/chat/asking/withFallbacks';
import { failure } from '../support/failure';

/** The next model is asked for a stream that breaks for good, by the same rule as for whole answers. */

const TEXT =
	'A table: | name | value |, and then some words that go on until they end, all of them.';
const [FIRST, SECOND, THIRD] = ['acme/first', 'acme/second', 'acme/third'];
const bodySchema = z.looseObject({
	model: z.string(),
	stream: z.boolean().optional(),
	messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
});
type Body = z.output<typeof bodySchema>;
/** How an answer of a model comes out. */
type Fate = 'whole' | keyof typeof FAILURES;

const event = (data: object | string) =>
	`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const error = (message: string, type: string) => event({ error: { message, type } });

/** What comes after the beginning of a stream, by the kind of its failure; null ends the connection. */
const FAILURES = {
	network: null,
	overloaded: error('Overloaded', 'overloaded_error'),
	rateLimit: error('Slow down', 'rate_limit_error'),
	timeout: 'silence',
	badRequest: error('The prompt is not for me', 'invalid_request_error'),
	auth: event({ error: { message: 'No such key', code: 401 } }),
	badResponse: event({ choices: 'none' }),
} as const satisfies Partial<Record<ErrorKind, string | null>>;

function pieces(body: Body, text: string): string {
	const chunk = (delta: object, finish_reason: string | null = null) =>
		event({ id: 'c', model: body.model, choices: [{ index: 0, delta, finish_reason }] });
	const usage = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };
	const texts = (text.match(/[^]{1,9}/g) ?? []).map((content) => chunk({ content }));
	return [
		...texts,
		chunk({}, 'stop'),
		event({ id: 'c', choices: [], usage }),
		event('[DONE]'),
	].join('');
}

function streamOf(text: string, fate: Fate, signal?: AbortSignal | null): Response {
	const begun = text.slice(0, text.indexOf('\n\n', 300) + 2);
	const last = fate === 'whole' ? null : FAILURES[fate];
	const body = new ReadableStream({
		start(controller) {
			const say = (words: string) => controller.enqueue(new TextEncoder().encode(words));
			say(fate === 'whole' ? text : begun);
			signal?.addEventListener('abort', () => controller.error(signal.reason));
			if (last === 'silence') return;
			if (last !== null) say(last);
			controller.close();
		},
	});
	return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

function open(
	fates: Record<string, Fate | 'closed'>,
	on: readonly FallbackKind[] = FALLBACK_KINDS,
	maxRetries = 1,
) {
	const asked: string[] = [];
	const fetch = async (_url: unknown, init?: RequestInit) => {
		const body = bodySchema.parse(JSON.parse(typeof init?.body === 'string' ? init.body : '{}'));
		asked.push(body.model);
		const fate = fates[body.model] ?? 'whole';
		if (fate === 'closed') return new Response('{"error":{"message":"busy"}}', { status: 529 });
		const anchor = /---\n([^]*)\n---$/.exec(String(body.messages.at(-1)?.content))?.[1];
		const said = anchor === undefined ? '' : String(body.messages.at(-2)?.content);
		return streamOf(pieces(body, (anchor ?? '') + TEXT.slice(said.length)), fate, init?.signal);
	};
	const client = createClient({
		...{ apiKey: 'th-demo-key', baseUrl: 'https://gateway.test', fetch, maxRetries },
		...{ idleTimeoutMs: 40, prices: { [FIRST]: { inputUsd: 1, outputUsd: 1 } } },
	});
	return { client: withFallbacks(client, { models: [SECOND, THIRD], on }), asked };
}

const request = { model: FIRST, messages: [{ role: 'user', content: 'Tell me.' }] };

async function read({ client }: Pick<ReturnType<typeof open>, 'client'>) {
	let shown = '';
	for await (const piece of streamChat(client, request)) {
		if (piece.type === 'text') shown += piece.delta;
		if (piece.type === 'done') return { shown, result: piece.result };
	}
	throw new Error('no result');
}

/** How often a model is asked before the next one: some failures cannot pass. */
const times = (kind: string) => (['badRequest', 'badResponse'].includes(kind) ? 1 : 2);
const kinds = [
	'network',
	'overloaded',
	'rateLimit',
	'timeout',
	'badRequest',
	'badResponse',
] as const;

describe.each(kinds)('a stream that ends in %s', (kind) => {
	test('is gone on with by the next model', async () => {
		const opened = open({ [FIRST]: kind, [SECOND]: kind });
		const { shown, result } = await read(opened);
		expect([shown, result.text]).toEqual([TEXT, TEXT]);
		expect(result).toMatchObject({
			model: THIRD,
			fallbacks: [
				{ model: FIRST, kind },
				{ model: SECOND, kind },
			],
		});
		const count = (model: string) => Array.from({ length: times(kind) }, () => model);
		expect(opened.asked).toEqual([...count(FIRST), ...count(SECOND), THIRD]);
	});

	test('is an error where that kind is not passed on', async () => {
		const others = FALLBACK_KINDS.filter((other) => other !== kind);
		const opened = open({ [FIRST]: kind }, others);
		expect(await failure(read(opened))).toMatchObject({ kind });
		expect(new Set(opened.asked)).toEqual(new Set([FIRST]));
	});

	test('starts over by the next model where nobody has seen it', async () => {
		const opened = open({ [FIRST]: kind });
		const whole = await answer(opened.client, request, { stream: true });
		expect(whole).toMatchObject({ text: TEXT, model: SECOND, fallbacks: [{ model: FIRST, kind }] });
	});
});

test('the error of the last model is thrown, with all that was said and spent', async () => {
	const opened = open({ [FIRST]: 'network', [SECOND]: 'overloaded', [THIRD]: 'timeout' });
	const thrown = await failure(read(opened));
	expect(thrown).toMatchObject({ kind: 'timeout' });
	expect(TEXT.startsWith(thrown.details.raw ?? '-')).toBe(true);
	expect(opened.asked).toHaveLength(6);
});

test('a failure of the key is nobody else’s', async () => {
	const opened = open({ [FIRST]: 'auth' });
	expect(await failure(read(opened))).toMatchObject({ kind: 'auth' });
	expect(opened.asked).toEqual([FIRST]);
});

test('a model that failed before its stream began is not asked again', async () => {
	const opened = open({ [FIRST]: 'closed', [SECOND]: 'overloaded' });
	const { shown, result } = await read(opened);
	expect(shown).toBe(TEXT);
	expect(opened.asked).toEqual([FIRST, FIRST, SECOND, SECOND, THIRD]);
	expect(result.fallbacks?.map(({ model }) => model)).toEqual([FIRST, SECOND]);
});

test('once Max Cost is spent nobody else is asked', async () => {
	const opened = open({ [FIRST]: 'overloaded' }, FALLBACK_KINDS, 0);
	const priced = { ...opened.client, priceOf: () => 1 };
	const asked = answer(priced, request, { stream: true, onText: () => {}, maxCostUsd: 0.5 });
	expect(await failure(asked)).toMatchObject({ kind: 'overloaded' });
	expect(opened.asked).toEqual([FIRST]);
});

test('in a loop, a reader sees the text once', async () => {
	const { client } = open({ [FIRST]: 'overloaded' });
	let shown = '';
	const onEvent = (told: LoopEvent) => void (shown += told.type === 'text' ? told.delta : '');
	const tools = [defineTool({ name: 'look', description: '', parameters: {}, execute: () => 1 })];
	const asked = { model: FIRST, prompt: 'Go', tools, stream: true };
	const result = await runToolLoop(client, asked, { onEvent });
	expect([shown, result.output]).toEqual([TEXT, TEXT]);
	expect(result).toMatchObject({
		model: SECOND,
		fallbacks: [{ model: FIRST, kind: 'overloaded' }],
	});
});
