import type { Failure } from '../errors';
import { isRecord } from '../isRecord';
import { isStandIn } from '../json/abbreviation';
import { jsonPointer } from '../jsonPointer';

/** Entries such as "..." or "(38 more)" that stand for what the model left out. */
export function abbreviated(value: unknown, path: readonly PropertyKey[] = []): Failure[] {
	if (Array.isArray(value)) {
		return value.flatMap((entry, index) => {
			const at = [...path, index];
			return standsIn(entry) ? [failureAt(at)] : abbreviated(entry, at);
		});
	}
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, entry]) => {
		const at = [...path, key];
		return isStandIn(key) ? [failureAt(at)] : abbreviated(entry, at);
	});
}

/** A text, or a record in which nothing else stands. */
function standsIn(entry: unknown): boolean {
	if (typeof entry === 'string') return isStandIn(entry);
	const held = isRecord(entry) ? Object.values(entry) : [];
	return held.length > 0 && held.every((text) => typeof text === 'string' && isStandIn(text));
}

function failureAt(path: readonly PropertyKey[]): Failure {
	return abbreviation('an entry stands for others that are left out', jsonPointer(path));
}

export function abbreviation(reason: string, path = ''): Failure {
	const message = `${reason}: give the whole result, with every entry written out`;
	return { path, message, code: 'abbreviated' };
}
