import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chat, createClient, streamChat, type TokenHubError } from '../../library';
import { startGateway, type GatewayOptions, type Script } from '../../library/testing';
import { failure } from '../support/failure';
import { memoryTape } from './memoryTape';

const KEY = 'th-demo-key';
const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

/** Asks an endpoint of these options, with as many retries. */
async function through<Result>(
	options: GatewayOptions,
	ask: (client: ReturnType<typeof createClient>) => Promise<Result>,
	apiKey = KEY,
): Promise<Result> {
	const gateway = await startGateway(options);
	try {
		return await ask(createClient({ apiKey, baseUrl: gateway.url, maxRetries: 2 }));
	} finally {
		await gateway.close();
	}
}

/** The same questions, live through a recorder, and then to the recording. */
async function both<Result>(
	script: Script,
	ask: (client: ReturnType<typeof createClient>) => Promise<Result>,
) {
	const tape = memoryTape();
	const upstream = await startGateway({ script });
	const live = await through({ record: tape, upstream: upstream.url }, ask);
	await upstream.close();
	const replayed = await through({ replay: tape }, ask, 'th-another');
	return { live, replayed, upstream, tape };
}

const deltas = async (client: ReturnType<typeof createClient>) => {
	const seen: unknown[] = [];
	for await (const event of streamChat(client, say('A river?')))
		if (event.type === 'text') seen.push(event.delta);
	return seen;
};

test('a stream comes in the same pieces', async () => {
	const { live, replayed } = await both([{ text: 'Aare and Rhine and Rhône' }], deltas);
	expect(live.length).toBeGreaterThan(2);
	expect(replayed).toEqual(live);
});

test('refusals are retried in the same way, and what is answered at last is the same', async () => {
	const script = [{ status: 429, headers: { 'retry-after-ms': '1' } }, { text: 'Aare' }];
	const { live, replayed } = await both(script, (client) => chat(client, say('A river?')));
	expect(live).toMatchObject({ text: 'Aare', retries: 1 });
	expect({ ...replayed, latencyMs: 0 }).toEqual({ ...live, latencyMs: 0 });
});

test.each([400, 401, 402, 404, 413, 422, 429, 500, 503, 529])(
	'a refusal with %i stays the same, recorded and replayed',
	async (status) => {
		const script = [1, 2, 3].map((n) => ({
			...{ status, headers: { 'retry-after-ms': '1' } },
			error: { message: `no. ${n}` },
		}));
		const refused = (client: ReturnType<typeof createClient>) =>
			failure(chat(client, say('A river?')));
		const told = await through({ script }, refused);
		const { live, replayed } = await both(script, refused);
		const said = ({ kind, message }: TokenHubError) => [kind, message];
		expect([said(live), said(replayed)]).toEqual([said(told), said(told)]);
	},
);

test('a broken connection breaks again', async () => {
	const script = [{ fault: 'reset' as const }, { text: 'Aare' }];
	const { live, replayed } = await both(script, (client) => chat(client, say('A river?')));
	expect(live).toMatchObject({ text: 'Aare' });
	expect(replayed).toMatchObject({ text: 'Aare' });
});

test('equal requests at once get all of the answers, each once', async () => {
	const script: Script = (_body, n) => ({ text: `answer ${n}` });
	const { live, replayed } = await both(script, async (client) => {
		const asked = Array.from({ length: 5 }, () => chat(client, say('A river?')));
		return (await Promise.all(asked)).map(({ text }) => text).sort();
	});
	expect(new Set(live).size).toBe(5);
	expect(replayed).toEqual(live);
});

test('the key is nowhere in the file, although the endpoint repeats it', async () => {
	const script = [{ text: `your key is ${KEY}` }];
	const { tape } = await both(script, (client) =>
		chat(client, say(`My key is ${KEY}`)).catch(String),
	);
	expect(tape.text().length).toBeGreaterThan(100);
	expect(tape.text()).not.toContain(KEY);
});

test('a request that changed is refused once, with what differs', async () => {
	const { tape } = await both([{ text: 'Aare' }], (client) => chat(client, say('A river?')));
	const gateway = await startGateway({ replay: tape });
	const client = createClient({ apiKey: KEY, baseUrl: gateway.url });
	const error = await failure(chat(client, say('A lake?')));
	await gateway.close();
	expect(error.kind).toBe('badRequest');
	expect(error.message).toMatch(
		/differs at .messages.0.content: recorded "A river\?", now "A lake\?"/,
	);
	expect(gateway.requests).toHaveLength(1);
});

test('files by their paths; one that is missing, and a recorder of nothing, are refused at once', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
	const file = join(folder, 'a.jsonl');
	const upstream = await startGateway({ script: [{ text: 'Aare' }] });
	const ask = (client: ReturnType<typeof createClient>) => chat(client, say('A river?'));
	await through({ record: file, upstream: upstream.url }, ask);
	await upstream.close();
	expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
	expect(await through({ replay: file }, ask)).toMatchObject({ text: 'Aare' });
	// What the client itself has recorded is a recording as well.
	await expect(chat(createClient({ replay: file }), say('A river?'))).resolves.toBeTruthy();
	rmSync(folder, { recursive: true });
	await expect(startGateway({ replay: file })).rejects.toThrow('there is no file');
	await expect(startGateway({ record: memoryTape() })).rejects.toThrow('upstream');
});

test.each([KEY, ''])('words like a key are left as they are: key %j', async (key) => {
	const tape = memoryTape();
	const upstream = await startGateway({
		script: [{ text: 'Aare' }],
		keys: { '': 'active', [KEY]: 'active' },
	});
	const recorder = await startGateway({ record: tape, upstream: upstream.url });
	const body = JSON.stringify({ model: 'm', max_tokens: 9, ...say('At month-end, a month-long') });
	const authorization: Record<string, string> =
		key === '' ? {} : { authorization: `Bearer ${key}` };
	const ask = async (url: string) =>
		await (
			await fetch(`${url}/chat/completions`, { method: 'POST', body, headers: authorization })
		).text();
	const live = await ask(recorder.url);
	const replayer = await startGateway({ replay: tape });
	expect(await ask(replayer.url)).toBe(live);
	expect(tape.text()).toContain('At month-end, a month-long');
	await Promise.all([upstream, recorder, replayer].map((gateway) => gateway.close()));
});

test('a request that holds the key is found again', async () => {
	const tape = memoryTape();
	const upstream = await startGateway({ script: [{ text: 'Aare' }] });
	const question = say(`My key is ${KEY}`);
	const live = await through(
		{ record: tape, upstream: upstream.url },
		async (client) => await chat(client, question),
	);
	await upstream.close();
	const replayed = await through({ replay: tape }, async (client) => await chat(client, question));
	expect(replayed.text).toBe(live.text);
});
