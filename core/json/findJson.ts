import type { Steps } from '../lib/steps';
import { peek, riskyNotes } from './cursor';
import { readJsonAt, type JsonReading, type ReadJson } from './readJson';

/** JSON within a text. */
export interface Piece {
	/** Several if values follow one another with nothing but blanks or commas in between. */
	values: ReadJson[];
	/**
	 * Whether commas separate them: together they are a list without brackets, and none is an answer by
	 * itself.
	 */
	hasCommas: boolean;
	start: number;
	end: number;
	frame: 'fenced' | 'tagged' | 'prose';
	hasExtraClosers: boolean;
}

export type Broken = Exclude<JsonReading, { ok: true }>;

export interface Found {
	pieces: Piece[];
	/** What looked like JSON and could not be read. */
	broken: Broken[];
}

/** A bracket after which a key or a value may follow, even one that only a habit allows. */
const OPENER = /\[|\{(?=\s*(?:["'`“”„‘’«「『＂}\p{L}_$\d/#<.…]|\{\s*["'“„\p{L}_$}]))/gu;
/** A text with many broken beginnings is eventually given up, so that reading stays linear. */
const MOST_READINGS = 12;
const GROUPS_PER_STEP = 50;

/**
 * All JSON objects and lists in a text, in order, as it is written; if nothing can be read, with
 * full-width characters replaced by JSON's.
 */
export function* findJson(text: string): Steps<Found> {
	const plain = yield* findPlain(text);
	const wide = plain.pieces.length === 0 ? asciiSigns(text) : undefined;
	if (wide === undefined) return plain;
	const found = yield* findPlain(wide);
	const isGuess = found.pieces.some(({ values }) =>
		values.some(({ notes }) => riskyNotes(new Set(notes)).length > 0),
	);
	if (isGuess) return plain;
	const pieces = found.pieces.map((piece) => ({
		...piece,
		values: piece.values.map((read) => ({ ...read, notes: [...read.notes, 'fullWidth' as const] })),
	}));
	return { ...found, pieces };
}

/**
 * All JSON objects and lists in a text, in order. Parts of something broken are not answers: after it,
 * the search continues at the next paragraph or fence.
 */
function* findPlain(text: string): Steps<Found> {
	const groups: Group[] = [];
	const resume = openResume(text);
	let budget = text.length * MOST_READINGS + 10_000;
	let at = nextOpener(text, 0);
	while (at !== undefined && budget > 0) {
		const group = readGroup(text, at);
		if (groups.length % GROUPS_PER_STEP === 0) yield;
		budget -= Math.abs(group.end - at) + 1;
		const isProse = 'broken' in group && !group.broken.isMeant;
		if (!isProse) groups.push(group);
		const next = 'piece' in group ? group.end : isProse ? at + 1 : resume(group);
		at = nextOpener(text, next);
	}
	const found = withoutRemains(text, groups);
	if (at !== undefined) found.broken.push(brokenAt(at, 'there are too many broken brackets'));
	return found;
}

/** What is in one paragraph with something broken may be a part of it. */
function withoutRemains(text: string, groups: readonly Group[]): Found {
	const found: Found = { pieces: [], broken: [] };
	let block: Group[] = [];
	for (const [index, group] of groups.entries()) {
		block.push(group);
		const next = groups[index + 1];
		const isFar = !next || next.start < group.end;
		if (!isFar && !BLOCK_BREAK.test(text.slice(group.end, next.start))) continue;
		const broken = block.flatMap((held) => ('broken' in held ? [held.broken] : []));
		for (const held of broken.length === 0 ? block : [])
			if ('piece' in held) found.pieces.push(held.piece);
		for (const one of broken) found.broken.push(one);
		block = [];
	}
	return found;
}

function nextOpener(text: string, from: number): number | undefined {
	OPENER.lastIndex = from;
	return OPENER.exec(text)?.index;
}

type Group = { end: number; start: number } & ({ piece: Piece } | { broken: Broken });

/** The value that begins here, with those that directly follow it. */
function readGroup(text: string, start: number): Group {
	const values: ReadJson[] = [];
	let hasCommas = false;
	let separator: string | undefined = '';
	let end = start;
	let number = numberIn(text.slice(Math.max(0, start - 20), start));
	for (let at = start; separator !== undefined; at = end + (separator?.length ?? 0)) {
		const read = readJsonAt(text, at);
		if (!read.ok) {
			// Prose in brackets ends the group; something broken ends everything.
			if (values.length > 0 && !read.isMeant) break;
			return { start, end: read.at, broken: read };
		}
		values.push(read);
		hasCommas ||= separator.includes(',');
		({ end } = read);
		separator = peek({ text, at: end }, SEPARATOR);
		const next = numberIn(separator ?? '');
		// If the numbers of a list skip one, so does the list.
		if (number !== undefined && next !== undefined && next !== number + 1) break;
		number = next;
	}
	const closers = extraBraces(text, start, end);
	const after = end + closers.length;
	const isOver = peek({ text, at: after }, GOES_ON) === undefined && !isClosedLater(text, after);
	if (isPart(text, start) || !isOver) {
		return { start, end: after, broken: brokenAt(after, CLOSED_EARLY) };
	}
	const shared = { values, hasCommas, start, end: after, hasExtraClosers: closers !== '' };
	return { start, end: after, piece: { ...shared, frame: frameOf(text, start) } };
}

/** Records in a list of prose follow a bullet or a number. */
const SEPARATOR = /\s*(?:,\s*)?(?:(?<=\n[ \t]*)(?:[-*•]|\d{1,6}[.)])[ \t]+(?=\{))?(?=[{[])/y;

function numberIn(before: string): number | undefined {
	const [, digits] = /(?:^|\n)[ \t]*(\d{1,6})[.)][ \t]+$/.exec(before) ?? [];
	return digits === undefined ? undefined : Number(digits);
}

const BRACES = /\s*\}[}\s]*/y;
const BLOCK_ENDS = /(?![^])|[`~]{3}|<\//y;

/** Extra closing braces after an object that begins a line, with nothing else in the paragraph. */
function extraBraces(text: string, start: number, end: number): string {
	const isAlone = text.charAt(start) === '{' && (start === 0 || text.charAt(start - 1) === '\n');
	const braces = isAlone ? (peek({ text, at: end }, BRACES) ?? '') : '';
	const endsBlock = peek({ text, at: end + braces.length }, BLOCK_ENDS) !== undefined;
	return endsBlock || /\n[^\n]*\n$/.test(braces) ? braces.trimEnd() : '';
}

/** More JSON after a closing bracket, or a word attached to it. */
const GOES_ON =
	/\s*(?:[":}\]]|'(?!''))|\s*,\s*(?:["'{[\d-]|(?:null|true|false|None|True|False)\b|[A-Za-z_]\w*\s*=)|[\p{L}\p{N}_$-]/uy;

const CLOSED_EARLY = 'a bracket closes too early, or one is missing';

/** Whether the paragraph has a closing bracket that belongs to nothing after it. */
function isClosedLater(text: string, after: number): boolean {
	BRACKET_OR_BREAK.lastIndex = after;
	return /[}\]]/.test(BRACKET_OR_BREAK.exec(text)?.[0] ?? '');
}

function brokenAt(at: number, reason: string): Broken {
	return { ok: false, at, reason, kind: 'broken', isMeant: true };
}

/**
 * Whether a key, another entry or an argument directly precedes a bracket: then it is part of
 * something.
 */
function isPart(text: string, start: number): boolean {
	const ahead = text.slice(Math.max(0, start - 100), start);
	const before = ahead.trimEnd();
	if (!/["'”’]\s*:$|["'}\]\d]\s*,$|,\s*[A-Za-z_]\w*\s*=$/.test(before)) return false;
	return !(/\n\s*$/.test(ahead) && isHeading(before));
}

/** Whether the last line of a text is words, or alone as no line of JSON is: `Data for "Ada":`. */
function isHeading(before: string): boolean {
	const lines = before.split('\n');
	const line = lines.at(-1) ?? '';
	const words = line.replace(/"[^"]*"|“[^”]*”|(?<!\p{L})'[^']*'/gu, '');
	if (/["“”{}[\]]/.test(words)) return false;
	const isFirst = before.length < 100 && (lines.at(-2) ?? '').trim() === '';
	return /\p{L}{2,}(?: |$)/u.test(words) || (isFirst && /^\P{L}*:$/u.test(words));
}

const FENCE = /(?:^|\n)[ \t>*-]*(?:`{3,}|~{3,}|'{3,})[^\n`{[]{0,80}$/;
const INLINE_FENCE = /(?:^|\s)`{1,2}$/;
const TAG = /<([A-Za-z][\w-]{0,40})(?: [^<>]{0,80})?>$/;

/** What directly precedes a piece. */
function frameOf(text: string, start: number): Piece['frame'] {
	const line = Math.max(0, start - 200);
	const before = text.slice(line, start);
	const lead = line === 0 ? before : before.slice(before.indexOf('\n') + 1);
	const trimmed = lead.trimEnd();
	if (FENCE.test(trimmed) || INLINE_FENCE.test(trimmed)) return 'fenced';
	return TAG.test(trimmed) ? 'tagged' : 'prose';
}

const BRACKET_OR_BREAK = /[{}[\]]|\n\s*\n|\n[ \t]*[`~]{3}|$/g;
const BLOCK_BREAK = /\n\s*\n|\n[ \t]*[`~]{3}/;
const BLOCK_END = /\n\s*\n|\n[ \t]*[`~]{3}/g;
const JSON_FENCE = /\n[ \t]*[`~]{3}json/gi;

/** Where the search continues after something broken; each fence is visited once. */
function openResume(text: string): (group: { start: number; end: number }) => number {
	const fences = [...text.matchAll(JSON_FENCE)].map(({ index }) => index);
	let next = 0;
	return ({ start, end }) => {
		while ((fences[next] ?? Infinity) < start) next += 1;
		// A string or list that never ends may have swallowed the block that follows.
		const fence = fences[next] ?? text.length;
		BLOCK_END.lastIndex = end;
		const block = BLOCK_END.exec(text)?.index ?? text.length;
		return Math.max(start + 1, Math.min(block, fence));
	};
}

const SIGNS = new Map([
	['｛', '{'],
	['｝', '}'],
	['［', '['],
	['］', ']'],
	['，', ','],
	['：', ':'],
]);
const CLOSERS = new Map([
	['"', '"'],
	['“', '”'],
	['「', '」'],
	['『', '』'],
	['＂', '＂'],
]);
const WIDE = /[｛｝［］，：]/;

/**
 * A text with the full-width characters of its JSON in ASCII, at the same positions; those in strings
 * and around it are kept. Undefined if it has none, or if it is unclear what is a string.
 */
function asciiSigns(text: string): string | undefined {
	if (!WIDE.test(text)) return undefined;
	let depth = 0;
	let closer: string | undefined;
	let hasChanged = false;
	const parts: string[] = [];
	for (let at = 0; at < text.length; at += 1) {
		const char = text.charAt(at);
		const sign = closer === undefined ? (SIGNS.get(char) ?? char) : char;
		if (closer !== undefined) {
			if (char === '\\') return undefined;
			if (char === closer) closer = undefined;
		} else if (sign === '{' || sign === '[') depth += 1;
		else if (depth > 0 && (sign === '}' || sign === ']')) depth -= 1;
		else if (depth > 0 && (char === "'" || char === '`')) return undefined;
		else if (depth > 0) closer = CLOSERS.get(char);
		const isSign = depth > 0 || sign === '}' || sign === ']';
		parts.push(isSign ? sign : char);
		hasChanged ||= isSign && sign !== char;
	}
	return hasChanged && closer === undefined && depth === 0 ? parts.join('') : undefined;
}
