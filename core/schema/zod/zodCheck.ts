import { safeParse, safeParseAsync } from 'zod/v4';
import { TokenHubError, type Failure } from '../../errors';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import { once } from '../../lib/steps';
import { TOO_SLOW, type Checked, withValues } from '../checked';
import { isZodV3, isZodV4, type JsonSchema } from '../jsonSchema';
import { isSpent, withinBudget } from '../patterns/budget';
import { patternProblem, regexesIn } from './zodNode';
import { schemaCheck } from '../schemaCheck';
import { copyZod } from './copyZod';
import { openFindings, type Findings } from './guard';

interface Terms {
	/** The schema as JSON Schema. */
	form: JsonSchema;
	subject: string;
}

/** A zod schema's own verdict, from a copy that changes nothing before validation. */
export function zodCheck(source: object, { form, subject }: Terms): (value: unknown) => Checked {
	const problem = patternProblem(regexesIn(source));
	if (problem !== undefined) {
		throw new TokenHubError('badConfig', `${subject} has a pattern that is refused: ${problem}`);
	}
	const findings = openFindings();
	const strict = copyZod(source, { isStrict: true, findings });
	const lenient = once(() => copyZod(source, { isStrict: false, findings }));
	const formFailures = once(() => schemaCheck(form, subject));
	const copies = { strict, lenient, findings };
	const hasToWait = () => findings.isAsync;
	const later = (value: unknown): Checked => {
		const failures = formFailures()(value);
		if (failures.length > 0) return { ok: false, failures };
		return { ok: true, value, settle: () => checkLater(value, copies) };
	};
	return (value) => {
		if (hasToWait()) return later(value);
		try {
			const checked = checkNow(value, copies);
			return hasToWait() ? later(value) : checked;
		} catch (thrown) {
			// Some code shows only when it runs that it has to be awaited.
			if (!hasToWait() || isSpent(thrown)) throw thrown;
			return later(value);
		}
	};
}

interface Copies {
	strict: object;
	/** With the values of `.catch()`. */
	lenient: () => object;
	findings: Findings;
}

function checkNow(value: unknown, { strict, lenient, findings }: Copies): Checked {
	const given = withStandIns(value)?.value ?? value;
	const now = (copy: object) => {
		findings.prepared = [];
		return verdict(parse(copy, given), { value, given, prepared: findings.prepared });
	};
	const own = now(strict);
	return own.ok || !findings.hasCatch ? own : withCaught(own.failures, now(lenient()));
}

async function checkLater(value: unknown, { strict, lenient, findings }: Copies): Promise<Checked> {
	const given = withStandIns(value)?.value ?? value;
	const later = async (copy: object) => {
		const prepared: unknown[] = [];
		findings.prepared = prepared;
		try {
			// What runs before the first wait shares a budget; all patterns are linear.
			const parsing = withinBudget(() => parseLater(copy, given));
			return parsing ? verdict(await parsing.result, { value, given, prepared }) : TOO_SLOW;
		} catch (thrown) {
			if (isSpent(thrown)) return TOO_SLOW;
			throw thrown;
		}
	};
	const own = await later(strict);
	return own.ok || !findings.hasCatch ? own : withCaught(own.failures, await later(lenient()));
}

function withCaught(caught: Failure[], checked: Checked): Checked {
	return checked.ok ? { ...checked, caught } : { ok: false, failures: caught };
}

function parse(copy: object, value: unknown): ZodResult {
	if (isZodV4(copy)) return safeParse(copy, value);
	return isZodV3(copy) ? copy.safeParse(value) : { data: value };
}

async function parseLater(copy: object, value: unknown): Promise<ZodResult> {
	if (isZodV4(copy)) return await safeParseAsync(copy, value);
	return isZodV3(copy) ? await copy.safeParseAsync(value) : { data: value };
}

interface ZodResult {
	data?: unknown;
	error?: { issues: readonly Issue[] };
}

interface Issue {
	path: readonly PropertyKey[];
	message: string;
	expected?: unknown;
}

interface Given {
	value: unknown;
	/** The same without keys that zod drops. */
	given: unknown;
	prepared: unknown[];
}

function verdict({ data, error }: ZodResult, { value, given, prepared }: Given): Checked {
	if (!error) {
		// Refused where any other key would have been kept.
		if (given !== value && hasStandIn(data)) return { ok: false, failures: [PROTO_KEY] };
		return { ok: true, value: data, ...(prepared.length > 0 ? { prepared } : {}) };
	}
	if (given !== value) return { ok: false, failures: [PROTO_KEY] };
	const failures = error.issues.map(({ path, message, expected }) => ({
		path: jsonPointer(path),
		message: expected === 'date' ? DATE : message,
	}));
	return { ok: false, failures: withValues(failures, value) };
}

const DATE = 'expected a date-time with its offset, such as 2026-03-31T14:00:00Z, or a date';

const PROTO_KEY: Failure = {
	path: '',
	message: 'a key cannot be called "__proto__": leave it out',
	code: 'forbiddenKey',
};

/** A key that no model writes; it replaces one that zod drops, or makes the prototype of a value. */
const STAND_IN = '\u0000__proto__';

/**
 * The value with its `__proto__` keys under a name that zod treats like any other; otherwise undefined.
 */
function withStandIns(value: unknown): { value: unknown } | undefined {
	return hasKey(value, '__proto__') ? { value: renamed(value) } : undefined;
}

/** Whether what zod made of the value still holds such a key. */
function hasStandIn(value: unknown): boolean {
	return hasKey(value, STAND_IN);
}

/** Transforms may give anything, also what holds itself. */
function hasKey(value: unknown, key: string, seen = new Set<object>()): boolean {
	if (typeof value !== 'object' || value === null || seen.has(value)) return false;
	seen.add(value);
	return (
		Object.hasOwn(value, key) || Object.values(value).some((inner) => hasKey(inner, key, seen))
	);
}

function renamed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(renamed);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key === '__proto__' ? STAND_IN : key,
			renamed(inner),
		]),
	);
}
