import { isRecord } from '../isRecord';
import { isDate, isDateTime } from './formats/dates';
import { REVIVED } from './zodForm';

interface Wanted {
	path: readonly PropertyKey[];
	kind: string;
}

/**
 * The value with dates, sets and the like made of their forms in JSON, where zod has said that it
 * expects them; undefined where nothing could be made.
 */
export function revived(
	value: unknown,
	issues: readonly unknown[],
): { value: unknown } | undefined {
	let next = value;
	for (const { path, kind } of issues.flatMap((issue) => wantedBy(issue, []))) {
		next = changedAt(next, path, (part) => made(kind, part));
	}
	return next === value ? undefined : { value: next };
}

/** zod 4 keeps the issues of a union's choices under `errors`, relative to it, zod 3 under `unionErrors`. */
function wantedBy(issue: unknown, base: readonly PropertyKey[]): Wanted[] {
	if (!isRecord(issue)) return [];
	const own = Array.isArray(issue.path) ? issue.path.filter(isKey) : [];
	const path = [...base, ...own];
	const { expected: kind, errors, unionErrors } = issue;
	if (typeof kind === 'string' && REVIVED.has(kind)) return [{ path, kind }];
	const choices: unknown[] = Array.isArray(errors) ? errors : [];
	const former: unknown[] = Array.isArray(unionErrors) ? unionErrors : [];
	return [
		...choices.flat().flatMap((inner) => wantedBy(inner, path)),
		...former.flatMap((error) =>
			isRecord(error) && Array.isArray(error.issues)
				? error.issues.flatMap((inner) => wantedBy(inner, base))
				: [],
		),
	];
}

function isKey(value: unknown): value is PropertyKey {
	return typeof value === 'string' || typeof value === 'number';
}

/** Copies what leads to a change, and nothing else. */
function changedAt(
	value: unknown,
	[key, ...rest]: readonly PropertyKey[],
	change: (part: unknown) => unknown,
): unknown {
	if (key === undefined) return change(value);
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		const next = changedAt(list[Number(key)], rest, change);
		return next === list[Number(key)] ? list : list.with(Number(key), next);
	}
	if (!isRecord(value) || !Object.hasOwn(value, key)) return value;
	const before: unknown = Reflect.get(value, key);
	const next = changedAt(before, rest, change);
	if (next === before) return value;
	const entries = Object.entries(value);
	return Object.fromEntries(entries.map(([name, part]) => [name, name === key ? next : part]));
}

/** The value itself where it is no form of that kind. */
function made(kind: string, value: unknown): unknown {
	if (kind === 'date')
		return typeof value === 'string' && isInstant(value) ? new Date(value) : value;
	if (kind === 'bigint') return isWhole(value) ? BigInt(value) : value;
	if (kind === 'set') return Array.isArray(value) ? new Set<unknown>(value) : value;
	if (Array.isArray(value)) return value.every(isPair) ? new Map<unknown, unknown>(value) : value;
	return isRecord(value) ? new Map<unknown, unknown>(Object.entries(value)) : value;
}

/** A time of day without its zone is another instant in each place. */
function isInstant(text: string): boolean {
	return (isDateTime(text) || isDate(text)) && !Number.isNaN(Date.parse(text));
}

function isWhole(value: unknown): value is number | string {
	return Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,1000}$/.test(value));
}

function isPair(entry: unknown): entry is [unknown, unknown] {
	return Array.isArray(entry) && entry.length === 2;
}
