import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { DEEPEST } from '../../nesting';
import type { JsonSchema } from '../../schema/jsonSchema';
import { combined, mergedSchema } from '../resolveSchema';
import { fitList, tableIn } from './fitList';
import { fitMember, fitNumber, fitText } from './fitText';
import { adopt, changedKind, step, trialOf, type Place } from './place';
import { itemSchema, takes, membersOf, typeOf, typesOf } from './takes';
import { visitRecord } from './visitRecord';
import { withoutWrappers, knownNames } from './wrappers';

/** The value as the schema asks for it; what cannot be read is unchanged. */
export function visit(value: unknown, wanted: unknown, place: Place): unknown {
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
	const meant = choices.filter(
		(choice) => !(isRecord(choice) && (choice.type === 'null' || choice.const === null)),
	);
	if (meant.length === 1) {
		if (value === null && meant.length < choices.length) return null;
		return visitOnly(
			value,
			{ schema, choices: meant },
			{ place, isNullable: meant.length < choices.length },
		);
	}
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
		changedKind(place, 'list of one to its entry');
		return isRecord(only) ? withoutWrappers(only, schema, place) : fitted(only, schema, place);
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
	changedKind(place, 'list of keys and values to an object');
	return Object.fromEntries(entries);
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
