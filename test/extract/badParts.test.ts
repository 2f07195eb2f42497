import { z } from 'zod/v4';
import { extract, type ExtractRequest } from '../../core';
import { readTarget } from '../../core/extract/targetSchema';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const rows = Array.from({ length: 60 }, (_, n) => ({ id: `R-${100 + n}`, count: n + 1 }));
const text = rows.map(({ id, count }) => `${id} has ${count} pieces.\n`).join('');
const row = {
	type: 'object',
	properties: { id: { type: 'string' }, count: { type: 'integer' } },
	required: ['id', 'count'],
};
const schema = {
	type: 'object',
	properties: { rows: { type: 'array', items: row }, title: { type: 'string' } },
	required: ['rows'],
};
const chunk = { size: 300, overlap: 60 };
const call = (args: object): Reply => ({
	toolCalls: [{ name: 'save_extraction', arguments: args }],
});
const rowsIn = (messages: unknown[]) =>
	[...JSON.stringify(messages[1]).matchAll(/(R-\d+) has (\d+) pieces/g)].map(([, id, count]) => ({
		...{ id, count: Number(count) },
	}));

/** Reads truly, but for the part with R-120 in it. */
const withBad =
	(bad: (read: object[]) => object): Script =>
	({ messages }) => {
		const read = rowsIn(messages);
		return call(read.some(({ id }) => id === 'R-120') ? bad(read) : { rows: read });
	};

async function run(script: Script, request: Partial<ExtractRequest> = {}) {
	const { client, bodies } = await openGateway(script);
	return { running: extract(client, { text, schema, chunk, ...request }), bodies };
}

test.each<[name: string, bad: (read: object[]) => object]>([
	['a wrapper', (read) => ({ result: { rows: read } })],
	['its list in another case', (read) => ({ Rows: read })],
	['its list under another name', (read) => ({ items: read })],
	['a wrapper beside an empty list', (read) => ({ rows: [], result: { rows: read } })],
])('a part that answers with %s gives its rows', async (_name, bad) => {
	const { running } = await run(({ messages, ...body }, n) => {
		const isRepair = messages.length > 2;
		const script = withBad(isRepair ? (read) => ({ rows: read }) : bad);
		return typeof script === 'function' ? script({ messages, ...body }, n) : call({});
	});
	expect((await running).output).toEqual({ rows });
});

const bads: Array<[name: string, bad: (read: object[]) => object]> = [
	['an excuse', () => ({ error: 'I cannot do this' })],
	['two excuses', () => ({ error: 'no', reason: 'long' })],
	['the schema', () => schema],
	['nothing', () => ({})],
	['a wrapper with more in it', (read) => ({ result: { data: { list: read } }, ok: true })],
];

test.each(bads)('a part that answers with %s fails, with its place', async (_name, bad) => {
	const { running } = await run(withBad(bad), { maxRepairs: 1 });
	const error = await failure(running);
	expect(error).toMatchObject({
		kind: 'schemaMismatch',
		message: expect.stringMatching(/^In characters \d+ to \d+ of the text: /),
	});
	const [, from, to] = /characters (\d+) to (\d+)/.exec(error.message) ?? [];
	expect(text.slice(Number(from), Number(to))).toContain('R-120');
	expect(error.details.costUsd).toBeGreaterThan(0);
});

test.each(bads)('a part that answers with %s once is repaired', async (_name, bad) => {
	const { running } = await run((body, n) => {
		const script = withBad(body.messages.length > 2 ? (read) => ({ rows: read }) : bad);
		return typeof script === 'function' ? script(body, n) : call({});
	});
	expect((await running).output).toEqual({ rows });
});

test('a part has no rows when it says so, and images are looked at once', async () => {
	const quiet = `${text}\n\n${'Nothing more is said here. '.repeat(30)}`;
	const images = ['https://example.com/a.png'];
	const { running, bodies } = await run(
		withBad((read) => ({ rows: read })),
		{
			...{ text: quiet, images },
		},
	);
	expect((await running).output).toEqual({ rows });
	const looked = bodies().filter((body) => JSON.stringify(body).includes('image_url'));
	expect(looked).toHaveLength(1);
});

describe('an answer with none of the fields, where all are optional', () => {
	const optional = { type: 'object', properties: { name: { type: 'string' }, n: {} } };
	const nested = { type: 'object', properties: { inner: optional }, required: ['inner'] };
	const list = { type: 'object', properties: { list: { type: 'array', items: optional } } };
	const open = { ...optional, additionalProperties: true };
	const patterns = { ...optional, patternProperties: { '^x-': {} } };
	const named = { $defs: { it: optional }, $ref: '#/$defs/it' };
	const any = { anyOf: [optional, { type: 'object', properties: { other: {} } }] };
	const typed = { type: 'object', properties: { type: {}, name: {} } };
	test.each<[schema: object, value: unknown, isTaken: boolean]>([
		[optional, {}, true],
		[optional, { name: null, n: null }, false],
		[optional, { n: null }, true],
		[optional, { name: 'x', more: 1 }, true],
		[optional, { error: 'no' }, false],
		[optional, { result: { name: 'x' } }, false],
		[optional, { name: '', result: { name: 'x' } }, false],
		[optional, { name: '', more: 'x' }, true],
		[nested, { inner: { error: 'no' } }, false],
		[nested, { inner: {} }, true],
		[list, { list: [{ name: 'x' }, { label: 'y' }] }, false],
		[list, { list: [] }, true],
		[open, { error: 'no' }, true],
		[open, { result: { name: 'x' } }, false],
		[patterns, { 'x-a': 1 }, true],
		[{ ...optional, additionalProperties: { type: 'string' } }, { other: 'x' }, true],
		[{ type: 'object', additionalProperties: { type: 'string' } }, { other: 'x' }, true],
		[named, { error: 'no' }, false],
		[any, { other: 1 }, true],
		[any, { error: 'no' }, false],
		[typed, { type: 'object', properties: { type: {}, name: {} } }, false],
		[typed, { type: 'invoice' }, true],
	])('%j of %j: %s', (schema, value, isTaken) => {
		expect(readTarget({ ...schema }).check(value).ok).toBe(isTaken);
	});

	test('is none of zod either', () => {
		const { check } = readTarget(z.object({ name: z.string().optional() }));
		expect(check({ error: 'no' }).ok).toBe(false);
		expect(check({ name: 'x', more: 1 }).ok).toBe(true);
		expect(check({}).ok).toBe(true);
	});
});
