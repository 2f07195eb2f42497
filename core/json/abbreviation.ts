import {
	ENDS_IN_MORE,
	ENDS_SHORT,
	IS_MORE,
	MAY_BE_MORE,
	OF_HOW_MANY,
	SAYS_MORE,
	SAYS_PART,
} from './abbreviationWords';
import { SAYS_ALL } from './wholeWords';

/** As many scripts write them; two dots alone may be a path. */
const DOT_SIGNS = String.raw`(?:\.{3,}|\.(?: \.){2,}|[…⋮⋯︙⋰⋱‥]|[・。·•․．]{3,})`;
const DOTS = new RegExp(String.raw`^[^\p{L}\p{N}]*${DOT_SIGNS}\s*(?![\p{L}\p{N}]*\()`, 'u');
const HOLDS_DOTS = new RegExp(DOT_SIGNS);
/** In brackets, quotes or emphasis, or with commas between them. */
const ONLY_SIGNS = /^[\s[\](){}<>"'|*_,.…⋮⋯︙⋰⋱‥・。·•․．-]*$/;
/** What begins a bare stand-in among values of JSON. */
export const OPENS_DOTS = /\.{3}|[…⋮⋯︙‥]/y;
/** What only a note has before it, so that a sentence of its own is none. */
const OPENS_NOTE =
	/^[^\p{L}\p{N}]*(?:\.{3,}|…|[([<{]|\+ ?\d|(?:and |the )*(?:\d+ (?:more|others?|further|additional|weitere|autres|más|otr[oa]s|altr[ei]|mais|outr[oa]s)|remaining|rest|list|output|showing|weitere|restliche\p{L}*|и ещ[её]|остальн\p{L}*)\s|and \d|残り|他 ?\d|ほか ?\d|외 ?\d|나머지|还有|另外|其余|剩余)/iu;
const MOST = 200;
const LONGEST_MARK = 20;

/** Whether a comment stands for entries that the model left out. */
export function isAbbreviation(comment: string): boolean {
	const words = comment.slice(0, MOST).trim();
	return DOTS.test(words) || MAY_BE_MORE.test(words) || saysMore(words);
}

/** The same of a line in prose: there, three dots alone are a pause. */
export function isAbbreviationInProse(line: string): boolean {
	if (line.length > MOST || SAYS_ALL.test(line)) return false;
	const [, comment] = /<!--(.*?)-->/.exec(line) ?? [];
	return comment === undefined
		? saysMore(line.trim()) || SAYS_PART.test(line)
		: isAbbreviation(comment);
}

function saysMore(words: string): boolean {
	if (IS_MORE.test(words) || SAYS_MORE.test(words)) return true;
	const { some, all } = OF_HOW_MANY.exec(words)?.groups ?? {};
	return Number(some) < Number(all);
}

/**
 * Whether a text that stands where an entry should be is a stand-in for entries. What may be data as
 * well is one only where the source, which is then known, does not say it.
 */
export function isStandIn(text: string, isSaid?: (text: string) => boolean): boolean {
	if (text.length > MOST) return false;
	if (isDots(text)) return true;
	const isNote = OPENS_NOTE.test(text) && saysMore(text.trim());
	if (isNote || IS_MORE.test(text)) return !isSaid?.(text);
	const isDoubtful = MAY_BE_MORE.test(text) || ENDS_IN_MORE.test(text.slice(-LONGEST_MARK));
	return isDoubtful && isSaid !== undefined && !isSaid(text);
}

/** Whether a text is nothing but dots. */
export function isDots(text: string): boolean {
	return text.length <= MOST && ONLY_SIGNS.test(text) && HOLDS_DOTS.test(text);
}

/** The words of a line that say that something was left out. */
export function wordsOfMore(line: string): string | undefined {
	if (SAYS_ALL.test(line)) return undefined;
	const found = [IS_MORE, SAYS_MORE, SAYS_PART].map((words) => words.exec(line)?.[0]);
	return (
		found.find((words) => words !== undefined) ?? (isAbbreviationInProse(line) ? line : undefined)
	);
}

/** What a text has at its end that says that it is not all of it. */
export function cutMark(text: string): string | undefined {
	const end = text.slice(-MOST);
	return /[\])>}]/.test(end.slice(-4)) ? ENDS_SHORT.exec(end)?.[0] : undefined;
}
