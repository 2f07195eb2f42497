import { z } from 'zod/v4';
import { extract } from '../../core';
import { matchMember } from '../../core/read/matchMember';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTurn } from '../../core/extract/answer/readTurn';
import { readTarget, type SchemaSource } from '../../core/extract/targetSchema';
import { openGateway } from '../support/openGateway';

const open = (properties: object, required: string[]) => ({ type: 'object', properties, required });
const text = { type: 'string' };
const number = { type: 'number' };

/** Answers that fit as they are, but hold more than the schema lets through. */
test.each<[answer: string, schema: SchemaSource, value: unknown, warning: string]>([
	[
		'{"id":"a","Total":5}',
		z.object({ id: z.string(), total: z.number().optional() }),
		{ id: 'a', total: 5 },
		'renamed',
	],
	[
		'{"name":"a","N":5}',
		z.object({ name: z.string(), n: z.number().default(7) }),
		{ name: 'a', n: 5 },
		'renamed',
	],
	[
		'{"id":"a","Tags":["x"]}',
		z.object({ id: z.string(), tags: z.array(z.string()).default([]) }),
		{ id: 'a', tags: ['x'] },
		'renamed',
	],
	[
		'{"rows":[{"id":"a","qty":1},{"id":"b","Qty":2}]}',
		z.object({ rows: z.array(z.object({ id: z.string(), qty: z.number().optional() })) }),
		{
			rows: [
				{ id: 'a', qty: 1 },
				{ id: 'b', qty: 2 },
			],
		},
		'renamed',
	],
	[
		'{"invoiceNumber":"a","Total":5}',
		open({ invoiceNumber: text, total: number }, ['invoiceNumber']),
		{ invoiceNumber: 'a', total: 5 },
		'renamed',
	],
	[
		'{"id":"a","note":"page 2 unreadable"}',
		z.object({ id: z.string() }),
		{ id: 'a' },
		'dropped /note',
	],
	[
		'{"rows":[{"id":"a"}],"meta":[{"page":"b"}]}',
		z.object({ rows: z.array(z.object({ id: z.string() })) }),
		{ rows: [{ id: 'a' }] },
		'dropped /meta',
	],
	[
		'{"rows":[{"id":"a","price":2}]}',
		z.object({ rows: z.array(z.object({ id: z.string() })) }),
		{ rows: [{ id: 'a' }] },
		'dropped /rows/0/price',
	],
	['{"a":"x"} {"b":5}', open({ a: text, n: number }, ['a']), { a: 'x' }, 'otherCandidates'],
	[
		'```json\n{"a":"x"}\n```\nand\n```json\n{"b":5}\n```',
		open({ a: text, n: number }, ['a']),
		{ a: 'x' },
		'otherCandidates',
	],
	['{"a":"x"} {"n":null}', open({ a: text, n: number }, ['a']), { a: 'x' }, 'otherCandidates'],
])('%s: what is left out or renamed is named', (answer, schema, value, warning) => {
	const read = readAnswer(answer, readTarget(schema));
	expect(read).toMatchObject({ ok: true, value });
	if (read.ok) expect(read.warnings.some((one) => one.startsWith(warning))).toBe(true);
});

test.each<[answer: string, schema: SchemaSource]>([
	['{"id":"a","total":5}', z.object({ id: z.string(), total: z.number() })],
	['{"id":"a","extra":1}', open({ id: text }, ['id'])],
	['{"id":" a "}', z.object({ id: z.string().transform((id) => ({ id: id.trim() })) })],
	['{"id":"a"}', z.object({ id: z.string() }).transform(({ id }) => ({ name: id }))],
])('%s: nothing is said where nothing is lost', (answer, schema) => {
	expect(readAnswer(answer, readTarget(schema))).toMatchObject({ ok: true, warnings: [] });
});

test.each([
	['low to medium', ['low', 'medium', 'high']],
	['low (medium)', ['low', 'medium', 'high']],
	['high risk of low', ['low', 'medium', 'high']],
	['red and blue', ['red', 'blue']],
	['from red to blue', ['red', 'blue']],
	['IT and Sales', ['IT', 'HR', 'Sales']],
	['maybe yes', ['yes', 'no', 'maybe']],
	['cat and horse', ['cat', 'dog', 'horse']],
	['✗ done', ['done', 'open']],
	['❌ done', ['done', 'open']],
	['[ ] done', ['done', 'open']],
	['~~done~~', ['done', 'open']],
	['≠ high', ['low', 'high']],
	['<high', ['low', 'high']],
	['>=5', ['>5', '<5', '5']],
	['1%', ['1', '2', '10']],
	['$2', ['1', '2', '10']],
])('%s is not one of %j', (given, members) => {
	expect(matchMember(given, members).ok).toBe(false);
});

test.each([
	['the level is high', ['low', 'medium', 'high'], 'high'],
	['Status: done.', ['done', 'open'], 'done'],
	['> 5', ['> 5', '< 5'], '> 5'],
	['10%', ['10%', '20%'], '10%'],
	['In Progress', ['in progress', 'done'], 'in progress'],
])('%s is one of %j', (given, members, value) => {
	expect(matchMember(given, members)).toEqual({ ok: true, value });
});

test.each([
	'{"a":"x"} {"n":5}',
	'{"n":5}\n\n{"a":"x"}',
	'{"a":"x","n":null}\n\n{"N":5}',
	'```json\n{"a":"x"}\n```\nand\n```json\n{"n":5}\n```',
	'{"a":"x","n":1},{"a":"y","n":2}',
	'```json\n{"a":"x"},\n{"a":"y"}\n```',
])('%s: what may be one value or two is asked for again', (answer) => {
	const read = readAnswer(answer, readTarget(open({ a: text, n: number }, ['a'])));
	expect(read).toMatchObject({ ok: false, failures: [{ code: 'severalAnswers' }] });
});

const entry = open({ id: text, qty: number }, ['id']);
const listed = open({ rows: { type: 'array', items: entry }, note: text }, ['rows']);
const two = '[{"id":"a","qty":1},{"id":"b"}]';

test.each([
	[two, '(top level)'],
	[`Here:\n\`\`\`json\n${two}\n\`\`\``, '(top level)'],
	[`{"items":${two}}`, '/items'],
	[`{"data":${two}}`, '/data'],
	[`{"count":2,"items":${two}}`, '/items'],
])('%s is read as the one list of the schema', (answer, from) => {
	const read = readAnswer(answer, readTarget(listed));
	expect(read).toMatchObject({ ok: true, value: { rows: JSON.parse(two) } });
	const warning = `coerced ${from}: list of records to rows`;
	if (read.ok) expect(read.warnings).toContain(warning);
	expect(readAnswer(answer, readTarget(listed), { coerce: false }).ok).toBe(false);
});

const twoLists = { a: { type: 'array', items: entry }, b: { type: 'array', items: entry } };

test.each([
	[`{"count":39,"items":${two}}`, listed],
	[`{"has_more":true,"items":${two}}`, listed],
	[`{"previous_items":${two}}`, listed],
	[`{"items":${two},"others":${two}}`, listed],
	[`{"items":${two},"note":"x"}`, listed],
	['[{"id":"a"},{"name":"b"}]', listed],
	['[{"id":"a"},{"rows":[{"id":"b"}]}]', listed],
	['[]', listed],
	['{"items":[]}', listed],
	['[{"id":"a"},"... 38 more"]', listed],
	[two, open(twoLists, ['a'])],
	[two, open({ rows: { type: 'array', items: entry }, total: number }, ['rows', 'total'])],
])('%s is not taken for the list of a schema', (answer, schema) => {
	expect(readAnswer(answer, readTarget(schema)).ok).toBe(false);
});

test('a list keeps the digits of its texts, and refuses unsafe numbers, in its place', () => {
	const read = (answer: string) => readAnswer(answer, readTarget(listed));
	expect(read('[{"id":1.50}]')).toMatchObject({ ok: true, value: { rows: [{ id: '1.50' }] } });
	expect(read('{"items":[{"id":"a","qty":12345678901234567890}]}').ok).toBe(false);
});

test.each([
	['I left 38 rows out for brevity.'],
	['The remaining 38 rows are omitted.'],
	['Here you are.\n... 12 more rows'],
])('a call beside "%s" is not the whole', async (said) => {
	const target = readTarget(open({ rows: { type: 'array', items: text } }, ['rows']));
	const request = { coerce: true, minEvidence: 0, text: 'x' };
	const call = { id: 'c', name: 'save_extraction', arguments: '{"rows":["a"]}' };
	const read = await readTurn(
		{ target, request: { ...requestDefaults, ...request } },
		{ text: said, toolCalls: [call] },
	);
	expect(read).toMatchObject({ ok: false, failures: [{ code: 'abbreviated' }] });
});

const requestDefaults = {
	...{ model: 'm', maxTokens: 1, images: [], schema: {}, mode: 'auto' as const, maxRepairs: 0 },
	...{ escalateTo: [], evidence: false, cutAnswers: 'finish' as const },
};

test.each<[given: string, document: string, value: number]>([
	['4.125', 'Zins 4,125 % p.a., Betrag 10.000,00 EUR', 4.125],
	['4.125', 'Faktor 3.141; Preis 3,50 EUR', 4.125],
	['1.234', 'Der Preis beträgt 1.234 EUR, der Rabatt 12,50 EUR.', 1234],
])('%s of "%s" is %d', (given, document, value) => {
	const target = readTarget(open({ v: number }, ['v']));
	expect(readAnswer(JSON.stringify({ v: given }), target, { text: document })).toMatchObject({
		...{ ok: true, value: { v: value } },
	});
});

test.each([
	['{"name":"save_extraction","arguments":"{\\"a\\":\\"x\\",\\"total\\":12345678901234567890}"}'],
	['{"name":"save_extraction","arguments":"{\\"a\\":\\"x\\",\\"total\\":0.12345678901234567890}"}'],
	['{"a":"x","total":"[007]"}'],
])('%s: digits that cannot be kept are refused', (answer) => {
	const target = readTarget(open({ a: text, total: number }, ['a']));
	expect(readAnswer(answer, target).ok).toBe(false);
});

const numbers = readTarget(open({ v: { type: 'array', items: number } }, ['v']));
const texts = readTarget(open({ v: { type: 'array', items: text } }, ['v']));
test.each([
	['1,200, 3,400', numbers],
	['1,200,3,400', numbers],
	['12,500, 100', numbers],
	['x (y, z), w', texts],
	['AT&amp;T; IBM', texts],
	['red; blue; ...', texts],
	['["a", ...]', texts],
])('a list in the text %j is not torn apart', (given, target) => {
	expect(readAnswer(JSON.stringify({ v: given }), target).ok).toBe(false);
});

test.each([
	['17, 42', numbers, [17, 42]],
	['"Smith, John", "Doe, Jane"', texts, ['Smith, John', 'Doe, Jane']],
	['red; blue', texts, ['red', 'blue']],
	['f(a); g(b)', texts, ['f(a)', 'g(b)']],
])('a list in the text %j is read', (given, target, value) => {
	expect(readAnswer(JSON.stringify({ v: given }), target)).toMatchObject({
		...{ ok: true, value: { v: value } },
	});
});

test.each(['}', ',"id":"d"}'])('a number at a cut is not taken for whole: %s', async (rest) => {
	const cut = rest === '}' ? '{"id":"d","n":4' : '{"n":4';
	const { client } = await openGateway(({ messages, max_tokens: room }) => {
		if (messages.length > 2) return { text: rest };
		return room === 100 ? { text: cut, finishReason: 'length' } : { text: '{"id":"d","n":44}' };
	});
	const schema = open({ id: text, n: number }, ['id', 'n']);
	const request = { text: 'd has 44 pieces', schema, mode: 'json', maxTokens: 100 } as const;
	expect((await extract(client, request)).output).toEqual({ id: 'd', n: 44 });
});

const list = { type: 'array', items: open({ id: text }, ['id']) };
test.each<[answer: string, schema: SchemaSource]>([
	['{"rows":[],"note":"too long"}', open({ rows: list }, ['rows'])],
	['{"rows":[],"items":["a"]}', open({ rows: list }, ['rows'])],
	['{"rows":[],"has_more":true}', open({ rows: list }, ['rows'])],
	['{"rows":[],"error":"too long"}', z.object({ rows: z.array(z.object({ id: z.string() })) })],
])('%s: empty fields beside words of its own are no answer', (answer, schema) => {
	expect(readAnswer(answer, readTarget(schema)).ok).toBe(false);
});

test.each<[answer: string, schema: SchemaSource]>([
	['{"rows":[]}', open({ rows: list }, ['rows'])],
	['{"rows":[],"note":""}', open({ rows: list }, ['rows'])],
	['{"rows":[],"a":"b"}', { ...open({ rows: list }, ['rows']), additionalProperties: true }],
])('%s: nothing found is an answer', (answer, schema) => {
	expect(readAnswer(answer, readTarget(schema)).ok).toBe(true);
});

const zip = readTarget(open({ zip: text }, ['zip']));
test.each(['{"Zip":1.50}', '{"zip":[1.50]}', '{"zip":{"value":1.50}}', '{"Zip":01234}'])(
	'%s: digits are kept, or the answer is refused',
	(answer) => {
		const read = readAnswer(answer, zip);
		const written = /[\d.]+/.exec(answer)?.[0];
		expect(read.ok ? read.value : { zip: written }).toEqual({ zip: written });
	},
);

test.each(['{"zip":1.50}', '{"zip":01234}', '{"Zip":17}'])('%s: digits are kept', (answer) => {
	const written = /[\d.]+/.exec(answer)?.[0];
	expect(readAnswer(answer, zip)).toMatchObject({ ok: true, value: { zip: written } });
});
