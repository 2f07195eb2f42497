import { z } from 'zod/v4';
import { TokenHubError } from '../../core';
import { zodFromText } from '../../core/zodText/zodFromText';

describe('text that builds a schema', () => {
	test.each<[text: string, schema: z.ZodType]>([
		['z.string()', z.string()],
		['z.string().min(2).max(5).describe("x")', z.string().min(2).max(5).describe('x')],
		[
			'z.object({ a: z.number().optional(), "b-c": z.boolean() })',
			z.object({ a: z.number().optional(), 'b-c': z.boolean() }),
		],
		['z.enum(["c", "f"]).default("c")', z.enum(['c', 'f']).default('c')],
		[
			'z.array(z.object({ n: z.int().gte(-1) })).nonempty()',
			z.array(z.object({ n: z.int().gte(-1) })).nonempty(),
		],
		['z.union([z.string(), z.number(), z.null()])', z.union([z.string(), z.number(), z.null()])],
		['z.string().or(z.number())', z.string().or(z.number())],
		[
			'z.discriminatedUnion("t", [z.object({ t: z.literal("a") }), z.object({ t: z.literal("b") })])',
			z.discriminatedUnion('t', [z.object({ t: z.literal('a') }), z.object({ t: z.literal('b') })]),
		],
		['z.record(z.string(), z.number())', z.record(z.string(), z.number())],
		['z.tuple([z.string(), z.number()])', z.tuple([z.string(), z.number()])],
		['z.iso.date()', z.iso.date()],
		[
			'z.strictObject({ m: z.email(), u: z.url().nullable() })',
			z.strictObject({ m: z.email(), u: z.url().nullable() }),
		],
		['z.string().regex(/^[A-Z]-\\d+$/)', z.string().regex(/^[A-Z]-\d+$/)],
		['z.object({ a: z.string(), b: z.string() }).pick({ a: true })', z.object({ a: z.string() })],
		['z.string().describe(`plain`)', z.string().describe('plain')],
		[
			'import { z } from "zod";\nconst item = z.object({ n: z.int() });\nexport default z.array(item);',
			z.array(z.object({ n: z.int() })),
		],
		['export const schema = z.object({ n: z.int() });', z.object({ n: z.int() })],
		['```ts\nz.object({ n: z.int() })\n```', z.object({ n: z.int() })],
		['  ```\r\nz.object({ n: z.int() });\r\n```  \n', z.object({ n: z.int() })],
		['z.object({ id: z.string().brand<"Id">() })', z.object({ id: z.string().brand('Id') })],
		['z.array<z.ZodType<Map<string, number>>>(z.int())', z.array(z.int())],
	])('%s', (text, schema) => {
		expect(z.toJSONSchema(zodFromText(text))).toEqual(z.toJSONSchema(schema));
	});

	test('validates as zod does', () => {
		const schema = zodFromText('z.object({ n: z.int().default(3) })');
		expect(schema.parse({})).toEqual({ n: 3 });
		expect(schema.safeParse({ n: 'x' }).success).toBe(false);
	});
});

describe('everything else is refused by name and position', () => {
	test.each<[text: string, words: RegExp]>([
		['process.exit()', /line 1:1: the name "process"/],
		['z.string().constructor("return 1")()', /this call/],
		['z.string().constructor("x")', /line 1:12: "\.constructor"/],
		['z.__proto__()', /"z\.__proto__"/],
		['z["string"]()', /line 1:3: a computed member/],
		['(() => 1)()', /this call/],
		['z.string().transform((x) => x)', /"\.transform" is not allowed here\. It would run code/],
		['z.string().refine(() => true)', /"\.refine".*run code/],
		['z.string().default(() => 1)', /a function/],
		['z.lazy(() => z.string())', /"z\.lazy".*JSON Schema with \$ref/],
		['z.coerce.number()', /"z\.coerce".*coerced by the node/],
		['z.date()', /"z\.date".*z\.iso\.date\(\)/],
		['z.object({ ...z })', /a spread/],
		['z.object(...[])', /a spread/],
		['z.object({ get a() { return 1 } })', /a getter or a method/],
		['z.object({ [a]: z.string() })', /a computed key/],
		['{ name: z.string() }', /the fields of an object, not a schema/],
		['```js\n{ name: z.string(), age: z.int() }\n```', /the fields of an object, not a schema/],
		['```ts\nz.object({\n  a: z.strng(),\n})\n```', /line 3:8: "z\.strng"/],
		['z.object({ a: z.custom<string>() })', /"z\.custom"/],
		['z.object({ a: z.string() < 3 })', /line 1:/],
		['z.object({ __proto__: z.string() })', /"__proto__"/],
		['z.string().describe(`${1}`)', /a value inside a template/],
		['new Function("x")', /"new"/],
		['z.object(globalThis)', /the name "globalThis"/],
		['a = z.string()', /an assignment/],
		['z.string(), z.number()', /a comma/],
		['z.object({\n  a: z.strng(),\n})', /line 2:8: "z\.strng".*Did you mean "z\.string"\?/],
		['z.string().optionl()', /Did you mean "\.optional"\?/],
		['z.number().email()', /"\.email".*no such method/],
		['z.string().min("x")', /this use of "\.min".*takes a number/],
		['z.array("x")', /this use of "z\.array".*takes a schema/],
		['z.object({ a: "x" })', /Each of its values must be a schema/],
		['z.string', /a member that is not called/],
		['z', /the name "z".*z\.string\(\)/],
		['z.object({', /not valid JavaScript: Unexpected token \(1:10\)/],
		['z.string().regex(/(/)', /not valid JavaScript/],
		['', /holds no schema/],
		['"text"', /holds no schema/],
		['import fs from "fs"; z.string()', /an import of anything but zod/],
		['while (true) {}', /a WhileStatement/],
	])('%s', (text, words) => {
		const read = () => zodFromText(text, 'Zod Schema');
		expect(read).toThrow(TokenHubError);
		expect(read).toThrow(words);
		expect(read).toThrow(/^Zod Schema/);
	});

	test('text that is too deep or too long', () => {
		const deep = `${'z.array('.repeat(100)}z.string()${')'.repeat(100)}`;
		expect(() => zodFromText(deep)).toThrow(/nesting deeper than 64/);
		expect(() => zodFromText('x'.repeat(100_001))).toThrow(/longer than 100000/);
	});
});
