import {
	chat,
	createClient,
	evaluate,
	extract,
	runToolLoop,
	streamChat,
	type TokenHubClient,
	type ToolLoopResult,
} from '../../core';
import { modelFetch } from '../../core/chat/modelFetch';
import { collectStream } from '../../core/chat/streamChat';
import { openLedger } from '../../core/ledger';
import { failure } from '../support/failure';
import { completion } from './rawGateway';

/** What a request has cost that failed: nothing where nobody can have billed it, else nobody knows. */

const FIRST_BYTE_MS = 20;
const MODEL = 'anthropic/claude-haiku-4-5';
const request = { model: MODEL, maxTokens: 500 };
const messages = [{ role: 'user' as const, content: 'Hi' }];
type Facts = Record<string, unknown>;
type Reply = () => Promise<Response> | Response;

const fails =
	(facts: Facts): Reply =>
	() => {
		const cause = Object.assign(new Error('it ended'), facts);
		throw new TypeError('fetch failed', { cause });
	};
const says =
	(body: string, init: ResponseInit = {}): Reply =>
	() =>
		new Response(body, { headers: { 'content-type': 'application/json' }, ...init });
const resets = fails({ code: 'ECONNRESET' });
const hangs: Reply = async () => await new Promise<Response>(() => undefined);
const breaks =
	(text: string): Reply =>
	() => {
		const bytes = [new TextEncoder().encode(text)];
		const pull = (controller: ReadableStreamDefaultController) => {
			const next = bytes.shift();
			if (next) controller.enqueue(next);
			else controller.error(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
		};
		return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }));
	};

const forbiddenPort = () => new TypeError('fetch failed', { cause: new Error('bad port') });

const CERTAINLY_FREE: Array<[name: string, reply: Reply]> = [
	['a name that nobody knows', fails({ code: 'ENOTFOUND' })],
	['a resolver that is away', fails({ code: 'EAI_AGAIN' })],
	['a port on which nobody listens', fails({ code: 'ECONNREFUSED' })],
	['a port that browsers forbid', () => Promise.reject(forbiddenPort())],
	['a network without a way', fails({ code: 'ENETUNREACH' })],
	['no connection in time', fails({ code: 'UND_ERR_CONNECT_TIMEOUT' })],
	['the same by the system', fails({ code: 'ETIMEDOUT', syscall: 'connect' })],
	[
		'no connection in time at any of its addresses',
		fails({
			code: 'ETIMEDOUT',
			errors: [Object.assign(new Error('connect'), { code: 'ETIMEDOUT', syscall: 'connect' })],
		}),
	],
	['an old certificate', fails({ code: 'CERT_HAS_EXPIRED' })],
	['http where https is spoken', fails({ code: 'ERR_SSL_WRONG_VERSION_NUMBER' })],
	['status 500', says('{"error":{"message":"Dead"}}', { status: 500 })],
	['status 400', says('{"error":{"message":"Bad"}}', { status: 400 })],
	['a page of status 502', says('<html>Bad Gateway</html>', { status: 502 })],
	['an error inside of a 200', says('{"error":{"message":"Overloaded"}}')],
];

const UNKNOWN: Array<[name: string, reply: Reply]> = [
	['a connection that breaks', fails({ code: 'ECONNRESET' })],
	['a socket that is closed', fails({ code: 'UND_ERR_SOCKET' })],
	['a connection that times out while it is read', fails({ code: 'ETIMEDOUT', syscall: 'read' })],
	['a fetch that does not say why', fails({})],
	['silence', hangs],
	['an answer that breaks off', breaks('{"id":"c1","choices":[')],
	['half an answer', says('{"id":"c1","choices":[')],
	['a page of status 200', says('<html><body>Welcome</body></html>')],
	['nothing', says('')],
	['no completion', says('{"choices":[]}')],
];

interface Told {
	costUsd: number | null;
	estimated?: { totalTokens: number; costUsd: number | null };
}

const WAYS: Record<string, (client: TokenHubClient) => Promise<Told>> = {
	chat: async (client) => (await failure(chat(client, { ...request, messages }))).details,
	streamChat: async (client) =>
		(await failure(collectStream(streamChat(client, { ...request, messages })))).details,
	extract: async (client) => {
		const schema = { type: 'object', properties: { a: { type: 'string' } } };
		return (await failure(extract(client, { ...request, text: 'a', schema }))).details;
	},
	runToolLoop: async (client) =>
		(await failure(runToolLoop(client, { ...request, prompt: 'Hi', tools: [] }))).details,
	evaluate: async (client) =>
		await evaluate({
			...{ client, cases: [{ prompt: 'Hi', expected: 'Ho' }], models: [MODEL] },
			run: async ({ client: own }) => (await chat(own, { ...request, messages })).text,
		}),
};
const ways = Object.keys(WAYS);

function clientOf(...replies: Reply[]) {
	const sent: string[] = [];
	const fetch = async (_url: unknown, init: RequestInit = {}) => {
		sent.push(typeof init.body === 'string' ? init.body : '');
		const reply = replies[Math.min(sent.length, replies.length) - 1];
		return await (reply ?? hangs)();
	};
	const client = createClient({
		...{ apiKey: 'th-demo-key', baseUrl: 'https://gateway.test', fetch },
		...{ maxRetries: replies.length - 1, firstByteTimeoutMs: FIRST_BYTE_MS, sleep: soon },
	});
	return { client, sent, fetch };
}

/** The time for the first byte passes, a wait before another try is none, and all else has time. */
const soon = async (ms: number) => {
	if (ms > 100_000) return await new Promise<void>(() => undefined);
	if (ms === FIRST_BYTE_MS) await new Promise<void>((resolve) => setTimeout(resolve, ms));
};

describe.each(ways)('%s', (way) => {
	const costOf = async (reply: Reply) => await WAYS[way]?.(clientOf(reply).client);

	test.each(CERTAINLY_FREE)('pays nothing for %s', async (_name, reply) => {
		expect(await costOf(reply)).toMatchObject({ costUsd: 0 });
	});

	test.each(UNKNOWN)('does not know what was paid for %s', async (_name, reply) => {
		expect(await costOf(reply)).toMatchObject({ costUsd: null });
	});
});

test('what is not known is estimated as the longest answer, once for each attempt', async () => {
	for (const way of ['chat', 'streamChat', 'extract', 'runToolLoop']) {
		const once = await WAYS[way]?.(clientOf(resets).client);
		const twice = await WAYS[way]?.(clientOf(resets, resets).client);
		const { totalTokens = 0, costUsd } = once?.estimated ?? {};
		expect(totalTokens).toBeGreaterThan(500);
		expect(costUsd).toBeGreaterThan(500 * 5e-6);
		expect(twice?.estimated?.totalTokens).toBe(2 * totalTokens);
	}
});

test('an answer after one that never came has a price that nobody knows', async () => {
	const good = says(JSON.stringify(completion({ content: 'Hi' })));
	const answered = await chat(clientOf(resets, good).client, { ...request, messages });
	expect(answered).toMatchObject({ text: 'Hi', costUsd: null, requests: 1, retries: 1 });
	expect(answered.usage.totalTokens).toBe(15);
	expect(answered.estimated?.totalTokens).toBeGreaterThan(500 + 15);
	const free = clientOf(fails({ code: 'ECONNREFUSED' }), good);
	expect(await chat(free.client, { ...request, messages })).toMatchObject({ costUsd: 0.000035 });
});

test('Max Cost counts what may have been paid: nothing is sent beyond it', async () => {
	const { client, sent } = clientOf(resets, resets, resets);
	const loop = { ...request, prompt: 'Hi', tools: [], maxCostUsd: 0.003 };
	const error = await failure(runToolLoop(client, loop));
	expect(error).toMatchObject({ kind: 'budget', details: { costUsd: null } });
	// The second may still be asked, and then both may have cost more.
	expect(sent).toHaveLength(2);
});

test('a run that is stopped while it is answered may have paid for that', async () => {
	for (const isEarly of [true, false]) {
		const { client } = clientOf(hangs);
		const stop = new AbortController();
		if (isEarly) stop.abort();
		else setTimeout(() => stop.abort(), 5);
		const loop = runToolLoop(
			client,
			{ ...request, prompt: 'Hi', tools: [] },
			{ signal: stop.signal },
		);
		const { stopReason, costUsd }: ToolLoopResult = await loop;
		expect({ stopReason, costUsd }).toEqual({
			stopReason: 'cancelled',
			costUsd: isEarly ? 0 : null,
		});
	}
});

describe('a Chat Model below a loop', () => {
	const paid = async (reply: Reply, isStream: boolean) => {
		const ledger = openLedger();
		const { fetch } = clientOf(reply);
		const model = modelFetch({
			maxRetries: 0,
			inner: async (url, init) => await fetch(url, init),
			ledger,
		});
		const body = { model: MODEL, max_tokens: 500, messages, stream: isStream };
		const init = { method: 'POST', body: JSON.stringify(body) };
		const ask = async () => await (await model('https://gateway.test', init)).text();
		await ask().catch(() => undefined);
		return ledger.spent();
	};
	const isHanging = (reply: Reply) => reply === hangs;

	test.each(CERTAINLY_FREE)('pays nothing for %s', async (_name, reply) => {
		for (const isStream of [true, false]) {
			expect(await paid(reply, isStream)).toMatchObject({ costUsd: 0 });
		}
	});

	test.each(UNKNOWN.filter(([, reply]) => !isHanging(reply)))(
		'does not know of %s',
		async (_name, reply) => {
			for (const isStream of [true, false]) {
				expect(await paid(reply, isStream)).toMatchObject({ costUsd: null });
			}
		},
	);
});
