import { createServer } from 'node:http';
import { chat, createClient, DEFAULT_MODEL, priceOf, streamChat, TokenHubError } from '../../core';
import { createLimiter } from '../../core/client/limiter';
import { failure } from '../support/failure';
import { listen } from '../support/listen';
import { KEY, openGateway } from '../support/openGateway';

/** What the caller hands over beside the request: a wrong one is told, and costs the next call nothing. */

const question = { messages: [{ role: 'user' as const, content: 'Go' }] };
const revoked = () => {
	const { proxy, revoke } = Proxy.revocable({}, {});
	revoke();
	return proxy;
};
const refusing = () => {
	throw new TypeError('no');
};

test.each([
	['a number', 1],
	['a text', 'x'],
	['an empty object', {}],
	['a look-alike', { aborted: false, addEventListener: refusing, removeEventListener: refusing }],
	['an AbortController', new AbortController()],
	['a heir of none', Object.create(AbortSignal.prototype)],
	['a revoked proxy', revoked()],
	['a named one that throws', { [Symbol.toStringTag]: 'AbortSignal', addEventListener: refusing }],
])('%s as a signal is refused, and blocks no later call', async (_name, signal) => {
	const { client } = await openGateway(() => ({ text: 'Well.' }), { maxConcurrency: 1 });
	const options = Object.defineProperty({}, 'signal', { value: signal });
	expect(await failure(chat(client, question, options))).toMatchObject({ kind: 'badConfig' });
	expect(await failure(streamChat(client, question, options).next())).toBeInstanceOf(TokenHubError);
	expect(await chat(client, question)).toMatchObject({ text: 'Well.' });
});

test('a place is free again where listening throws', async () => {
	const limiter = createLimiter(1);
	const signal = Object.assign(new AbortController().signal, { addEventListener: refusing });
	await expect(limiter.acquire(signal)).rejects.toThrow('no');
	const release = await limiter.acquire();
	const next = limiter.acquire();
	release('ok');
	await expect(next).resolves.toBeInstanceOf(Function);
});

const REASONS: Array<[string, unknown]> = [
	['a revoked proxy', revoked()],
	['a proxy that throws', new Proxy({}, { get: refusing, getPrototypeOf: refusing })],
	['a symbol', Symbol('s')],
	['a bare object', Object.create(null)],
];

test.each(REASONS)('%s as the reason of an abort cancels', async (_name, reason) => {
	const silent = createServer();
	const client = createClient({ apiKey: KEY, baseUrl: `http://127.0.0.1:${await listen(silent)}` });
	const stop = new AbortController();
	const asked = new Promise((resolve) => silent.once('request', resolve));
	const failed = failure(chat(client, question, { signal: stop.signal }));
	await asked;
	stop.abort(reason);
	expect(await failed).toMatchObject({ kind: 'cancelled' });
	silent.close();
	silent.closeAllConnections();
});

test.each(REASONS)('%s as the error of a fetch is a network error', async (_name, reason) => {
	const fetch = async () =>
		await new Promise<Response>((_resolve, reject) => {
			Reflect.apply(reject, undefined, [reason]);
		});
	const client = createClient({ apiKey: KEY, maxRetries: 0, fetch });
	expect(await failure(chat(client, question))).toMatchObject({ kind: 'network' });
});

const COUNTS: typeof REASONS = [['a large integer', 10n], ...REASONS];

test.each(COUNTS)('%s as a token count has no price', (_name, count) => {
	const usage = { promptTokens: 1, completionTokens: 1, totalTokens: 2 };
	Reflect.set(usage, 'completionTokens', count);
	expect(() => priceOf(DEFAULT_MODEL, usage)).toThrow(TokenHubError);
});
