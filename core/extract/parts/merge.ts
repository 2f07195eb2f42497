import { isSame } from '../../isSame';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { own } from '../../own';
import type { JsonSchema } from '../../schema/jsonSchema';
import { isSaid } from '../evidence/isSaid';
import { resolveSchema } from '../resolveSchema';
import { recordKey } from './recordKey';
import { sharedEntries } from './sharedEntries';

export interface Merged {
	value: unknown;
	/** Values that parts disagree on, and entries that may stand twice. */
	warnings: string[];
}

/** What a part of a text gave. */
export interface Contribution {
	value: unknown;
	/** The text that only this part has, and the text that it shares with the part before. */
	own: string;
	shared: string;
}

/**
 * What the parts of a text say together: lists joined, objects key by key, of single values the first
 * that is there, with the others named as conflicts. An entry of a list that two parts give counts
 * once only where both have taken it from the text that they share.
 */
export function mergeValues(parts: readonly Contribution[], schema: JsonSchema = {}): Merged {
	const warnings = new Set<string>();
	const given = parts.map(({ value }, part) => ({ value, part }));
	const value = merge(given, { parts, warnings, root: schema, schema, path: [] });
	return { value, warnings: [...warnings] };
}

/** A value, and the index of the part that gave it. */
interface Given {
	value: unknown;
	part: number;
}

interface Place {
	parts: readonly Contribution[];
	warnings: Set<string>;
	root: JsonSchema;
	schema: unknown;
	path: PropertyKey[];
}

function merge(given: readonly Given[], place: Place): unknown {
	const present = given.filter(({ value }) => value !== undefined && value !== null);
	const kept = (present.find((one) => !isPlaceholder(one, place)) ?? present[0])?.value;
	if (kept === undefined) return given.find(({ value }) => value === null)?.value;
	const isKind = Array.isArray(kept) ? Array.isArray : isRecord(kept) ? isRecord : undefined;
	const alike = isKind ? present.filter(({ value }) => isKind(value)) : [];
	for (const { value } of present) {
		if (!isKind?.(value) && !isSame(value, kept)) warnOfConflict(kept, value, place);
	}
	if (Array.isArray(kept)) return joined(alike, place);
	return isRecord(kept) ? mergedRecord(alike, place) : kept;
}

function warnOfConflict(kept: unknown, other: unknown, { path, warnings }: Place): void {
	const where = jsonPointer(path) || '(top level)';
	warnings.add(`conflict ${where}: kept ${JSON.stringify(kept)}, also ${JSON.stringify(other)}`);
}

/** What a part says that has nothing to say: an empty text, or a zero that does not stand in it. */
function isPlaceholder({ value, part }: Given, { parts }: Place): boolean {
	if (Array.isArray(value)) return value.length === 0;
	if (isRecord(value)) return Object.keys(value).length === 0;
	if (typeof value === 'string') return value.trim() === '';
	const { shared = '', own: rest = '' } = parts[part] ?? {};
	return value === 0 && !isSaid(value, shared + rest);
}

function mergedRecord(given: readonly Given[], place: Place): unknown {
	const byKey = new Map<string, Given[]>();
	for (const { value, part } of given) {
		for (const [key, inner] of Object.entries(value ?? {})) {
			const known = byKey.get(key);
			if (known) known.push({ value: inner, part });
			else byKey.set(key, [{ value: inner, part }]);
		}
	}
	const schema = resolveSchema(place.schema, place.root);
	const properties = isRecord(schema?.properties) ? schema.properties : {};
	const entries = [...byKey].map(([key, values]) => [
		key,
		merge(values, {
			...place,
			...{ schema: own(properties, key), path: [...place.path, key] },
		}),
	]);
	return Object.fromEntries(entries);
}

function joined(given: readonly Given[], place: Place): unknown[] {
	const schema = resolveSchema(place.schema, place.root);
	const list: unknown[] = [];
	let last: { part: number; entries: unknown[]; at: number[] } | undefined;
	for (const { value, part } of given) {
		const entries = Array.isArray(value) ? Array.from<unknown>(value) : [];
		const { pairs, doubts } = pairsOf(last, { part, entries }, place);
		if (doubts > 0) warnOfDoubt(doubts, place);
		const at = entries.map((entry, index) => {
			const known = last?.at[pairs.get(index) ?? -1];
			if (known === undefined) return list.push(entry) - 1;
			const both = [
				{ value: list[known], part: part - 1 },
				{ value: entry, part },
			];
			list[known] = merge(both, {
				...place,
				...{ schema: schema?.items, path: [...place.path, known] },
			});
			return known;
		});
		last = { part, entries, at };
	}
	return schema?.uniqueItems === true ? once(list) : list;
}

interface PartList {
	part: number;
	entries: unknown[];
}

function pairsOf(last: PartList | undefined, next: PartList, { parts }: Place) {
	const [before, part] = [parts[next.part - 1], parts[next.part]];
	if (!last || !before || !part || last.part !== next.part - 1) {
		return { pairs: new Map<number, number>(), doubts: 0 };
	}
	return sharedEntries(
		{ entries: last.entries, text: before.shared + before.own },
		{ entries: next.entries, text: part.shared + part.own },
		part.shared,
	);
}

function warnOfDoubt(count: number, { path, warnings }: Place): void {
	const where = jsonPointer(path) || '(top level)';
	const entries = count === 1 ? '1 entry' : `${count} entries`;
	warnings.add(
		`maybe twice ${where}: kept ${entries} of two parts that overlap; the text does not show whether they are the same`,
	);
}

function once(list: readonly unknown[]): unknown[] {
	return [...new Map(list.map((entry) => [recordKey(entry), entry])).values()];
}
