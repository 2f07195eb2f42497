import { isRecord } from '../../isRecord';
import { spellingsOf } from './spellings';

/** Takes one secret out of whatever comes from outside. What does not hold it stays as it is. */
export interface Redactor {
	text(this: void, text: string): string;
	/** A JSON value, its keys included; the very same one when it does not hold the secret. */
	value(this: void, value: unknown): unknown;
	/** How many characters at the end of a text may be the beginning of the secret. */
	openTail(this: void, text: string): number;
}

/** Deeper values are cut where they hold the secret: a hostile one would end the stack. */
const DEEPEST = 500;

/** @param mark What stands in the place of the secret. */
export function redactorOf(secret: string, mark = 'th-…'): Redactor {
	const { find, openTail } = spellingsOf(secret);
	const text = (given: string) => {
		let place = find(given, 0);
		if (!place) return given;
		const parts: string[] = [];
		let from = 0;
		for (; place; place = find(given, from)) {
			parts.push(given.slice(from, place.start), mark);
			from = place.end;
		}
		return parts.join('') + given.slice(from);
	};
	const holds = (given: string) => find(given, 0) !== undefined;
	return {
		text,
		value: (given) => (someText(given, holds) ? mapTexts(given, text) : given),
		openTail,
	};
}

/** Whether a text in a JSON value is one of those meant; without recursion, for it may be deep. */
function someText(value: unknown, isMeant: (text: string) => boolean): boolean {
	const left = [value];
	while (left.length > 0) {
		const next = left.pop();
		if (typeof next === 'string') {
			if (isMeant(next)) return true;
		} else if (Array.isArray(next)) {
			for (const entry of next) left.push(entry);
		} else if (isRecord(next)) {
			for (const [key, entry] of Object.entries(next)) left.push(key, entry);
		}
	}
	return false;
}

/** A JSON value with each text in it replaced, keys included. */
export function mapTexts(value: unknown, map: (text: string) => string, depth = 0): unknown {
	if (typeof value === 'string') return map(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > DEEPEST) return '…';
	if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, map, depth + 1));
	const entries = Object.entries(value).map(([key, entry]) => [
		map(key),
		mapTexts(entry, map, depth + 1),
	]);
	return Object.fromEntries(entries);
}
