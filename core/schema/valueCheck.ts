import type { Failure } from '../errors';
import { TOO_SLOW, type Checked } from './checked';
import {
	isZodV3,
	isZodV4,
	plainForm,
	readJsonSchema,
	toJsonSchema,
	type JsonSchema,
	type ZodType,
} from './jsonSchema';
import { withinBudget } from './patterns/budget';
import type { ReadSchema } from './reading/readSchema';
import { compiledSchema, type SchemaCheck } from './schemaCheck';
import { zodCheck } from './zod/zodCheck';

/**
 * The immediate verdict of a schema on a value. If the schema contains code that has to be awaited,
 * `settle` of the verdict gives the rest: `settled` of `checked` does both.
 */
export type ValueCheck = (value: unknown) => Checked;

/** A caller's schema, read once. */
interface KnownSchema {
	/** As JSON Schema, without `$schema`. */
	schema: JsonSchema;
	/**
	 * Validates with the caller's own schema: zod by zod, JSON Schema as it is, never a converted one.
	 * zod does not coerce: `z.coerce.boolean()` would make true of "no". All patterns together have a
	 * tenth of a second for one answer; if they need more, the answer fails.
	 */
	check: ValueCheck;
	/** What its author should know, although it is accepted. */
	warnings: string[];
}

/**
 * What is known about a schema before any value.
 * @param inWords Reads other spellings of a JSON Schema first.
 * @throws TokenHubError `badConfig` for anything that is not a schema, a JSON Schema that says nothing,
 * or a pattern that may take forever.
 */
export function knownSchema(
	source: ZodType | JsonSchema,
	subject: string,
	inWords?: (schema: JsonSchema) => ReadSchema,
): KnownSchema {
	if (isZodV4(source) || isZodV3(source)) {
		const schema = toJsonSchema(source, subject);
		return { schema, check: timed(zodCheck(source, { form: schema, subject })), warnings: [] };
	}
	const { schema: read, notes } = readJsonSchema(source, subject, inWords);
	const schema = plainForm(read, subject);
	const { check, unmet } = compiledSchema(read, subject);
	let warnings: string[] | undefined;
	return {
		schema,
		check: timed(formCheck(check)),
		// For a large schema, finding them takes as long as reading it: not in the same step.
		get warnings() {
			return (warnings ??= schemaWarnings(notes, unmet()));
		},
	};
}

/** Only the check. */
export function valueCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	return knownSchema(source, subject).check;
}

function timed(check: ValueCheck): ValueCheck {
	return (value) => withinBudget(() => check(value))?.result ?? TOO_SLOW;
}

function formCheck(check: SchemaCheck): ValueCheck {
	return (value) => {
		const failures = check(value);
		return failures.length === 0 ? { ok: true, value } : { ok: false, failures };
	};
}

const MOST = 20;

/** What the author of a JSON Schema should know, although it is accepted. */
function schemaWarnings(notes: readonly string[], unmet: readonly Failure[]): string[] {
	const parts = unmet.map(
		({ path, message }) => `${path || 'its top level'} can never be met: ${message}`,
	);
	const all = [...notes, ...parts].map((note) => `schema: ${note}`);
	const more = all.length - MOST;
	return more > 0 ? [...all.slice(0, MOST), `schema: and ${more} more`] : all;
}
