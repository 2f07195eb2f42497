import { schemaCheck } from '../../core/schema/schemaCheck';
import { degreeOf } from '../../core/schema/patternRisk';
import { valueCheck } from '../../core/schema/valueCheck';
import { withinTime } from '../../core/schema/withinTime';
import { zodFromText } from '../../core/zodText/zodFromText';

const inside = (schema: object) => ({ type: 'object', properties: { a: schema } });
const needed = (schema: object) => ({ ...inside(schema), required: ['a'] });

describe('a schema that cannot be meant is refused with its path', () => {
	test.each<[problem: string, schema: Record<string, unknown>, words: RegExp]>([
		['no such type', inside({ type: 'objekt' }), /at \/properties\/a\/type/],
		['a broken pattern', inside({ pattern: '(' }), /at \/properties\/a\/pattern/],
		['a $ref to nowhere', inside({ $ref: '#/$defs/b' }), /at \/properties\/a:.*leads nowhere/],
		['a remote $ref', inside({ $ref: 'https://x.y/z.json' }), /leaves the document.*\$defs/],
		['a $ref to itself', inside({ $ref: '#/properties/a' }), /leads back to itself/],
		[
			'a circle of $refs',
			{ ...inside({ $ref: '#/$defs/b' }), $defs: { b: { $ref: '#/properties/a' } } },
			/leads back to itself/,
		],
		[
			'a broken $ref behind a $ref',
			{ $ref: '#/components/b', components: { b: { items: { $ref: '#/no' } } } },
			/at \/components\/b\/items: .*"#\/no" leads nowhere/,
		],
		[
			'a $dynamicRef of several targets',
			{
				$dynamicRef: '#t',
				$defs: {
					a: { $id: 'https://x.y/a', $dynamicAnchor: 't' },
					b: { $id: 'https://x.y/b', $dynamicAnchor: 't' },
				},
			},
			/\$dynamicRef.*/,
		],
		[
			'bounds',
			needed({ type: 'number', minimum: 3, maximum: 2 }),
			/at \/properties\/a: "minimum" 3.*"maximum" 2/,
		],
		[
			'open bounds',
			needed({ type: 'number', exclusiveMinimum: 2, maximum: 2 }),
			/"exclusiveMinimum" 2/,
		],
		['lengths', needed({ type: 'string', minLength: 3, maxLength: 2 }), /"minLength"/],
		['no integer between', needed({ type: 'integer', minimum: 0.2, maximum: 0.8 }), /no integer/],
		[
			'required and not allowed',
			{ type: 'object', properties: { a: {} }, required: ['b'], additionalProperties: false },
			/"required" has "b"/,
		],
		[
			'required and forbidden',
			{ type: 'object', properties: { a: false }, required: ['a'] },
			/"required" has "a"/,
		],
		[
			'more required than allowed',
			{ type: 'object', required: ['a', 'b'], maxProperties: 1 },
			/"maxProperties" 1/,
		],
		['an enum of another type', needed({ type: 'integer', enum: ['x'] }), /no value of "enum"/],
		['a const out of range', needed({ const: 5, maximum: 4 }), /"const" does not fit/],
		[
			'in a list entry',
			{ type: 'array', minItems: 1, items: { type: 'number', minimum: 1, maximum: 0 } },
			/at \/items/,
		],
		[
			'behind a $ref',
			{ ...needed({ $ref: '#/$defs/b' }), $defs: { b: { type: 'array', enum: ['x'] } } },
			/at \/\$defs\/b: no value of "enum".*under "items"/,
		],
		[
			'in all choices',
			{
				anyOf: [
					{ type: 'null', const: 1 },
					{ type: 'null', const: 2 },
				],
			},
			/anyOf\/0/,
		],
	])('%s', (_problem, schema, words) => {
		expect(() => schemaCheck(schema)).toThrow(words);
	});

	test.each<[name: string, schema: Record<string, unknown>, value: unknown]>([
		['equal bounds', { minimum: 2, maximum: 2 }, 2],
		['required by a pattern', patterned(), { x1: 1 }],
		['an enum that fits in part', { type: 'string', enum: ['a', 1] }, 'a'],
		['bounds under not', { not: { minimum: 3, maximum: 2 } }, 1],
		['a recursive schema', { properties: { next: { $ref: '#' } } }, { next: { next: {} } }],
		['a bundled schema', { $ref: 'b', $defs: { b: { $id: 'b', type: 'string' } } }, 'x'],
		['a $dynamicRef of one target', { $dynamicAnchor: 't', items: { $dynamicRef: '#t' } }, [[]]],
		['draft-07 definitions', { $ref: '#/definitions/b', definitions: { b: { const: 1 } } }, 1],
	])('%s is taken', (_name, schema, value) => {
		const before = JSON.stringify(schema);
		expect(schemaCheck(schema)(value)).toEqual([]);
		expect(JSON.stringify(schema)).toBe(before);
		expect(Object.getOwnPropertyNames(schema)).toEqual(Object.keys(schema));
	});
});

function patterned() {
	return { patternProperties: { '^x': {} }, required: ['x1'], additionalProperties: false };
}

test('a value too deep to be checked is a failure, not a crash', () => {
	let deep: unknown = {};
	for (let depth = 0; depth < 20_000; depth += 1) deep = { next: deep };
	const check = schemaCheck({ properties: { next: { $ref: '#' } } });
	expect(check(deep)).toMatchObject([{ path: '', message: expect.stringContaining('cannot be') }]);
});

test('a path names keys with signs of their own', () => {
	const schema = { properties: { 'a#b/c': { type: 'string' } } };
	expect(schemaCheck(schema)({ 'a#b/c': 1 })).toMatchObject([{ path: '/a#b~1c', value: 1 }]);
});

describe('a slow pattern', () => {
	const slow = '^(a+)+$';
	const bad = `${'a'.repeat(60)}!`;

	test.each<[name: string, check: ReturnType<typeof valueCheck>]>([
		['in a JSON Schema', valueCheck(inside({ pattern: slow }), 'It')],
		['of property names', valueCheck(inside({ patternProperties: { [slow]: {} } }), 'It')],
		[
			'in zod text',
			valueCheck(zodFromText(`z.object({ a: z.string().regex(/${slow}/) })`, 'Z'), 'It'),
		],
	])('%s ends as a failure', (_name, check) => {
		const value = { a: _name.startsWith('of') ? { [bad]: 1 } : bad };
		expect(check(value)).toMatchObject({ ok: false, failures: [{ code: 'slowPattern' }] });
		expect(check({ a: _name.startsWith('of') ? { aa: 1 } : 'aa' })).toMatchObject({ ok: true });
	});

	test.each<[pattern: string, degree: number]>([
		['^INV-\\d{4}$', 0],
		['^[A-Z]+-\\d+$', 2],
		['\\d+', 2],
		['^[\\w.+-]+@[\\w-]+\\.[a-z]+$', 3],
		['^(\\d{3})?-(?:ab|cd)$', 1],
		['^(a+)+$', Infinity],
		['^(a|aa)+$', Infinity],
		['^(?:a?){30}a{30}$', Infinity],
		['^((a)*)*$', Infinity],
		['^(?:x(?:a|b)y)*$', Infinity],
		['(.)\\1', Infinity],
		['^[(+*]$', 0],
		['^\\(a\\)+$', 1],
	])('%s has degree %d', (pattern, degree) => {
		expect(degreeOf(pattern)).toBe(degree);
	});
});

test('withinTime gives the result, passes on what is thrown, and ends what hangs', () => {
	expect(withinTime(1000, () => 7)).toEqual({ result: 7 });
	expect(() => withinTime(1000, () => JSON.parse('{'))).toThrow(SyntaxError);
	expect(withinTime(20, () => /^(a+)+$/.test(`${'a'.repeat(60)}!`))).toBeUndefined();
});
