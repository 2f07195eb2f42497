import { z } from 'zod/v4';
import { defineTool, toFunctionTool } from '../../core';
import { readArguments } from '../../core/toolLoop/readArguments';
import { checkTools } from '../../gateway/contract/checkTools';

/** Schemas of tools as servers in other languages write them: each is read as it is meant. */

const of = (a: unknown, more: object = {}) => ({ type: 'object', properties: { a }, ...more });
const text = { type: 'string' };
const matching = (pattern: string) => of({ ...text, pattern });

type Row = [name: string, schema: object, sent: unknown, right: unknown[], wrong: unknown[]];

/** What is sent of the field, values that it takes, and values that it does not. */
const fields: Row[] = [
	[
		'Go: keywords',
		of({ type: 'string', enum: null, pattern: null, minLength: null }),
		text,
		['x'],
		[{}],
	],
	['Go: items', of({ type: 'array', items: null }), { type: 'array', items: {} }, [[1]], ['x']],
	['Go: a choice', of({ ...text, anyOf: null, not: null, $ref: null }), text, ['x'], [{}]],
	['Go: an empty reference', of({ ...text, $ref: '', format: '' }), text, ['x'], [{}]],
	['Go: an empty type', of({ type: '', minimum: 1 }), { minimum: 1 }, [1], [0]],
	['Go: a field', of(null), {}, [1], []],
	[
		'null as a value',
		of({ const: null, default: null }),
		{ const: null, default: null },
		[null],
		[{}],
	],
	['PHP: a field', of([]), {}, [1], []],
	['PHP: fields', of({ type: 'object', properties: [] }), { type: 'object' }, [{}], [1]],
	[
		'PHP: the rest',
		of({ type: 'object', additionalProperties: [] }),
		{ type: 'object' },
		[{ b: 1 }],
		[1],
	],
	['Lua: required', of({ ...of(text), required: {} }), of(text), [{}], [1]],
	[
		'a null among the required',
		of({ ...of(text), required: [null, 'a'] }),
		of(text, { required: ['a'] }),
		[{ a: 'x' }],
		[{}],
	],
	[
		'Gemini',
		of({ type: 'ARRAY', items: { type: 'INTEGER' } }),
		{ type: 'array', items: { type: 'integer' } },
		[[1]],
		[['x']],
	],
	[
		'Gemini: types',
		of({ type: ['STRING', 'NULL'] }),
		{ type: ['string', 'null'] },
		['x', null],
		[{}],
	],
	['Gemini: no type', of({ type: 'TYPE_UNSPECIFIED', minimum: 1 }), { minimum: 1 }, [1], [0]],
	['protobuf: counts', of({ ...text, minLength: '2' }), { ...text, minLength: 2 }, ['ab'], ['a']],
	[
		'protobuf: bounds',
		of({ type: 'number', minimum: '-1.5' }),
		{ type: 'number', minimum: -1.5 },
		[-1.5],
		[-2],
	],
	['no bounds', of({ type: 'number', maximum: Infinity }), { type: 'number' }, [1e300], ['x']],
	[
		'flags as texts',
		of({ ...of(text), additionalProperties: 'false' }),
		of(text, { additionalProperties: false }),
		[{ a: 'x' }],
		[{ b: 1 }],
	],
	[
		'a unique list',
		of({ type: 'array', uniqueItems: 'true' }),
		{ type: 'array', items: {}, uniqueItems: true },
		[[1]],
		[[1, 1]],
	],
	['nullable', of({ ...text, nullable: true }), { type: ['string', 'null'] }, ['x', null], [{}]],
	[
		'x-nullable',
		of({ ...text, 'x-nullable': true }),
		{ type: ['string', 'null'] },
		['x', null],
		[{}],
	],
	[
		'nullable: false',
		of({ ...of(text, { required: ['a'] }), nullable: false }),
		of(text, { required: ['a'] }),
		[{ a: 'x' }],
		[{ a: null }],
	],
	[
		'a nullable choice',
		of({ ...text, nullable: true, enum: ['b'] }),
		{ type: ['string', 'null'], enum: ['b', null] },
		['b', null],
		['c'],
	],
	[
		'a nullable union',
		of({ anyOf: [text], nullable: true }),
		{ anyOf: [text, { type: 'null' }] },
		['x', null],
		[{}],
	],
	[
		'a nullable reference',
		of({ $ref: '#/$defs/b', nullable: true, title: 'B' }, { $defs: { b: text } }),
		{ title: 'B', anyOf: [{ $ref: '#/$defs/b' }, { type: 'null' }] },
		['x', null],
		[{}],
	],
	['nullable anything', of({ nullable: true, title: 'A' }), { title: 'A' }, [null, 1], []],
	[
		'required of a list',
		of({ type: 'array', items: { ...text, required: true } }),
		{ type: 'array', items: text },
		[['x']],
		[[{}]],
	],
];

/** What the pattern becomes, with what it matches and what it does not. */
const patterns: Array<[name: string, given: string, sent: string, right: string, wrong: string]> = [
	['Python: anchors', '\\A[a-z]+\\Z', '^[a-z]+$', 'ab', 'ab1'],
	['Go: the end', '^\\d+\\z', '^\\d+$', '12', '12a'],
	['Python: named groups', '^(?P<y>\\d)-(?P=y)$', '^(?<y>\\d)-\\k<y>$', '1-1', '1-2'],
	['both cases', '(?i)^ab[c-d]$', '^[aA][bB][c-dC-D]$', 'aBC', 'ae'],
	['any letter', '(?s)^a.b$', '^a[^]b$', 'a\nb', 'ab'],
	['words of it', '(?#the year)^\\d{4}$', '^\\d{4}$', '2026', '26'],
	['POSIX', '^[[:alpha:]_]+$', '^[A-Za-z_]+$', 'a_', 'a1'],
	['quoted', '^\\Qa.b\\E$', '^a\\.b$', 'a.b', 'axb'],
	['a code point', '^\\x{1F600}$', '^\\u{1F600}$', '😀', 'x'],
	['blanks', '^\\h+$', '^[ \\t]+$', ' \t', '\n'],
	['a bracket first', '\\A[]a]+\\z', '^[\\]a]+$', ']a', 'b'],
	['between slashes', '/^\\d+$/', '^\\d+$', '1', 'x'],
	['anchors that are letters', '^[\\\\A]+$', '^[\\\\A]+$', '\\A', 'Z'],
];

const whole: Row[] = [
	[
		'Go',
		{ type: 'object', properties: null, required: null },
		{ type: 'object', properties: {} },
		[{}],
		[],
	],
	['Go, nothing', { type: null, properties: null }, { type: 'object', properties: {} }, [{}], []],
	[
		'PHP',
		{ type: 'object', properties: [], required: [] },
		{ type: 'object', properties: {}, required: [] },
		[{}],
		[],
	],
	['draft-03', { ...of(text), required: true }, of(text), [{ a: 'x' }], [{ a: {} }]],
	['nullable', { ...of(text), nullable: true }, of(text), [{ a: 'x' }], [{ a: {} }]],
	['$defs', of(text, { $defs: null, dependentRequired: [] }), of(text), [{}], [{ a: {} }]],
	['in jsonSchema', { jsonSchema: of(text) }, of(text), [{}], [{ a: {} }]],
	[
		'in an envelope',
		{ name: 'x', parameters: of(text, { required: null }) },
		of(text),
		[{}],
		[{ a: {} }],
	],
];

function sentFor(parameters: object) {
	const tool = defineTool({ name: 'save', description: 'Saves', parameters: { ...parameters } });
	const sent = toFunctionTool(tool);
	expect(
		checkTools({ model: 'm', tools: [{ ...sent, function: { ...sent.function } }] }),
	).toBeUndefined();
	const takes = async (value: unknown) => {
		const call = { id: 'a', name: 'save', arguments: JSON.stringify(value) };
		return (await readArguments(tool, call)).ok;
	};
	return { tool, sent: sent.function.parameters, takes };
}

test.each(fields)('%s', async (_name, schema, field, right, wrong) => {
	const { tool, sent, takes } = sentFor(schema);
	expect(sent?.properties).toEqual({ a: field });
	for (const value of right) expect(await takes({ a: value })).toBe(true);
	for (const value of wrong) expect(await takes({ a: value })).toBe(false);
	expect(tool.warnings).toEqual([]);
});

test.each(whole)('a whole schema: %s', async (_name, schema, made, right, wrong) => {
	const { sent, takes } = sentFor(schema);
	expect(sent).toEqual(made);
	for (const value of right) expect(await takes(value)).toBe(true);
	for (const value of wrong) expect(await takes(value)).toBe(false);
});

test.each(patterns)('a pattern: %s', async (_name, given, made, right, wrong) => {
	const { sent, takes } = sentFor(matching(given));
	expect(sent?.properties).toEqual({ a: { ...text, pattern: made } });
	expect([await takes({ a: right }), await takes({ a: wrong })]).toEqual([true, false]);
});

test.each([
	['a possessive one', '^a++$'],
	['an atomic one', '^(?>a)b$'],
	['many lines', '(?m)^a$'],
	['none at all', '(['],
	['flags inside', '^(?i)a$'],
	['one that takes forever', '^(a+)+\\1$'],
])('a pattern that cannot be checked becomes words: %s', async (_name, pattern) => {
	const { tool, sent, takes } = sentFor(of({ ...text, description: 'Code', pattern }));
	const description = `Code (It has to match the regular expression ${pattern})`;
	expect(sent?.properties).toEqual({ a: { ...text, description } });
	expect(await takes({ a: 'zzz' })).toBe(true);
	expect(tool.warnings.join()).toMatch(/\/properties\/a\/pattern cannot be checked/);
});

test.each<[name: string, schema: object, warning: RegExp]>([
	['types of other languages', of({ type: 'int' }), /\/type is "int": it is read as "integer"/],
	['a date', of({ type: 'datetime' }), /is "datetime": it is read as "string"/],
	['any', of({ type: ['any', 'null'] }), /it is read as any type/],
	['no choice', of({ ...text, enum: [] }), /\/enum is an empty list: it is left out/],
	['no part', of({ ...text, anyOf: [] }), /\/anyOf is an empty list/],
	['one name', of(text, { required: 'a' }), /\/required is a single name/],
	[
		'patterns of names',
		of(text, { patternProperties: { '^a++$': text, '^b': text } }),
		/\^a\+\+\$ is left out/,
	],
])('what might be meant otherwise is told: %s', (_name, schema, warning) => {
	expect(sentFor(schema).tool.warnings.join('\n')).toMatch(warning);
});

test.each([
	['a type that nobody knows', of({ type: 'file' }), /the type "file" does not exist/],
	['a type of anything', of({ type: 'json' }), /the type "json" does not exist/],
	['a text for a schema', of('string'), /Write {"type": "string"}/],
	['a file of zod', z.object({ a: z.file() }), /JSON has no files/],
	['a file of zod that may be missing', z.object({ a: z.array(z.file()).optional() }), /no files/],
])('%s is refused by name', (_name, parameters, message) => {
	expect(() => defineTool({ name: 'save', description: 'Saves', parameters })).toThrow(message);
});
