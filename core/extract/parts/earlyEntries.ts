import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { own } from '../../own';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';
import type { TextPart } from './chunk';
import { locate } from './locate';
import { sharedEntries } from './sharedEntries';

/** Hears an entry of a list of the output, and the way to it. */
export type TellEntry = (value: unknown, path: readonly PropertyKey[]) => void;

/** A part that has been read, and the text that it shares with the next one. */
export interface ReadPart {
	part: TextPart;
	value: unknown;
	sharedWithNext: string;
}

interface List {
	length: number;
	last?: { part: number; entries: unknown[]; text: string; at: number[]; open: Set<number> };
}

/**
 * Tells the entries of parts, given in the order of the text, that no part to come can change: with
 * the place that they will have in the merged list.
 */
export function openEarlyEntries(schema: JsonSchema, tell: TellEntry): (read: ReadPart) => void {
	const lists = new Map<string, List>();
	let count = 0;
	return (read) => {
		for (const { entries, path } of listsIn(read.value, [])) {
			if (!isJoined(schema, path)) continue;
			const list = lists.get(jsonPointer(path)) ?? { length: 0 };
			lists.set(jsonPointer(path), list);
			tellList(list, entries, {
				read,
				part: count,
				tell: (value, at) => tell(value, [...path, at]),
			});
		}
		count += 1;
	};
}

interface Terms {
	read: ReadPart;
	part: number;
	tell: (value: unknown, at: number) => void;
}

function tellList(list: List, entries: unknown[], { read, part, tell }: Terms): void {
	const { text, shared } = read.part;
	const before = list.last?.part === part - 1 ? list.last : undefined;
	const { pairs } = before
		? sharedEntries(before, { entries, text }, text.slice(0, shared))
		: { pairs: new Map<number, number>() };
	const merged = new Set(pairs.values());
	for (const index of before?.open ?? [])
		if (!merged.has(index)) tell(before?.entries[index], before?.at[index] ?? 0);
	const open = openIn({ entries, text }, read.sharedWithNext);
	const at = entries.map((entry, index) => {
		const known = before?.at[pairs.get(index) ?? -1];
		if (known !== undefined) return known;
		const place = list.length++;
		if (!open.has(index)) tell(entry, place);
		return place;
	});
	// What two parts have given is told with the result.
	for (const index of pairs.keys()) open.delete(index);
	list.last = { part, entries, text, at, open };
}

/** Entries that the next part may give as well. */
function openIn(list: { entries: unknown[]; text: string }, shared: string): Set<number> {
	const found = shared.trim() === '' ? [] : locate(list, shared, 'end');
	return new Set(found.filter(({ where }) => where !== 'outside').map(({ index }) => index));
}

/** Whether the schema has a list there and nothing else, whose entries all stay. */
function isJoined(root: JsonSchema, path: readonly PropertyKey[]): boolean {
	let schema = resolveSchema(root, root);
	for (const key of path) {
		const { properties } = schema ?? {};
		schema = isRecord(properties) ? resolveSchema(own(properties, String(key)), root) : undefined;
	}
	return schema?.type === 'array' && schema.uniqueItems !== true;
}

interface FoundList {
	entries: unknown[];
	path: PropertyKey[];
}

/** The lists that stand in no other list. */
export function listsIn(value: unknown, path: PropertyKey[]): FoundList[] {
	if (Array.isArray(value)) return [{ entries: Array.from<unknown>(value), path }];
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) => listsIn(inner, [...path, key]));
}
