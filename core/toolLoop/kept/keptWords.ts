/**
 * What the loop says to the model of results that are kept. `docs/tool-call-loop.md` lists it, and a test
 * holds the two equal.
 */

/** In front of the beginning of a result. */
export function resultKept(name: string, what: string, tools: ReaderNames): string {
	return `Too long to show: kept as "${name}". It is ${what}. Find what you need in it with ${tools.search}, or read parts of it with ${tools.read}. It begins:`;
}

export interface ReaderNames {
	read: string;
	search: string;
}

/** Of a result that was longer than all that may be kept. */
export function headKept(kept: number, whole: number): string {
	return `the first ${kept} of ${whole} characters, the rest is lost`;
}

/** The description of the tool that reads. */
export const READ_RESULT =
	'Reads a part of a tool result that was too long to show and is kept under a name such as "r1". Characters and lines count from 1. Where there is more than one answer holds, it says how to read on.';

/** The description of the tool that searches. */
export const SEARCH_RESULT =
	'Finds places in a tool result that was too long to show and is kept under a name such as "r1": those with the most of your words, or those that a regular expression matches. Gives line, characters, the path in JSON, and the text around.';

/** In front of what is read. */
export function resultPart(of: string, { from, to, length, line }: PartTerms): string {
	const more = to < length ? ` Read on with "from": ${to + 1}.` : ' This is its end.';
	return `[${of}: characters ${from} to ${to} of ${length}, from line ${line}.${more}]`;
}

export interface PartTerms {
	from: number;
	to: number;
	length: number;
	/** That it begins in. */
	line: number;
}

export const CHARACTERS_OR_LINES =
	'Give characters ("from", "to") or lines ("fromLine", "toLine"), not both.';

export function emptyPart(of: string, length: number, lines: number): string {
	return `Nothing is there: ${of} has ${length} characters in ${lines} lines.`;
}

/** In front of the value of a name that one object has twice. */
export function duplicateName(count: number): string {
	return `[A name in this path occurs ${count} times in its object: this is the value of the last.]`;
}

export function noSuchResult(name: string, kept: readonly string[]): string {
	return `There is no kept result "${name}". Kept: ${kept.join(', ') || 'none'}.`;
}

export function resultGone(name: string): string {
	return `The result "${name}" is no longer kept: it made room for newer ones. Make its call again if you need it.`;
}

/** At the end of a turn whose results took the room of older ones. */
export function resultsGone(names: readonly string[]): string {
	return `\n\n(No longer kept, to make room: ${names.join(', ')}.)`;
}

/** For a path that is none. */
export function badPath(path: string): string {
	return `"${path}" is no path. Write it like rows[12].name, and names with other signs like ["first name"].`;
}

export function notJson(name: string): string {
	return `"${name}" is not JSON: read it without "path", or search it.`;
}

/** For a path that leads nowhere. */
export function noSuchPath(part: string, holder: string, has: string): string {
	return `There is no ${part} in ${holder}, which has ${has}.`;
}

/** In front of hits. */
export function hitsIn(name: string, { shown, skipped, more }: HitTerms): string {
	const rest = more
		? ` There are more: set "skip": ${skipped + shown}, or look for rarer words.`
		: '';
	return `[${name}: places ${skipped + 1} to ${skipped + shown}, the best first.${rest}]`;
}

export interface HitTerms {
	shown: number;
	skipped: number;
	more: boolean;
}

/** At the head of each hit. */
export function hitAt(line: number, [from, to]: readonly [number, number], path?: string): string {
	return `line ${line}, characters ${from} to ${to}${path === undefined ? '' : `, ${path}`}:`;
}

export function noHits(name: string, skipped: number): string {
	const more = skipped > 0 ? 'no further place' : 'no place';
	return `There is ${more} like that in "${name}". Try other words or fewer, or read it.`;
}

/** Beside hits of other words. */
export function notFoundAtAll(words: readonly string[]): string {
	return `[Not in it at all: ${words.join(', ')}]`;
}

export function badRegex(problem: string): string {
	return `This regular expression cannot be searched for: ${problem}. Use a simpler one, or words.`;
}

/** Beside what was found until then. */
export function regexGivenUp(at: number): string {
	return `[The search ended at character ${at}: this regular expression takes too long. Use a simpler one, or words.]`;
}

export const WORDS_OR_REGEX = 'Give either "words" or "regex".';
