import type { z } from 'zod/v4';
import { isZodV4 } from '../schema/jsonSchema';

/** `z.…`: what builds a schema. */
export const BUILDERS: ReadonlySet<string> = new Set(
	`string number int boolean null literal enum object strictObject looseObject array tuple union
	discriminatedUnion intersection record optional nullable any unknown email url uuid`.split(/\s+/),
);

/** `z.iso.…` */
export const ISO_BUILDERS: ReadonlySet<string> = new Set(['date', 'datetime', 'time']);

/** `.…` on a schema. */
export const METHODS: ReadonlySet<string> = new Set(
	`min max length email url uuid regex startsWith endsWith includes int positive negative nonnegative
	nonpositive multipleOf gt gte lt lte nonempty optional nullable nullish default describe array or
	and strict passthrough loose partial required pick omit extend catchall datetime date time trim
	toLowerCase toUpperCase meta`.split(/\s+/),
);

/** Parts of zod that people may well try, and why they cannot stand in a text. */
export const REASONS: ReadonlyMap<string, string> = new Map([
	...[
		'transform',
		'refine',
		'superRefine',
		'check',
		'preprocess',
		'pipe',
		'custom',
		'function',
	].map((name) => [name, ' It would run code.'] as const),
	['lazy', ' It would run code: write a JSON Schema with $ref instead.'],
	['coerce', ' Values are coerced by the node where nothing is lost.'],
	['date', ' JSON has no dates: use z.iso.date().'],
	['instanceof', ' JSON has no classes.'],
	['promise', ' JSON has no promises.'],
	['brand', ' Leave it out: it has no meaning in JSON.'],
]);

/** A zod schema with its methods, as `z.…` makes them. */
export function isSchema(value: unknown): value is z.ZodType {
	return isZodV4(value) && 'describe' in value;
}
