import { safeParseAsync } from 'zod/v4';
import { isZodV3, isZodV4, toArgumentSchema, type JsonSchema, type ZodType } from './jsonSchema';
import { isSpent, sharingBudget } from './patterns/budget';
import { withTestsUntil } from './patterns/linearTests';
import { revived } from './revived';
import {
	TOO_SLOW,
	valueCheck,
	zodReading,
	zodTests,
	type Checked,
	type ZodResult,
} from './valueCheck';

/** Arguments that are valid, as the author's schema makes them, or what is wrong with them. */
export type ArgumentCheck = (value: unknown) => Promise<Checked>;

/** What is revived inside of something revived is told of one step later. */
const MOST_STEPS = 16;

/**
 * The same as `valueCheck` for the arguments of a tool: checks and transforms may be asynchronous, and
 * dates, sets, maps and BigInts are made of their forms in JSON. It throws what they throw.
 * @throws TokenHubError `badConfig` as `valueCheck` does.
 */
export function argumentCheck(source: ZodType | JsonSchema, subject: string): ArgumentCheck {
	if (isZodV4(source)) {
		return zodCheck(source, subject, (value) => safeParseAsync(source, value));
	}
	if (isZodV3(source)) return zodCheck(source, subject, (value) => source.safeParseAsync(value));
	const check = valueCheck(source, subject);
	return async (value) => await Promise.resolve(check(value));
}

function zodCheck(
	source: ZodType,
	subject: string,
	parse: (value: unknown) => Promise<ZodResult>,
): ArgumentCheck {
	toArgumentSchema(source, subject);
	const tests = zodTests(source, subject);
	return async (value) => {
		const { given, read } = zodReading(value);
		try {
			return read(await withTestsUntil(tests, () => parsed(given, parse)));
		} catch (thrown) {
			if (isSpent(thrown)) return { ok: false, failures: [TOO_SLOW] };
			throw thrown;
		}
	};
}

/** The first result, unless reviving what it asks for leads to a valid one. */
async function parsed(
	value: unknown,
	parse: (value: unknown) => Promise<ZodResult>,
): Promise<ZodResult> {
	// The budget is that of what runs at once.
	const once = (given: unknown) => sharingBudget(() => parse(given));
	const first = await once(value);
	let [result, given] = [first, value];
	for (let step = 0; result.error && step < MOST_STEPS; step += 1) {
		const next = revived(given, result.error.issues);
		if (!next) return first;
		given = next.value;
		result = await once(given);
	}
	return result.error ? first : result;
}
