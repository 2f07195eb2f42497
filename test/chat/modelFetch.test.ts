import { modelFetch } from '../../core/chat/modelFetch';

const answers = (...responses: Array<Response | Error>) => {
	const sent: Array<RequestInit | undefined> = [];
	const inner: typeof fetch = async (_url, init) => {
		sent.push(init);
		const next = responses[sent.length - 1];
		if (!next) throw new Error('no more answers');
		if (next instanceof Error) throw next;
		return next;
	};
	return { inner, sent };
};
const status = (code: number, headers: Record<string, string> = { 'retry-after-ms': '1' }) =>
	new Response(JSON.stringify({ error: { message: `status ${code}` } }), { status: code, headers });
const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], n: 1 });
const url = 'http://127.0.0.1:9/chat/completions';
const ok = () =>
	Response.json({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] });

test('mends the body, and sends it again until it is answered', async () => {
	const { inner, sent } = answers(status(429), new TypeError('reset'), status(529), ok());
	const response = await modelFetch({ maxRetries: 3, inner })(url, {
		...{ method: 'POST', body },
		headers: { 'content-length': '99', authorization: 'Bearer x' },
	});
	expect(response.status).toBe(200);
	expect(sent).toHaveLength(4);
	expect(sent[3]?.body).toBe(
		JSON.stringify({
			...{ model: 'm', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1024 },
		}),
	);
	const headers = new Headers(sent[0]?.headers);
	expect([headers.get('content-length'), headers.get('authorization')]).toEqual([null, 'Bearer x']);
});

test('what fails for good comes back as it came', async () => {
	const once = answers(status(400));
	const refused = await modelFetch({ maxRetries: 3, inner: once.inner })(url, { body });
	expect([refused.status, await refused.json()]).toEqual([
		400,
		{ error: { message: 'status 400' } },
	]);
	expect(once.sent).toHaveLength(1);
	const often = answers(status(500), status(500), status(503));
	expect((await modelFetch({ maxRetries: 2, inner: often.inner })(url, { body })).status).toBe(503);
	const lost = answers(new TypeError('reset'), new TypeError('reset'));
	await expect(modelFetch({ maxRetries: 1, inner: lost.inner })(url, { body })).rejects.toThrow(
		'reset',
	);
});

test('ends when it is told to, without another request', async () => {
	const { inner, sent } = answers(status(429, { 'retry-after': '60' }), ok());
	const controller = new AbortController();
	const running = modelFetch({ maxRetries: 3, inner })(url, { body, signal: controller.signal });
	setTimeout(() => controller.abort(), 30);
	await running.catch(() => undefined);
	expect(sent).toHaveLength(1);
});

test('a body that is not JSON is left alone', async () => {
	const { inner, sent } = answers(ok());
	await modelFetch({ maxRetries: 0, inner })(url, { body: 'plain' });
	expect(sent[0]?.body).toBe('plain');
});

test.each([
	['nobody asks anything', [{ role: 'system', content: 'Be brief.' }], 'has no user message'],
	['there is too much', Array(10_001).fill({ role: 'user', content: 'Hi' }), 'more than 10,000'],
])('says what is wrong where %s', async (_name, messages, words) => {
	const { inner, sent } = answers(ok());
	const asked = { body: JSON.stringify({ model: 'm', messages }) };
	const response = await modelFetch({ maxRetries: 2, inner })(url, asked);
	expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(words)]);
	expect(sent).toEqual([]);
});
