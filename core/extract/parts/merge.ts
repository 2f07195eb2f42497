import { groupBy } from '../../lib/own';
import { isSame } from '../../lib/isSame';
import { isRecord } from '../../lib/isRecord';
import { jsonPointer } from '../../lib/jsonPointer';
import type { JsonSchema } from '../../schema/jsonSchema';
import { itemSchema } from '../answer/coercion/takes';
import { inOneGo, type Steps } from '../../lib/steps';
import { isSaid } from '../evidence/findEvidence';
import { isChoice, resolveSchema } from '../resolveSchema';
import { isMissing, recordKey } from './compareRecords';
import { cutWarnings, repeatWarnings, skippedWarnings } from './mergeWarnings';
import { entryIds, type Contribution, type EntryIds } from './entryIds';
import { fieldSchema, positionsIn } from './entryNodes';

export interface Merged {
	value: unknown;
	/** Values that parts disagree on, and entries that may be duplicates. */
	warnings: string[];
}

/**
 * The value of all parts of a text: lists joined, objects merged key by key, and of single values the
 * first one, with the others named as conflicts. An entry of a list that two parts returned counts once
 * only if both have taken it from the text that they share.
 */
export function* mergeSteps(
	parts: readonly Contribution[],
	schema: JsonSchema = {},
): Steps<Merged> {
	const warnings = new Set<string>();
	const given = parts.map(({ value }, part) => ({ value, part, from: [] }));
	const ids = yield* entryIds(parts, schema);
	for (const [from, to] of ids.lost)
		warnings.add(
			`maybe lost: characters ${from} to ${to} of the text look like entries, and no part gives them`,
		);
	for (const one of skippedWarnings(parts.map(({ own }) => own).join(''), ids.skipped))
		warnings.add(one);
	const value = yield* merge(given, { parts, ids, warnings, root: schema, schema, path: [] });
	return { value, warnings: [...warnings] };
}

export const mergeValues = (parts: readonly Contribution[], schema?: JsonSchema): Merged =>
	inOneGo(mergeSteps(parts, schema));

/** A value, the index of the part that returned it, and its path. */
interface Given {
	value: unknown;
	part: number;
	from: readonly PropertyKey[];
}

interface Place {
	parts: readonly Contribution[];
	ids: EntryIds;
	warnings: Set<string>;
	root: JsonSchema;
	schema: unknown;
	path: PropertyKey[];
}

const under = (place: Place, key: PropertyKey, schema: unknown): Place => ({
	...place,
	...{ schema, path: [...place.path, key] },
});

const inner = ({ part, from }: Given, key: PropertyKey, value: unknown): Given => ({
	...{ value, part, from: [...from, key] },
});

function* merge(given: readonly Given[], place: Place): Steps<unknown> {
	yield;
	const present = given.filter(({ value }) => value !== undefined && value !== null);
	const kept = yield* firstBest(present, place);
	if (kept === undefined) return given.find(({ value }) => value === null)?.value;
	const isKind = Array.isArray(kept) ? Array.isArray : isRecord(kept) ? isRecord : undefined;
	const alike = isKind ? present.filter(({ value }) => isKind(value)) : [];
	for (const { value } of present) {
		if (!isKind?.(value) && !isSame(value, kept)) warnOfConflict(kept, value, place);
	}
	if (Array.isArray(kept)) return yield* mergedList(alike, place);
	return isRecord(kept) ? yield* mergedRecord(alike, place) : kept;
}

function warnOfConflict(kept: unknown, other: unknown, { path, warnings }: Place): void {
	const where = pointerOf(path);
	warnings.add(`conflict ${where}: kept ${JSON.stringify(kept)}, also ${JSON.stringify(other)}`);
}

const pointerOf = (path: readonly PropertyKey[]) => jsonPointer(path) || '(top level)';

/** The first of the best values. */
function* firstBest(present: readonly Given[], place: Place): Steps<unknown> {
	const [first, ...others] = present;
	let areSame = true;
	for (const { value } of others) {
		yield;
		areSame &&= isSame(value, first?.value);
	}
	if (areSame) return first?.value;
	const worths: number[] = [];
	for (const one of present) {
		yield;
		worths.push(worthOf(one, place));
	}
	return present[worths.indexOf(Math.max(...worths))]?.value;
}

/**
 * A value that its part of the text says is better than one that it does not, because a model finds
 * words for nothing in any language (`not stated on these pages`); a known word for nothing, or a zero
 * that the text does not say, is worse, and an empty value is worst.
 */
function worthOf({ value, part }: Given, { parts, schema, root }: Place): number {
	if (Array.isArray(value)) return value.length === 0 ? 0 : 3;
	if (isRecord(value)) return Object.keys(value).length === 0 ? 0 : 3;
	if (typeof value === 'string' && value.trim() === '') return 0;
	if (isMissing(value)) return 1;
	if (typeof value !== 'string' && typeof value !== 'number') return 3;
	const { shared = '', own = '' } = parts[part] ?? {};
	const meant = resolveSchema(schema, root) ?? {};
	if (isChoice(meant) || isSaid(value, shared + own)) return 3;
	return value === 0 ? 1 : 2;
}

function* mergedRecord(given: readonly Given[], place: Place): Steps<unknown> {
	const fields = given.flatMap((one) =>
		Object.entries(one.value ?? {}).map(([key, value]) => ({ key, one: inner(one, key, value) })),
	);
	const schema = resolveSchema(place.schema, place.root);
	const byKey = [...groupBy(fields, ({ key }) => key)];
	const entries: Array<[string, unknown]> = [];
	for (const [key, values] of byKey) {
		const own = values.map(({ one }) => one);
		entries.push([key, yield* merge(own, under(place, key, fieldSchema(schema, key)))]);
	}
	return Object.fromEntries(entries);
}

const arrayIn = ({ value }: Given): unknown[] => (Array.isArray(value) ? value : []);

/** Positions are merged like the fields of a record, and the entries after them joined. */
function* mergedList(given: readonly Given[], place: Place): Steps<unknown[]> {
	const schema = resolveSchema(place.schema, place.root) ?? {};
	const most = Math.max(...given.map((one) => positionsIn(schema, arrayIn(one).length)));
	const longest = Math.max(...given.map((one) => arrayIn(one).length));
	const fixed: unknown[] = [];
	while (fixed.length < Math.min(most, longest)) {
		const at = fixed.length;
		const values = given.filter((one) => at < arrayIn(one).length);
		const own = values.map((one) => inner(one, at, arrayIn(one)[at]));
		fixed.push(yield* merge(own, under(place, at, itemSchema(schema, at))));
	}
	const entries = given.flatMap((one) =>
		arrayIn(one)
			.map((value, at) => inner(one, at, value))
			.slice(fixed.length),
	);
	const list = [...fixed, ...(yield* joined(entries, { place, schema, start: fixed.length }))];
	return schema.uniqueItems === true ? once(list) : list;
}

interface ListPlace {
	place: Place;
	schema: JsonSchema;
	start: number;
}

function* joined(entries: readonly Given[], { place, schema, start }: ListPlace): Steps<unknown[]> {
	const { ids, path } = place;
	const groups = [...groupBy(entries, ({ part, from }) => ids.of(part, from)).values()];
	yield;
	const doubts: PropertyKey[][] = [];
	const list: unknown[] = [];
	for (const [first, ...others] of groups) {
		yield;
		const at = start + list.length;
		if (!first) continue;
		const under = ids.doubtsUnder(first.part, first.from);
		// If lists are merged, the entries in them are described themselves.
		const whole = under.filter(({ length }) => length === 0);
		const own = others.length > 0 || whole.length > 0 ? whole : under;
		doubts.push(...own.map((way) => [...path, at, ...way].slice(0, -1)));
		const isOne = others.length > 0;
		list.push(isOne ? yield* mergedEntry([first, ...others], place, { schema, at }) : first.value);
	}
	const begun = groups.map(([first]) => first?.part ?? 0);
	const pointerAt = (at: number) => pointerOf([...path, start + at]);
	const last = place.parts.length - 1;
	const from = groups.map((group, at) => ({
		value: list[at],
		parts: group.map(({ part }) => part),
	}));
	const repeats = yield* repeatWarnings(list, begun, pointerAt);
	const named = [...repeats, ...cutWarnings(from, last, pointerAt)];
	for (const one of named) place.warnings.add(one);
	const kinds = groupBy(doubts, (way) => pointerOf(way.filter((key) => typeof key === 'string')));
	for (const ways of kinds.values()) warnOfDoubt(ways.map(pointerOf), place);
	return list;
}

function* mergedEntry(
	given: readonly [Given, ...Given[]],
	place: Place,
	{ schema, at }: { schema: JsonSchema; at: number },
): Steps<unknown> {
	const where = under(place, at, itemSchema(schema, at));
	if (given.some(({ part, from }) => place.ids.isContinued(part, from)))
		place.warnings.add(
			`continued ${pointerOf(where.path)}: the next part does not say to which record its first entries belong`,
		);
	return yield* merge(given, where);
}

/** With one warning for the lists of one kind in all entries. */
function warnOfDoubt(pointers: readonly string[], { warnings }: Place): void {
	const entries = pointers.length === 1 ? '1 entry' : `${pointers.length} entries`;
	const [where = '', ...more] = new Set(pointers);
	const beside = more.length > 0 ? ` and ${more.length} more` : '';
	warnings.add(
		`maybe twice ${where}${beside}: kept ${entries} of two parts that overlap; the text does not show whether they are the same`,
	);
}

function once(list: readonly unknown[]): unknown[] {
	return [...new Map(list.map((entry) => [recordKey(entry), entry])).values()];
}
