import type { Failure } from '../../../errors';
import { isRecord } from '../../../lib/isRecord';
import { joinedNumbers, type SourceNumbers } from '../../../json/exactJson';
import type { DigitStyle } from '../../../read/decimal';
import { inOneGo, type Steps, once } from '../../../lib/steps';
import { styleOfNumber } from '../../../read/readNumber';
import { styleOfAll, type ShownStyle } from '../../../read/shownStyle';
import { textFacts } from '../../../read/textFacts';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { DEEPEST } from '../../../nesting';
import { isSame } from '../../../lib/isSame';
import { fitList, tableIn } from './fitList';
import { fitMember, fitNumber, fitText } from './fitText';
import { adopt, changedKind, openPlace, step, trialOf, type Place } from './place';
import { itemSchema, membersOf, takes, typeOf, typesOf } from './takes';
import { visitRecord } from './visitRecord';
import { knownNames, withoutWrappers } from './wrappers';
import { combined, isNull, mergedSchema } from '../../resolveSchema';

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

/** The value as the schema asks for it; what cannot be read is unchanged. */
function visit(value: unknown, wanted: unknown, place: Place): unknown {
	place.steps.left -= 1;
	if (place.steps.left < 0 || place.path.length > DEEPEST) return value;
	const merged = mergedSchema(wanted, place.root);
	if (!merged) return value;
	const { schema, choices } = merged;
	return choices
		? visitChoices(value, { schema, choices }, place)
		: visitPlain(value, schema, place);
}

interface Choices {
	schema: JsonSchema;
	choices: readonly unknown[];
}

/** Of several schemas, the only one that accepts the value, preferably without leaving a key out. */
function visitChoices(value: unknown, { schema, choices }: Choices, place: Place): unknown {
	const meant = choices.filter((choice) => !isNull(choice));
	const isNullable = meant.length < choices.length;
	if (meant.length === 1 && isNullable && value === null) return null;
	if (meant.length === 1)
		return visitOnly(value, { schema, choices: meant }, { place, isNullable });
	if (choices.some((choice) => takes(value, choice, place))) return value;
	const trials = choices.flatMap((choice) => {
		const trial = trialOf(place);
		const result = visit(value, { ...schema, allOf: [choice] }, trial);
		return takes(result, { ...schema, allOf: [choice] }, place) ? [{ result, trial }] : [];
	});
	const whole = trials.filter(
		({ trial }) => !trial.warnings.some((warning) => warning.startsWith('dropped')),
	);
	const best = whole.length > 0 ? whole : trials;
	const [first, ...others] = best;
	if (!first || others.some(({ result }) => !isSame(result, first.result))) return value;
	adopt(place, first.trial);
	return first.result;
}

interface Only {
	place: Place;
	isNullable: boolean;
}

function visitOnly(
	value: unknown,
	{ schema, choices: [choice] }: Choices,
	{ place, isNullable }: Only,
): unknown {
	const merged = mergedSchema(choice, place.root);
	if (!merged) return value;
	const inner = combined(merged.schema, schema);
	const types = typesOf(inner);
	const members = membersOf(inner);
	const taken = isNullable && types.length > 0 ? { ...inner, type: [...types, 'null'] } : inner;
	const own =
		isNullable && members ? { ...taken, enum: [...members, null], const: undefined } : taken;
	const { const: constant, ...rest } = own;
	const final = constant === undefined ? rest : own;
	return merged.choices
		? visitChoices(value, { schema: final, choices: merged.choices }, place)
		: visitPlain(value, final, place);
}

function visitPlain(given: unknown, schema: JsonSchema, place: Place): unknown {
	const value = fitted(given, schema, place);
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		return visitList(list, schema, place);
	}
	return isRecord(value) && isFor('object', schema) ? visitRecord(value, schema, place) : value;
}

const ENTRIES_PER_STEP = 20;

/** The returned list is filled when its turn comes. */
function visitList(list: readonly unknown[], schema: JsonSchema, place: Place): unknown[] {
	const visited = [...list];
	const visitFrom = (start: number, end: number) => {
		for (let at = start; at < Math.min(end, list.length); at += 1) {
			visited[at] = visit(list[at], itemSchema(schema, at), step(place, list, at));
		}
	};
	if (!place.waiting || list.length <= ENTRIES_PER_STEP) visitFrom(0, list.length);
	else {
		for (let at = 0; at < list.length; at += ENTRIES_PER_STEP)
			place.waiting.push(() => visitFrom(at, at + ENTRIES_PER_STEP));
	}
	return visited;
}

function isFor(type: string, schema: JsonSchema): boolean {
	const types = typesOf(schema);
	return types.length === 0 || types.includes(type);
}

function fitted(given: unknown, schema: JsonSchema, place: Place): unknown {
	const types = typesOf(schema);
	if (types.length === 0) return given;
	const value = types.includes('array') ? given : withoutWrappers(given, schema, place);
	const members = membersOf(schema);
	if (members) return fitMember(value, members, place);
	const table = Array.isArray(value) && types.includes('array') && tableIn(value, schema, place);
	if (table) return table;
	if (types.includes(typeOf(value))) {
		return typeof value === 'string' ? fitText(value, schema, place) : value;
	}
	const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
	if (
		only !== undefined &&
		!types.includes('array') &&
		(isRecord(only) ? types.includes('object') : !place.isExact)
	) {
		const entry = changedKind(place, 'list of one to its entry', only);
		return isRecord(entry) ? withoutWrappers(entry, schema, place) : fitted(entry, schema, place);
	}
	if (Array.isArray(value) && types.includes('object')) return keyValueRecord(value, schema, place);
	if (typeof value === 'string' && (types.includes('object') || !types.includes('array'))) {
		const read = fitText(value, schema, place);
		if (read !== value || !types.includes('array')) return read;
	}
	if (types.includes('array')) return fitList(value, schema, place);
	return typeof value === 'number' || typeof value === 'boolean'
		? fitNumber(value, schema, place)
		: value;
}

const KEYS = ['key', 'name', 'field', 'property', 'label'];
const VALUES = ['value', 'val', 'content', 'text'];

/**
 * `[{ "key": "a", "value": 1 }, …]` or `[["a", 1], …]` as an object, if all keys are known and
 * different.
 */
function keyValueRecord(list: readonly unknown[], schema: JsonSchema, place: Place): unknown {
	if (place.isExact || list.length === 0) return list;
	const pairs = list.map(pairOf);
	const names = knownNames(schema, place.root);
	const entries: Array<[string, unknown]> = [];
	for (const pair of pairs) {
		if (!pair || !names.has(pair[0]) || entries.some(([key]) => key === pair[0])) return list;
		entries.push(pair);
	}
	return changedKind(place, 'list of keys and values to an object', Object.fromEntries(entries));
}

function pairOf(entry: unknown): [string, unknown] | undefined {
	if (Array.isArray(entry)) {
		const pair: unknown[] = entry;
		const [key, value] = pair;
		return pair.length === 2 && typeof key === 'string' ? [key, value] : undefined;
	}
	if (!isRecord(entry) || Object.keys(entry).length !== 2) return undefined;
	const keyName = KEYS.find((name) => Object.hasOwn(entry, name));
	const valueName = VALUES.find((name) => Object.hasOwn(entry, name));
	const key = keyName === undefined ? undefined : entry[keyName];
	return typeof key === 'string' && valueName !== undefined ? [key, entry[valueName]] : undefined;
}
