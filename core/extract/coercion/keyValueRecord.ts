import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { changedKind, type Place } from './place';
import { knownNames } from './wrappers';

const KEYS = ['key', 'name', 'field', 'property', 'label'];
const VALUES = ['value', 'val', 'content', 'text'];

/** `[{ "key": "a", "value": 1 }, …]` or `[["a", 1], …]` as an object, if all keys are known and differ. */
export function keyValueRecord(
	list: readonly unknown[],
	schema: JsonSchema,
	place: Place,
): unknown {
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
