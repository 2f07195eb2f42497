import type { Failure } from '../errors';
import { isRecord } from '../lib/isRecord';
import { joinedNumbers, type SourceNumbers } from '../json/exactJson';
import type { DigitStyle } from '../read/decimal';
import { inOneGo, type Steps, once } from '../read/inSteps';
import { styleOfNumber } from '../read/readNumber';
import { styleOfAll, type ShownStyle } from '../read/shownStyle';
import { textFacts } from '../read/textFacts';
import type { JsonSchema } from '../schema/jsonSchema';
import { openPlace, type Place } from './coercion/place';
import { visit } from './coercion/visit';

export interface Coerced {
	value: unknown;
	/** What was changed, and where. */
	warnings: string[];
	/** What may be read in two ways, with both readings: it is left unchanged. */
	failures: Failure[];
	/** The digits of its numbers, including numbers that were text. */
	numbers: SourceNumbers | undefined;
}

/** What helps to read a value. */
export interface CoerceContext {
	/** The document from which the value was taken: its numbers and dates decide what is ambiguous. */
	text?: string;
	/** The digits of a number in the answer, if `String(number)` has others. */
	numbers?: SourceNumbers;
	/**
	 * Only changes that never lose anything, as for the arguments of a tool: an action must not depend on
	 * an interpretation.
	 */
	isExact?: boolean;
}

/**
 * The value with the types that the schema asks for, if only one reading is possible. For values that
 * are not valid as they are; the result is validated by the schema.
 */
export function coerce(value: unknown, schema: JsonSchema, context: CoerceContext = {}): Coerced {
	return inOneGo(coerceSteps(value, schema, context));
}

export function* coerceSteps(
	value: unknown,
	schema: JsonSchema,
	context: CoerceContext,
): Steps<Coerced> {
	const { text, isExact = false } = context;
	const facts = once(() => (text === undefined ? undefined : textFacts(text)));
	const most = MOST_STEPS + STEPS_PER_VALUE * (yield* countOf(value));
	const open = (beside?: ShownStyle): Place => ({
		...openPlace(schema, { facts, isExact, beside, visit, steps: { left: most } }),
		numbers: context.numbers ? [context.numbers] : [],
	});
	const first = open();
	const coerced = yield* visited(value, first);
	const beside = yield* styleBeside(first);
	return beside ? yield* visited(value, open(beside)) : coerced;
}

/** For choices within choices, each of which is tried; any other value needs only a few. */
const MOST_STEPS = 100_000;
const STEPS_PER_VALUE = 20;
const VALUES_PER_STEP = 5000;

function* countOf(value: unknown): Steps<number> {
	const waiting = [value];
	let count = 0;
	for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
		if ((count += 1) % VALUES_PER_STEP === 0) yield;
		if (!Array.isArray(next) && !isRecord(next)) continue;
		for (const inner of Object.values<unknown>(next)) waiting.push(inner);
	}
	return count;
}

function* visited(value: unknown, place: Place): Steps<Coerced> {
	const coerced = visit(value, place.root, place);
	// Lists are visited here, so that others may run in between.
	for (const work of place.waiting ?? []) {
		work();
		yield;
	}
	const { warnings, failures, numbers, steps } = place;
	if (steps.left < 0) failures.push(TOO_MANY);
	return { value: coerced, warnings, failures, numbers: joinedNumbers(numbers) };
}

const TOO_MANY: Failure = {
	path: '',
	message:
		'the choices of the schema allow more readings of this than can be tried: give each value in the type that the schema asks for',
	code: 'tooManyReadings',
};

/** A separator before three digits, which may separate thousands or decimals. */
const OPEN_NUMBER = /(?<![\p{Nd}.,'])\p{Nd}{1,3}[.,．，]\p{Nd}{3}(?![\p{Nd}.,'])/u;
const TEXTS_PER_STEP = 100;

/** How the numbers of an answer are written, if that may decide one of them. */
function* styleBeside({ numberTexts, facts, isExact }: Place): Steps<ShownStyle | undefined> {
	if (isExact) return undefined;
	const texts = [...numberTexts];
	if (!texts.some((text) => OPEN_NUMBER.test(text))) return undefined;
	const document = facts();
	if (document?.digitStyle()) return undefined;
	const styles: Array<DigitStyle | undefined> = [];
	for (const [at, text] of texts.entries()) {
		if (at % TEXTS_PER_STEP === 0) yield;
		// What the document does not say is the model's own way of writing.
		if (document?.says(text) ?? true) styles.push(styleOfNumber(text));
	}
	return styleOfAll(styles);
}
