import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod/v4';
import {
	chat,
	createClient,
	defineTool,
	extract,
	forkAt,
	runToolLoop,
	streamChat,
	streamExtract,
	TokenHubError,
	type Tape,
	type TokenHubClient,
} from '../../library';
import * as core from '../../core';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { KEY, openGateway } from '../support/openGateway';
import { openLongRun } from '../toolLoop/longRun';
import { memoryTape } from './memoryTape';

const noFetch: typeof fetch = async () => {
	throw new Error('a socket was opened');
};
const say = (content: string) => ({ messages: [{ role: 'user' as const, content }] });

async function all(events: AsyncIterable<unknown>): Promise<unknown[]> {
	const seen: unknown[] = [];
	for await (const event of events) seen.push(event);
	return seen;
}

const tools = [
	defineTool({
		name: 'find',
		description: 'Finds an order',
		parameters: z.object({ id: z.string() }),
		execute: ({ id }) => `order ${id} is on its way`,
	}),
];
const call = { toolCalls: [{ name: 'find', arguments: { id: 'A-1' } }] };
const schema = z.object({ rows: z.array(z.object({ name: z.string(), price: z.number() })) });
const rows = { rows: [{ name: 'Tea', price: 3.5 }] };
const filled = { toolCalls: [{ name: 'save_extraction', arguments: rows }] };

/** Ways of asking, each with the answers of its script. */
const WAYS: Array<[string, Script, (client: TokenHubClient) => Promise<unknown>]> = [
	['chat', [{ text: 'Aare' }], (client) => chat(client, say('A river?'))],
	[
		'raw answer',
		[{ text: 'Aare' }],
		(client) => chat(client, say('A river?'), { includeRaw: true }),
	],
	['stream', [{ text: 'Aare, Rhine and Rhône' }], (client) => all(streamChat(client, say('R')))],
	[
		'refused, then answered',
		[{ status: 429, headers: { 'retry-after-ms': '1' } }, { status: 503 }, { text: 'Aare' }],
		(client) => chat(client, say('A river?')),
	],
	['refused for good', [{ status: 400 }], (client) => failure(chat(client, say('Hm')))],
	['no answer', [{ fault: 'reset' }, { text: 'Aare' }], (client) => chat(client, say('Hm'))],
	['no JSON', [{ raw: '<p>busy' }, { text: 'Aare' }], (client) => chat(client, say('Hm'))],
	[
		'a stream that is cut',
		[{ fault: 'cutStream', text: 'Aare and Rhine and Rhône' }, { text: 'Aare' }],
		(client) => all(streamChat(client, say('Hm'))).catch((error: TokenHubError) => error.details),
	],
	[
		'loop',
		[call, { text: 'On its way' }],
		(client) => runToolLoop(client, { prompt: 'A-1?', tools }),
	],
	[
		'streamed loop',
		[call, { text: 'On its way' }],
		(client) => runToolLoop(client, { prompt: 'A-1?', tools, stream: true }),
	],
	['extract', [filled], (client) => extract(client, { text: 'Tea 3.50', schema, evidence: true })],
	[
		'extract with a repair',
		[{ toolCalls: [{ name: 'save_extraction', arguments: { rows: 5 } }] }, filled],
		(client) => extract(client, { text: 'Tea 3.50', schema }),
	],
	['streamExtract', [filled], (client) => all(streamExtract(client, { text: 'Tea 3.50', schema }))],
];

/** What the machine's clock says is not of the answer. */
const timeless = (value: unknown): unknown =>
	JSON.parse(
		JSON.stringify(value, (key, inner: unknown) =>
			key === 'latencyMs' || key === 'durationMs' ? undefined : inner,
		),
	);

test.each(WAYS)('%s: the same from the recording, without a socket', async (_name, script, ask) => {
	const tape = memoryTape();
	const { client, gateway } = await openGateway(script, { record: tape });
	const recorded = await ask(client);
	await gateway.close();
	const replayed = await ask(createClient({ replay: tape, fetch: noFetch }));
	expect(timeless(replayed)).toEqual(timeless(recorded));
	expect(tape.text()).not.toContain(KEY);
});

test('an answer that was refused for its size is refused again, by its own words', async () => {
	const tape = memoryTape();
	let asked = 0;
	const megabyte = new Uint8Array(2 ** 20).fill(32);
	const huge: typeof fetch = async () => {
		asked += 1;
		return new Response(ReadableStream.from(Array.from({ length: 66 }, () => megabyte)));
	};
	const live = createClient({ apiKey: KEY, fetch: huge, record: tape });
	const recorded = await failure(chat(live, say('Hm')));
	expect(recorded.message).toMatch(/more than 64 MB/);
	const replayed = await failure(chat(createClient({ replay: tape, fetch: noFetch }), say('Hm')));
	expect(replayed.message).toBe(recorded.message);
	expect(asked).toBe(1);
});

test('times of requests come from the recording', async () => {
	const tape = memoryTape();
	const { client } = await openGateway([{ text: 'Aare' }, { text: 'Aare' }], { record: tape });
	const body = { model: 'claude-haiku-4-5', max_tokens: 9, messages: say('R').messages };
	const times: unknown[][] = [[], []];
	const listen = (list = times[0]) => ({ took: (took: unknown) => void list?.push(took) });
	await client.complete(body, listen());
	for await (const _ of (await client.openStream(body, listen())).chunks);
	const replay = createClient({ replay: tape });
	await replay.complete(body, listen(times[1]));
	for await (const _ of (await replay.openStream(body, listen(times[1]))).chunks);
	expect(times[0]).toHaveLength(2);
	expect(times[1]).toEqual(times[0]);
});

describe('a request that is not recorded', () => {
	const recorded = async () => {
		const tape = memoryTape();
		const { client } = await openGateway([{ text: 'one' }, { text: 'two' }], { record: tape });
		await chat(client, { ...say('The same'), temperature: 0.5 });
		await chat(client, { ...say('The same'), temperature: 0.5 });
		return tape;
	};
	const replayOf = (replay: Tape) => createClient({ replay, fetch: noFetch });

	test.each([
		['a text', { ...say('The sane'), temperature: 0.5 }, '/messages/0/content'],
		['a number', { ...say('The same'), temperature: 0.7 }, '/temperature'],
		['one more', { ...say('The same'), temperature: 0.5, user: 'u' }, '/user'],
		['one less', say('The same'), '/temperature'],
		['the model', { ...say('The same'), temperature: 0.5, model: 'm' }, '/model'],
	])('fails and says what differs: %s', async (_name, request, path) => {
		const error = await failure(chat(replayOf(await recorded()), request));
		expect(error).toBeInstanceOf(TokenHubError);
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringContaining(path) });
		expect(error.details.failures?.map((one) => one.path)).toEqual([path]);
	});

	describe('is compared with the one of many that is most like it', () => {
		const SYSTEM = 'You sort reviews. '.repeat(50);
		const asked = (review: number, { system = SYSTEM, before = '', after = '' } = {}) => {
			const text = `Review ${review}: ${'so '.repeat(review)}fine (${review})`;
			return {
				messages: [
					{ role: 'system' as const, content: system },
					{ role: 'user' as const, content: `${before}${text}${after}` },
				],
			};
		};

		test.each([
			['another message for all', { system: `${SYSTEM}Be short. ` }, '/messages/0/content'],
			['another beginning for each', { before: 'Sort this. ' }, '/messages/1/content'],
			['another end for each', { after: ' Sort it.' }, '/messages/1/content'],
		])('%s', async (_what, change, path) => {
			const tape = memoryTape();
			const { client } = await openGateway(() => ({ text: 'fine' }), { record: tape });
			for (let review = 0; review < 150; review += 1) await chat(client, asked(review));
			const replay = replayOf(tape);
			for (const review of [0, 42, 149]) {
				const error = await failure(chat(replay, asked(review, change)));
				expect(error.details.failures?.map((one) => one.path)).toEqual([path]);
				const [, before = '', now = ''] = /recorded (.*), now (.*)\.$/s.exec(error.message) ?? [];
				const same = now.replace(/Be short\. |Sort this\. | Sort it\./, '');
				expect(now).not.toBe(same);
				expect(before.slice(0, 120)).toBe(same.slice(0, 120));
			}
		});

		test('a turn of a loop, and not the turns that follow it', async () => {
			const tape = memoryTape();
			const { client } = await openGateway([call, call, { text: 'On its way' }], { record: tape });
			await runToolLoop(client, { prompt: 'A-1?', tools });
			const { messages } = await forkAt(tape, { turn: 2 });
			const last = messages.with(-1, { ...messages.at(-1), content: 'it is lost' });
			const error = await failure(runToolLoop(replayOf(tape), { messages: last, tools }));
			expect(error.message).toMatch(/differs at \/messages\/2\/content: .*it is lost"\.$/);
		});
	});

	test('names the place in a long text', async () => {
		const tape = memoryTape();
		const { client } = await openGateway([{ text: 'one' }], { record: tape });
		await chat(client, say(`${'long '.repeat(2_000)}red${' end'.repeat(2_000)}`));
		const other = say(`${'long '.repeat(2_000)}blue${' end'.repeat(2_000)}`);
		const error = await failure(chat(replayOf(tape), other));
		expect(error.message).toMatch(/recorded ….*red.*, now ….*blue/);
		expect(error.message.length).toBeLessThan(700);
	});

	test('equal ones are answered in order, and no more often than recorded', async () => {
		const client = replayOf(await recorded());
		const ask = async () => (await chat(client, { ...say('The same'), temperature: 0.5 })).text;
		expect([await ask(), await ask()]).toEqual(['one', 'two']);
		expect((await failure(ask())).message).toMatch('recorded 2 times, and is sent once more');
	});

	test('is sent and added where record is given as well', async () => {
		const tape = await recorded();
		const both = { record: tape, replay: tape };
		const { client, bodies } = await openGateway([{ text: 'three' }], both);
		const texts = [say('The same'), say('New')].map(async (request, at) => {
			return (await chat(client, { ...request, ...(at === 0 ? { temperature: 0.5 } : {}) })).text;
		});
		expect(await Promise.all(texts)).toEqual(['one', 'three']);
		expect(bodies()).toHaveLength(1);
		const replay = replayOf(tape);
		expect((await chat(replay, say('New'))).text).toBe('three');
	});

	test('another recording is whole by itself', async () => {
		const copy = memoryTape();
		const options = { record: copy, replay: await recorded() };
		const { client } = await openGateway([{ text: 'three' }], options);
		await chat(client, { ...say('The same'), temperature: 0.5 });
		await chat(client, say('New'));
		const replay = replayOf(copy);
		expect((await chat(replay, say('New'))).text).toBe('three');
		expect((await chat(replay, { ...say('The same'), temperature: 0.5 })).text).toBe('one');
	});
});

test('the key is nowhere in a recording, in whatever pieces it comes', async () => {
	const tape = memoryTape();
	const key = 'th-demo-key';
	const echo = `You said ${key}, in hex ${Buffer.from(key).toString('hex')}.`;
	const pieces = [...key].map((letter) => ({
		choices: [{ index: 0, delta: { content: letter } }],
	}));
	const events = [...pieces, { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }];
	const stream = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
	const { client } = await openGateway(
		[
			{ text: echo, headers: { 'x-echo': key, 'set-cookie': 'session=opensesame' } },
			{ raw: `${stream}data: [DONE]\n\n`, contentType: 'text/event-stream' },
			{ status: 400, error: { message: `no good key: ${key}` } },
		],
		{ record: tape },
	);
	await chat(client, say(`My key is ${key}`));
	const recorded = await all(streamChat(client, say('Spell it')));
	await failure(chat(client, say('Fail')));
	expect(tape.text()).not.toContain(key);
	expect(tape.text()).not.toContain(Buffer.from(key).toString('hex'));
	expect(tape.text()).not.toContain('opensesame');
	const texts = [...tape.text().matchAll(/content\\":\\"([^"\\]*)/g)].map(([, text]) => text);
	expect(texts.join('')).toBe('th-…');
	const replay = createClient({ replay: tape, apiKey: key, fetch: noFetch });
	await chat(replay, say(`My key is ${key}`));
	expect(timeless(await all(streamChat(replay, say('Spell it'))))).toEqual(timeless(recorded));
});

test('what was cancelled is not recorded', async () => {
	const tape = memoryTape();
	const stop = new AbortController();
	const script: Script = (_body, n) => {
		if (n > 0) return { text: 'Aare' };
		stop.abort();
		return { fault: 'hang' };
	};
	const { client } = await openGateway(script, { record: tape });
	const asked = failure(chat(client, say('Hm'), { signal: stop.signal }));
	expect((await asked).kind).toBe('cancelled');
	await chat(client, say('Hm'));
	expect(tape.text().trim().split('\n')).toHaveLength(1);
});

describe('a stream that its reader leaves', () => {
	const chunk = (text: string, finish: string | null = null) =>
		`data: ${JSON.stringify({
			...{ id: 'a', model: 'm' },
			choices: [{ index: 0, delta: { content: text }, finish_reason: finish }],
		})}\n\n`;
	const overloaded = 'data: {"error":{"message":"overloaded","code":529}}\n\n';
	const streamed = (raw: string) => ({ raw, contentType: 'text/event-stream' });

	test.each([
		['at an error that comes first', `${overloaded}: more\n\n`],
		['at an error behind text', `${chunk('Aa')}${overloaded}${chunk('never read')}`],
		['at what is not JSON', `${chunk('Aa')}data: {"choices":\n\n${chunk('never read')}`],
		['at the end of the answer', `${chunk('Aare', 'stop')}data: [DONE]\n\n: more\n\n`],
	])('%s', async (_where, raw) => {
		const tape = memoryTape();
		const script: Script = [streamed(raw), streamed(`${chunk('re', 'stop')}data: [DONE]\n\n`)];
		const { client, bodies } = await openGateway(script, { record: tape });
		const recorded = await all(streamChat(client, say('A river?')));
		expect(tape.text().trim().split('\n')).toHaveLength(bodies().length);
		const replay = createClient({ replay: tape, fetch: noFetch });
		expect(timeless(await all(streamChat(replay, say('A river?'))))).toEqual(timeless(recorded));
	});

	test('because its caller has heard enough: nobody knows its end', async () => {
		const tape = memoryTape();
		const raw = `${chunk('data: [DONE] "finish_reason": "stop"')}${chunk('more')}`;
		const { client } = await openGateway([streamed(raw)], { record: tape });
		for await (const _event of streamChat(client, say('A river?'))) break;
		expect(tape.text()).toBe('');
	});
});

describe('files', () => {
	const folder = mkdtempSync(join(tmpdir(), 'recording-'));
	afterAll(() => rmSync(folder, { recursive: true }));
	const at = (name: string) => join(folder, name);

	test('a file is added to, also after a line that was cut', async () => {
		const file = at('added.jsonl');
		const { client, gateway } = await openGateway([{ text: 'one' }, { text: 'two' }]);
		const record = () => createClient({ apiKey: KEY, baseUrl: gateway.url, record: file });
		expect(client.baseUrl).toBe(gateway.url);
		await chat(record(), say('First'));
		writeFileSync(file, `${readFileSync(file, 'utf8')}{"n":1,"from":17`);
		await chat(record(), say('Second'));
		const replay = createClient({ replay: file });
		expect((await chat(replay, say('Second'))).text).toBe('two');
		expect((await chat(replay, say('First'))).text).toBe('one');
	});

	test('a file of something else is left alone', async () => {
		const file = at('notes.txt');
		writeFileSync(file, 'my notes\nmore\n');
		const { gateway, bodies } = await openGateway([{ text: 'one' }]);
		const client = createClient({ apiKey: KEY, baseUrl: gateway.url, record: file });
		expect((await failure(chat(client, say('First')))).message).toMatch('Line 1 of the recording');
		expect(readFileSync(file, 'utf8')).toBe('my notes\nmore\n');
		expect(bodies()).toEqual([]);
	});

	test('one that cannot be written or read is told before anything is paid for', () => {
		const missing = { apiKey: KEY, record: join(folder, 'none', 'at', 'all') };
		expect(() => createClient(missing)).toThrow(/"record": .* cannot be written/);
		expect(() => createClient({ replay: at('never.jsonl') })).toThrow(/record it first/);
		expect(existsSync(at('never.jsonl'))).toBe(false);
	});

	test('core itself opens none', () => {
		expect(() => core.createClient({ apiKey: KEY, record: at('a') })).toThrow('files cannot be');
		expect(() => core.createClient({ replay: at('a') })).toThrow('files cannot be opened here');
	});

	test('an answer is handed on, and nothing more sent, when it could not be written', async () => {
		const full: Tape = {
			read: async () => '',
			append: () => Promise.reject(new Error('the disk is full')),
		};
		const { client, bodies } = await openGateway([{ text: 'one' }, { text: 'two' }], {
			record: full,
		});
		expect((await chat(client, say('First'))).text).toBe('one');
		expect((await failure(chat(client, say('Second')))).message).toMatch('the disk is full');
		expect(bodies()).toHaveLength(1);
	});
});

describe('forkAt', () => {
	test('goes on with another model from the middle of a loop', async () => {
		const tape = memoryTape();
		const ask = { prompt: 'A-1?', system: 'Be short.', tools };
		const script = [call, { ...call, text: 'Once more' }, { text: 'On its way' }, { text: 'Bye' }];
		const { client } = await openGateway(script, { record: tape });
		await runToolLoop(client, ask);
		await chat(client, say('Bye'));
		const fork = await forkAt(tape, { turn: 2 });
		expect(fork.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
		const other = await openGateway([{ text: 'It left today' }]);
		const model = 'anthropic/claude-haiku-4-5';
		const result = await runToolLoop(other.client, { ...fork, model, tools });
		expect(result.output).toBe('It left today');
		expect(other.bodies()).toMatchObject([{ model, messages: fork.messages }]);
	});

	test.each([
		['stubs', 30, {}],
		['summary', 30, { contextTokens: 6_000 }],
		['stubs', 30, { contextTokens: 1_000_000 }],
	] as const)('counts the turns of a conversation that shrinks: %s, %d, %j', async (...args) => {
		const [contextMode, turns, more] = args;
		const run = await openLongRun({ turns, result: 6_000, windowTokens: 20_000 });
		const tape = memoryTape();
		const { url: baseUrl } = run.gateway;
		const client = createClient({ apiKey: KEY, baseUrl, record: tape });
		const ask = { prompt: 'Read all records.', maxIterations: 99, contextMode, ...more };
		await runToolLoop(client, { ...ask, tools: run.tools });
		await run.close();
		for (let turn = 2; turn <= turns + 1; turn += 1) {
			const { messages } = await forkAt(tape, { turn });
			expect(messages.at(-1)).toMatchObject({ role: 'tool', tool_call_id: `c${turn - 1}` });
		}
		expect((await failure(forkAt(tape, { turn: turns + 2 }))).message).toMatch(/has 31 turns/);
	});

	test('two loops of one question are two', async () => {
		const tape = memoryTape();
		const script = [call, { text: 'On its way' }, call, { text: 'Still on its way' }];
		const { client } = await openGateway(script, { record: tape });
		await runToolLoop(client, { prompt: 'A-1?', tools });
		await runToolLoop(client, { prompt: 'A-1?', tools });
		for (const loop of [1, 2])
			expect((await forkAt(tape, { turn: 2, loop })).messages).toHaveLength(3);
		expect((await failure(forkAt(tape, { turn: 3 }))).message).toMatch('has 2 turns');
	});

	test('a retried request is one turn, and what is not there is named', async () => {
		const tape = memoryTape();
		const script = [{ status: 503 }, call, { text: 'On its way' }];
		const { client } = await openGateway(script, { record: tape });
		await runToolLoop(client, { prompt: 'A-1?', tools });
		expect((await forkAt(tape, { turn: 2 })).messages).toHaveLength(3);
		expect((await failure(forkAt(tape, { turn: 3 }))).message).toMatch('has 2 turns');
		expect((await failure(forkAt(tape, { turn: 1, loop: 2 }))).message).toMatch('1 conversation');
		expect((await failure(forkAt('/no/such', { turn: 1 }))).kind).toBe('badConfig');
	});
});
