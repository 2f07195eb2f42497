import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { own } from '../../lib/own';
import type { Range, Steps } from '../../lib/steps';
import { isMissing } from './compareRecords';

/** An entry of a merged list, and the parts that returned it. */
interface FromParts {
	value: unknown;
	parts: readonly number[];
}

/** With fewer, it is not known what a record usually has. */
const LEAST = 3;

/**
 * Names records at the border of two parts that only one of them returned, and that lack what the
 * others have: the border may have cut them, and the part with the rest may have left it out.
 */
export function cutWarnings(
	list: readonly FromParts[],
	lastPart: number,
	pointerAt: (index: number) => string,
): string[] {
	const atBorder = list.map((_, at) => isAtBorder(list, at, lastPart));
	if (list.length < LEAST || !atBorder.includes(true)) return [];
	const records = list.map(({ value }) => (isRecord(value) ? value : {}));
	const inner = records.filter((_, at) => !atBorder[at]);
	const has = (record: Record<string, unknown>, key: string) => !isMissing(own(record, key));
	const usual = [...new Set(records.flatMap((record) => Object.keys(record)))].filter(
		(key) =>
			inner.every((record) => has(record, key)) &&
			records.filter((record) => has(record, key)).length > records.length / 2,
	);
	return list.flatMap(({ value }, at) => {
		if (!atBorder[at] || !isRecord(value)) return [];
		const lacking = usual.find((key) => !has(value, key));
		return lacking === undefined
			? []
			: [
					`maybe cut ${pointerAt(at)}: it is at the border of two parts and has no "${lacking}", which the others have; more of it may be lost`,
				];
	});
}

const LONGEST_QUOTE = 100;

/** Names rows that have no entry, by their places in the text and their words. */
export function skippedWarnings(text: string, rows: readonly Range[]): string[] {
	return rows.map(([from, to]) => {
		const quote = JSON.stringify(text.slice(from, Math.min(to, from + LONGEST_QUOTE)));
		return `maybe skipped: characters ${from} to ${to} of the text look like an entry, and none is given for them: ${quote}`;
	});
}

/** The last entry of a part, or the first one after another part's, which no second part returned. */
function isAtBorder(list: readonly FromParts[], at: number, lastPart: number): boolean {
	const [part, another] = list[at]?.parts ?? [];
	if (part === undefined || another !== undefined) return false;
	const before = list[at - 1]?.parts.at(-1) ?? part;
	const behind = list[at + 1]?.parts[0] ?? part;
	return before < part || behind > part || (at === list.length - 1 && part < lastPart);
}

/**
 * Names records that look like the continuation of the one before: everything besides their lists is
 * the same, except for words such as `(continued)`. Without such words, only where a later part begins
 * a record, because a reader of a single part has seen both. `parts` are those that begin each record.
 */
export function* repeatWarnings(
	list: readonly unknown[],
	parts: readonly number[],
	pointerAt: (index: number) => string,
): Steps<string[]> {
	const found: string[] = [];
	for (const [at, record] of list.entries()) {
		yield;
		const isLater = (parts[at] ?? 0) > (parts[at - 1] ?? 0);
		if (at > 0 && isRepeat(list[at - 1], record, isLater))
			found.push(`maybe one ${pointerAt(at)}: ${LOOKS}`);
	}
	return found;
}

const LOOKS = 'it looks like the rest of the entry before it, below a repeated heading';

type Likeness = 'missing' | 'same' | 'added' | 'marked' | 'other';

function isRepeat(before: unknown, record: unknown, isLater: boolean): boolean {
	if (!isRecord(before) || !isRecord(record)) return false;
	const values = [before, record].flatMap((one) => Object.entries(one));
	const lists = values.filter(([, value]) => Array.isArray(value)).map(([key]) => key);
	if (lists.length === new Set(lists).size) return false;
	const keys = new Set(values.map(([key]) => key).filter((key) => !lists.includes(key)));
	const found = new Set([...keys].map((key) => likeness(own(before, key), own(record, key))));
	if (found.has('other')) return false;
	return found.has('marked') || (isLater && (found.has('same') || found.has('added')));
}

function likeness(a: unknown, b: unknown): Likeness {
	if (isMissing(a) || isMissing(b)) return 'missing';
	if (isSame(a, b)) return 'same';
	const [short, long] = [textOf(a), textOf(b)];
	const at = short === '' ? -1 : long.indexOf(short);
	if (at < 0) return 'other';
	const rest = [long.slice(0, at), long.slice(at + short.length)];
	if (CONTINUED.test(rest.join(' '))) return 'marked';
	const [ahead = '', behind = ''] = rest.map((text) => text.trim());
	return /^[\p{P}\p{S}]/u.test(behind) || /[\p{P}\p{S}]$/u.test(ahead) ? 'added' : 'other';
}

const textOf = (value: unknown) =>
	typeof value === 'string' || typeof value === 'number'
		? String(value).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
		: '';

/** What documents add to a heading that was on the page before. */
const CONTINUED =
	/(?<!\p{L})(?:cont(?:inued|inuation|['’]?d)?|forts(?:etzung)?|suite|continua(?:ción|ção|zione|ndo|do|tion)?|segue|seguito|vervolg|ciąg dalszy|продолжение|продолж)(?!\p{L})|続き|つづき|続く|承前|续|續|接上|계속|이어/u;
