import { z as zodV3 } from 'zod/v3';
import { z as zodV4 } from 'zod/v4';
import { schemaCheck } from '../../core/schema/schemaCheck';
import { valueCheck } from '../../core/schema/valueCheck';
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

describe('a pattern that JavaScript would take hours for', () => {
	const slow = '^(a+)+$';
	const bad = `${'a'.repeat(60)}!`;
	const subject = 'It';
	const lazyV3 = zodV3.string().regex(/^(a+)+$/);

	test.each<[name: string, source: Parameters<typeof valueCheck>[0], isName: boolean]>([
		['in a JSON Schema', inside({ pattern: slow }), false],
		['of property names', inside({ patternProperties: { [slow]: false } }), true],
		['in propertyNames', inside({ propertyNames: { pattern: `!$|${slow}b` } }), true],
		['under not', inside({ not: { pattern: `^(a|aa)+!$` } }), false],
		['in zod text', zodFromText(`z.object({ a: z.string().regex(/${slow}/) })`, 'Z'), false],
		['in zod 4', zodV4.object({ a: zodV4.string().regex(/^(a+)+$/) }), false],
		['in zod 3', zodV3.object({ a: zodV3.string().regex(/^(a+)+$/) }), false],
		['in zod that is sticky', zodV4.object({ a: zodV4.string().regex(/(a+)+$/y) }), false],
		['lazily in zod 3', zodV3.object({ a: zodV3.lazy(() => lazyV3) }), false],
		[
			'in a template of zod',
			zodV4.object({ a: zodV4.templateLiteral([zodV4.string().regex(/^(a+)+$/)]) }),
			false,
		],
		[
			'deep in zod',
			zodV4.object({
				a: zodV4.union([
					zodV4.number(),
					zodV4.lazy(() =>
						zodV4
							.string()
							.regex(/^(a+)+$/)
							.optional(),
					),
				]),
			}),
			false,
		],
	])('%s has its verdict', (name, source, isName) => {
		const check = valueCheck(source, subject);
		const good = 'aaa';
		const given = (text: string) => ({ a: isName ? { [text]: 1 } : text });
		const isRight = name === 'of property names' || name === 'in propertyNames';
		expect(check(given(bad)).ok).toBe(name === 'of property names' || name === 'in propertyNames');
		expect(check(given(good)).ok).toBe(!isRight);
	});

	test('leaves no trace in a zod schema', () => {
		const regex = /^(a+)+$/;
		const check = valueCheck(zodV4.object({ a: zodV4.string().regex(regex) }), subject);
		expect(check({ a: bad })).toMatchObject({ ok: false, failures: [{ path: '/a' }] });
		expect(Object.hasOwn(regex, 'test')).toBe(false);
	});

	test.each<[name: string, source: Parameters<typeof valueCheck>[0]]>([
		['a JSON Schema', inside({ pattern: '^(a+)+\\1$' })],
		['names in a JSON Schema', inside({ patternProperties: { '^(a+)+\\1$': {} } })],
		['zod', zodV4.object({ a: zodV4.string().regex(/^(a+)+\1$/) })],
	])('is refused in %s where only JavaScript can tell', (_name, source) => {
		expect(() => valueCheck(source, subject)).toThrow(/It.*pattern.*refused/);
	});

	test('ends as a failure where it is all that can be said', () => {
		const check = valueCheck(inside({ pattern: '(.).*(.).*\\1x\\2' }), subject);
		expect(check({ a: 'abaxb' })).toMatchObject({ ok: true });
		const failures = [{ code: 'slowPattern' }];
		expect(check({ a: 'ab'.repeat(2_000) })).toMatchObject({ ok: false, failures });
	});
});

describe('equal as JSON is', () => {
	test.each<[list: unknown[], isUnique: boolean]>([
		[[1, 1.0], false],
		[[0, -0], false],
		[[1, '1'], true],
		[[1, true], true],
		[[0, false], true],
		[[null, 'null'], true],
		[
			[
				{ a: 1, b: 2 },
				{ b: 2, a: 1 },
			],
			false,
		],
		[[{ a: 1 }, { a: '1' }], true],
		[
			[
				[1, 2],
				[2, 1],
			],
			true,
		],
		[[['a,b'], ['a', 'b']], true],
		[[{ 'a":1,"b': 1 }, { a: 1, b: 1 }], true],
		[[{}, []], true],
		[[{ __proto__: 1 }, {}], false],
		[[JSON.parse('{"__proto__":1}'), {}], true],
	])('%j is unique: %s', (list, isUnique) => {
		expect(schemaCheck({ uniqueItems: true })(list)).toHaveLength(isUnique ? 0 : 1);
		const [first, second] = list;
		expect(schemaCheck({ const: first })(second)).toHaveLength(isUnique ? 1 : 0);
		expect(schemaCheck({ enum: [first, 'x'] })(second)).toHaveLength(isUnique ? 1 : 0);
	});
});

describe('references that double', () => {
	const doubling = (join: string, more: object = {}) => {
		const names = Array.from({ length: 40 }, (_, n) => `d${n}`);
		const entries = names.map((name, n) => {
			const next = { $ref: `#/$defs/d${n + 1}`, ...more };
			return [
				name,
				join === 'properties' ? { [join]: { a: next, b: next } } : { [join]: [next, { ...next }] },
			];
		});
		return {
			$ref: '#/$defs/d0',
			$defs: { ...Object.fromEntries(entries), d40: { type: 'string' } },
		};
	};

	test.each(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'properties'])('under %s', (join) => {
		const check = schemaCheck(doubling(join));
		expect(check('x').length > 0).toBe(join === 'oneOf');
		expect(check(1).length === 0).toBe(join === 'prefixItems' || join === 'properties');
		expect(schemaCheck(doubling(join, { description: 'x' }))('x').length > 0).toBe(
			join === 'oneOf',
		);
	});

	test('at each step into the value', () => {
		const next = { properties: { a: { $ref: '#' } } };
		const check = schemaCheck({ type: 'object', allOf: [next, { ...next }] });
		let value: object = {};
		for (let depth = 0; depth < 60; depth += 1) value = { a: value };
		expect(check(value)).toEqual([]);
		let wrong: unknown = 1;
		for (let depth = 0; depth < 60; depth += 1) wrong = { a: wrong };
		expect(check(wrong)).toHaveLength(1);
	});
});

test('a schema that comes back to itself without a step is refused, however it does', () => {
	for (const schema of [
		{ allOf: [{ $ref: '#' }] },
		{ anyOf: [{ type: 'string' }, { not: { $ref: '#' } }] },
		{ $ref: '#/$defs/a', $defs: { a: { if: { oneOf: [{ $ref: '#/$defs/a' }] } } } },
	]) {
		expect(() => schemaCheck(schema)).toThrow(/leads back to itself/);
	}
});

test('addresses inside addresses are read once each', () => {
	let schema: Record<string, unknown> = { type: 'string' };
	for (let depth = 0; depth < 200; depth += 1) {
		schema = { $id: `https://x.y/${depth}/`, properties: { a: schema } };
	}
	expect(schemaCheck(schema)({ a: {} })).toEqual([]);
});

test('of many failures, a thousand are told', () => {
	const failures = schemaCheck({ items: { type: 'string' } })(
		Array.from({ length: 5_000 }, () => 1),
	);
	expect(failures).toHaveLength(1_000);
});
