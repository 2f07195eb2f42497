import { isRecord } from '../../lib/isRecord';
import { own } from '../../lib/own';
import type { JsonSchema } from '../../schema/jsonSchema';
import { itemSchema } from '../answer/coercion/takes';
import { resolveSchema } from '../resolveSchema';

/** A value, and its schema. */
export interface Described {
	value: unknown;
	schema: unknown;
	root: JsonSchema;
	path: PropertyKey[];
}

/** A list whose entries count by their place in the text, and its path. */
export interface FoundList extends Described {
	entries: unknown[];
	/** The number of values before them whose meaning depends on their position. */
	positions: number;
}

/** The outermost lists. */
export function listsIn(place: Described): FoundList[] {
	const { value, root, path } = place;
	const schema = resolveSchema(place.schema, root);
	if (Array.isArray(value)) {
		const positions = positionsIn(schema, value.length);
		const fixed = value.slice(0, positions);
		const inner = fixed.flatMap((entry: unknown, at) =>
			listsIn({ value: entry, schema: itemSchema(schema ?? {}, at), root, path: [...path, at] }),
		);
		return [...inner, { ...place, schema, entries: value.slice(positions), positions }];
	}
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		listsIn({ value: inner, schema: fieldSchema(schema, key), root, path: [...path, key] }),
	);
}

/** How many values at the beginning of a list are distinguished by their position. */
export function positionsIn(schema: JsonSchema | undefined, length: number): number {
	const { prefixItems, items, minItems, maxItems } = schema ?? {};
	// If all of a fixed number are there, such as the corners of a box; fewer may be any of them.
	if (minItems === maxItems && maxItems === length) return length;
	const tuple = Array.isArray(prefixItems) ? prefixItems : items;
	return Array.isArray(tuple) ? tuple.length : 0;
}

export function fieldSchema(schema: JsonSchema | undefined, key: string): unknown {
	return isRecord(schema?.properties) ? own(schema.properties, key) : undefined;
}

/** An entry of a list, or of a nested list. */
export interface EntryNode {
	value: unknown;
	/** Its own content: without the entries of the lists in it. */
	own: unknown;
	path: PropertyKey[];
	/** The same for entries of the same lists. */
	kind: string;
	parent: EntryNode | undefined;
	/** The entries of each list in it. */
	lists: EntryNode[][];
}

/** The entries of a list, each followed by those of the lists in it. */
export function entryNodes(list: FoundList, parent?: EntryNode): EntryNode[] {
	const { root, positions, entries, path } = list;
	const schema = resolveSchema(list.schema, root);
	return entries.flatMap((value, index): EntryNode[] => {
		const at = positions + index;
		const place = { value, schema: itemSchema(schema ?? {}, at), root, path: [...path, at] };
		const inner = listsIn(place);
		const kind = `${parent?.kind ?? ''}/${path.filter((key) => typeof key === 'string').join('/')}`;
		const node: EntryNode = {
			...{ value, kind, parent, path: place.path, lists: [] },
			own: inner.length === 0 ? value : (withoutLists(value, inner) ?? []),
		};
		const lists = inner.map((one) => entryNodes(one, node));
		node.lists = lists.map((nodes) => nodes.filter((one) => one.parent === node));
		return [node, ...lists.flat()];
	});
}

function withoutLists(value: unknown, lists: readonly FoundList[]): unknown {
	const list = lists.find((one) => one.value === value);
	if (list?.positions === 0) return undefined;
	if (Array.isArray(value)) {
		return value.slice(0, list?.positions).map((one: unknown) => withoutLists(one, lists));
	}
	if (!isRecord(value)) return value;
	const kept = Object.entries(value).map(([key, one]) => [key, withoutLists(one, lists)]);
	return Object.fromEntries(kept.filter(([, one]) => one !== undefined));
}
