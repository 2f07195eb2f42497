import { isRecord } from '../isRecord';
import { spellingsOf, type Spelling } from './spellings';

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
	const spellings = spellingsOf(secret);
	const isTooShort = (given: string) => given.length < secret.length;
	// One form after the other: looking for all at each place would take the square of the time.
	const text = (given: string) =>
		isTooShort(given)
			? given
			: spellings.reduce((rest, spelling) => replaced(rest, spelling, mark), given);
	const holds = (given: string) =>
		!isTooShort(given) && spellings.some(({ find }) => find(given, 0) !== undefined);
	return {
		text,
		value: (given) => (someText(given, holds) ? mapTexts(given, text) : given),
		openTail: (given) => Math.max(...spellings.map((spelling) => spelling.openTail(given))),
	};
}

function replaced(text: string, { find }: Spelling, mark: string): string {
	const parts: string[] = [];
	let from = 0;
	for (let place = find(text, 0); place; place = find(text, from)) {
		parts.push(text.slice(from, place.start), mark);
		from = place.end;
	}
	return from === 0 ? text : parts.join('') + text.slice(from);
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
			for (const key of Object.keys(next)) left.push(key, next[key]);
		}
	}
	return false;
}

/** A JSON value with each text in it replaced, keys included; the same value where none changes. */
export function mapTexts(value: unknown, map: (text: string) => string, depth = 0): unknown {
	if (typeof value === 'string') return map(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > DEEPEST) return '…';
	const given: Array<[string, unknown]> = Object.entries(value);
	const mapped = given.map(([key, entry]): [string, unknown] => [
		Array.isArray(value) ? key : map(key),
		mapTexts(entry, map, depth + 1),
	]);
	const isSame = mapped.every(
		([key, entry], at) => key === given[at]?.[0] && entry === given[at][1],
	);
	if (isSame) return value;
	return Array.isArray(value) ? mapped.map(([, entry]) => entry) : Object.fromEntries(mapped);
}
