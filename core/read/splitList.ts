/** What a text is as a list. */
export interface SplitText {
	/** Its entries where its form leaves no doubt: lines, bullets, semicolons. */
	entries?: string[];
	/** Its lines are numbered, and a number is missing. */
	isGap?: true;
	/** Its entries if its commas part them. */
	byComma?: string[];
}

const BULLET = /^\s*(?:[-*•·‣▪◦–—]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+/;

export function splitList(text: string): SplitText {
	const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	const entriesOf = (parts: readonly string[]) =>
		parts.map((part) => part.trim()).filter((part) => part !== '');
	const areBulleted = lines.every((line) => BULLET.test(line));
	// Where the numbers leave one out, so does the list.
	if (lines.length > 1 && !areInOrder(lines)) return { isGap: true };
	if (lines.length > 1 || (areBulleted && lines.length > 0 && !/^\s*[-–—]\s*\d/.test(text))) {
		return {
			entries: entriesOf(
				lines.map((line) =>
					areBulleted ? line.replace(BULLET, '') : line.replace(/[,;]\s*$/, ''),
				),
			),
		};
	}
	if (/[;；•|]/.test(text)) return { entries: entriesOf(text.split(/[;；•|]/)) };
	if (!/[,，、]/.test(text)) return {};
	return { byComma: entriesOf(text.split(/[,，、]/)) };
}

function areInOrder(lines: readonly string[]): boolean {
	const numbers = lines.map((line) => /^\s*\(?(\d{1,3})[.)]\s/.exec(line)?.[1]);
	if (numbers.includes(undefined)) return true;
	const [first = 0] = numbers.map(Number);
	return numbers.every((one, at) => Number(one) === first + at || Number(one) === first);
}

const LAST_JOINT = /^(?:and|und|et|y|e|en|og|och|&)\s+|\s+(?:and|und|et|y|e|en|og|och|&)\s+/i;
/** What stands behind a comma inside of one name. */
const NO_ENTRY =
	/^(?:inc|ltd|llc|llp|plc|corp|co|gmbh|ag|kg|sa|s\.a|srl|bv|jr|sr|ii|iii|phd|ph\.d|md|m\.d|esq)\.?$/i;
const INITIALS = /^\p{Lu}\.?(?:\s?\p{Lu}\.)*$/u;

/**
 * The entries of `red, green, blue`. `Smith, John` and `Paris, France` may be one each, a sentence is
 * one: undefined where commas may stand inside of an entry.
 */
export function commaEntries(parts: readonly string[]): { entries?: string[]; isOne: boolean } {
	const isSentence = parts.some(
		(part) => part.split(/\s+/).length > 6 || /[.!?]\s+\p{Lu}/u.test(part),
	);
	if (isSentence) return { isOne: true };
	const last = parts.at(-1) ?? '';
	const hasJoint = parts.length > 1 && LAST_JOINT.test(last);
	const entries = hasJoint
		? [
				...parts.slice(0, -1),
				...last
					.split(LAST_JOINT)
					.map((part) => part.trim())
					.filter((part) => part !== ''),
			]
		: [...parts];
	if (entries.some((part) => NO_ENTRY.test(part) || INITIALS.test(part))) return { isOne: false };
	const isLower = entries.every((part) => /^[^\p{Lu}]/u.test(part) && !/\d/.test(part));
	const areFull = entries.every((part) => /\s/.test(part) && !/\d/.test(part));
	const areAlike = entries.length > 2 && entries.every((part) => !/[\s\d]/.test(part));
	const areCodes = entries.every((part) => /^\S*\d\S*$/.test(part));
	return hasJoint || isLower || areFull || areAlike || areCodes
		? { entries, isOne: false }
		: { isOne: false };
}
