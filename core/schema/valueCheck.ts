import {
	isZodV3,
	isZodV4,
	readJsonSchema,
	toJsonSchema,
	type JsonSchema,
	type ZodType,
} from './jsonSchema';
import { withinBudget } from './patterns/budget';
import { schemaCheck } from './schemaCheck';
import { TOO_SLOW, type Checked } from './checked';
import { zodCheck } from './zod/zodCheck';

/**
 * What a schema says of a value at once. Where it holds code that has to be awaited, `settle` of the
 * answer says the rest: `settled` of `checked` does both.
 */
export type ValueCheck = (value: unknown) => Checked;

/**
 * Validation by the caller's own schema: zod by zod, JSON Schema as it is, never a converted one. zod is
 * not left to coerce: `z.coerce.boolean()` makes true of "no". All patterns together have a tenth of a
 * second for one answer; one that needs more ends as a failure.
 * @throws TokenHubError `badConfig` for a JSON Schema that is none, or a pattern that may take for ever.
 */
export function valueCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	const form = toJsonSchema(source, subject);
	const check =
		isZodV4(source) || isZodV3(source)
			? zodCheck(source, { form, subject })
			: formCheck(readJsonSchema(source, subject), subject);
	return (value) => withinBudget(() => check(value))?.result ?? TOO_SLOW;
}

function formCheck(schema: JsonSchema, subject: string): ValueCheck {
	const check = schemaCheck(schema, subject);
	return (value) => {
		const failures = check(value);
		return failures.length === 0 ? { ok: true, value } : { ok: false, failures };
	};
}
