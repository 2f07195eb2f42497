import type { Failure } from '../errors';
import { joinedNumbers, type SourceNumbers } from '../json/sourceNumbers';
import { once } from '../read/once';
import { textFacts } from '../read/textFacts';
import type { JsonSchema } from '../schema/jsonSchema';
import type { Place } from './coercion/place';
import { visit } from './coercion/visit';

export interface Coerced {
	value: unknown;
	/** What was changed, and where. */
	warnings: string[];
	/** What may be read in two ways, and which these are: it is left as it was. */
	failures: Failure[];
	/** The digits of its numbers, also of those that stood in a text. */
	numbers: SourceNumbers | undefined;
}

/** What helps to read a value. */
export interface CoerceContext {
	/** The document that the value was taken from: how it writes numbers and dates decides what is ambiguous. */
	text?: string;
	/** The digits of a number in the answer, where `String(number)` has others. */
	numbers?: SourceNumbers;
	/** Only what loses nothing in any case, as for the arguments of a tool: an action must not rest on a reading. */
	isExact?: boolean;
}

const MOST_STEPS = 100_000;

/**
 * The value in the types that the schema asks for, where only one reading is possible. For values that
 * are not valid as they are; the result is for the schema to judge.
 */
export function coerce(value: unknown, schema: JsonSchema, context: CoerceContext = {}): Coerced {
	const { text, numbers, isExact = false } = context;
	const place: Place = {
		...{ root: schema, path: [], warnings: [], failures: [], isExact, steps: { left: MOST_STEPS } },
		facts: once(() => (text === undefined ? undefined : textFacts(text))),
		numbers: numbers ? [numbers] : [],
	};
	const { warnings, failures } = place;
	const coerced = visit(value, schema, place);
	return { value: coerced, warnings, failures, numbers: joinedNumbers(place.numbers) };
}
