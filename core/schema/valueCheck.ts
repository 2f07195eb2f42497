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
import { hasStandIn, withStandIns } from './protoKeys';
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
	if (isZodV4(source)) return zodCheck((value) => safeParse(source, value));
	if (isZodV3(source)) return zodCheck((value) => source.safeParse(value));
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

/**
 * zod drops a key `__proto__` without a word, or makes it the prototype of what it gives: refused where
 * any other key would have been kept.
 */
function zodCheck(parse: (value: unknown) => ZodResult): ValueCheck {
	return (value) => {
		const renamed = withStandIns(value);
		if (!renamed) return fromZod(parse(value), value);
		const result = parse(renamed.value);
		const isDropped = !result.error && !hasStandIn(result.data);
		return isDropped ? fromZod(result, value) : { ok: false, failures: [PROTO_KEY] };
	};
}

const PROTO_KEY: Failure = {
	path: '',
	message: 'a key cannot be called "__proto__": leave it out',
	code: 'forbiddenKey',
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
