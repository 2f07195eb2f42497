import { safeParse } from 'zod/v4';
import type { Failure } from '../errors';
import { jsonPointer } from '../jsonPointer';
import {
	isZodV3,
	isZodV4,
	readJsonSchema,
	toJsonSchema,
	type JsonSchema,
	type ZodType,
} from './jsonSchema';
import { patternRisk } from './patternRisk';
import { schemaCheck } from './schemaCheck';
import { withinTime } from './withinTime';
import { withValues } from './withValues';

/** A valid value, with zod's defaults and transforms applied, or what is wrong with it. */
export type ValueCheck = (
	value: unknown,
) => { ok: true; value: unknown } | { ok: false; failures: Failure[] };

/**
 * Validation by the caller's own schema: zod by zod, JSON Schema as it is, never a converted one. A
 * regular expression that would take longer than a second ends as a failure.
 * @throws TokenHubError `badConfig` for a JSON Schema that is none.
 */
export function valueCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	return guarded(plainCheck(source, subject), patternRisk(toJsonSchema(source, subject)));
}

function plainCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	if (isZodV4(source)) return (value) => fromZod(safeParse(source, value), value);
	if (isZodV3(source)) return (value) => fromZod(source.safeParse(value), value);
	const check = schemaCheck(readJsonSchema(source, subject), subject);
	return (value) => {
		const failures = check(value);
		return failures.length === 0 ? { ok: true, value } : { ok: false, failures };
	};
}

const MOST_MS = 1000;
const QUICK_STEPS = 1e7;

/** Watched only where a pattern could be slow on a text as long as this value's JSON. */
function guarded(check: ValueCheck, risk: number): ValueCheck {
	if (risk <= 1) return check;
	return (value) => {
		const { length } = JSON.stringify(value) ?? '';
		if (length ** risk < QUICK_STEPS) return check(value);
		return withinTime(MOST_MS, () => check(value))?.result ?? { ok: false, failures: [TOO_SLOW] };
	};
}

const TOO_SLOW: Failure = {
	path: '',
	message: 'a "pattern" of the schema took longer than a second on this value: simplify it',
	code: 'slowPattern',
};

interface ZodResult {
	data?: unknown;
	error?: { issues: ReadonlyArray<{ path: readonly PropertyKey[]; message: string }> };
}

function fromZod({ data, error }: ZodResult, given: unknown): ReturnType<ValueCheck> {
	if (!error) return { ok: true, value: data };
	const failures = error.issues.map(({ path, message }) => ({ path: jsonPointer(path), message }));
	return { ok: false, failures: withValues(failures, given) };
}
