import fc from 'fast-check';
import { z as z3 } from 'zod/v3';
import { z } from 'zod/v4';
import * as mini from 'zod/v4-mini';
import { defineTool, toJsonSchema } from '../../core';
import { unicodePattern } from '../../core/schema/reading/foreignPattern';
import { knownSchema, valueCheck } from '../../core/schema/valueCheck';
import type { JsonSchema } from '../../core/schema/jsonSchema';
import { casesOf } from '../support/sweep';

const DRAFT_4 = 'http://json-schema.org/draft-04/schema#';
const field = (schema: unknown) => ({ type: 'object', properties: { a: schema } });
const person = field({ type: 'integer' });

describe('schemas of other libraries are refused by name, and not read as ones that say nothing', () => {
	const standard = (vendor: string) => ({
		'~standard': { version: 1, vendor, validate: (value: unknown) => ({ value }) },
	});
	class Built {
		toJSON() {
			return person;
		}
	}
	test.each<[name: string, schema: object, words: string]>([
		['valibot', { ...standard('valibot'), type: 'object', entries: {} }, 'a schema of valibot'],
		['one that says nothing', standard('acme'), 'a schema of acme'],
		['a function', Object.assign(() => true, standard('arktype')), 'a schema of arktype'],
		[
			'one that was written as JSON, of a zod without Standard Schema',
			{ _def: { unknownKeys: 'strip', typeName: 'ZodObject' }, _cached: null },
			'a schema of zod',
		],
		...[z3.object({ a: z3.string() }), z.object({ a: z.string() }), mini.string()].map(
			(made, n): [string, object, string] => [
				`one that was written as JSON, of zod ${['3', '4', 'mini'][n]}`,
				JSON.parse(JSON.stringify(made)),
				'a schema of zod',
			],
		),
		['an instance', new Built(), 'an object with a toJSON()'],
	])('%s', (_name, schema, words) => {
		const message = expect.stringContaining(`is not a JSON Schema, but ${words}.`);
		const given: JsonSchema = Object(schema);
		expect(catching(() => toJsonSchema(given))).toMatchObject({ kind: 'badConfig', message });
		const tool = { name: 't', description: '', parameters: given };
		expect(catching(() => defineTool(tool))).toMatchObject({ kind: 'badConfig', message });
	});
	test('a JSON Schema that also stands for itself is one', () => {
		const marked = Object.defineProperty({ ...person }, '~standard', {
			value: { vendor: 'zod' },
		});
		expect(toJsonSchema(marked)).toEqual(person);
	});
});

function catching(run: () => unknown): unknown {
	try {
		return run();
	} catch (error) {
		return error;
	}
}

describe('schemas as people have them are read as they are meant', () => {
	test.each<
		[name: string, schema: JsonSchema, right: unknown, wrong: unknown, warning: RegExp | null]
	>([
		[
			'an open bound of draft-04',
			{ type: 'number', maximum: 5, exclusiveMaximum: true },
			4,
			5,
			null,
		],
		[
			'a closed one',
			{ $schema: DRAFT_4, type: 'number', minimum: 5, exclusiveMinimum: false },
			5,
			4,
			null,
		],
		['a flag without a bound', { type: 'number', exclusiveMinimum: true }, 5, 'x', null],
		['divisibleBy', { type: 'number', divisibleBy: 2 }, 4, 5, null],
		[
			'an id that is no address',
			{ id: 'x', ...field({ id: 'x', type: 'string' }) },
			{ a: 'x' },
			{ a: 1 },
			null,
		],
		[
			'an id that is one',
			{ $schema: DRAFT_4, definitions: { n: { id: '#n', type: 'null' } }, $ref: '#n' },
			null,
			1,
			null,
		],
		[
			'the same $id twice',
			{ items: { $id: 'x', type: 'null' }, contains: { $id: 'x' } },
			[null],
			[1],
			null,
		],
		[
			'if before draft-07',
			{ $schema: DRAFT_4, type: 'number', if: {}, then: { const: 1 } },
			2,
			'x',
			/no "if"/,
		],
		[
			'required of draft-03',
			field({ type: 'string', required: true }),
			{ a: 'x' },
			{},
			/\/properties\/a: .*draft-03/,
		],
		['dependencies', { dependencies: { a: ['b'] } }, { b: 1 }, { a: 1 }, null],
		[
			'a pattern of the older syntax',
			{ pattern: '^[\\w-.]+\\@\\_\\-{$' },
			'a-.@_-{',
			'a-.@_-',
			null,
		],
		[
			'a property pattern of it',
			{ patternProperties: { '^\\_': { type: 'null' } } },
			{ _: null },
			{ _: 1 },
			null,
		],
		[
			'OpenAI’s wrapper',
			{ name: 'p', strict: true, schema: person },
			{ a: 1 },
			{ a: 'x' },
			/taken out of "schema"/,
		],
		[
			'its response format',
			{ type: 'json_schema', json_schema: { name: 'p', schema: person } },
			{ a: 1 },
			{ a: 'x' },
			/json_schema\.schema/,
		],
		[
			'a function',
			{ type: 'function', function: { name: 'p', parameters: person } },
			{ a: 1 },
			{ a: 'x' },
			/function\.parameters/,
		],
		[
			'Anthropic’s tool',
			{ name: 'p', description: 'x', input_schema: person },
			{ a: 1 },
			{ a: 'x' },
			/input_schema/,
		],
		['MCP’s tool', { name: 'p', inputSchema: person }, { a: 1 }, { a: 'x' }, /inputSchema/],
		[
			'an enum beside array',
			field({ type: 'array', enum: ['a'] }),
			{},
			{ a: ['a'] },
			/\/properties\/a can never be met/,
		],
		[
			'require',
			{ ...person, require: ['a'] },
			{},
			{ a: 'x' },
			/\/require means nothing.*"required"/,
		],
		['propertes', { type: 'object', propertes: {} }, {}, 1, /\/propertes .*"properties"/],
		[
			'additionalPropertys',
			{ ...person, additionalPropertys: false },
			{},
			1,
			/"additionalProperties"/,
		],
		[
			'minlength',
			field({ type: 'string', minlength: 2 }),
			{ a: 'x' },
			1,
			/\/properties\/a\/minlength .*"minLength"/,
		],
		['any_of', { type: 'string', any_of: [] }, 'x', 1, /"anyOf"/],
		['nullable', field({ type: 'string', nullable: true }), { a: 'x' }, { a: null }, /"null"/],
		['fields inside', field({ b: 'string', c: 'number' }), {}, 1, /\/properties\/a lists fields/],
	])('%s', (_name, schema, right, wrong, warning) => {
		const before = JSON.stringify(schema);
		const check = valueCheck(schema, 'It');
		expect([check(right).ok, check(wrong).ok]).toEqual([true, false]);
		expect(knownSchema(schema, 'It').warnings).toEqual(
			warning ? [expect.stringMatching(warning)] : [],
		);
		expect(JSON.stringify(schema)).toBe(before);
	});

	test('what is sent is what is checked', () => {
		expect(toJsonSchema({ type: 'number', maximum: 5, exclusiveMaximum: true, id: 'x' })).toEqual({
			type: 'number',
			exclusiveMaximum: 5,
		});
		const wrapper = { name: 'p', strict: true, schema: person };
		expect(toJsonSchema(wrapper)).toEqual(person);
		expect(toJsonSchema(person)).toBeTruthy();
	});

	test('properties that are called like a wrapper are no wrapper', () => {
		const schema = {
			type: 'object',
			properties: { name: {}, schema: person },
			required: ['schema'],
		};
		expect(toJsonSchema(schema)).toEqual(schema);
	});
});

test.each(['A,B', 'a b', 'a/b', 'a~b', 'a%b', 'a%2Cb', 'é', '[x]+', 'a"b', 'a#b', 'a?b', '日本'])(
	'a reference to "%s" is found, however it is encoded',
	(name) => {
		const pointer = name.replaceAll('~', '~0').replaceAll('/', '~1');
		const every = [...Buffer.from(pointer)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
		for (const part of [encodeURIComponent(pointer), encodeURI(pointer), every.join('')]) {
			if (part === encodeURI(pointer) && /[#?]/.test(part)) continue;
			const check = valueCheck(
				{ $defs: { [name]: { type: 'null' } }, $ref: `#/$defs/${part}` },
				'It',
			);
			expect([part, check(null).ok, check(1).ok]).toEqual([part, true, false]);
		}
	},
);

describe('what cannot be meant is refused with what there is instead', () => {
	test.each<[schema: JsonSchema, words: RegExp]>([
		...[
			['int', /"integer"/],
			['String', /"string"/],
			['date', /"string" with "format": "date"/],
			['any', /leave "type" out/],
			['float', /"number"/],
			['text', /"string"/],
			['dict', /"object"/],
			['list', /"array"/],
			['bool', /"boolean"/],
			['objekt', /"object"/],
			[5, /a type or a list of types/],
			[[], /lists no type/],
		].map(([type, words]): [JsonSchema, RegExp] => [
			field({ type }),
			words instanceof RegExp ? words : /never/,
		]),
		[field({ minProperties: -1 }), /"minProperties" must be a whole number/],
		[field({ minLength: 1.5 }), /"minLength".*not 1\.5/],
		[field({ maxItems: '3' }), /"maxItems".*not "3"/],
		[field({ contains: 'x' }), /\/contains: a schema is an object/],
		[
			field({ patternProperties: { '(': {} } }),
			/patternProperties: "\(" is not a regular expression/,
		],
		[field({ pattern: 5 }), /"pattern" must be a text/],
		[field({ uniqueItems: 'yes' }), /"uniqueItems" must be true or false/],
		[{ ...person, required: 'a' }, /"required" must be a list of property names/],
		[{ ...person, required: true }, /at \/required: .*not true/],
		[{ type: 'object', properties: [] }, /"properties" must be an object of schemas/],
		[{ type: 'object', properties: { a: 'string' } }, /\/properties\/a: .*\{"type": "string"\}/],
		[field({ items: 'string' }), /\/items: .*\{"type": "string"\}/],
		[field({ additionalProperties: 'no' }), /additionalProperties: a schema is an object/],
		[field({ propertyNames: 3 }), /propertyNames: .*not 3/],
		[field({ dependentRequired: { a: 'b' } }), /"dependentRequired"/],
		[field({ $ref: 5 }), /"\$ref" must be a text/],
		[field({ multipleOf: 0 }), /"multipleOf" must be a number above 0/],
		[field({ enum: [] }), /"enum" must be a list of at least one value/],
		[field({ allOf: {} }), /"allOf" must be a list/],
		[field({ exclusiveMinimum: 'x' }), /"exclusiveMinimum" must be a number/],
		[{ name: 'string', age: 'number' }, /no keyword.*"Fields" or "JSON Example"/],
		[{ title: 'string', price: 'float' }, /"Fields"/],
		[{ type: 'string', amount: 'number', when: 'date' }, /"Fields"/],
		[{ address: { street: 'string' } }, /"Fields"/],
		[{ name: { type: 'string' }, age: { type: 'number' } }, /under "properties"/],
	])('%j', (schema, words) => {
		expect(() => valueCheck(schema, 'It')).toThrow(words);
	});
});

test('a pattern of the older syntax keeps its meaning', () => {
	const parts = String.raw`a \- \_ \/ [\w-.] [a-\d] { } ] {,5} a{2} \p \u \x \x61 \8 \1 [\1] \c [\b] (?=a)* (b) [^\-a] [-a] . $ ^ | \. \d+ @ [\_] \k`;
	const pattern = fc.array(fc.constantFrom(...parts.split(' ')), { minLength: 1, maxLength: 5 });
	const letters = 'ab-_/.{},5]pux8@1 \\\u0001\b\u0061ck';
	const text = fc.array(fc.constantFrom(...letters), { maxLength: 6 });
	fc.assert(
		fc.property(pattern, text, (pieces, chars) => {
			const source = pieces.join('');
			const own = unicodePattern(source);
			const [plain, word] = [
				(() => {
					try {
						return new RegExp(source);
					} catch {
						return undefined;
					}
				})(),
				chars.join(''),
			];
			if (!plain) return;
			expect({ source, own, word, found: new RegExp(own, 'u').test(word) }).toEqual({
				...{ source, own, word, found: plain.test(word) },
			});
		}),
		{ numRuns: casesOf(5000) },
	);
});
