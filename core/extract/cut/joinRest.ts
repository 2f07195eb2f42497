import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import type { JsonSchema } from '../../schema/jsonSchema';
import { tryJson } from '../../json/tryJson';
import { leavesOf } from '../evidence/leaves';
import { mergeValues, type Merged } from '../parts/merge';
import { placesIn } from '../parts/wordPlaces';
import { recordKey } from '../parts/compareRecords';

/** A value with one list that lacks its end. */
export interface Unfinished {
	value: unknown;
	/** The path to the list. */
	path: readonly PropertyKey[];
	/** The beginning of the next entry. */
	begun: string;
}

interface Terms {
	/** The text from which both were read. */
	text: string;
	schema: JsonSchema;
}

/**
 * The value with the entries that follow. Undefined if those cannot be the next ones: there is none
 * where an entry was begun, or a different one, or one that is there already.
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
	if (goesBack(known, fresh, text)) return undefined;
	// Both answers are about the whole text, which ends no row of the other.
	const own = `${text.trim() || '-'}\n`;
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

/** How many entries were repeated, although the text does not say them that often. */
function repeated(known: readonly unknown[], next: readonly unknown[], text: string): number {
	const [before, after] = [known.map(recordKey), next.map(recordKey)];
	for (let count = Math.min(before.length, after.length); count > 0; count -= 1) {
		if (!isSame(before.slice(-count), after.slice(0, count))) continue;
		const isAgain = isSaidSoOften([...known, ...next], next.slice(0, count), text) === false;
		return isAgain ? count : 0;
	}
	return 0;
}

/**
 * Whether entries are there already, or others with their IDs, and nothing shows that the text has
 * both.
 */
function goesBack(known: readonly unknown[], fresh: readonly unknown[], text: string): boolean {
	const ids = idsOf(known);
	const keys = new Set(known.map(recordKey));
	const again = fresh.flatMap((entry) => {
		const own = ids
			.map((id) => entryOf(entry, id.key))
			.filter((value, at) => ids[at]?.values.has(value));
		return keys.has(recordKey(entry)) ? [entry] : own;
	});
	return again.length > 0 && isSaidSoOften([...known, ...fresh], again, text) !== true;
}

const ID = /(?:^|[_-])(?:id|uuid|sku|key|code|nr|no|number)$|(?:Id|ID|Nr|No|Number)$/;

/** The fields that identify the entries, with their values. */
function idsOf(entries: readonly unknown[]) {
	const [first] = entries;
	const names = isRecord(first) && entries.length > 1 ? Object.keys(first) : [];
	return names
		.filter((key) => ID.test(key))
		.map((key) => ({ key, values: new Set(entries.map((entry) => entryOf(entry, key))) }))
		.filter(({ values }) => values.size === entries.length);
}

/** Undefined if the text says nothing about them. */
function isSaidSoOften(
	all: readonly unknown[],
	some: readonly unknown[],
	text: string,
): boolean | undefined {
	const placesOf = placesIn(text);
	const needed = new Map<unknown, number>();
	for (const { leaf } of all.flatMap((entry) => leavesOf(entry))) {
		needed.set(leaf, (needed.get(leaf) ?? 0) + 1);
	}
	const said = some
		.flatMap((entry) => leavesOf(entry))
		.map(({ leaf }) => ({ places: placesOf(leaf).length, count: needed.get(leaf) ?? 0 }))
		.filter(({ places }) => places > 0);
	return said.length === 0 ? undefined : said.every(({ places, count }) => places >= count);
}

/** Whether an entry continues the one that was begun, as far as that one goes. */
function continues(begun: string, entry: unknown): boolean {
	if (entry === undefined) return false;
	const fields = tryJson(cutObject(begun) ?? '');
	if (!isRecord(fields) || !isRecord(entry)) return true;
	return Object.entries(fields).every(([key, value]) =>
		isSame(String(entryOf(entry, key)), String(value)),
	);
}

/** What is complete in a JSON text that stops before its end. */
interface CutList {
	/** The text up to the last complete entry of its outermost open list, closed. */
	json: string;
	/** The path to that list. */
	path: PropertyKey[];
	/** What follows it: the beginning of one more entry, or only a comma. */
	begun: string;
}

interface Frame {
	closer: ']' | '}';
	/** The key or index of its current entry. */
	at: PropertyKey;
	/** After the last complete entry. */
	complete: number | undefined;
}

/** Undefined if no list is open in the text, or the outermost one has no complete entry. */
export function cutList(text: string): CutList | undefined {
	const from = text.search(/[{[]/);
	if (from < 0) return undefined;
	const open = openFrames(text, from);
	const list = open.findIndex(({ closer }) => closer === ']');
	const complete = open[list]?.complete;
	if (complete === undefined) return undefined;
	const closers = open.slice(0, list + 1).map(({ closer }) => closer);
	return {
		json: text.slice(from, complete) + closers.reverse().join(''),
		path: open.slice(0, list).map(({ at }) => at),
		begun: text.slice(complete).replace(/^\s*,?\s*/, ''),
	};
}

/** The complete fields of an object that stops before its end, closed. */
function cutObject(text: string): string | undefined {
	if (!text.startsWith('{')) return undefined;
	const [frame] = openFrames(text, 0);
	return frame?.complete === undefined ? undefined : `${text.slice(0, frame.complete)}}`;
}

/** The objects and lists that are open at the end of a text, the outermost first. */
function openFrames(text: string, from: number): Frame[] {
	const open: Frame[] = [];
	for (let index = from; index < text.length; index += 1) {
		const char = text.charAt(index);
		const frame = open.at(-1);
		if (char === '"') {
			const end = endOfString(text, index);
			const isKey =
				frame?.closer === '}' &&
				/[{,]\s*$/.test(text.slice(Math.max(0, index - MOST_SPACE), index));
			if (frame && isKey) frame.at = keyIn(text.slice(index, end + 1));
			else if (frame && end < text.length) frame.complete = end + 1;
			index = end;
		} else if (char === '{' || char === '[') {
			open.push({ closer: char === '{' ? '}' : ']', at: 0, complete: undefined });
		} else if (char === '}' || char === ']') {
			open.pop();
			const outer = open.at(-1);
			if (!outer) return [];
			outer.complete = index + 1;
		} else if (char === ',' && frame) {
			frame.complete = index;
			if (typeof frame.at === 'number') frame.at += 1;
		}
	}
	return open;
}

const STRING = /"(?:[^"\\]|\\[^])*"/y;

/** The index of the quote that ends a string, or the end of the text. */
function endOfString(text: string, start: number): number {
	STRING.lastIndex = start;
	return STRING.test(text) ? STRING.lastIndex - 1 : text.length;
}

/** White space between a comma and a key: nobody writes more. */
const MOST_SPACE = 200;

function keyIn(quoted: string): string {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return quoted;
	}
}
