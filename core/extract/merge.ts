import { isDeepStrictEqual } from 'node:util';
import { isRecord } from '../isRecord';
import { jsonPointer } from '../jsonPointer';

export interface Merged {
	value: unknown;
	/** Values that pieces disagree on. */
	warnings: string[];
}

/**
 * What the pieces of a text say together: lists joined without doubles, objects key by key, of
 * single values the first that is there, with the others named as conflicts.
 */
export function mergeValues(values: readonly unknown[]): Merged {
	const warnings: string[] = [];
	const value = values.reduce((a, b) => merge(a, b, { path: [], warnings }), undefined);
	return { value, warnings };
}

interface Place {
	path: PropertyKey[];
	warnings: string[];
}

function merge(a: unknown, b: unknown, place: Place): unknown {
	if (a === undefined || a === null) return b ?? a;
	if (b === undefined || b === null) return a;
	if (Array.isArray(a) && Array.isArray(b)) return joined(a, b);
	if (isRecord(a) && isRecord(b)) return mergeRecords(a, b, place);
	if (!isDeepStrictEqual(a, b)) {
		const where = jsonPointer(place.path) || '(top level)';
		place.warnings.push(`conflict ${where}: kept ${JSON.stringify(a)}, also ${JSON.stringify(b)}`);
	}
	return a;
}

function joined(a: readonly unknown[], b: readonly unknown[]): unknown[] {
	return [...a, ...b.filter((entry) => !a.some((known) => isDeepStrictEqual(known, entry)))];
}

function mergeRecords(a: Record<string, unknown>, b: Record<string, unknown>, place: Place) {
	const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	return Object.fromEntries(
		keys.map((key) => [key, merge(a[key], b[key], { ...place, path: [...place.path, key] })]),
	);
}
