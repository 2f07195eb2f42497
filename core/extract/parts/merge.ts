import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { own } from '../../own';
import { perObject } from '../../perObject';
import { isSaid } from '../evidence/isSaid';

export interface Merged {
	value: unknown;
	/** Values that pieces disagree on. */
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
 * that is there, with the others named as conflicts. Plain values stand in a list once; a record that
 * is there already is added again only where the text says it again, outside of what parts share.
 */
export function mergeValues(parts: readonly Contribution[]): Merged {
	const warnings: string[] = [];
	const value = parts.reduce<unknown>(
		(known, { value: next, own, shared }) =>
			merge(known, next, { path: [], warnings, own, shared }),
		undefined,
	);
	return { value, warnings };
}

interface Place extends Pick<Contribution, 'own' | 'shared'> {
	path: PropertyKey[];
	warnings: string[];
}

function merge(a: unknown, b: unknown, place: Place): unknown {
	if (a === undefined || a === null) return b ?? a;
	if (b === undefined || b === null) return a;
	if (Array.isArray(a) && Array.isArray(b)) return joined(a, b, place);
	if (isRecord(a) && isRecord(b)) return mergeRecords(a, b, place);
	if (!isDeepStrictEqual(a, b)) {
		const where = jsonPointer(place.path) || '(top level)';
		place.warnings.push(`conflict ${where}: kept ${JSON.stringify(a)}, also ${JSON.stringify(b)}`);
	}
	return a;
}

function mergeRecords(a: Record<string, unknown>, b: Record<string, unknown>, place: Place) {
	const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	return Object.fromEntries(
		keys.map((key) => [
			key,
			merge(own(a, key), own(b, key), { ...place, path: [...place.path, key] }),
		]),
	);
}

function joined(a: readonly unknown[], b: readonly unknown[], { own, shared }: Place): unknown[] {
	const list = [...a];
	const known = new Set(a.map(keyOf));
	const explained = new Set<string>();
	for (const entry of b) {
		const key = keyOf(entry);
		if (known.has(key)) {
			// The text that both have explains it once; a second one has to stand in the rest.
			const isShared = !explained.has(key) && isSaid(entry, shared);
			explained.add(key);
			if (!isShared && isRecord(entry) && isSaid(entry, own)) list.push(entry);
			continue;
		}
		const half =
			shared === '' ? -1 : list.findLastIndex((other) => areHalves(other, entry, shared));
		if (half < 0) list.push(entry);
		else list[half] = fuller(list[half], entry);
	}
	return list;
}

/** Records are compared anew for each part. */
const keyOfRecord = perObject((record: object) => keyText(record));

/** The same for equal values, whatever the order of their keys. */
function keyOf(value: unknown): string {
	return isRecord(value) ? keyOfRecord(value) : keyText(value);
}

function keyText(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) =>
		isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort()) : inner,
	);
}

/** Two records of which one lacks what the other has, from the text that both parts hold. */
function areHalves(a: unknown, b: unknown, shared: string): boolean {
	if (!isRecord(a) || !isRecord(b)) return false;
	const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	const isSame = (key: string) => isDeepStrictEqual(own(a, key), own(b, key));
	const isGap = (key: string) => isMissing(own(a, key)) || isMissing(own(b, key));
	const agree = keys.every((key) => isSame(key) || isGap(key));
	const share = keys.some((key) => isSame(key) && !isMissing(own(a, key)));
	return agree && share && (isSaid(a, shared) || isSaid(b, shared));
}

const isMissing = (value: unknown) => value === undefined || value === null || value === '';

function fuller(a: unknown, b: unknown): unknown {
	if (!isRecord(a) || !isRecord(b)) return a;
	const gaps = Object.entries(b).filter(([key]) => isMissing(own(a, key)));
	return { ...a, ...Object.fromEntries(gaps) };
}
