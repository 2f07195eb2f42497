import { z } from 'zod/v4';
import { z as zod3 } from 'zod/v3';
import { z as zod4 } from 'zod4';
import { defineTool, toJsonSchema, type ZodType } from '../../core';
import { BUILDERS, METHODS } from '../../core/zodText/allowed';
import { zodFromText } from '../../core/zodText/zodFromText';

const a = z.object({ a: z.string() });
const json = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' });

describe('zod as people paste it is read', () => {
	test.each<[text: string, schema: z.ZodType]>([
		[
			'import * as z from "zod/v4";\nexport const A = z.object({ a: z.string() });\nexport type A = z.infer<typeof A>;',
			a,
		],
		[
			'import zod from "zod";\nimport type { B } from "./b";\nzod.object({ a: zod.string() }).strip();',
			a,
		],
		['const { z } = require("zod");\nz.object({ a: z.string() })', a],
		[
			'interface A { a: string; b?: Array<Map<string, { c: 1 }>> }\nconst A: z.ZodType<A, any, unknown> = z.object({ a: z.string() });\nexport default A;',
			a,
		],
		[
			'type A = {\n a: string\n} | null\ntype B<T> = A[] & Record<string, T>\nexport const s = z.object({ a: z.string() as z.ZodString }) satisfies z.ZodType<A>;',
			a,
		],
		[
			'// one\nconst Base = z.object({ a: z.string() }); /* two */\nz.object({ ...Base.shape, n: z.number().min(-1_000) })',
			a.extend({ n: z.number().min(-1000) }),
		],
		[
			'const B = z.object({ a: z.string() });\nB.merge(z.object({ n: z.int() }))',
			a.extend({ n: z.int() }),
		],
		['const COLORS = ["r", "g"] as const;\nz.enum(COLORS).exclude(["r"])', z.enum(['g'])],
		['z.enum(["r", "g"]).extract(["r"])', z.enum(['r'])],
		['const C = { R: "r", G: "g" } as const;\nz.nativeEnum(C)', z.enum(['r', 'g'])],
		['const B = z.object({ a: z.string() });\nz.object({ a: B.shape.a })', a],
		['z.object({ a: z.string() }).keyof()', z.enum(['a'])],
		['z.string().describe("long " + `text` + " here")', z.string().describe('long text here')],
		['z.record(z.number())', z.record(z.string(), z.number())],
		['z.record(z.enum(["a"]), z.number())', z.record(z.enum(['a']), z.number())],
		['z.number().step(5).finite().readonly()', z.number().step(5).readonly()],
		['z.string().catch("x")', z.string().catch('x')],
		['z.string().brand("Id").nullish().prefault("x")', z.string().nullish().prefault('x')],
		['z.tuple([z.string(), z.ipv4(), z.ulid()])', z.tuple([z.string(), z.ipv4(), z.ulid()])],
		['z.tuple([z.string()]).rest(z.number())', z.tuple([z.string()]).rest(z.number())],
		['z.array(z.base64url()).length(2)', z.array(z.base64url()).length(2)],
		[
			'z.union([z.iso.duration(), z.jwt(), z.e164(), z.cuid2()] as const)',
			z.union([z.iso.duration(), z.jwt(), z.e164(), z.cuid2()]),
		],
		['z.literal(["a", 1]).and(z.any())', z.literal(['a', 1]).and(z.any())],
		['z.templateLiteral(["INV-", z.int()])', z.templateLiteral(['INV-', z.int()])],
		[
			'z.object({ as: z.string(), type: z.string(), interface: z.string() })',
			z.object({ as: z.string(), type: z.string(), interface: z.string() }),
		],
	])('%s', (text, schema) => {
		expect(json(zodFromText(text))).toEqual(json(schema));
	});

	test.each([
		'const Node: z.ZodType<Node> = z.object({ kids: z.lazy((): z.ZodType => Node.array()) });',
		'const Node = z.object({ kids: z.array(z.lazy(() => Node)) });',
		'const Node = z.object({ get kids() { return z.array(Node); } });',
		'const Later = z.lazy(() => Node);\nexport const Node = z.object({ kids: z.array(Later) });',
	])('that refers to itself: %s', (text) => {
		const schema = zodFromText(text);
		expect(JSON.stringify(json(schema))).toContain('"$ref":"#"');
		expect(schema.safeParse({ kids: [{ kids: [] }] }).success).toBe(true);
		expect(schema.safeParse({ kids: [{ kids: [1] }] }).success).toBe(false);
	});
});

describe('what cannot be read is refused by name, with what to do', () => {
	test.each<[text: string, words: RegExp]>([
		['z.string().superRefine(() => {})', /"\.superRefine".*\.describe\(\)/],
		['z.preprocess((x) => x, z.string())', /"z\.preprocess".*coerced by the node/],
		['z.string().pipe(z.email())', /"\.pipe".*want in the end/],
		['z.stringbool()', /z\.boolean\(\)/],
		['z.bigint()', /z\.int\(\)/],
		['z.set(z.string())', /z\.array\(\)/],
		['z.map(z.string(), z.string())', /z\.record/],
		['z.nan()', /nullable/],
		['z.file()', /z\.base64\(\)/],
		['z.object({}).deepPartial()', /\.partial\(\) on each object/],
		['z.string().ip()', /z\.ipv4\(\)/],
		['z.xor([z.string(), z.number()])', /z\.union\(\)/],
		['z.hostname()', /z\.string\(\) with \.regex\(\)/],
		['z.int64()', /z\.int\(\)/],
		['z.minLength(3)', /is a method, as in z\.string\(\)\.min\(/],
		['z.min(3)', /is a method, as in z\.string\(\)\.min/],
		['z.object({}).toJSONSchema()', /Only the schema/],
		['z.str()', /Did you mean "z\.string"/],
		['z.datetime()', /Did you mean "z\.iso\.datetime"/],
		['z.string().minLength(2)', /Did you mean "\.min"/],
		['z.string().patern(/a/)', /"\.patern" is not allowed here\.$/],
		['z.number().emial()', /"\.emial" is not allowed here\.$/],
		['const A = z.lazy(() => A)', /leads back to itself/],
		['const A = z.union([z.string(), z.lazy(() => A)])', /leads back to itself/],
		['z.object({ a: z.lazy(() => Missing) })', /the name "Missing"/],
		['z.object({ get a() { fetch("x"); return z.string() } })', /a getter or a method/],
		['z.object({ ...globalThis })', /a spread/],
		['z.enum([...process.env])', /the name "process"|not called/],
		['const a = z.string(); z.object({ a: a._zod })', /a member that is not called/],
		['"a" - 1', /the operator "-"/],
		['"a" + 1', /adding anything but texts/],
		['import { z } from "zod/mini"; z.string()', /an import of anything but zod/],
		['const fs = require("fs"); z.string()', /this call/],
		['z.union("x")', /a list of schemas/],
	])('%s', (text, words) => {
		expect(() => zodFromText(text)).toThrow(words);
	});

	/** Functions of zod 4 that make no schema. */
	const OTHERS = new Set(
		`registry config memoizer treeifyError prettifyError formatError flattenError toZod compile withParser
		getDiscriminatedOption input output setErrorMap getErrorMap invertCodec encodeAsync decodeAsync
		safeEncode safeDecode safeEncodeAsync safeDecodeAsync success maxSize minSize size property
		properties mime`.split(/\s+/),
	);
	const names = Object.entries(zod4).flatMap(([name, value]) =>
		typeof value === 'function' && /^[a-z]/.test(name) && !OTHERS.has(name) ? [name] : [],
	);
	test.each(names)('z.%s of zod 4 is known, or the error says what to write', (name) => {
		let error: unknown;
		try {
			zodFromText(`z.${name}()`);
		} catch (thrown) {
			error = thrown;
		}
		expect(String(error)).not.toMatch(/is not allowed here\.$/);
	});

	test.each(['[...a, ...a]', 'a + a'])('doubled without an end: %s', (twice) => {
		const start = `const a0 = ${twice.startsWith('[') ? '["x"]' : '"x"'};\n`;
		const lines = Array.from(
			{ length: 40 },
			(_, n) => `const a${n + 1} = ${twice.replaceAll('a', `a${n}`)};`,
		);
		expect(() => zodFromText(start + lines.join('\n'))).toThrow(/a (list|text) of this length/);
	});

	test.each([
		'type A = {',
		'a | ',
		'const a: ',
		'x as ',
		'<',
		'interface A {',
		'export type A = [',
		'( : ',
	])('TypeScript without an end takes no time: %s', (piece) => {
		const text = piece.repeat(Math.floor(99_000 / piece.length));
		expect(() => zodFromText(text)).toThrow();
		expect(() => zodFromText(`type B = ${text.slice(20)}`)).toThrow();
	});

	test('a function that is allowed exists, and none is refused by its own suggestion', () => {
		expect([...BUILDERS].filter((name) => !(name in z))).toEqual([]);
		const owners = [
			z.string(),
			z.number(),
			z.array(a),
			a,
			z.enum(['a']),
			z.iso.date(),
			z.optional(a),
			z.tuple([a]),
		];
		expect([...METHODS].filter((name) => !owners.some((owner) => name in owner))).toEqual([]);
	});
});

describe('types of zod that no JSON can meet are refused when they are defined', () => {
	const inList3 = (inner: zod3.ZodTypeAny) =>
		zod3.object({ list: zod3.array(zod3.object({ a: inner })) });
	const inList4 = (inner: z.core.$ZodType) => z.object({ list: z.array(z.object({ a: inner })) });
	const kinds: Array<[name: string, three: ZodType, four: ZodType]> = [
		['sets', inList3(zod3.set(zod3.string())), inList4(z.set(z.string()))],
		[
			'maps',
			inList3(zod3.map(zod3.string(), zod3.string())),
			inList4(z.map(z.string(), z.string())),
		],
		['BigInt', inList3(zod3.bigint()), inList4(z.bigint())],
		['symbols', inList3(zod3.symbol()), inList4(z.symbol())],
		['NaN', inList3(zod3.nan()), inList4(z.nan())],
		['functions', inList3(zod3.function()), inList3(zod3.function())],
		['promises', inList3(zod3.promise(zod3.string())), inList4(z.promise(z.string()))],
	];

	test.each(kinds)('no %s', (name, three, four) => {
		for (const schema of [three, four]) {
			const define = () => defineTool({ name: 't', description: 'd', parameters: schema });
			expect(define).toThrow(
				new RegExp(`has no JSON form at /list/a: JSON has no ${name}: (use|leave)`),
			);
			expect(() => toJsonSchema(schema)).toThrow(/has no JSON form/);
		}
	});

	test('but what takes JSON is taken', () => {
		const read = zod3.object({
			at: zod3.coerce.date(),
			or: zod3.union([zod3.date(), zod3.string()]),
		});
		expect(toJsonSchema(read)).toMatchObject({ properties: { at: { format: 'date-time' } } });
	});

	test('tuples keep their positions and limits', () => {
		expect(toJsonSchema(z.tuple([z.string(), z.number().optional()]))).toMatchObject({
			prefixItems: [{ type: 'string' }, { type: 'number' }],
			minItems: 1,
			maxItems: 2,
		});
		const open = toJsonSchema(z.tuple([z.string()]).rest(z.number()));
		expect(open).toMatchObject({
			prefixItems: [{ type: 'string' }],
			items: { type: 'number' },
			minItems: 1,
		});
		expect(open.maxItems).toBeUndefined();
	});
});
