import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import * as fc from 'fast-check';
import { thrownContent, toolContent } from '../../core/toolLoop/toolContent';
import { countTurns } from '../support/countTurns';
import { casesOf } from '../support/sweep';

const LIMIT = 1_000;
/** The words around a cut come on top. */
const ROOM = 300;
const told = async (value: unknown, signal?: AbortSignal) => {
	const { content } = await toolContent(value, { limit: LIMIT, signal });
	return typeof content === 'string' ? content : JSON.stringify(content);
};

function* naturals() {
	for (let n = 0; ; n += 1) yield n;
}
const rows = (count: number) => Array.from({ length: count }, (_row, id) => ({ id, name: 'row' }));
const wide = () => Object.fromEntries(rows(200_000).map(({ id }) => [`field${id}`, id]));
const chain = (count: number) => {
	let value: object = {};
	for (let n = 0; n < count; n += 1) value = Object.create(value);
	return value;
};
const doubled = () => {
	let value: object = {};
	for (let n = 0; n < 100; n += 1) value = { a: value, b: value };
	return value;
};

test.each<[string, () => unknown, RegExp]>([
	['a text of 5 MB', () => 'x'.repeat(5_000_000), /characters left out/],
	['a million rows', () => rows(1_000_000), /characters left out/],
	['a wide object', wide, /characters left out/],
	[
		'a list of a billion empty places',
		() => new Array<number>(1_000_000_000),
		/\[1,000,000,000 empty places/,
	],
	['an object with a million prototypes', () => chain(1_000_000), /more than 1,000 prototypes/],
	['one in a list', () => [1, chain(1_000_000)], /1,.*more than 1,000 prototypes/],
	['a generator without end', () => naturals(), /further entries left out/],
	['a generator inside', () => ({ a: naturals(), b: 'kept' }), /"b":"kept"/],
	['parts that double 100 times', doubled, /left out/],
	['a text inside', () => ({ a: 'x'.repeat(50_000_000), b: 'kept' }), /"b":"kept"/],
	['a Map', () => new Map(rows(500_000).map((row) => [row.id, row])), /left out/],
])('%s is told within the limit', async (_what, make, words) => {
	const value = make();
	const text = await told(value);
	expect(text).toMatch(words);
	expect(text.length).toBeLessThan(LIMIT + ROOM);
});

test.each<[string, (closed: () => void) => unknown]>([
	[
		'a web stream',
		(cancel) =>
			new ReadableStream({ pull: (to) => to.enqueue(new TextEncoder().encode('piece ')), cancel }),
	],
	[
		'the body of a Response',
		(cancel) =>
			new Response(
				new ReadableStream({
					pull: (to) => to.enqueue(new TextEncoder().encode('piece ')),
					cancel,
				}),
			),
	],
	[
		'a Node stream',
		(closed) =>
			new Readable({
				read() {
					this.push('piece ');
				},
				destroy(_error, done) {
					closed();
					done(null);
				},
			}),
	],
	[
		'an async generator',
		(closed) =>
			(async function* () {
				try {
					for (;;) yield 'piece ';
				} finally {
					closed();
				}
			})(),
	],
	[
		'a generator',
		(closed) =>
			(function* () {
				try {
					for (;;) yield 'piece ';
				} finally {
					closed();
				}
			})(),
	],
])('%s without end is read to the limit, then ended', async (_what, make) => {
	for (const wrap of [(value: unknown) => value, (value: unknown) => ({ inside: value })]) {
		const closed = jest.fn();
		const text = await told(wrap(make(closed)));
		await wait(1);
		expect(text).toMatch(/piece.*(the rest was not read|left out)/s);
		expect(text.length).toBeLessThan(LIMIT + ROOM);
		expect(closed).toHaveBeenCalledTimes(1);
	}
});

const breaksAfter = <Piece>(...pieces: Piece[]) =>
	async function* () {
		yield* pieces;
		await wait(1);
		throw new Error('read ECONNRESET, Bearer abcdef123');
	};
const bytes = (text: string) => new TextEncoder().encode(text);
test.each<[string, () => unknown]>([
	['a Node stream', () => Readable.from(breaksAfter('half of ', 'it')(), { objectMode: false })],
	['a Node stream of texts', () => Readable.from(breaksAfter('half of ', 'it')())],
	['a web stream', () => ReadableStream.from(breaksAfter(bytes('half of '), bytes('it'))())],
	[
		'the body of a Response',
		() =>
			new Response(ReadableStream.from(breaksAfter(bytes('half of it'))()), {
				headers: { 'content-type': 'application/json' },
			}),
	],
	[
		'the body of a refusal',
		() => new Response(ReadableStream.from(breaksAfter(bytes('half of it'))()), { status: 500 }),
	],
	['an async generator', breaksAfter('half of it')],
	['an async generator of rows', breaksAfter({ a: 'half of it' })],
	['a stream of rows', () => Readable.from(breaksAfter({ a: 'half of it' })())],
])('%s that breaks gives what was read, and says that it broke', async (_what, make) => {
	for (const wrap of [(value: unknown) => value, (value: unknown) => ({ inside: value })]) {
		const text = await told(wrap(make()));
		expect(text).toMatch(/half of it.*could not be read: read ECONNRESET, Bearer …/s);
	}
});

test("a stream that stalls is ended with the tool's time", async () => {
	const cancel = jest.fn();
	const stop = new AbortController();
	const reading = told(new ReadableStream({ cancel }), stop.signal);
	await wait(1);
	stop.abort('time is up');
	expect(await reading).toMatch(/time is up/);
	await wait(1);
	expect(cancel).toHaveBeenCalledTimes(1);
});

test.each<[string, () => unknown, RegExp]>([
	['100,000 fields', wide, /field0: 0/],
	[
		'500 fields',
		() => Object.fromEntries(rows(500).map(({ id }) => [`f${id}`, id])),
		/300 more fields/,
	],
	[
		'100,000 issues',
		() => ({ issues: Array.from({ length: 100_000 }, (_x, n) => ({ message: `${n}` })) }),
		/and 99000 more issues/,
	],
])('an error of %s is told within the limit', async (_what, make, words) => {
	const { content } = await thrownContent(Object.assign(new Error('wide'), make()), {
		limit: LIMIT,
	});
	expect(content).toMatch(words);
	expect(content.length).toBeLessThan(LIMIT + ROOM);
});

const counted = (list: unknown[]) => {
	const seen = { entries: 0 };
	const proxy = new Proxy(list, {
		get(target, key, receiver): unknown {
			seen.entries += 1;
			return Reflect.get(target, key, receiver);
		},
	});
	return { proxy, seen };
};
const block = { type: 'text', text: 'a' };

test.each<[string, (list: unknown[]) => unknown]>([
	['blocks', (list) => list],
	['blocks of a call', (content) => ({ content, isError: false })],
])('of two million %s as many are looked at as may be shown', async (_what, make) => {
	const { proxy, seen } = counted(new Array<unknown>(2_000_000).fill(block));
	const text = await told(make(proxy));
	expect(text).toMatch(/^a\na\n.*entries left out/s);
	expect(seen.entries).toBeLessThan(500_000);
});

/** A clock of the tests' own: it never goes back. */
let now = 1e9;

test.each<[string, () => unknown]>([
	['errors', () => Array.from({ length: 20_000 }, (_error, n) => new Error(String(n)))],
	[
		'promises',
		() => Array.from({ length: 40_000 }, async (_promise, n) => await Promise.resolve(n)),
	],
	[
		'pieces',
		async function* () {
			for (;;) yield '';
		},
	],
])('others run while many %s are read', async (_what, make) => {
	const value = make();
	const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 1));
	const turns = countTurns();
	// Pieces without an end are read until the tool's time is up; the others end by themselves.
	await told(value, Array.isArray(value) ? undefined : AbortSignal.timeout(500));
	clock.mockRestore();
	expect(turns()).toBeGreaterThan(2);
});

test('a BigInt that takes seconds to print is named', async () => {
	expect(await told({ n: 2n ** 5_000_000n })).toMatch(/a BigInt of more than 120,000 digits/);
	expect(await told(2n ** 200_000n)).toMatch(/^99/);
});

test('an error of 2 MB is told within the limit', async () => {
	const error = Object.assign(new Error('x'.repeat(2_000_000)), {
		response: { status: 500, data: 'y'.repeat(2_000_000) },
		cause: new Error('z'.repeat(2_000_000)),
	});
	const { content } = await thrownContent(error, { limit: LIMIT });
	expect(JSON.stringify(content).length).toBeLessThan(LIMIT + ROOM);
	const deep: Error[] = [new Error('root')];
	for (let n = 0; n < 10_000; n += 1) deep.push(new Error(`level ${n}`, { cause: deep.at(-1) }));
	const chain = await thrownContent(deep.at(-1), { limit: LIMIT });
	expect(chain.content).toMatch(/level 9999; caused by: level 9998/);
	const hydra = new AggregateError([], 'hydra');
	hydra.errors = [hydra, hydra, hydra];
	expect(
		(await thrownContent(Object.assign(hydra, { body: hydra }), { limit: LIMIT })).content,
	).toMatch(/hydra/);
});

const anything = fc.anything({
	maxDepth: 4,
	withBigInt: true,
	withBoxedValues: true,
	withDate: true,
	withMap: true,
	withNullPrototype: true,
	withObjectString: true,
	withSet: true,
	withSparseArray: true,
	withTypedArray: true,
});

test('whatever comes back, the model reads words for it, and never the words of no value', async () => {
	await fc.assert(
		fc.asyncProperty(anything, async (value) => {
			const text = await told(value);
			expect(text).not.toBe('');
			expect(text.length).toBeLessThan(LIMIT + ROOM);
			if (typeof value === 'string') return;
			if (text !== '{}') return;
			expect(Object.prototype.toString.call(value)).toBe('[object Object]');
			expect(Object.keys(Object(value))).toEqual([]);
		}),
		{ numRuns: casesOf(500) },
	);
});

test('no entry and no field is lost', async () => {
	const entry = fc.oneof(
		fc.integer(),
		fc.double(),
		fc.bigInt(),
		fc.constant(undefined),
		fc.string(),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(entry, { maxLength: 20 }),
			fc.dictionary(fc.string(), entry),
			async (list, fields) => {
				const { content } = await toolContent(
					{ list, fields, map: new Map(list.entries()) },
					{ limit: 100_000 },
				);
				const read = JSON.parse(typeof content === 'string' ? content : '');
				expect(read.list).toHaveLength(list.length);
				expect(Object.keys(read.map)).toHaveLength(list.length);
				expect(Object.keys(read.fields).sort()).toEqual(Object.keys(fields).sort());
				for (const [n, value] of list.entries()) {
					const isSame = typeof value === 'number' && Number.isFinite(value);
					expect(read.list[n]).toBe(isSame ? value + 0 : String(value));
				}
			},
		),
	);
});

test('plain JSON is told as JSON has it', async () => {
	await fc.assert(
		fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
			if (value === null || typeof value === 'string') return;
			const { content } = await toolContent(value, { limit: 1_000_000 });
			expect(content).toBe(JSON.stringify(value));
		}),
	);
});
