import OpenAI from 'openai';
import { modelFetch } from '../../core/chat/modelFetch';
import type { AnswerRow } from './answerRow';
import * as answers from './answerRows';
import { callRows } from './callRows';
import { deltaRows } from './deltaRows';
import { errorRows, refusalRows } from './errorRows';
import { brokenRows, strayRows } from './strayRows';
import { brokenOff, chunk, json, openRaw, sse, type RawReply, type Way } from './rawGateway';

/** The same answers through the client of n8n's chat model, the official SDK on our fetch. */

const REQUEST = {
	model: 'anthropic/claude-haiku-4-5',
	messages: [{ role: 'user' as const, content: 'Go' }],
};

interface Read {
	text: string;
	finishReason: string | null;
	calls: Array<{ name: string; arguments: string }>;
}

async function whole(client: OpenAI): Promise<Read> {
	const { choices } = await client.chat.completions.create(REQUEST);
	const [choice] = choices;
	const calls = choice?.message.tool_calls ?? [];
	return {
		...{ text: choice?.message.content ?? '', finishReason: choice?.finish_reason ?? null },
		calls: calls.flatMap((call) => (call.type === 'function' ? [call.function] : [])),
	};
}

async function streamed(client: OpenAI): Promise<Read> {
	const read: Read = { text: '', finishReason: null, calls: [] };
	for await (const { choices } of await client.chat.completions.create({
		...REQUEST,
		stream: true,
	})) {
		read.text += choices[0]?.delta.content ?? '';
		read.finishReason = choices[0]?.finish_reason ?? read.finishReason;
		for (const { index, function: part } of choices[0]?.delta.tool_calls ?? []) {
			const call = (read.calls[index] ??= { name: '', arguments: '' });
			call.name += part?.name ?? '';
			call.arguments += part?.arguments ?? '';
		}
	}
	return read;
}

async function ask(way: Way, reply: RawReply) {
	const { baseUrl, seen, close } = await openRaw(reply);
	const client = new OpenAI({
		...{ apiKey: 'th-demo-key', baseURL: baseUrl, maxRetries: 0, timeout: 20_000 },
		fetch: modelFetch({ maxRetries: 1 }),
	});
	try {
		const read = await (way === 'whole' ? whole(client) : streamed(client));
		return { read, requests: seen.requests };
	} catch (thrown) {
		return { message: thrown instanceof Error ? thrown.message : '', requests: seen.requests };
	} finally {
		close();
	}
}

function asked<Row>(rows: readonly Row[], run: (row: Row) => ReturnType<typeof ask>) {
	const outcomes = new Map<Row, Awaited<ReturnType<typeof ask>>>();
	beforeAll(async () => {
		await Promise.all(rows.map(async (row) => void outcomes.set(row, await run(row))));
	}, 60_000);
	return (row: Row) => outcomes.get(row);
}

const rows: AnswerRow[] = [
	...[...answers.bodyRows, ...answers.contentRows, ...answers.finishRows],
	...[...callRows, ...deltaRows, ...answers.endRows, ...strayRows],
];

describe('an answer', () => {
	const outcome = asked(rows, ([, way, reply]) => ask(way, reply));
	test.each(rows.map((row) => [row[1], row[0], row] as const))('%s: %s', (_way, _name, row) => {
		const [, , , result] = row;
		const { read, message } = outcome(row) ?? {};
		expect(message).toBeUndefined();
		if ('text' in result) expect(read?.text).toBe(result.text);
		if ('finishReason' in result) expect(read?.finishReason).toBe(result.finishReason);
		const expected: unknown = 'toolCalls' in result ? result.toolCalls : [];
		if ('toolCalls' in result) expect(read?.calls).toMatchObject(withoutIds(expected));
	});
});

function withoutIds(calls: unknown): object[] {
	const list: unknown[] = Array.isArray(calls) ? calls : [];
	return list.map((call) => {
		const { name, arguments: text }: { name?: unknown; arguments?: unknown } = Object(call);
		return { name, arguments: text };
	});
}

const PLACES: Array<[place: string, way: Way, toReply: (body: unknown) => RawReply]> = [
	['for an answer', 'whole', (body) => json(body)],
	['for a stream', 'stream', (body) => json(body)],
	['as the first event', 'stream', (body) => sse([body])],
	['as the last event', 'stream', (body) => sse([chunk({ content: 'Half' }), body])],
];

describe.each(PLACES)('an error %s', (_place, way, toReply) => {
	const outcome = asked(errorRows, ({ body }) => ask(way, toReply(body)));
	test.each(errorRows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
		const { message, read } = outcome(row) ?? {};
		expect(read).toBeUndefined();
		expect(message).toContain(row.words);
	});
});

describe.each<Way>(['whole', 'stream'])('what looks like an answer and is none: %s', (way) => {
	const broken = brokenRows.filter(([, , error]) => (error.way ?? way) === way);
	const outcome = asked(broken, ([, reply]) => ask(way, reply));
	test.each(broken.map((row) => [row[0], row] as const))('%s', (_name, row) => {
		const { message, read } = outcome(row) ?? {};
		expect(read).toBeUndefined();
		expect(message).toMatch(row[2].message);
	});
});

describe('a refusal', () => {
	const outcome = asked(refusalRows, ([status, body]) =>
		ask('whole', json(body, { head: `HTTP/1.1 ${status} Said` })),
	);
	test.each(refusalRows.map((row) => [row[0], row[2].message, row] as const))(
		'%d: %s',
		(status, said, row) => {
			const { message } = outcome(row) ?? {};
			expect(message).toContain(said.replace(/^TokenHub answered \d+: /, ''));
			expect(message).toMatch(new RegExp(`^${status}`));
		},
	);
});

test.each<[name: string, way: Way, reply: RawReply, words: RegExp]>([
	[
		'a stream that just stops',
		'stream',
		brokenOff([chunk({ content: 'Half' })]),
		/ended before the answer/,
	],
	[
		'a page',
		'whole',
		{ headers: { 'content-type': 'text/html' }, body: '<title>Login</title>' },
		/web page: Login/,
	],
	['nothing', 'whole', { body: '' }, /empty/],
	['no content', 'stream', { head: 'HTTP/1.1 204 No Content' }, /ended before the answer/],
	['no choices', 'whole', json({ id: 'x', choices: [] }), /not a chat completion/],
	['other JSON', 'stream', json({ hello: 'world' }), /not a chat completion/],
	['text', 'stream', { body: 'upstream went away' }, /upstream went away/],
])('%s is an error in words', async (_name, way, reply, words) => {
	expect((await ask(way, reply)).message).toMatch(words);
});
