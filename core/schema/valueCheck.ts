import { safeParse } from 'zod/v4';
import { TokenHubError, type Failure } from '../errors';
import { jsonPointer } from '../jsonPointer';
import {
	isZodV3,
	isZodV4,
	readJsonSchema,
	toJsonSchema,
	type JsonSchema,
	type ZodType,
} from './jsonSchema';
import { withinBudget } from './patterns/budget';
import { linearTests, regexesIn, withTests } from './patterns/linearTests';
import { hasStandIn, withStandIns } from './protoKeys';
import { schemaCheck } from './schemaCheck';
import { withValues } from './withValues';

/** A valid value, with zod's defaults and transforms applied, or what is wrong with it. */
export type Checked = { ok: true; value: unknown } | { ok: false; failures: Failure[] };
export type ValueCheck = (value: unknown) => Checked;

/**
 * Validation by the caller's own schema: zod by zod, JSON Schema as it is, never a converted one. All
 * patterns together have a tenth of a second for one answer; one that needs more ends as a failure.
 * @throws TokenHubError `badConfig` for a JSON Schema that is none, or a pattern that may take for ever.
 */
export function valueCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	toJsonSchema(source, subject);
	const check = plainCheck(source, subject);
	return (value) => withinBudget(() => check(value))?.result ?? { ok: false, failures: [TOO_SLOW] };
}

function plainCheck(source: ZodType | JsonSchema, subject: string): ValueCheck {
	if (isZodV4(source)) return zodCheck(source, subject, (value) => safeParse(source, value));
	if (isZodV3(source)) return zodCheck(source, subject, (value) => source.safeParse(value));
	const check = schemaCheck(readJsonSchema(source, subject), subject);
	return (value) => {
		const failures = check(value);
		return failures.length === 0 ? { ok: true, value } : { ok: false, failures };
	};
}

/** zod runs its patterns itself: while it does, each of them tests in our way. */
function zodCheck(
	source: object,
	subject: string,
	parse: (value: unknown) => ZodResult,
): ValueCheck {
	const tests = zodTests(source, subject);
	return (value) => {
		const { given, read } = zodReading(value);
		return read(withTests(tests, () => parse(given)));
	};
}

/** @throws TokenHubError `badConfig` for a pattern that may take for ever. */
export function zodTests(source: object, subject: string) {
	const tests = linearTests(regexesIn(source));
	if (!('problem' in tests)) return tests;
	throw new TokenHubError(
		'badConfig',
		`${subject} has a pattern that is refused: ${tests.problem}`,
	);
}

/**
 * What zod is given of a value, and how its result is read. zod drops a key `__proto__` without a word,
 * or makes it the prototype of what it gives: refused where any other key would have been kept.
 */
export function zodReading(value: unknown): {
	given: unknown;
	read: (result: ZodResult) => Checked;
} {
	const renamed = withStandIns(value);
	if (!renamed) return { given: value, read: (result) => fromZod(result, value) };
	return {
		given: renamed.value,
		read(result) {
			const isDropped = !result.error && !hasStandIn(result.data);
			return isDropped ? fromZod(result, value) : { ok: false, failures: [PROTO_KEY] };
		},
	};
}

const PROTO_KEY: Failure = {
	path: '',
	message: 'a key cannot be called "__proto__": leave it out',
	code: 'forbiddenKey',
};

export const TOO_SLOW: Failure = {
	path: '',
	message: 'the patterns of the schema take too long on this value: simplify them',
	code: 'slowPattern',
};

export interface ZodResult {
	data?: unknown;
	error?: { issues: ReadonlyArray<{ path: readonly PropertyKey[]; message: string }> };
}

function fromZod({ data, error }: ZodResult, given: unknown): Checked {
	if (!error) return { ok: true, value: data };
	const failures = error.issues.map(({ path, message }) => ({ path: jsonPointer(path), message }));
	return { ok: false, failures: withValues(failures, given) };
}
