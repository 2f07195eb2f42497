import { extract, type ExtractRequest } from '../../core';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const rows = Array.from({ length: 12 }, (_, n) => ({ id: `R-${100 + n}`, count: n + 1 }));
const text = rows.map(({ id, count }) => `${id}: ${count} pieces`).join('\n');
const schema = {
	type: 'object',
	properties: {
		rows: {
			type: 'array',
			items: {
				type: 'object',
				properties: { id: { type: 'string' }, count: { type: 'integer' } },
				required: ['id', 'count'],
			},
		},
		note: { type: 'string' },
	},
	required: ['rows'],
};
const whole = JSON.stringify({ rows });
const call = (args: string | object, finishReason?: string): Reply => ({
	toolCalls: [{ name: 'save_extraction', arguments: args }],
	...(finishReason ? { finishReason } : {}),
});
const behind = (part: string, from = 0) => whole.indexOf(part, from) + part.length;

async function run(script: Script, request: Partial<ExtractRequest> = {}) {
	const { client, bodies } = await openGateway(script);
	const running = extract(client, { text, schema, ...request });
	return { running, bodies };
}

describe('the list of a cut tool call', () => {
	test('keeps its complete entries; those that follow are asked for', async () => {
		const cut = whole.slice(0, behind('"R-105","co'));
		const { running } = await run([
			call(cut, 'length'),
			// It looks whole, but its finish reason says that it is not.
			call({ rows: rows.slice(5, 9) }, 'length'),
			call({ rows: rows.slice(9), note: 'all' }),
		]);
		expect((await running).output).toEqual({ rows, note: 'all' });
	});

	test('is not taken from an answer that has lost entries', async () => {
		const cut = whole.slice(0, behind('"R-105","co'));
		const { running, bodies } = await run([
			call(cut, 'length'),
			{ text: 'Sorry.' },
			call({ rows: rows.slice(9) }),
			call({ rows }),
		]);
		expect((await running).output).toEqual({ rows });
		expect(bodies()).toHaveLength(4);
	});

	test.each<[rest: string, again: object[]]>([
		['an entry from the middle', [rows[1] ?? {}, ...rows.slice(5)]],
		['an entry from the middle behind others', [...rows.slice(5), rows[1] ?? {}]],
		['an entry whose ID is there', [...rows.slice(5), { id: 'R-101', count: 99 }]],
		['the last entries and one more', [...rows.slice(3), rows[0] ?? {}]],
	])('is not joined with %s again', async (_name, again) => {
		const { running, bodies } = await run([
			call(whole.slice(0, behind('"R-104","count":5}')), 'length'),
			call({ rows: again }),
			call({ rows }),
		]);
		expect((await running).output).toEqual({ rows });
		expect(bodies()).toHaveLength(3);
	});

	test('may have an entry twice that the text has twice', async () => {
		const twice = [...rows, ...rows.slice(1, 2)];
		const { running } = await run(
			[
				call(whole.slice(0, behind('"R-104","count":5}')), 'length'),
				call({ rows: twice.slice(5) }),
			],
			{ text: `${text}\nR-101: 2 pieces` },
		);
		expect((await running).output).toEqual({ rows: twice });
	});

	test.each<[cut: string, ...args: string[]]>([
		['a whole call before it', JSON.stringify({ rows: rows.slice(0, 3) }), '{"rows":[{"id":"R'],
		[
			'a call with entries before it',
			JSON.stringify({ rows: rows.slice(0, 3) }),
			JSON.stringify({ rows: rows.slice(3, 5) }).slice(0, -2),
		],
	])('counts with the entries of %s', async (_name, ...args) => {
		const cut: Reply = {
			toolCalls: args.map((one) => ({ name: 'save_extraction', arguments: one })),
			finishReason: 'length',
		};
		const { running, bodies } = await run([cut, call({ rows: rows.slice(3, 5) }), call({ rows })]);
		expect((await running).output).toEqual({ rows });
		expect(bodies()).toHaveLength(3);
	});

	test('is asked for until it ends', async () => {
		const rest = JSON.stringify({ rows: rows.slice(5) });
		const { running, bodies } = await run([
			call(whole.slice(0, behind('"R-105","co')), 'length'),
			call(rest.slice(0, rest.indexOf('"R-109"') + 12), 'length'),
			call({ rows: rows.slice(9), note: 'all' }),
		]);
		const result = await running;
		expect(result.output).toEqual({ rows, note: 'all' });
		expect(result.attempts.map(({ failures }) => failures?.[0]?.code)).toEqual([
			'truncated',
			'truncated',
			undefined,
		]);
		expect(result.warnings).toEqual([expect.stringMatching(/^finished: .* 2 more requests$/)]);
		expect(result.requests).toBe(3);
		const [, second] = bodies();
		expect(JSON.stringify(second?.messages)).toMatch(/first 5 entries of .*R-104/);
		expect(JSON.stringify(second?.messages)).not.toContain('R-105\\",\\"co');
	});

	test.each<[name: string, rest: unknown[]]>([
		['what follows', rows.slice(5)],
		['the last entry once more', rows.slice(4)],
		['everything again', rows],
	])('is whole once when the model gives %s', async (_name, rest) => {
		const cut = whole.slice(0, behind('"R-105","co'));
		const { running } = await run([call(cut, 'length'), call({ rows: rest })]);
		expect((await running).output).toEqual({ rows });
	});

	test.each<[name: string, rest: unknown[]]>([
		['nothing', []],
		['another entry than the one that was begun', rows.slice(6)],
	])('is asked for again, with more room, when the model gives %s', async (_name, rest) => {
		const cut = whole.slice(0, behind('"R-105","co'));
		const { running, bodies } = await run([
			call(cut, 'length'),
			call({ rows: rest }),
			call({ rows }),
		]);
		expect((await running).output).toEqual({ rows });
		expect(bodies().map(({ max_tokens }) => max_tokens)).toEqual([1024, 1024, 2048]);
	});

	test('that has equal entries keeps those that the text says', async () => {
		const same = Array.from({ length: 6 }, () => ({ id: 'A', count: 7 }));
		const said = same.map(() => 'A: 7 pieces').join('\n');
		const cut = JSON.stringify({ rows: same }).slice(0, 60);
		const { running } = await run([call(cut, 'length'), call({ rows: same.slice(2) })], {
			text: said,
		});
		expect((await running).output).toEqual({ rows: same });
	});
});

test('a value without a list is asked for with twice the room, up to what all models allow', async () => {
	const one = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
	const { running, bodies } = await run(
		({ max_tokens }) =>
			Number(max_tokens) < 4000 ? call('{"a":"x', 'length') : call({ a: 'x y' }),
		{ schema: one },
	);
	expect(await running).toMatchObject({ output: { a: 'x y' }, requests: 3 });
	expect(bodies().map(({ max_tokens }) => max_tokens)).toEqual([1024, 2048, 4096]);
});

test('what stays cut fails as truncated, and no more expensive model is asked', async () => {
	const { running, bodies } = await run(() => call('{"note":"x', 'length'), {
		escalateTo: ['anthropic/claude-opus-4-6'],
	});
	const error = await failure(running);
	expect(error).toMatchObject({ kind: 'truncated', details: { raw: '{"note":"x' } });
	expect(bodies().map(({ max_tokens }) => max_tokens)).toEqual([1024, 2048, 4096, 8192]);
	expect(error.details.usage.totalTokens).toBeGreaterThan(0);
});

test('a model that allows no more room leaves the answer cut', async () => {
	const { running } = await run(({ max_tokens }) =>
		max_tokens === 1024
			? call('{"note":"x', 'length')
			: { status: 400, error: { message: 'max_tokens: at most 1024' } },
	);
	expect((await failure(running)).kind).toBe('truncated');
});

test('with `fail`, a cut answer is given up', async () => {
	const { running, bodies } = await run(() => call(whole.slice(0, 99), 'length'), {
		cutAnswers: 'fail',
	});
	expect((await failure(running)).kind).toBe('truncated');
	expect(bodies()).toHaveLength(1);
});

describe('in JSON mode, a text', () => {
	const person = {
		type: 'object',
		properties: { name: { type: 'string' }, age: { type: 'integer' } },
		required: ['name', 'age'],
	};
	const request = { schema: person, mode: 'json', text: 'Ada Lovelace, aged 36' } as const;
	const said = '{"name":"Ada Lovelace","age":36}';
	const at = (index: number): Script => [
		{ text: said.slice(0, index), finishReason: 'length' },
		{ text: said.slice(index) },
	];

	test.each([9, 12, 16, 23, 30])('that is cut at %i goes on there', async (index) => {
		const { running } = await run(at(index), request);
		const result = await running;
		expect(result.output).toEqual({ name: 'Ada Lovelace', age: 36 });
		expect(result.attempts.map(({ failures }) => failures?.[0]?.code)).toEqual([
			'truncated',
			undefined,
		]);
	});

	test('goes on behind what is repeated of it', async () => {
		const cut = said.slice(0, 30);
		const { running } = await run([{ text: cut, finishReason: 'length' }, { text: said }], request);
		expect((await running).output).toEqual({ name: 'Ada Lovelace', age: 36 });
	});

	test('never gets a value that only the seam makes', async () => {
		const { running, bodies } = await run(
			(_body, n) =>
				[
					{ text: '{"name":"Ada Lovelace","age":3', finishReason: 'length' },
					{ text: '36}' },
					{ text: said },
				][n] ?? { text: '' },
			request,
		);
		expect((await running).output).toEqual({ name: 'Ada Lovelace', age: 36 });
		expect(bodies()).toHaveLength(3);
	});
});

describe('a part of a long text', () => {
	const many = Array.from({ length: 120 }, (_, n) => ({ id: `R-${1000 + n}`, count: n + 1 }));
	const long = many.map(({ id, count }) => `${id}: ${count} pieces`).join('\n');
	const request = { text: long, chunk: { size: 900, overlap: 60 } };
	const reader =
		(most: number): Script =>
		({ messages }) => {
			const found = [...JSON.stringify(messages.at(-1)).matchAll(/(R-\d+): (\d+) pieces/g)];
			const read = found.map(([, id, count]) => ({ id, count: Number(count) }));
			const args = JSON.stringify({ rows: read });
			return read.length > most ? call(args.slice(0, most * 20), 'length') : call(args);
		};

	test('is read in halves when its answer is cut, and again', async () => {
		const { running } = await run(reader(14), request);
		const result = await running;
		expect(result.output).toEqual({ rows: many });
		expect(
			result.attempts.filter(({ failures }) => failures?.[0]?.code === 'truncated').length,
		).toBeGreaterThan(3);
		expect(result.requests).toBe(result.attempts.length);
	});

	test('that stays cut fails with its place', async () => {
		const { running } = await run(reader(0), request);
		expect(await failure(running)).toMatchObject({
			kind: 'truncated',
			message: expect.stringMatching(/^In characters \d+ to \d+ of the text/),
		});
	});
});
