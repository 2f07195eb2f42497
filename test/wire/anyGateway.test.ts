import type { TokenHubError } from '../../core';
import { serverSentEvents } from '../../core/wire/serverSentEvents';
import type { AnswerRow } from './answerRow';
import * as answers from './answerRows';
import { callRows } from './callRows';
import { deltaRows } from './deltaRows';
import { errorRows, longRows, notLong, refusalRows } from './errorRows';
import {
	ask,
	brokenOff,
	chunk,
	completion,
	event,
	json,
	sse,
	type Outcome,
	type RawReply,
	type Way,
} from './rawGateway';
import { openRows } from './openRows';
import { publicFaults } from './publicFaults';
import { brokenRows, strayRows } from './strayRows';
import { reportedRows, usageRows } from './usageRows';

/**
 * What gateways answer, byte by byte from a bare socket, and what becomes of it: the right answer or the
 * right error, never an error that passes for an answer.
 */

/** Asked all at once, since some wait before they ask again. */
function asked<Row>(rows: readonly Row[], run: (row: Row) => Promise<Outcome>) {
	let outcomes: Map<Row, Outcome>;
	beforeAll(async () => {
		const pairs = rows.map(async (row): Promise<[Row, Outcome]> => [row, await run(row)]);
		outcomes = new Map(await Promise.all(pairs));
	}, 60_000);
	return (row: Row): Outcome => {
		const outcome = outcomes.get(row);
		if (!outcome) throw new Error('was not asked');
		return outcome;
	};
}

describe.each<[title: string, rows: AnswerRow[]]>([
	['the body decides', answers.bodyRows],
	['what it is written in', answers.charsetRows],
	['content', answers.contentRows],
	['why it ended', answers.finishRows],
	['several choices', answers.choiceRows],
	['tool calls', callRows],
	['what is said once more', deltaRows],
	['usage: the largest true statement, unknown is never 0', usageRows],
	['what the gateway says it cost', reportedRows],
	['streams', answers.endRows],
	['said, but not ended', openRows],
	['lines of no field, and other wrappings', strayRows],
])('%s', (_title, rows) => {
	const outcome = asked(rows, ([, way, reply]) =>
		// Of an answer whose connection stays open, nothing but silence tells that it is over.
		ask(way, [reply], { idleTimeoutMs: 4_000 }),
	);
	test.each(rows.map((row) => [row[1], row[0], row] as const))('%s: %s', (_way, _name, row) => {
		const { result, error, requests } = outcome(row);
		expect(error).toBeUndefined();
		expect(result).toMatchObject(row[3]);
		expect(requests).toBe(1);
	});
});

const said = ({ status, words }: { status?: number; words: string }) =>
	`TokenHub answered ${status ?? 'with an error'}: ${words}`;

/** Where an error may stand, and the text that came before it. */
const PLACES: Array<
	[place: string, way: 'whole' | 'stream', toReply: (body: unknown) => RawReply, raw?: string]
> = [
	['for an answer', 'whole', (body) => json(body)],
	['for a stream, as JSON', 'stream', (body) => json(body)],
	['as the first event', 'stream', (body) => sse([body])],
	[
		'after a first chunk',
		'stream',
		(body) => sse([chunk({ role: 'assistant', content: '' }), body]),
	],
	['as the last event', 'stream', (body) => sse([chunk({ content: 'Half' }), body]), 'Half'],
	[
		'as the last event, without [DONE]',
		'stream',
		(body) => brokenOff([chunk({ content: 'Half' }), body]),
		'Half',
	],
	[
		'in a stream where JSON was asked for',
		'whole',
		(body) => sse([chunk({ content: 'Half' }), body]),
	],
];

describe.each(PLACES)('an error %s', (_place, way, toReply, raw) => {
	const outcome = asked(errorRows, ({ body }) => ask(way, [toReply(body)]));
	test.each(errorRows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
		const { error, result, requests } = outcome(row);
		expect(result).toBeUndefined();
		expect(error).toMatchObject({ kind: row.kind, message: said(row) });
		expect(error?.details.status).toBe(row.status);
		if (raw !== undefined) expect(error?.details.raw).toBe(raw);
		expect(requests > 1).toBe(row.again);
	});
});

describe('faults of streams that people have told', () => {
	const outcome = asked(publicFaults, ([, , reply]) => ask('stream', [reply]));
	test.each(publicFaults.map((row) => [row[0], row[1], row] as const))(
		'%s: %s',
		(_thread, _fault, row) => expect(outcome(row)).toMatchObject(row[3]),
	);
});

describe.each<Way>(['whole', 'stream'])('what looks like an answer and is none: %s', (way) => {
	const rows = brokenRows.filter(([, , error]) => (error.way ?? way) === way);
	const outcome = asked(rows, ([, reply]) => ask(way, [reply]));
	test.each(rows.map((row) => [row[0], row] as const))('%s', (_name, row) => {
		const { result, error, requests } = outcome(row);
		expect(result).toBeUndefined();
		const [, , { kind, message, again }] = row;
		expect(error?.kind).toBe(kind);
		expect(error?.message).toMatch(message);
		expect(requests > 1).toBe(again);
	});
});

describe('an answer that goes on after its reason', () => {
	const reasonsOf = async (...values: unknown[]) => {
		const told: boolean[] = [];
		const bytes = ReadableStream.from([new TextEncoder().encode(values.map(event).join(''))]);
		for await (const _read of serverSentEvents(bytes, (isOver) => told.push(isOver))) continue;
		return told;
	};
	test('is not left a second after it', async () => {
		const [first, more] = [chunk({ content: 'H' }, 'stop'), chunk({ content: 'i' }, 'stop')];
		expect(await reasonsOf(first)).toEqual([true]);
		expect(await reasonsOf(first, more)).toEqual([true, false]);
		expect(await reasonsOf(first, chunk({ content: 'i' }), chunk({}, 'stop'))).toEqual([
			true,
			false,
			false,
		]);
		expect(await reasonsOf(first, { choices: [], usage: {} })).toEqual([true]);
		expect(await reasonsOf(chunk({ content: 'H' }, 'null'))).toEqual([]);
	});
});

describe('an error beside an answer', () => {
	const stated = { message: 'Overloaded', code: 529 };
	const half = (finish: string, more: object) => ({
		...completion({ content: 'Half' }),
		choices: [{ message: { content: 'Half' }, finish_reason: finish, ...more }],
	});
	const rows: Array<[name: string, body: object, message: RegExp]> = [
		['in the choice', half('error', { error: stated }), /529: Overloaded/],
		['beside the choices', { ...half('stop', {}), error: stated }, /529: Overloaded/],
		['as its reason alone', half('error', {}), /with an error: no message/],
		...[
			...['network_error', 'insufficient_system_resource', 'abort', 'cancelled', 'server error'],
			...['MALFORMED_FUNCTION_CALL', 'function_call_filter: MALFORMED_FUNCTION_CALL'],
		].map((reason): [string, object, RegExp] => [
			...([`as the reason ${reason}`, half(reason, {})] as const),
			new RegExp(`with an error: ${reason}$`),
		]),
	];
	const outcome = asked(rows, ([, body]) => ask('whole', [json(body)]));
	test.each(rows)('%s', (...row) => {
		const { error } = outcome(rows.find(([name]) => name === row[0]) ?? row);
		expect(error?.message).toMatch(row[2]);
		expect(error?.details.raw).toBe('Half');
	});
	test.each([null, false, '', {}, [], { code: null, message: '' }])('%j is none', async (none) => {
		const { result } = await ask('whole', [
			json({ ...completion({ content: 'Hi' }), error: none }),
		]);
		expect(result?.text).toBe('Hi');
	});
});

describe('words behind the last event, as somebody in between writes them', () => {
	const broken = (words: string): RawReply => ({
		headers: { 'content-type': 'text/event-stream' },
		body: `data: ${JSON.stringify(chunk({ content: 'Half' }))}\n\n${words}`,
	});
	const page = '<html>\n<head><title>502 Bad Gateway</title></head>\n</html>\n';
	const credit = { error: { message: 'Pay first', code: 402 } };
	test.each([
		[JSON.stringify(credit), 'credit', 'TokenHub answered 402: Pay first', 1],
		[JSON.stringify(credit, undefined, 2), 'credit', 'TokenHub answered 402: Pay first', 1],
		['{"message":"Overloaded"', 'overloaded', said({ words: '{"message":"Overloaded"' }), 2],
		['upstream connect error\n', 'badResponse', said({ words: 'upstream connect error' }), 2],
		[page, 'overloaded', said({ words: '502 Bad Gateway' }), 2],
		['', 'network', 'The stream ended before the answer did.', 2],
		['data: {"choices":', 'badResponse', 'The answer is not JSON.', 2],
	])('%j', async (words, kind, message, tries) => {
		const { error, requests } = await ask('stream', [broken(words)]);
		expect(error).toMatchObject({ kind, message });
		expect(error?.details.raw).toBe('Half');
		expect(requests).toBe(tries);
	});
	test('take nothing from an answer that has ended', async () => {
		const whole = chunk({ content: 'Hi' }, 'stop');
		const body = `data: ${JSON.stringify(whole)}\n\n${page}`;
		const { result } = await ask('stream', [{ body }]);
		expect(result?.text).toBe('Hi');
	});
});

describe('what another API answers is not an error in its words', () => {
	test.each([
		{ type: 'message_start', message: { role: 'assistant', content: [] } },
		{ message: { role: 'assistant', content: 'Hi' }, done: true },
		{ finish_reason: 'COMPLETE', message: { role: 'assistant', content: [{ text: 'Hi' }] } },
	])('%j', async (body) => {
		for (const way of ['whole', 'stream'] as const) {
			const { error } = await ask(way, [json(body)]);
			expect(error?.message).toMatch(/^The answer is not a chat completion \(.*choices.*\)\.$/);
		}
	});
});

describe('events called error', () => {
	const named = (data: string): RawReply => ({
		headers: { 'content-type': 'text/event-stream' },
		body: `event: error\ndata: ${data}\n\n`,
	});
	test.each([
		['{"message":"Overloaded","type":"overloaded_error"}', 'Overloaded'],
		['"model is loading"', 'model is loading'],
		['Service unavailable', 'Service unavailable'],
	])('%s', async (data, words) => {
		const { error, requests } = await ask('stream', [named(data)]);
		expect(error).toMatchObject({ kind: 'overloaded', message: said({ words }) });
		expect(requests).toBe(2);
	});
});

describe('a refusal', () => {
	const soon = { 'retry-after-ms': '1' };
	const outcome = asked(refusalRows, ([status, body]) =>
		ask('whole', [
			json(body, { head: `HTTP/1.1 ${status} ${status === 500 ? '' : 'Said'}`, headers: soon }),
		]),
	);
	test.each(refusalRows.map((row) => [row[0], row[2].message, row] as const))(
		'%d: %s',
		(_status, _message, row) => {
			const { again = false, ...expected } = row[2];
			const { error, requests } = outcome(row);
			expect(error).toMatchObject(expected);
			expect(requests > 1).toBe(again);
			expect(error?.message.length).toBeLessThan(330);
		},
	);
});

describe('a prompt that is too long', () => {
	const refused = async (status: number, message: string) => {
		const reply = json({ error: { message } }, { head: `HTTP/1.1 ${status} No` });
		return (await ask('whole', [reply], { maxRetries: 0 })).error;
	};
	const numbers = (error: TokenHubError | undefined) =>
		[...(error?.details.hint ?? '').matchAll(/\d[\d,]*/g)].map(([digits]) =>
			Number(digits.replaceAll(',', '')),
		);
	test.each(longRows)('%s', async (message, sent, limit) => {
		const error = await refused(400, message);
		expect(error?.kind).toBe('contextLength');
		expect(numbers(error)).toEqual([sent, limit].filter((number) => number !== undefined));
	});
	test.each(notLong)('%d %s: is another matter', async (status, message, kind) => {
		expect((await refused(status, message))?.kind).toBe(kind);
	});
});

describe('an answer that cannot be used, but says what it cost', () => {
	const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
	const UNUSABLE: Array<[name: string, choices: string]> = [
		['null', 'null'],
		['a number', '5'],
		['a text', '"x"'],
		['an object', '{"a":1}'],
		['an empty list', '[]'],
		['a choice that is a list', '[[]]'],
		['a choice without a message', '[{"index":0}]'],
		['lists in lists', nested(300)],
		['lists in lists, deeper than a stack', nested(20_000)],
	];

	const cost = { usage: { cost: 0.002 } };
	const header = { 'x-litellm-response-cost': '0.002' };
	const half = { choices: [{ message: { content: 'Half' }, finish_reason: 'error' }] };
	const REPORTED: Array<[name: string, way: Way, reply: RawReply]> = [
		['no choices', 'whole', json({ ...completion({}), choices: [], ...cost })],
		['no choices, its cost in a header', 'whole', json({ choices: [] }, { headers: header })],
		['an error as its reason', 'whole', json({ ...half, ...cost })],
		['an error beside it', 'whole', json({ error: { message: 'Dead' }, ...cost })],
		['an error as the first event', 'stream', sse([{ error: { message: 'Dead' }, ...cost }])],
		[
			'a stream that breaks off',
			'stream',
			brokenOff([chunk({ content: 'Half' }, null, cost), chunk({ content: '.' })]),
		],
	];
	test.each(REPORTED)('by its own account: %s', async (_name, way, reply) => {
		const { error } = await ask(way, [reply], { maxRetries: 0 });
		expect(error?.details).toMatchObject({ costUsd: null, reportedCostUsd: 0.002 });
	});

	test.each(UNUSABLE)('%s', async (_name, choices) => {
		const body = JSON.stringify(completion({}, { choices: '@' })).replace('"@"', choices);
		const { error, requests } = await ask('whole', [json(body)]);
		expect(error?.kind).toBe('badResponse');
		expect(requests).toBe(2);
		const usage = { promptTokens: 20, completionTokens: 10, totalTokens: 30 };
		expect(error?.details.usage).toEqual(usage);
	});
});
