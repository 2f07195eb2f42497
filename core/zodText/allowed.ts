import type { z } from 'zod/v4';
import { getLineInfo, type ExportDefaultDeclaration, type Expression } from 'acorn';
import { TokenHubError } from '../errors';
import { isZodV4 } from '../schema/jsonSchema';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** `z.…`: what builds a schema. */
export const BUILDERS = words(
	`string number int int32 uint32 float32 float64 boolean null never literal enum nativeEnum object
	strictObject looseObject array tuple union discriminatedUnion intersection record partialRecord
	optional nullable nullish nonoptional readonly any unknown email url uuid uuidv4 uuidv6 uuidv7 guid
	ipv4 ipv6 cidrv4 cidrv6 base64 base64url ulid cuid cuid2 nanoid xid ksuid jwt e164 emoji keyof
	templateLiteral`,
);

/** `z.iso.…` */
export const ISO_BUILDERS = words('date datetime time duration');

/** `.…` on a schema. */
export const METHODS = words(
	`min max length email url uuid uuidv4 uuidv6 uuidv7 guid regex startsWith endsWith includes int
	positive negative nonnegative nonpositive multipleOf step gt gte lt lte finite safe nonempty
	optional nullable nullish nonoptional default prefault catch describe meta array or and strict strip
	passthrough loose partial required pick omit extend merge catchall rest keyof extract exclude readonly
	brand datetime date time duration trim toLowerCase toUpperCase lowercase uppercase ipv4 ipv6 cidrv4
	cidrv6 base64 base64url ulid cuid cuid2 nanoid xid ksuid jwt e164 emoji unwrap`,
);

const RULE = ' It would run code: say the rule in .describe(), or use .min(), .max() or .regex().';

const BIGINT = ' JSON has no BigInt: use z.int(), or z.string() for more than 15 digits.';
const ONLY_SCHEMA = ' Only the schema is written here: the node checks the values.';

/** Parts of zod that people may try, and what to write instead. */
export const REASONS: ReadonlyMap<string, string> = new Map([
	...['refine', 'superRefine', 'check', 'custom', 'overwrite'].map((name) => [name, RULE] as const),
	['transform', ' It would run code: change the value in a node after this one.'],
	['preprocess', ' It would run code: values are coerced by the node where nothing is lost.'],
	['pipe', ' It would run code: write the type that you want in the end.'],
	['function', ' JSON has no functions.'],
	[
		'lazy',
		' It would run code: name a schema, as in z.lazy(() => Node), or write a JSON Schema with $ref instead.',
	],
	[
		'coerce',
		' Values are coerced by the node where nothing is lost: write the type alone, such as z.number().',
	],
	['stringbool', ' Values are coerced by the node where nothing is lost: write z.boolean().'],
	['date', ' JSON has no dates: use z.iso.date() or z.iso.datetime().'],
	['bigint', BIGINT],
	['set', ' JSON has no sets: use z.array().'],
	['map', ' JSON has no maps: use z.record(z.string(), …).'],
	['symbol', ' JSON has no symbols: use z.string() or z.enum().'],
	['nan', ' JSON has no NaN: use z.number().nullable().'],
	['undefined', ' JSON has no undefined: use .optional().'],
	['void', ' JSON has no undefined: use .optional().'],
	['file', ' JSON has no files: use z.string() for a name or z.base64() for bytes.'],
	['instanceof', ' JSON has no classes.'],
	['promise', ' JSON has no promises: write the type in it.'],
	['json', ' Write z.any(), or better the type that is meant.'],
	['deepPartial', ' zod 4 has none: write .partial() on each object.'],
	['nonstrict', ' zod 4 has none: write .loose().'],
	['ip', ' zod 4 has none: write z.ipv4() or z.ipv6().'],
	['cidr', ' zod 4 has none: write z.cidrv4() or z.cidrv6().'],
	['safeExtend', ' Write .extend().'],
	['xor', ' Write z.union().'],
	['looseRecord', ' Write z.record().'],
	['exactOptional', ' Write .optional().'],
	['codec', ' It would run code: write the type that you want in the end.'],
	['httpUrl', ' Write z.url().'],
	...['hostname', 'hex', 'hash', 'mac', 'stringFormat', 'iban', 'creditCard', 'currencyCode'].map(
		(name) => [name, ' Write z.string() with .regex() or .describe().'] as const,
	),
	...['int64', 'uint64'].map((name) => [name, BIGINT] as const),
	['exactPartial', ' Write .partial().'],
	...['normalize', 'slugify'].map(
		(name) => [name, ' Values are taken as the text has them: leave it out.'] as const,
	),
	...['parse', 'safeParse', 'parseAsync', 'safeParseAsync', 'spa', 'validate', 'validateAsync'].map(
		(name) => [name, ONLY_SCHEMA] as const,
	),
	...['encode', 'decode', 'toJSONSchema', 'register', 'clone'].map(
		(name) => [name, ONLY_SCHEMA] as const,
	),
	['fromJSONSchema', ' Write the JSON Schema itself, with JSON Schema as the source.'],
]);

/** What other languages call the builders. */
export const SYNONYMS: ReadonlyMap<string, string> = new Map([
	['str', 'string'],
	['text', 'string'],
	['integer', 'int'],
	['bool', 'boolean'],
	['float', 'number'],
	['double', 'number'],
	['decimal', 'number'],
	['list', 'array'],
	['dict', 'record'],
	['uri', 'url'],
	['oneOf', 'union'],
	['choice', 'enum'],
	['datetime', 'iso.datetime'],
	['time', 'iso.time'],
	['duration', 'iso.duration'],
	['minLength', 'min'],
	['maxLength', 'max'],
	['minItems', 'min'],
	['maxItems', 'max'],
	['pattern', 'regex'],
	['matches', 'regex'],
	['description', 'describe'],
]);

/** A schema with its methods, as `z.…` creates them. */
export function isSchema(value: unknown): value is z.ZodType {
	return isZodV4(value) && 'describe' in value;
}

/** The text being read, and what it is called in errors. */
export interface Source {
	name: string;
	text: string;
}

const HINT =
	'Only schemas can be written here: z.object, z.string, z.array … with methods such as .optional() and .describe().';

/** What was found, and optionally what to do about it. */
type Problem = string | [what: string, instead: string];

/** @throws TokenHubError `badConfig`, always: what was found, where, and what to write instead. */
export function refuse(source: Source, at: { start: number }, problem: Problem): never {
	const [what, instead = ''] = typeof problem === 'string' ? [problem] : problem;
	const { line, column } = getLineInfo(source.text, at.start);
	const message = `${source.name}, line ${line}:${column + 1}: ${what} is not allowed here.${instead}`;
	throw new TokenHubError('badConfig', message, { hint: HINT });
}

export type Readable = Expression | ExportDefaultDeclaration['declaration'];

/** What is known at the place of an expression. */
export interface Scope {
	source: Source;
	/** Evaluates a nested expression. @throws TokenHubError `badConfig` */
	evaluate: (this: void, node: Readable, scope: Scope) => unknown;
	/** Values of the names declared so far. */
	names: Map<string, unknown>;
	/** The names of zod in this text. */
	zodNames: Set<string>;
	/** Schemas by names that may be declared later. */
	pending: Array<() => unknown>;
	depth: number;
	/** The number of schemas and fields, including those that zod has copied. */
	parts: { made: number };
}
