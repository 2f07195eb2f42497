import { jsonPointer } from '../../lib/jsonPointer';
import type { Steps } from '../../lib/steps';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';
import type { TextPart } from './chunk';
import { entryNodes, fieldSchema, listsIn, type EntryNode, type FoundList } from './entryNodes';
import type { PartEntries } from './entryWords';
import { openPartEntries } from './textOrder';
import { openRowPatterns, type RowPatterns } from './rowPatterns';
import { locate } from './locate';
import { sharedEntries } from './sharedEntries';
import { openPartText, type PartText } from './wordPlaces';

/** Called with an entry of a list of the output, and its path. */
export type TellEntry = (value: unknown, path: readonly PropertyKey[]) => void;

/** A part that has been read, and the text that it shares with the next one. */
export interface ReadPart {
	part: TextPart;
	value: unknown;
	sharedWithNext: string;
}

interface List {
	length: number;
	patterns: RowPatterns;
	last?: PartEntries & { part: number; entries: unknown[]; at: number[]; open: Set<number> };
}

/**
 * Yields the entries of parts, given in the order of the text, that no later part can change: with
 * their positions in the merged list.
 */
export function openEarlyEntries(
	schema: JsonSchema,
	tell: TellEntry,
): (read: ReadPart) => Steps<void> {
	const lists = new Map<string, List>();
	let count = 0;
	return function* (read) {
		const text = yield* openPartText(read.part.text);
		const found = listsIn({ value: read.value, schema, root: schema, path: [] });
		for (const one of found) {
			const { path } = one;
			if (!isJoined(schema, path)) continue;
			const list = lists.get(jsonPointer(path)) ?? { length: 0, patterns: openRowPatterns() };
			lists.set(jsonPointer(path), list);
			yield* tellList(list, one, {
				...{ read, text },
				part: count,
				tell: (value, at) => tell(value, [...path, at]),
			});
		}
		count += 1;
	};
}

interface Terms {
	read: ReadPart;
	text: PartText;
	part: number;
	tell: (value: unknown, at: number) => void;
}

function* tellList(list: List, found: FoundList, { read, text, part, tell }: Terms): Steps<void> {
	const { shared } = read.part;
	const { entries } = found;
	const own = yield* openPartEntries(text, entryNodes(found), list.patterns);
	const before = list.last?.part === part - 1 ? list.last : undefined;
	const shares = before && (yield* sharedEntries(before, own, text.text.slice(0, shared)));
	const pairs = new Map(shares?.pairs.map(({ a, b }) => [indexOf(b), indexOf(a)]));
	const merged = new Set(pairs.values());
	for (const index of before?.open ?? [])
		if (!merged.has(index)) tell(before?.entries[index], before?.at[index] ?? 0);
	const open = yield* openIn(own, read.sharedWithNext);
	const at = entries.map((entry, index) => {
		const known = before?.at[pairs.get(index) ?? -1];
		if (known !== undefined) return known;
		const place = list.length++;
		if (!open.has(index)) tell(entry, place);
		return place;
	});
	// What two parts have given is told with the result.
	for (const index of pairs.keys()) open.delete(index);
	list.last = { ...own, part, entries, at, open };
}

/** The position of an entry, or of the one that contains it. */
const indexOf = ({ path, parent }: EntryNode): number =>
	parent ? indexOf(parent) : Number(path.at(-1));

/** Entries that the next part may return too, or continue. */
function* openIn(list: PartEntries, shared: string): Steps<Set<number>> {
	const found = shared.trim() === '' ? [] : yield* locate(list, shared, 'end');
	const near = found.filter(({ where }) => where !== 'outside').map(({ node }) => node);
	const last = list.nodes.findLast(({ parent }) => !parent);
	return new Set([...near, ...(last && last.lists.length > 0 ? [last] : [])].map(indexOf));
}

/** Whether the schema has a plain list there, all of whose entries are kept. */
function isJoined(root: JsonSchema, path: readonly PropertyKey[]): boolean {
	let schema = resolveSchema(root, root);
	for (const key of path) schema = resolveSchema(fieldSchema(schema, String(key)), root);
	return schema?.type === 'array' && schema.uniqueItems !== true && !isTuple(schema);
}

const isTuple = ({ prefixItems, items, minItems, maxItems }: JsonSchema) =>
	[prefixItems, items].some(Array.isArray) || (maxItems !== undefined && minItems === maxItems);
