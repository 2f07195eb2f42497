import fc from 'fast-check';
import { contradictions } from '../../core/schema/contradictions';
import type { JsonSchema } from '../../core/schema/jsonSchema';
import { compiledSchema, schemaCheck } from '../../core/schema/schemaCheck';
import { casesOf } from '../support/sweep';

const unmetIn = (schema: JsonSchema) => compiledSchema(schema, 'It').unmet();

test.each<[name: string, schema: JsonSchema, value: unknown]>([
	[
		'object keywords on a list',
		{ type: 'array', required: ['a'], additionalProperties: false },
		[],
	],
	['list keywords on an object', { type: 'object', minItems: 3, maxItems: 1 }, {}],
	['bounds of numbers on a text', { type: 'string', minimum: 3, maximum: 1 }, 'x'],
	['lengths on a number', { type: 'number', minLength: 3, maxLength: 1 }, 1],
	['one of several types', { type: ['integer', 'null'], minimum: 3, maximum: 1 }, null],
	['no type at all', { minLength: 3, maxLength: 1 }, 1],
	['counts without contains', { type: 'array', minContains: 3, maxContains: 1 }, []],
	['an optional part', { type: 'object', properties: { a: { type: 'array', enum: ['x'] } } }, {}],
	['an empty list', { type: 'array', items: { type: 'string', enum: [1] } }, []],
	['one choice of two', { anyOf: [{ type: 'null', const: 1 }, { type: 'string' }] }, 'x'],
	[
		'required by a pattern',
		{ type: 'object', required: ['a'], patternProperties: { a: {} }, additionalProperties: false },
		{ a: 1 },
	],
	[
		'an integer where numbers are',
		{ type: ['integer', 'number'], minimum: 0.2, maximum: 0.8 },
		0.5,
	],
])('taken, for some value fits: %s', (_name, schema, value) => {
	expect(schemaCheck(schema)(value)).toEqual([]);
});

test('parts that nothing can meet are named, each once and with its reason', () => {
	const listed = { type: 'array', enum: ['a', 'b'] };
	const schema = {
		type: 'object',
		properties: { a: { items: listed }, n: { minimum: 2, maximum: 1 } },
	};
	expect(unmetIn(schema).map(({ path, message }) => `${path} ${message}`)).toEqual([
		'/properties/a/items no value of "enum" fits the keywords beside it. Did you mean it under "items"?',
		'/properties/n "minimum" 2 leaves nothing under "maximum" 1.',
	]);
	expect(unmetIn({ properties: { a: { not: {} }, b: false } })).toEqual([]);
});

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const plain = fc.constantFrom<unknown>(
	null,
	true,
	0,
	1,
	1.5,
	3,
	'',
	'a',
	'abc',
	[],
	['a'],
	{},
	{ a: 1 },
);
const small = fc.integer({ min: 0, max: 3 });
const names = fc.uniqueArray(fc.constantFrom('a', 'b'), { maxLength: 2 });

const KEYWORDS: Array<[keyword: string, values: fc.Arbitrary<unknown>]> = [
	['type', fc.constantFrom(...TYPES)],
	['type', fc.uniqueArray(fc.constantFrom(...TYPES), { minLength: 1, maxLength: 3 })],
	...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength'].map(
		counted,
	),
	...['minItems', 'maxItems', 'minProperties', 'maxProperties', 'minContains'].map(counted),
	['enum', fc.array(plain, { minLength: 1, maxLength: 3 })],
	['const', plain],
	['required', names],
	['patternProperties', fc.constantFrom({ '^a': {} }, { b: {} })],
	['additionalProperties', fc.boolean()],
	['dependentRequired', fc.constant({ a: ['b'] })],
	['$ref', fc.constantFrom('#/$defs/x', '#/$defs/y')],
];

function counted(keyword: string): [string, fc.Arbitrary<unknown>] {
	return [keyword, small];
}

function schemas(keywords: typeof KEYWORDS): fc.Arbitrary<JsonSchema> {
	const entry = fc.oneof(...keywords.map(([key, values]) => fc.tuple(fc.constant(key), values)));
	return fc
		.uniqueArray(entry, { maxLength: 5, selector: ([key]) => key })
		.map((entries) => Object.fromEntries(entries));
}

function holding(inner: fc.Arbitrary<JsonSchema>): typeof KEYWORDS {
	const some = fc.array(inner, { minLength: 1, maxLength: 2 });
	const fields = fc.dictionary(fc.constantFrom('a', 'b'), inner, { maxKeys: 2 });
	const one = ['items', 'contains', 'not', 'if', 'then', 'else'];
	return [
		...KEYWORDS,
		...one.map((key): (typeof KEYWORDS)[number] => [key, inner]),
		...[['properties', fields] as const, ['allOf', some] as const, ['anyOf', some] as const].map(
			([key, values]): (typeof KEYWORDS)[number] => [key, values],
		),
	];
}

const leaf = schemas(KEYWORDS);
const target = schemas(KEYWORDS.filter(([key]) => key !== '$ref'));
const node = schemas(holding(fc.oneof(leaf, schemas(holding(leaf)))));

const SAMPLES: unknown[] = [
	null,
	true,
	false,
	0,
	0.5,
	1,
	1.5,
	2,
	2.5,
	3,
	'a',
	'',
	'ab',
	'abc',
	'abcd',
];
SAMPLES.push([], ...SAMPLES.map((one) => [one]), ...SAMPLES.map((one) => ({ a: one })), {});
SAMPLES.push(...SAMPLES.map((one) => ({ b: one })), ...SAMPLES.map((one) => ({ a: one, b: 1 })));
SAMPLES.push(
	...SAMPLES.slice(0, 15).map((one) => [one, one]),
	['a', 'b', 'c'],
	{ c: 1 },
	{ a: 1, b: 1, c: 1 },
);

test('no schema that some value fits is ever called contradictory', () => {
	let met = 0;
	let refused = 0;
	fc.assert(
		fc.property(node, target, (root, other) => {
			const schema = { ...root, $defs: { x: other, y: { type: 'array', enum: ['a'] } } };
			const found = contradictions(schema, '2020-12');
			if (found.refused.length === 0) return;
			refused += 1;
			// Checked by the validator alone: the schema itself would be refused.
			const check = schemaCheck({ anyOf: [schema, { const: 'never' }], $defs: schema.$defs });
			const fitting = SAMPLES.filter((value) => check(value).length === 0);
			met += fitting.length;
			expect({ schema, fitting }).toEqual({ schema, fitting: [] });
		}),
		{ numRuns: casesOf(3000) },
	);
	expect({ met, isTried: refused > casesOf(100) }).toEqual({ met: 0, isTried: true });
});
