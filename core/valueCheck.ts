import { safeParse, type z as zodV4 } from 'zod/v4';
import type { Failure } from './errors';
import { isZodV3, isZodV4, type JsonSchema, type ZodType } from './jsonSchema';
import { jsonPointer } from './jsonPointer';
import { schemaCheck } from './schemaCheck';

/** A valid value, with zod's defaults and transforms applied, or what is wrong with it. */
export type ValueCheck = (
	value: unknown,
) => { ok: true; value: unknown } | { ok: false; failures: Failure[] };

/**
 * Validation by the caller's own schema: zod by zod, JSON Schema as it is, never a converted one.
 * @throws TokenHubError `badConfig` for a JSON Schema that is none.
 */
export function valueCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	if (isZodV4(source)) return (value) => zodV4Check(source, value);
	if (isZodV3(source)) return (value) => fromZod(source.safeParse(value));
	const check = schemaCheck(source, subject);
	return (value) => {
		const failures = check(value);
		return failures.length === 0 ? { ok: true, value } : { ok: false, failures };
	};
}

function zodV4Check(source: zodV4.core.$ZodType, value: unknown): ReturnType<ValueCheck> {
	return fromZod(safeParse(source, value));
}

interface ZodResult {
	data?: unknown;
	error?: { issues: ReadonlyArray<{ path: readonly PropertyKey[]; message: string }> };
}

function fromZod({ data, error }: ZodResult): ReturnType<ValueCheck> {
	if (!error) return { ok: true, value: data };
	const failures = error.issues.map(({ path, message }) => ({ path: jsonPointer(path), message }));
	return { ok: false, failures };
}
