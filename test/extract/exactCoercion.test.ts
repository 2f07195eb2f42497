import { unsafeNumbers } from '../../core/json/exactJson';
import { coerce } from '../../core/extract/answer/coercion/coerce';
import { extract } from '../../core';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const text = { type: 'string' };
const fieldOf = (schema: object) => ({
	type: 'object',
	properties: { a: schema },
	required: ['a'],
});

describe('the arguments of a tool', () => {
	const exactly = (value: unknown, schema: object) =>
		coerce(value, { ...schema }, { isExact: true }).value;

	test.each<[value: unknown, schema: object, result: unknown]>([
		['36', { type: 'number' }, 36],
		[36, text, '36'],
		['{"b":1}', { type: 'object' }, { b: 1 }],
		['[1]', { type: 'array' }, [1]],
		['true', { type: 'boolean' }, true],
		['null', { type: ['number', 'null'] }, null],
	])('what loses nothing: %j by %j', (a, schema, result) => {
		expect(exactly({ a }, fieldOf(schema))).toEqual({ a: result });
	});

	test.each<[value: unknown, schema: object]>([
		['1,234.50', { type: 'number' }],
		['$5', { type: 'number' }],
		['yes', { type: 'boolean' }],
		[1, { type: 'boolean' }],
		['Delete', { enum: ['delete', 'keep'] }],
		['please delete it', { enum: ['delete', 'keep'] }],
		['27 Nov 2026', { ...text, format: 'date' }],
		['N/A', { type: ['number', 'null'] }],
		[null, { type: 'array' }],
		['a, b', { type: 'array', items: text }],
		["['a']", { type: 'array', items: text }],
		['a', { type: 'array', items: text }],
		[['a'], text],
		[{ value: 5 }, { type: 'number' }],
		[[['b', 1]], { type: 'object', properties: { b: {} } }],
		[1234567890123456789, text],
	])('no reading: %j by %j', (a, schema) => {
		expect(exactly({ a }, fieldOf(schema))).toEqual({ a });
	});

	test('no key is renamed, dropped or nested', () => {
		const schema = { ...fieldOf({ type: 'number' }), additionalProperties: false };
		expect(exactly({ A: '1' }, schema)).toEqual({ A: '1' });
		expect(exactly({ a: '1', b: null }, schema)).toEqual({ a: 1, b: null });
		expect(exactly({ a: '1', 'a.b': 2 }, schema)).toEqual({ a: 1, 'a.b': 2 });
	});
});

test('digits are taken from the answer where they are known', () => {
	const literalOf = (_holder: object, key: PropertyKey) => (key === 'a' ? '1.50' : undefined);
	const numbers = { literalOf, isInDoubt: () => false, lossy: new Map<number, string>() };
	expect(coerce({ a: 1.5 }, fieldOf(text), { numbers }).value).toEqual({ a: '1.50' });
	expect(coerce({ a: 1.5 }, fieldOf({ enum: ['1.50', '2'] }), { numbers }).value).toEqual({
		a: '1.50',
	});
	const json = { a: '{"b":12345678901234567890}' };
	expect(coerce(json, fieldOf({ type: 'object' }), { isExact: true }).value).toEqual(json);
	const read = coerce(json, fieldOf({ type: 'object' }));
	expect(unsafeNumbers(read.value, read.numbers)).toMatchObject([{ path: '/a/b' }]);
});

test('branches that hold themselves cost a bounded time', () => {
	const node = {
		anyOf: [
			fieldOf({ $ref: '#' }),
			{ type: 'object', properties: { a: { $ref: '#' }, b: { type: 'number' } } },
			{ type: 'number' },
		],
	};
	let value: unknown = 'x';
	for (let depth = 0; depth < 40; depth += 1) value = { a: value };
	// It would not end.
	expect(coerce(value, node).value).toEqual(value);
});

test('extraction reads by the document, and tells the model both readings else', async () => {
	const schema = fieldOf({ type: 'number' });
	const says = '{"a":"1.234"}';
	const open = async () => (await openGateway(() => ({ text: says }))).client;
	const german = 'Die Rechnung ist für Sie: der Preis beträgt 1.234 EUR und der Rabatt 12,50 EUR.';
	expect(await extract(await open(), { text: german, schema })).toMatchObject({
		output: { a: 1234 },
		warnings: ['coerced /a: "1.234" to 1234'],
	});
	const error = await failure(
		extract(await open(), { text: 'Art. 1.234: 12,50 or 12.50', schema, maxRepairs: 0 }),
	);
	expect(error.details.failures).toMatchObject([
		{
			path: '/a',
			code: 'ambiguous',
			message: expect.stringMatching(/1234 or 1.234|1.234 or 1234/),
		},
	]);
});
