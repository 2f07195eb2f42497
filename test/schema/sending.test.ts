import { z as z3 } from 'zod/v3';
import { z } from 'zod/v4';
import fc from 'fast-check';
import { defineTool, toFunctionTool } from '../../core';
import { zodFromText } from '../../core/zodText/zodFromText';
import { isRecord } from '../../core/lib/isRecord';
import { toJsonSchema, type JsonSchema, type ZodType } from '../../core/schema/jsonSchema';
import { sentForm } from '../../core/schema/sending/sentForm';
import { readArguments } from '../../core/toolLoop/readArguments';
import { valueCheck } from '../../core/schema/valueCheck';
import { checkTools } from '../../gateway/contract/checkTools';
import { casesOf } from '../support/sweep';

const fieldsOf = (properties: object, others: object = {}) => ({
	...{ type: 'object', properties, ...others },
});
const text = { type: 'string' };

function sentFor(parameters: ZodType | JsonSchema) {
	const tool = defineTool({ name: 'save', description: 'Saves', parameters });
	const sent = toFunctionTool(tool);
	const tools = [{ ...sent, function: { ...sent.function } }];
	expect(checkTools({ model: 'm', tools })).toBeUndefined();
	return { tool, sent: sent.function.parameters ?? {} };
}

/** What is sent for a schema, the arguments as a model writes them then, and what they mean. */
const forms: Array<[name: string, schema: ZodType | JsonSchema, written: object, meant?: unknown]> =
	[
		['a space', fieldsOf({ 'First Name': text }), { First_Name: 'Ada' }, { 'First Name': 'Ada' }],
		['the own name anyway', fieldsOf({ 'First Name': text }), { 'First Name': 'Ada' }],
		['brackets', fieldsOf({ 'filter[id]': text }), { filter_id: 'x' }, { 'filter[id]': 'x' }],
		['a dollar', fieldsOf({ $top: { type: 'integer' } }), { top: 3 }, { $top: 3 }],
		['an umlaut', fieldsOf({ größe: text }), { gro_e: 'L' }, { größe: 'L' }],
		['no name', fieldsOf({ '': text }), { field: 'x' }, { '': 'x' }],
		['a slash and a tilde', fieldsOf({ 'a/b~c': text }), { a_b_c: 'x' }, { 'a/b~c': 'x' }],
		[
			'names in a list of a definition, with a reference through a renamed property',
			{
				...fieldsOf({
					rows: { type: 'array', items: { $ref: '#/definitions/The Row' } },
					'first row': { $ref: '#/properties/rows/items' },
					same: { $ref: '#/properties/first%20row' },
				}),
				definitions: { 'The Row': fieldsOf({ 'an id': text }, { required: ['an id'] }) },
			},
			{ rows: [{ an_id: '1' }], first_row: { an_id: '2' }, same: { an_id: '3' } },
			{ rows: [{ 'an id': '1' }], 'first row': { 'an id': '2' }, same: { 'an id': '3' } },
		],
		[
			'names in a choice, a map, a tuple and behind patterns',
			fieldsOf(
				{
					choice: { anyOf: [fieldsOf({ 'a b': text }), { type: 'null' }] },
					map: { type: 'object', additionalProperties: fieldsOf({ 'c d': text }) },
					pair: { prefixItems: [text, fieldsOf({ 'e f': text })] },
					open: { type: 'object' },
				},
				{ patternProperties: { '^x ': fieldsOf({ 'g h': text }) } },
			),
			{
				...{ choice: { a_b: '1' }, map: { any: { c_d: '2' } }, pair: ['p', { e_f: '3' }] },
				...{ 'x y': { g_h: '4' }, open: { a_b: 'free' } },
			},
			{
				...{ choice: { 'a b': '1' }, map: { any: { 'c d': '2' } }, pair: ['p', { 'e f': '3' }] },
				...{ 'x y': { 'g h': '4' }, open: { a_b: 'free' } },
			},
		],
		[
			'names that other keywords speak of',
			fieldsOf(
				{ 'a b': text, 'c d': text },
				{
					dependentRequired: { 'a b': ['c d'] },
					dependencies: { 'c d': ['a b'] },
					not: { required: ['a b', 'e f'] },
					required: ['a b'],
				},
			),
			{ value: { a_b: '1', c_d: '2' } },
			{ 'a b': '1', 'c d': '2' },
		],
		[
			'a tuple',
			fieldsOf({ p: { type: 'array', items: [text, {}], additionalItems: false } }),
			{ p: ['a', 1] },
		],
		['no places in a tuple', fieldsOf({ p: { items: [], additionalItems: text } }), { p: ['a'] }],
		[
			'a zod 3 tuple',
			z3.object({ p: z3.tuple([z3.string(), z3.number()]).rest(z3.null()) }),
			{ p: ['a', 1, null] },
		],
		[
			'a zod 4 tuple',
			z.object({ p: z.tuple([z.string(), z.number()], z.null()) }),
			{ p: ['a', 1, null] },
		],
		[
			'a tuple in zod text',
			zodFromText('z.object({ p: z.tuple([z.string(), z.number()]) })', 'Zod'),
			{ p: ['a', 1] },
		],
		[
			'a union',
			z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]),
			{ value: { b: 1 } },
			{ b: 1 },
		],
		[
			'a union without its wrapper',
			z.union([z.object({ a: z.string() }), z.object({ b: z.number() })]),
			{ b: 1 },
		],
		[
			'a union that has the wrapper as a name',
			z.union([z.object({ value: z.string() }), z.object({ b: z.number() })]),
			{ value: 'x' },
		],
		[
			'a discriminated union',
			z3.discriminatedUnion('kind', [
				z3.object({ kind: z3.literal('a'), 'the id': z3.string() }),
				z3.object({ kind: z3.literal('b') }),
			]),
			{ value: { kind: 'a', the_id: '1' } },
			{ kind: 'a', 'the id': '1' },
		],
		[
			'an intersection',
			z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
			{ value: { a: 'x', b: 1 } },
			{ a: 'x', b: 1 },
		],
		[
			'a reference at the top',
			{ $ref: '#/$defs/A', $defs: { A: fieldsOf({ a: text }) } },
			{ value: { a: 'x' } },
			{ a: 'x' },
		],
		[
			'conditions',
			{ ...fieldsOf({ a: text }), if: { required: ['a'] }, then: { required: ['b'] } },
			{ value: { a: 'x', b: 1 } },
			{ a: 'x', b: 1 },
		],
		['choices of objects', { enum: [{ a: 1 }, { a: 2 }] }, { value: { a: 2 } }, { a: 2 }],
		['null beside the object', fieldsOf({ a: text }, { type: ['object', 'null'] }), { a: 'x' }],
		['no type', { properties: { a: text } }, { a: 'x' }],
		['only required', { required: ['a'] }, { a: 'x' }],
		[
			'draft-04',
			{
				$schema: 'http://json-schema.org/draft-04/schema#',
				id: 'http://x.y/z',
				...fieldsOf({ n: { type: 'number', maximum: 5, exclusiveMaximum: true } }),
			},
			{ n: 4 },
		],
		[
			'draft-03',
			{
				$schema: 'http://json-schema.org/draft-03/schema#',
				...fieldsOf({ n: { type: 'number', required: true } }),
			},
			{ n: 4 },
		],
		[
			'recursion',
			{ ...fieldsOf({ 'the children': { type: 'array', items: { $ref: '#' } } }) },
			{ the_children: [{ the_children: [] }] },
			{ 'the children': [{ 'the children': [] }] },
		],
		[
			'OpenAPI',
			fieldsOf(
				{ a: { ...text, nullable: true, example: 'x', 'x-order': 1, xml: { name: 'b' } } },
				{ discriminator: { propertyName: 'a' } },
			),
			{ a: 'x' },
		],
		[
			'true and false',
			fieldsOf({ a: true, 'b c': true, d: false, 'e f': false }),
			{ a: 1, b_c: 2 },
			{ a: 1, 'b c': 2 },
		],
		[
			'addresses',
			{
				$id: 'https://x.y/z',
				...fieldsOf({ a: { $ref: 'other' }, b: { $ref: '#here' } }),
				$defs: { o: { $id: 'other', ...text }, h: { $anchor: 'here', ...text } },
			},
			{ a: 'x', b: 'y' },
		],
		[
			'names of definitions',
			{
				...fieldsOf({ a: { $ref: '#/$defs/List%3CA%3E' }, b: { $ref: '#/definitions/List<A>' } }),
				$defs: { 'List<A>': text },
				definitions: { 'List<A>': { type: 'number' } },
			},
			{ a: 'x', b: 1 },
		],
		[
			'components of OpenAPI',
			{
				...fieldsOf({ a: { $ref: '#/components/schemas/A' } }),
				components: { schemas: { A: fieldsOf({ 'b c': text }) } },
			},
			{ a: { b_c: 'x' } },
			{ a: { 'b c': 'x' } },
		],
		['half a character', fieldsOf({ a: { ...text, description: 'x\ud83d' } }), { a: 'x' }],
		['an older pattern', fieldsOf({ a: { ...text, pattern: '^[\\w-.]+$' } }), { a: 'x.y' }],
		[
			'a type twice',
			fieldsOf({ a: { enum: ['x', 'x'], type: ['string', 'null'] } }, { required: ['a'] }),
			{ a: 'x' },
		],
		['an unknown format', fieldsOf({ a: { ...text, format: 'int-or-string' } }), { a: 'x' }],
	];

test.each(
	forms.map(([name, schema, written, meant = written]) => [name, schema, written, meant] as const),
)('%s is sent in a legal form and read back', (_name, schema, written, meant) => {
	const { tool, sent } = sentFor(schema);
	expect(isRecord(sent.properties)).toBe(sent.properties !== undefined);
	const received = sentForm(tool.parameters).receive(written).value;
	expect(received).toEqual(meant);
	expect(tool.check(received)).toEqual({ ok: true, value: meant });
});

test('a name of 70 letters, and names that become alike, each get one of their own', () => {
	const long = 'x'.repeat(70);
	const names = [long, `${long}y`, 'a b', 'a?b', 'a_b', 'ä', 'a', '名前', '住所', ' ', ''];
	const { sent, tool } = sentFor(fieldsOf(Object.fromEntries(names.map((name) => [name, text]))));
	const given = Object.keys(Object(sent.properties));
	expect(new Set(given).size).toBe(names.length);
	expect(given).toEqual(expect.arrayContaining(['a_b', 'a']));
	const written = Object.fromEntries(given.map((name, at) => [name, names[at]]));
	const meant = Object.fromEntries(names.map((name) => [name, name]));
	expect(sentForm(tool.parameters).receive(written).value).toEqual(meant);
});

test('names of every object are names like any other', () => {
	const { tool } = sentFor(fieldsOf({ constructor: text, 'to string': text }));
	const { value } = sentForm(tool.parameters).receive({ constructor: 'x', to_string: 'y' });
	expect(JSON.stringify(value)).toBe('{"constructor":"x","to string":"y"}');
	expect(tool.check(value).ok).toBe(true);
});

test('__proto__ is a name like any other', () => {
	const { sent, tool } = sentFor(
		JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'),
	);
	const [name = ''] = Object.keys(Object(sent.properties));
	expect(name).not.toBe('__proto__');
	const { value } = sentForm(tool.parameters).receive({ [name]: 'x' });
	expect(Object.entries(Object(value))).toEqual([['__proto__', 'x']]);
});

test('the model is told what a property is really called', () => {
	const { sent } = sentFor(
		fieldsOf(
			{ 'a b': text, 'c d': { ...text, title: 'Other', description: 'Says' } },
			{ required: ['a b'] },
		),
	);
	expect(sent).toEqual({
		...{ type: 'object', required: ['a_b'] },
		properties: {
			a_b: { type: 'string', title: 'a b' },
			c_d: { type: 'string', title: 'Other', description: '("c d") Says' },
		},
	});
});

/** What an own name stands for in the text that a model sends, and what the tool is handed. */
const inner = fieldsOf({ 'a b': { type: 'number' } }, { required: ['a b'] });
const nullable = { anyOf: [inner, { type: 'null' }] };
test.each<[string, JsonSchema, unknown, unknown]>([
	['an object', inner, '{"a_b":1}', { 'a b': 1 }],
	['an object behind a reference', { $ref: '#/$defs/part' }, '{"a_b":1}', { 'a b': 1 }],
	['one that may be null', nullable, ' { "a_b" : 1 }', { 'a b': 1 }],
	[
		'a list',
		{ type: 'array', items: inner },
		'[{"a_b":1},{"a b":2}]',
		[{ 'a b': 1 }, { 'a b': 2 }],
	],
	['entries of a list', { type: 'array', items: inner }, ['{"a_b":1}'], [{ 'a b': 1 }]],
	[
		'values of a map',
		{ type: 'object', additionalProperties: inner },
		'{"x":{"a_b":1}}',
		{ x: { 'a b': 1 } },
	],
	['a text within a text', fieldsOf({ in: inner }), '{"in":"{\\"a_b\\":1}"}', { in: { 'a b': 1 } }],
	['a number with its digits', inner, '{"a_b":1.0}', { 'a b': 1 }],
	['one in a list of one', inner, [{ a_b: 1 }], { 'a b': 1 }],
	['what may be a text', { anyOf: [inner, text] }, '{"a_b":1}', '{"a_b":1}'],
	['what is a text', text, '{"a_b":1}', '{"a_b":1}'],
])('%s in JSON of a text has its own names', async (_name, o, written, meant) => {
	const parameters = fieldsOf({ o, other: fieldsOf({ 'a b': text }) }, { $defs: { part: inner } });
	const tool = defineTool({ name: 't', description: '', parameters });
	const json = JSON.stringify({ o: written });
	const read = await readArguments(tool, { id: 'c', name: 't', arguments: json });
	expect(read).toEqual({ ok: true, value: { o: meant } });
});

test('where both names are given, none is dropped', () => {
	const schema = fieldsOf({ 'a b': text });
	const written = { 'a b': '1', a_b: '2' };
	expect(sentForm(schema).receive(written).value).toEqual(written);
});

test.each<[string, JsonSchema]>([
	['a list', { type: 'array', items: fieldsOf({ 'a b': text }) }],
	['a text', text],
	['anything or nothing', { type: ['object', 'null'], properties: {} }],
])('%s is wrapped for an extraction', (_name, schema) => {
	const form = sentForm(schema);
	expect(form.schema).toMatchObject({ type: 'object', required: ['value'] });
	expect(form.receive({ value: [{ a_b: 'x' }] }).value).toEqual(
		schema.type === 'array' ? [{ 'a b': 'x' }] : [{ a_b: 'x' }],
	);
});

test('a schema that the form would make too deep has a reason', () => {
	let part: JsonSchema = { type: 'string' };
	for (let depth = 0; depth < 195; depth += 1) part = { type: 'array', items: part };
	const deep = { anyOf: [fieldsOf({ part })] };
	expect(sentForm(deep).problem).toMatch(/nested deeper/);
});

const name = fc.constantFrom(
	'a',
	'b',
	'a b',
	'a_b',
	'$top',
	'größe',
	'__proto__',
	'constructor',
	'',
	'[x]',
);
const junk = fc.constantFrom<Array<[string, unknown]>>(
	...([
		[['type', 'strin']],
		[['type', 'array']],
		[['type', ['array', 'null']]],
		[['minLength', -1]],
		[['required', ['a b', 'a b', 1]]],
		[
			['items', [{}, { type: 'null' }]],
			['additionalItems', false],
		],
		[['pattern', '(?i)x']],
		[['enum', []]],
		[
			['nullable', true],
			['x-y', {}],
		],
		[['title', 3]],
		[['patternProperties', { '[': {}, '^a': { title: 'x' } }]],
		[['dependencies', { 'a b': ['a'], a: { required: ['a b'] } }]],
		[['$schema', 'http://json-schema.org/draft-07/schema#']],
		[['default', { 'a b': '\udc00' }]],
		[['allOf', []]],
		[['$ref', '#/$defs/x']],
		[['$ref', '#']],
		[['properties', null]],
	] satisfies Array<Array<[string, unknown]>>),
);

const { schema: randomSchema } = fc.letrec<{ schema: unknown; record: JsonSchema }>((tie) => ({
	schema: fc.oneof({ maxDepth: 3 }, fc.boolean(), fc.constant({}), tie('record')),
	record: fc
		.tuple(
			junk,
			fc.dictionary(name, tie('schema'), { maxKeys: 4 }),
			fc.array(tie('schema'), { maxLength: 2 }),
			fc.constantFrom('anyOf', 'oneOf', 'allOf', 'prefixItems', 'items'),
		)
		.map(([words, properties, parts, list]) =>
			Object.fromEntries([
				['properties', properties],
				['additionalProperties', parts[0] ?? true],
				[list, parts],
				['$defs', { x: { type: 'string' } }],
				...words,
			]),
		),
}));

/** OpenAI refuses them, and so does who checks as it does. */
function listsWithoutItems(schema: unknown): unknown[] {
	if (Array.isArray(schema)) return schema.flatMap(listsWithoutItems);
	if (!isRecord(schema)) return [];
	const { type, items, default: _value, enum: _values, const: _one, ...rest } = schema;
	const isList = [type].flat().includes('array') && items === undefined;
	return [
		...(isList ? [schema] : []),
		...[items, ...Object.values(rest)].flatMap(listsWithoutItems),
	];
}

test('whatever the schema, what is sent is legal', () => {
	fc.assert(
		fc.property(randomSchema, (schema) => {
			fc.pre(isRecord(schema));
			const parameters = sentForm(schema).schema;
			const tools = [{ type: 'function' as const, function: { name: 'save', parameters } }];
			expect(checkTools({ model: 'm', tools })).toBeUndefined();
			expect(parameters).toHaveProperty('properties');
			expect(listsWithoutItems(parameters)).toEqual([]);
		}),
		{ numRuns: casesOf(300) },
	);
});

/** A schema without choices, a value that is valid against it, and that value under the sent names. */
const pairs = fc.letrec<{ pair: { schema: JsonSchema; value: unknown } }>((tie) => ({
	pair: fc.oneof(
		{ maxDepth: 3 },
		fc.string({ unit: 'grapheme' }).map((value) => ({ schema: text, value })),
		fc.array(tie('pair'), { minLength: 1, maxLength: 3 }).map((parts) => ({
			schema: {
				...{ type: 'array', items: false },
				prefixItems: parts.map(({ schema }) => schema),
			},
			value: parts.map(({ value }) => value),
		})),
		fc.dictionary(name, tie('pair'), { minKeys: 1, maxKeys: 4 }).map((parts) => ({
			schema: {
				...{ type: 'object', additionalProperties: false, required: Object.keys(parts) },
				properties: Object.fromEntries(
					Object.entries(parts).map(([key, { schema }]) => [key, schema]),
				),
			},
			value: Object.fromEntries(Object.entries(parts).map(([key, { value }]) => [key, value])),
		})),
	),
})).pair;

function underSentNames(value: unknown, from: unknown, to: unknown): unknown {
	const part = (schema: unknown, keyword: string, at: number): unknown => {
		const held: unknown = Reflect.get(Object(schema), keyword);
		return Object.values(Object(held))[at];
	};
	if (Array.isArray(value)) {
		return value.map((entry, at) =>
			underSentNames(entry, part(from, 'prefixItems', at), part(to, 'prefixItems', at)),
		);
	}
	if (!isRecord(value)) return value;
	const names = Object.keys(Object(Reflect.get(Object(to), 'properties')));
	return Object.fromEntries(
		Object.values(value).map((inner, at) => [
			names[at],
			underSentNames(inner, part(from, 'properties', at), part(to, 'properties', at)),
		]),
	);
}

test('a value under the names that were sent is read back as it was', () => {
	fc.assert(
		fc.property(pairs, ({ schema, value }) => {
			fc.pre(schema.type === 'object');
			const form = sentForm(toJsonSchema(schema));
			const received = form.receive(underSentNames(value, schema, form.schema)).value;
			expect(JSON.stringify(received)).toBe(JSON.stringify(value));
			expect(form.receive(value).value).toEqual(value);
			expect(valueCheck(schema, 'schema')(received).ok).toBe(true);
		}),
		{ numRuns: casesOf(200) },
	);
});
