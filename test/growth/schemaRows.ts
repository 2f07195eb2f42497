import { schemaFromExamples } from '../../core/extract/exampleSchema';
import { readAnswer } from '../../core/extract/answer/readAnswer';
import { readTarget } from '../../core/extract/targetSchema';
import { sentForm } from '../../core/schema/sending/sentForm';
import { formatCheck } from '../../core/schema/keywords/formats';
import { toJsonSchema, type JsonSchema } from '../../core/schema/jsonSchema';
import { withinBudget } from '../../core/schema/patterns/budget';
import { patternTest } from '../../core/schema/patterns/patternTest';
import { schemaCheck } from '../../core/schema/schemaCheck';
import { valueCheck } from '../../core/schema/valueCheck';
import { zodFromText } from '../../core/zodText/zodFromText';
import { list, record, row } from './row';

/** Beginnings and repetitions that some rule of a format has to look at for long. */
const HEADS = [
	'',
	'http://',
	'http://a@',
	'urn:',
	'//[::',
	'P1',
	'2020-01-01T00:00:00.',
	'a@',
	'"',
	'{',
	'/',
	'#/',
	'1.',
];
const UNITS = [
	'a',
	'1',
	'a-',
	'a.',
	'.',
	':',
	'@',
	'a@',
	'~0',
	'%41',
	'{a}',
	'a,',
	'(',
	'\\p{L}',
	'(a|',
	' ',
	'1Y',
];
const FORMATS =
	`date time date-time duration email hostname ipv4 ipv6 uri uri-reference uri-template url uuid regex
	json-pointer json-pointer-uri-fragment relative-json-pointer`.split(/\s+/);

const formats = FORMATS.map((format) =>
	row(
		`format ${format}`,
		(n) =>
			HEADS.flatMap((head) => UNITS.map((unit) => `${head}${unit.repeat(n / 10 / unit.length)}!`)),
		(texts) => texts.map((text) => formatCheck(format)?.(text)),
	),
);

const patterns = [
	...[
		['^(a+)+$', 'a'],
		['(a|aa)*b', 'a'],
		['^(\\w+\\s?)*$', 'word '],
		['(?=(a+)+$)b', 'a'],
		['\\s+$', ' '],
		['(a|b)*a(a|b){14}$', 'ab'],
	],
	...[
		['^a|b+c', 'b'],
		['(x+x+)+y', 'x'],
		[`^${'(?:a|a)'.repeat(30)}$`, 'a'],
		['(.)+\\1', 'ab'],
	],
].map(([pattern = '', unit = '']) =>
	row(
		`pattern ${pattern.slice(0, 30)}`,
		(n) => `${unit.repeat(n / unit.length)}!`,
		(text) => {
			const compiled = patternTest(pattern);
			return compiled.ok && withinBudget(() => compiled.test(text));
		},
	),
);

const checks = (name: string, schema: JsonSchema, make: (n: number) => unknown) =>
	row(name, make, (value) => schemaCheck(schema)(value));
const defines = (name: string, make: (n: number) => JsonSchema, value: unknown = {}) =>
	row(name, make, (schema) => schemaCheck(schema)(value));

const any = { type: ['object', 'string', 'number'] };
const values = [
	checks('uniqueItems of numbers', { uniqueItems: true }, (n) => list(n / 7, (i) => i)),
	checks('uniqueItems of texts', { uniqueItems: true }, (n) => list(n / 8, (i) => `a${i}`)),
	checks('uniqueItems of objects', { uniqueItems: true }, (n) =>
		list(n / 10, (i) => ({ b: 1, a: i })),
	),
	checks('uniqueItems of lists', { uniqueItems: true }, (n) => list(n / 10, (i) => [[], [i]])),
	checks('failures in a list', { items: { type: 'string' } }, (n) => list(n / 2, () => 1)),
	checks('failures of choices', { items: { enum: list(10_000, (i) => `x${i}`) } }, (n) =>
		list(n / 4, () => 'a'),
	),
	checks('choices of objects', { items: { enum: list(10_000, (i) => ({ i })) } }, (n) =>
		list(n / 20, (i) => ({ i })),
	),
	checks('contains that finds nothing', { contains: { type: 'string' } }, (n) =>
		list(n / 2, () => 1),
	),
	checks('unevaluated items', { contains: { const: 2 }, unevaluatedItems: false }, (n) =>
		list(n / 2, (i) => i % 3),
	),
	checks(
		'unevaluated properties',
		{ allOf: [{ patternProperties: { '^k\\d*1$': true } }], unevaluatedProperties: any },
		(n) => record(n / 20, () => 1),
	),
	checks('propertyNames', { propertyNames: { pattern: '^(k+)+\\d*$' } }, (n) =>
		record(n / 20, () => 1),
	),
	checks('dependentRequired', { dependentRequired: record(1_000, () => ['a', 'b']) }, (n) =>
		record(n / 20, () => 1),
	),
	checks(
		'a recursive schema',
		{ allOf: [{ items: { $ref: '#' } }, { items: { $ref: '#' } }] },
		(n) => list(n / 20, () => [[], [[]]]),
	),
	checks('lengths', { items: { minLength: 3, maxLength: 5e5 } }, (n) => ['🎉'.repeat(n / 2)]),
];

const doubling = (join: string, steps: number): JsonSchema => ({
	$ref: '#/$defs/k0',
	$defs: record(steps + 1, (i) =>
		i === steps
			? { type: 'string' }
			: { [join]: list(2, (title) => ({ $ref: `#/$defs/k${i + 1}`, title: String(title) })) },
	),
});

const schemas = [
	...['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((join) =>
		defines(
			`references that double under ${join}`,
			(n) => doubling(join, Math.min(1_000, n / 1_000)),
			'x',
		),
	),
	defines(
		'references to the whole',
		(n) => ({ properties: record(n / 30, () => ({ $ref: '#' })) }),
		{ k1: {} },
	),
	defines('a chain of references', (n) => ({
		properties: { a: { $ref: '#/$defs/k0' } },
		$defs: record(n / 60, (i) => (i + 1 < n / 60 ? { $ref: `#/$defs/k${i + 1}` } : {})),
	})),
	defines('dynamic references', (n) => ({
		$dynamicAnchor: 'a',
		properties: record(n / 40, () => ({ $dynamicRef: '#a' })),
	})),
	defines('addresses in addresses', (n) => {
		let schema: JsonSchema = { type: 'string' };
		for (let i = 0; i < Math.min(500, n / 1_000); i += 1)
			schema = { $id: `a/${i}/`, properties: { a: schema } };
		return schema;
	}),
	defines('choices beside a pattern', (n) => ({
		enum: list(n / 10, (i) => `x${i}`),
		pattern: '^(y+)+$|^x',
	})),
	defines('required beside patterns', (n) => ({
		required: list(n / 20, (i) => `a${i}`),
		patternProperties: { ...record(50, () => true), '^(a+)+\\d*$': true },
		additionalProperties: false,
	})),
	row(
		'a tool of a list',
		(n): JsonSchema => ({ type: 'array', items: { properties: record(n / 30, () => any) } }),
		sentForm,
	),
	row(
		'shared parts of a JSON Schema',
		() => {
			let schema: JsonSchema = { type: 'string' };
			for (let i = 0; i < 40; i += 1) schema = { anyOf: [schema, schema] };
			return schema;
		},
		refused,
	),
];

/** Ends as an error. */
function refused(schema: JsonSchema): void {
	try {
		readTarget(schema);
	} catch {
		return;
	}
	throw new Error('it was taken');
}

const zods = [
	...[
		['objects', (p: string) => `z.object({ a: ${p}, b: ${p} })`],
		['unions', (p: string) => `z.union([${p}, ${p}])`],
		['intersections', (p: string) => `${p}.and(${p})`],
		['tuples', (p: string) => `z.tuple([${p}, z.array(${p})])`],
		['extended objects', (p: string) => `z.object({ a: ${p} }).extend({ b: ${p} })`],
	].map(([name, next]) =>
		row(
			`zod text of ${String(name)} that double`,
			() => {
				const steps = list(
					30,
					(i) => `const v${i + 1} = ${typeof next === 'function' ? next(`v${i}`) : ''};`,
				);
				return `const v0 = z.string();${steps.join('')}v30`;
			},
			(text) => {
				try {
					toJsonSchema(zodFromText(text), 'It');
				} catch {
					return;
				}
				throw new Error('it was taken');
			},
		),
	),
	row(
		'zod text that copies fields',
		(n) => {
			const fields = list(n / 1_000, (i) => `k${i}: z.any()`).join();
			const copies = list(n / 1_000, (i) => `const v${i + 1} = v${i}.partial();`);
			return `const v0 = z.object({ ${fields} });${copies.join('')}`;
		},
		(text) => {
			try {
				zodFromText(text);
			} catch {
				return;
			}
		},
	),
];

const slow = {
	type: 'object',
	properties: { a: { pattern: '^(a+)+$' }, b: { pattern: '(.).*(.).*\\1x\\2' } },
	required: ['a', 'b'],
};
const others = [
	row(
		'an answer of many wrong values',
		(n) => {
			const wrong = JSON.stringify({ a: `${'a'.repeat(50)}!`, b: 'ab'.repeat(60) });
			return `${wrong}\n`.repeat(Math.min(300, n / 100));
		},
		(text) =>
			readAnswer(text, {
				...{ form: sentForm(slow), schema: slow, warnings: [] },
				check: valueCheck(slow, 'It'),
			}),
	),
	row(
		'examples with keys of their own',
		(n) => list(n / 15, (i) => ({ [`a${i}`]: i })),
		schemaFromExamples,
	),
	row(
		'examples of many texts',
		(n) => list(n / 12, (i) => ({ a: `x${i % Math.floor(n / 24)}` })),
		schemaFromExamples,
	),
	row('examples of lists', (n) => list(n / 30, (i) => ({ a: [{ b: [i] }] })), schemaFromExamples),
];

export const schemaRows = [...formats, ...patterns, ...values, ...schemas, ...zods, ...others];
