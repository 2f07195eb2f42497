import { isSame } from '../../isSame';
import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { tryJson } from '../../tryJson';
import { leavesOf } from '../evidence/leaves';
import { mergeValues, type Merged } from '../parts/merge';
import { placesIn } from '../parts/placesIn';
import { recordKey } from '../parts/recordKey';
import { cutObject } from './cutList';

/** A value of which one list lacks its end. */
export interface Unfinished {
	value: unknown;
	/** The way to the list. */
	path: readonly PropertyKey[];
	/** The beginning of the next entry. */
	begun: string;
}

interface Terms {
	/** The text that both were read from. */
	text: string;
	schema: JsonSchema;
}

/**
 * The value with the entries that follow. Undefined when those cannot be the next ones: nothing comes
 * where an entry was begun, or another entry does.
 */
export function joinRest(
	{ value, path, begun }: Unfinished,
	rest: unknown,
	{ text, schema }: Terms,
): Merged | undefined {
	const [known, next] = [listAt(value, path), listAt(rest, path)];
	if (!known || !next) return undefined;
	const fresh = next.slice(repeated(known, next, text));
	if (begun !== '' && !continues(begun, fresh[0])) return undefined;
	const own = text.trim() || '-';
	const parts = [value, withListAt(rest, path, fresh)];
	return mergeValues(
		parts.map((part) => ({ value: part, own, shared: '' })),
		schema,
	);
}

export function listAt(value: unknown, path: readonly PropertyKey[]): unknown[] | undefined {
	let node: unknown = value;
	for (const key of path) node = entryOf(node, key);
	return Array.isArray(node) ? Array.from<unknown>(node) : undefined;
}

function entryOf(node: unknown, key: PropertyKey): unknown {
	if (!isRecord(node) || !Object.hasOwn(node, key)) return undefined;
	return node[String(key)];
}

function withListAt(
	value: unknown,
	[key, ...path]: readonly PropertyKey[],
	list: unknown[],
): unknown {
	if (key === undefined) return list;
	if (!isRecord(value)) return value;
	return { ...value, [key]: withListAt(entryOf(value, key), path, list) };
}

/** How many entries were given again, although the text does not say them that often. */
function repeated(known: readonly unknown[], next: readonly unknown[], text: string): number {
	const [before, after] = [known.map(recordKey), next.map(recordKey)];
	for (let count = Math.min(before.length, after.length); count > 0; count -= 1) {
		if (!isSame(before.slice(-count), after.slice(0, count))) continue;
		return isSaidSoOften([...known, ...next], next.slice(0, count), text) ? 0 : count;
	}
	return 0;
}

function isSaidSoOften(all: readonly unknown[], some: readonly unknown[], text: string): boolean {
	const placesOf = placesIn(text);
	const needed = new Map<unknown, number>();
	for (const { leaf } of all.flatMap((entry) => leavesOf(entry))) {
		needed.set(leaf, (needed.get(leaf) ?? 0) + 1);
	}
	return some
		.flatMap((entry) => leavesOf(entry))
		.map(({ leaf }) => ({ places: placesOf(leaf).length, count: needed.get(leaf) ?? 0 }))
		.every(({ places, count }) => places === 0 || places >= count);
}

/** Whether an entry is the one that was begun, as far as that goes. */
function continues(begun: string, entry: unknown): boolean {
	if (entry === undefined) return false;
	const fields = tryJson(cutObject(begun) ?? '');
	if (!isRecord(fields) || !isRecord(entry)) return true;
	return Object.entries(fields).every(([key, value]) =>
		isSame(String(entryOf(entry, key)), String(value)),
	);
}
