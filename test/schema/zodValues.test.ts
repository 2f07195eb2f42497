import { z as z3 } from 'zod/v3';
import { z as old4 } from 'zod/v4';
import { z } from 'zod4';
import * as mini from 'zod4/mini';
import { settled, type Checked } from '../../core/schema/checked';
import { toJsonSchema, type ZodType } from '../../core/schema/jsonSchema';
import { valueCheck } from '../../core/schema/valueCheck';

type Kind = 'number' | 'boolean' | 'string' | 'date' | 'bigint';
type Schemas = Record<Kind, ZodType>;

const within3 = (inner: z3.ZodTypeAny): ZodType =>
	z3.object({
		plain: inner,
		list: z3.array(inner),
		record: z3.record(z3.string(), inner),
		tuple: z3.tuple([inner]),
		union: z3.union([inner, z3.object({ other: z3.string() })]),
		optional: inner.optional().nullable(),
		lazy: z3.lazy(() => inner),
		refined: inner.refine(() => true),
		transformed: inner.transform((value: unknown) => value),
	});
const withinOld4 = (inner: old4.ZodType): ZodType =>
	old4.object({
		plain: inner,
		list: old4.array(inner),
		record: old4.record(old4.string(), inner),
		tuple: old4.tuple([inner]),
		union: old4.union([inner, old4.object({ other: old4.string() })]),
		optional: inner.optional().nullable(),
		lazy: old4.lazy(() => inner),
		refined: inner.refine(() => true),
		transformed: inner.transform((value) => value),
	});
const within4 = (inner: z.ZodType): ZodType =>
	z.object({
		plain: inner,
		list: z.array(inner),
		record: z.record(z.string(), inner),
		tuple: z.tuple([inner]),
		union: z.union([inner, z.object({ other: z.string() })]),
		optional: inner.optional().nullable(),
		get lazy() {
			return inner;
		},
		refined: inner.refine(() => true),
		transformed: inner.transform((value) => value),
	});
const withinMini = (inner: mini.ZodMiniType): ZodType =>
	mini.object({
		plain: inner,
		list: mini.array(inner),
		record: mini.record(mini.string(), inner),
		tuple: mini.tuple([inner]),
		union: mini.union([inner, mini.object({ other: mini.string() })]),
		optional: mini.nullable(mini.optional(inner)),
		lazy: mini.lazy(() => inner),
		refined: inner.check(mini.refine(() => true)),
		transformed: mini.pipe(
			inner,
			mini.transform((value) => value),
		),
	});

const versions: Array<[name: string, schemas: Schemas]> = [
	[
		'zod 3',
		{
			number: within3(z3.coerce.number()),
			boolean: within3(z3.coerce.boolean()),
			string: within3(z3.coerce.string()),
			date: within3(z3.coerce.date()),
			bigint: within3(z3.coerce.bigint()),
		},
	],
	[
		'zod 4 of 3.25',
		{
			number: withinOld4(old4.coerce.number()),
			boolean: withinOld4(old4.coerce.boolean()),
			string: withinOld4(old4.coerce.string()),
			date: withinOld4(old4.date()),
			bigint: withinOld4(old4.coerce.bigint()),
		},
	],
	[
		'zod 4',
		{
			number: within4(z.coerce.number()),
			boolean: within4(z.coerce.boolean()),
			string: within4(z.coerce.string()),
			date: within4(z.coerce.date().min(new Date(-1))),
			bigint: within4(z.coerce.bigint()),
		},
	],
	[
		'zod mini',
		{
			number: withinMini(mini.coerce.number()),
			boolean: withinMini(mini.coerce.boolean()),
			string: withinMini(mini.coerce.string()),
			date: withinMini(mini.coerce.date()),
			bigint: withinMini(mini.coerce.bigint()),
		},
	],
];

const BAD: Record<Kind, unknown[]> = {
	number: ['', ' ', 'no', '5', '1.234,56', true, [], ['5'], {}],
	boolean: ['no', 'false', '', 0, 1, [], {}],
	string: [{}, [1, 2], [], true, 5],
	date: [0, 1, true, '5', 'March', '2026-02-31', '2026-03-03T14:00:00', [], {}],
	bigint: [true, '', '1e3', '0x10', 1.5, 2 ** 60, []],
};

/** What comes in, and what goes out. */
const GOOD: Record<Kind, [given: unknown, value: unknown]> = {
	number: [5, 5],
	boolean: [false, false],
	string: ['5', '5'],
	date: ['2026-03-03T14:00:00+02:00', new Date('2026-03-03T12:00:00Z')],
	bigint: ['12345678901234567890', 12345678901234567890n],
};
const KINDS: Kind[] = ['number', 'boolean', 'string', 'date', 'bigint'];

const check = (schema: ZodType, value: unknown) => valueCheck(schema, 'The schema')(value);
const everywhere = (value: unknown) => ({
	...{ plain: value, list: [value], record: { a: value }, tuple: [value], union: value },
	...{ optional: value, lazy: value, refined: value, transformed: value },
});
const failedPaths = (checked: Checked) =>
	checked.ok ? [] : [...new Set(checked.failures.map(({ path }) => path.split('/')[1]))];

describe.each(versions)('%s', (_name, schemas) => {
	test.each(KINDS)('coerces nothing to a %s by itself, wherever it stands', (kind) => {
		const schema = schemas[kind];
		for (const value of BAD[kind]) {
			expect(failedPaths(check(schema, everywhere(value))).sort()).toEqual(
				// A transform is not run while something else is wrong.
				Object.keys(everywhere(value)).sort(),
			);
		}
	});

	test.each(KINDS)('takes a %s in its JSON form, wherever it stands', (kind) => {
		const [given, value] = GOOD[kind];
		expect(check(schemas[kind], everywhere(given))).toEqual({ ok: true, value: everywhere(value) });
	});

	test('dates and big integers are asked for as text', () => {
		const [date, bigint] = [toJsonSchema(schemas.date), toJsonSchema(schemas.bigint)];
		expect(date.properties).toMatchObject({
			plain: { type: 'string', format: 'date-time' },
			list: { items: { type: 'string', format: 'date-time' } },
		});
		expect(bigint.properties).toMatchObject({ plain: { type: 'string', pattern: '^-?[0-9]+$' } });
	});
});

const boom = () => Promise.reject(new Error('boom'));
const later = async (value: unknown) => Promise.resolve(value === 'good');
const object = { three: z3.object, four: z.object };

describe('code that has to be waited for', () => {
	const refined: Array<[string, ZodType]> = [
		['zod 3 refine', object.three({ a: z3.string().refine(later, 'late') })],
		[
			'zod 3 superRefine',
			object.three({
				a: z3.string().superRefine(async (value, context) => {
					if (!(await later(value))) context.addIssue({ code: 'custom', message: 'late' });
				}),
			}),
		],
		['zod 4 refine', object.four({ a: z.string().refine(later, 'late') })],
		['zod 4 refine that hides it', object.four({ a: z.string().refine((a) => later(a), 'late') })],
		['zod mini', mini.object({ a: mini.string().check(mini.refine(later, 'late')) })],
	];

	test.each(refined)('%s is awaited', async (_name, schema) => {
		expect(await settled(check(schema, { a: 'good' }))).toMatchObject({ ok: true });
		expect(await settled(check(schema, { a: 'bad' }))).toMatchObject({
			ok: false,
			failures: [{ path: '/a', message: 'late', value: 'bad' }],
		});
		expect(await settled(check(schema, { a: 1 }))).toMatchObject({ ok: false });
	});

	const rejecting: Array<[string, ZodType]> = [
		['zod 3 refine', object.three({ a: z3.string().refine(boom) })],
		['zod 3 transform', object.three({ a: z3.string().transform(boom) })],
		['zod 3 preprocess', object.three({ a: z3.preprocess(boom, z3.any()) })],
		['zod 4 refine', object.four({ a: z.string().refine(boom) })],
		['zod 4 superRefine', object.four({ a: z.string().superRefine(boom) })],
		['zod 4 transform', object.four({ a: z.string().transform(boom) })],
		['zod 4 of 3.25', old4.object({ a: old4.string().refine(boom) })],
		['zod mini', mini.object({ a: mini.string().check(mini.refine(boom)) })],
	];

	test.each(rejecting)('%s: a rejection is a failure with its path', async (_name, schema) => {
		const unhandled: unknown[] = [];
		const hear = (reason: unknown) => unhandled.push(reason);
		process.on('unhandledRejection', hear);
		const checked = await settled(check(schema, { a: 'good' }));
		await new Promise((resolve) => setImmediate(resolve));
		process.off('unhandledRejection', hear);
		expect(checked).toMatchObject({ ok: false, failures: [{ path: '/a', message: 'boom' }] });
		expect(unhandled).toEqual([]);
	});

	test('an async transform runs once and gives the value', async () => {
		let runs = 0;
		const schema = z.object({
			a: z.string().transform(async (value) => {
				runs += 1;
				return await Promise.resolve(`${value}!`);
			}),
		});
		expect(await settled(check(schema, { a: 'x' }))).toMatchObject({ value: { a: 'x!' } });
		expect(runs).toBe(1);
	});
});

describe('what the schema itself puts in the place of a value', () => {
	const caught: Array<[string, ZodType]> = [
		['zod 3', z3.object({ a: z3.number().catch(0) })],
		['zod 4', z.object({ a: z.number().catch(0) })],
		['zod 4 of 3.25', old4.object({ a: old4.number().catch(0) })],
		['zod mini', mini.object({ a: mini.catch(mini.number(), 0) })],
	];

	test.each(caught)('%s: a catch is told', (_name, schema) => {
		expect(check(schema, { a: '1.234,56' })).toMatchObject({
			...{ ok: true, value: { a: 0 } },
			caught: [{ path: '/a', value: '1.234,56' }],
		});
		expect(check(schema, {})).toEqual({ ok: true, value: { a: 0 } });
		expect(check(schema, { a: 5 })).toEqual({ ok: true, value: { a: 5 } });
	});

	test('what a preprocess is given beside its type is told, and it runs once', () => {
		const ran = jest.fn(Number);
		const schema = z.object({ a: z.preprocess(ran, z.number()), b: z.string().default('x') });
		expect(check(schema, { a: '' })).toEqual({
			...{ ok: true, value: { a: 0, b: 'x' } },
			prepared: [''],
		});
		expect(ran).toHaveBeenCalledTimes(1);
		expect(check(schema, { a: 5 })).toEqual({ ok: true, value: { a: 5, b: 'x' } });
		expect(check(z3.preprocess(Number, z3.number()), null)).toMatchObject({ prepared: [null] });
	});

	test('behind a pipe only what says its type itself is read', () => {
		const schemas: Array<[ZodType, unknown, unknown]> = [
			[z.string().pipe(z.coerce.number()), '12.5', 12.5],
			[z3.string().pipe(z3.coerce.number()), '12.5', 12.5],
			[z.string().pipe(z.coerce.boolean()), 'no', false],
			[z.string().pipe(z.coerce.date()), '2026-03-03', new Date('2026-03-03T00:00:00Z')],
			[z.number().pipe(z.coerce.string()), 5, '5'],
		];
		for (const [schema, given, value] of schemas)
			expect(check(schema, given)).toEqual({ ok: true, value });
		for (const text of ['', '1.234,56', '0x10', 'Infinity'])
			expect(check(z.string().pipe(z.coerce.number()), text)).toMatchObject({ ok: false });
		expect(check(z.string().pipe(z.coerce.boolean()), 'perhaps')).toMatchObject({ ok: false });
		expect(toJsonSchema(z3.string().pipe(z3.coerce.number()))).toEqual({ type: 'string' });
	});

	test('the caller’s own schema is left as it is', () => {
		const schema = z.object({ a: z.coerce.boolean(), b: z.number().catch(0), c: z.iso.date() });
		check(schema, { a: true, b: 1, c: '2026-03-03' });
		expect(schema.parse({ a: 'no', b: '', c: '2026-03-03' })).toEqual({
			...{ a: true, b: 0, c: '2026-03-03' },
		});
		expect(Object.hasOwn(z.core.regexes.date, 'test')).toBe(false);
	});

	test('a date is text wherever another is made of it', () => {
		const day = z.date();
		const schema = z.object({ a: day, b: day.min(new Date(0)), c: day.describe('when') });
		const form = { type: 'string', format: 'date-time' };
		expect(toJsonSchema(schema).properties).toMatchObject({ a: form, b: form, c: form });
		expect(() => z.toJSONSchema(schema)).toThrow(/cannot be represented/);
	});

	test('recursion and shared parts stay what they are', () => {
		const Leaf = z.object({ on: z.coerce.boolean() });
		const Tree = z.object({
			leaf: Leaf,
			other: Leaf.optional(),
			get children() {
				return z.array(Tree);
			},
		});
		const tree = { leaf: { on: true }, children: [{ leaf: { on: false }, children: [] }] };
		expect(check(Tree, tree)).toEqual({ ok: true, value: tree });
		const bad = { leaf: { on: true }, children: [{ leaf: { on: 'no' }, children: [] }] };
		expect(failedPaths(check(Tree, bad))).toEqual(['children']);
	});
});
