import { createServer } from 'node:https';
import { quietN8n } from '../../demo/engine/quietN8n';
import { CredentialTestContext } from 'n8n-core';
import { checkAccess } from '../../core';
import { LmChatTokenHub } from '../../nodes/LmChatTokenHub/LmChatTokenHub.node';
import { TokenHubChatCompletion } from '../../nodes/TokenHubChatCompletion/TokenHubChatCompletion.node';
import { TokenHubJsonExtract } from '../../nodes/TokenHubJsonExtract/TokenHubJsonExtract.node';
import { TokenHubToolCallLoop } from '../../nodes/TokenHubToolCallLoop/TokenHubToolCallLoop.node';
import { listen } from '../support/listen';
import { badAnswers, goodAnswers } from './accessRows';
import { KEY, openGateway } from '../support/openGateway';
import { selfSigned } from '../support/selfSigned';
import { completion, json, openRaw, type RawReply } from '../wire/rawGateway';

/** The credential test says that a key works only where that is shown, and of all else what it is. */

const closing: Array<() => void> = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

type Test = (
	apiKey: string | undefined,
	baseUrl?: string,
) => Promise<{ ok: boolean; message: string }>;

/** n8n's own, with the one request helper that it gives. */
quietN8n();
const context = new CredentialTestContext();

/** The library's, and that of each node as n8n calls it. */
const TESTS: Array<[name: string, test: Test]> = [
	['the library', (apiKey, baseUrl) => checkAccess({ apiKey: apiKey ?? '', baseUrl })],
	...[TokenHubChatCompletion, TokenHubToolCallLoop, TokenHubJsonExtract, LmChatTokenHub].map(
		(Node): [string, Test] => [
			Node.name,
			async (apiKey, baseUrl) => {
				const { tokenHubApiTest } = new Node().methods.credentialTest;
				const data = { ...(apiKey === undefined ? {} : { apiKey }), baseUrl };
				const credential = { id: '1', name: 'TokenHub', type: 'tokenHubApi', data };
				const told = await Reflect.apply(tokenHubApiTest, context, [credential]);
				return { ok: told.status === 'OK', message: told.message };
			},
		],
	),
];

const status = (code: number) => ({ head: `HTTP/1.1 ${code} Said` });
const openAi = (code: number, message: string, more: object = {}) =>
	json({ error: { message, ...more } }, status(code));
const page = (code: number, title: string): RawReply => ({
	...status(code),
	headers: { 'content-type': 'text/html' },
	body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});
const text = (code: number, body = ''): RawReply => ({ ...status(code), body });

const good: Array<[name: string, reply: RawReply]> = [
	['400 of OpenAI', openAi(400, "Invalid 'messages': empty array.", { param: 'messages' })],
	['400 of Anthropic', openAi(400, 'messages: at least one message is required')],
	['422 that names the parameter', openAi(422, 'too short', { param: 'messages' })],
	['400 of OpenRouter', openAi(400, 'Input required: specify "prompt" or "messages"')],
	...goodAnswers,
	['400 of Google', openAi(400, 'GenerateContentRequest.contents: contents is not specified')],
];

const bad: Array<[name: string, reply: RawReply, words: RegExp]> = [
	...badAnswers,
	['a bad key', openAi(401, 'Incorrect API key'), /refused this API key.*Incorrect API key/],
	['403 of the API', openAi(403, 'No access'), /refused this API key/],
	['a bad key at 400', openAi(400, 'API key not valid. Pass a valid one.'), /refused this API key/],
	['auth_error at 400', openAi(400, 'messages', { type: 'auth_error' }), /refused this API key/],
	['a bad key at 200', json({ code: 401, message: 'bad key', data: null }), /refused this API key/],
	['no credit at 400', openAi(400, 'Your credit balance is too low'), /no credit left/],
	['no quota at 403', openAi(403, 'x', { code: 'insufficient_user_quota' }), /no credit left/],
	['402', openAi(402, 'Pay'), /no credit left/],
	['another mistake', openAi(400, 'max_tokens: must be at least 16'), /not known.*max_tokens/],
	['400 that is no API', json({ message: 'messages' }, status(400)), /not known/],
	['400 in plain text', text(400, 'Bad Request: messages'), /not known/],
	['400 of a web server', page(400, '400 Bad Request'), /not known.*web page \(Bad Request\)/],
	['404', text(404), /no chat completion API at this Base URL/],
	['404 as a page', page(404, 'Not found'), /no chat completion API at this Base URL/],
	['405', text(405), /does not accept chat completion requests/],
	['407', text(407), /proxy/i],
	...[411, 412, 413, 414, 415, 416, 417, 421].map((code): [string, RawReply, RegExp] => [
		...([
			String(code),
			text(code, 'no'),
			/in between does not accept the format.*not known/,
		] as const),
	]),
	['429 of the API', openAi(429, 'Slow down'), /throttled.*not known.*minute/],
	['429 as a page', page(429, 'Slow down'), /throttled.*not known/],
	['451', text(451, 'no'), /legal reasons/],
	['500', openAi(500, 'oops'), /is failing at the moment \(500\).*oops/],
	['502 as a page', page(502, '502 Bad Gateway'), /is failing at the moment \(502\).*web page/],
	['504', text(504, ''), /No answer arrived in time/],
	['511', page(511, 'Login'), /network asks for its own login/],
	["a firewall's 403", page(403, 'Attention Required! | Cloudflare'), /firewall.*Cloudflare.*403/],
	['a captive portal', page(200, 'Hotel WiFi'), /web page \(Hotel WiFi\) answers, not TokenHub/],
	['other JSON at 200', json({ hello: 'world' }), /it is not TokenHub/],
	['nothing at 200', text(200, ''), /it is not TokenHub/],
	[
		'a redirect',
		{ ...status(302), headers: { location: 'https://a.example/v2/chat' } },
		/redirects to https:\/\/a\.example\/v2\/chat.*address/,
	],
];

describe.each(TESTS)('%s', (_name, test_) => {
	const ask = async (reply: RawReply) => {
		const { baseUrl, seen, close } = await openRaw(reply);
		closing.push(close);
		const told = await test_(KEY, baseUrl);
		expect(seen.requests).toBe(1);
		return told;
	};

	test.each(good)('works: %s', async (_row, reply) => {
		expect(await ask(reply)).toEqual({ ok: true, message: 'The key works.' });
	});

	test.each(bad)('does not say so: %s', async (_row, reply, words) => {
		const { ok, message } = await ask(reply);
		expect(message).toMatch(words);
		expect(message).not.toMatch(/Invalid client options|undefined|\[object|<|\s\s|\.\.$/);
		expect(ok).toBe(false);
	});

	test('an answer shows that calls are let in', async () => {
		expect((await ask(json(completion({ content: 'Hi' })))).ok).toBe(true);
	});

	test.each([
		['sk-123', 'This key does not start with th-…: copy it again from the dashboard.'],
		['my th-abc', /space/],
		['th-ab cd', /space/],
		['th-', /incomplete/],
		['th-ab…cd', /character/],
		['', /no key yet/],
	])('the key %j is told in words', async (apiKey, words) => {
		const { ok, message } = await test_(apiKey, 'http://127.0.0.1:9');
		expect(message).toEqual(typeof words === 'string' ? words : expect.stringMatching(words));
		expect(ok).toBe(false);
		expect(message).not.toMatch(/Invalid|client options/);
	});

	test.each([
		['http://127.0.0.1:8', /nothing answers at this host and port/],
		['http://no-such-host.invalid', /no host with this name/],
		['ftp://a.example', /Invalid Base URL "ftp:\/\/a\.example": it is not http\(s\)/],
	])('%s', async (baseUrl, words) => {
		const { ok, message } = await test_(KEY, baseUrl);
		expect(message).toMatch(words);
		expect(ok).toBe(false);
	});

	test('a certificate that nobody trusts, and HTTPS where there is none', async () => {
		const server = createServer(selfSigned());
		const port = await listen(server);
		closing.push(() => void server.close());
		expect((await test_(KEY, `https://localhost:${port}`)).message).toMatch(/not trusted/);
		const { gateway } = await openGateway();
		const url = gateway.url.replace('http:', 'https:');
		expect((await test_(KEY, url)).message).toMatch(/no HTTPS at this address/);
	});
});

describe('blanks around a key', () => {
	test.each(TESTS.slice(1))('are left out: %s', async (_name, test_) => {
		const { gateway } = await openGateway();
		for (const key of [` ${KEY}\n`, `\u200b${KEY}\u00a0`, `\t${KEY}\uFEFF`]) {
			expect(await test_(key, gateway.url)).toEqual({ ok: true, message: 'The key works.' });
		}
		expect((await test_(undefined, gateway.url)).message).toMatch(/no key yet/);
	});
});
