import { isRecord } from '../../lib/isRecord';
import { isAbbreviationInProse, isDots } from '../../json/abbreviation';
import { joinedComments } from '../../json/comments';
import { riskyNotes, type Comments } from '../../json/cursor';
import { withoutEntities } from '../../read/foldText';
import { inOneGo, type Steps } from '../../lib/steps';
import { findJson, type Broken, type Found, type Piece } from '../../json/findJson';
import { correctsIt, isFinal, isLabelledOther, takesBack } from '../../json/notTheAnswer';
import { readWholeJson, strictJson, warningsOf, type ReadJson } from '../../json/readJson';
import { joinedNumbers, type SourceNumbers } from '../../json/exactJson';
import { isWithdrawn } from '../../json/withdrawn';
import { joinAnswers } from './joinAnswers';
import { bareJson, plainCalls, withoutThoughts } from './plainAnswer';

export interface Candidate {
	value: unknown;
	/** Each leniency that was used to read it. */
	warnings: string[];
	/** The text that contains the value of the candidate before it. */
	isOuter?: true;
	/** The answer says that it replaces those before it. */
	corrects?: true;
	/** What its comments say; missing if there are none. */
	comments?: Comments;
	/** Where it begins, in an answer that contains more. */
	at?: number;
	/** Where the values begin that were joined to this list. */
	entriesAt?: number[];
	/** Missing if every number is exactly what was written. */
	numbers?: SourceNumbers;
}

type ParsedJson =
	| {
			ok: true;
			candidates: Candidate[];
			around: string;
			/** The answer without thoughts, and with calls in one notation. */
			said: string;
			unread?: string;
			correction?: string;
	  }
	| { ok: false; reason: string; said?: string; isAbbreviated?: true };

/**
 * The JSON values that a model's answer may mean, most likely first: the whole answer; otherwise fenced
 * and tagged blocks, the last one first, because drafts come before answers; then JSON in prose. Valid
 * JSON is always read as it is. Text whose brackets never close is refused, and so is what stands for
 * more than was written.
 */
export const parseJson = (text: string) => inOneGo(parseSteps(text));

/** The same, and others may run meanwhile. */
export function* parseSteps(text: string): Steps<ParsedJson> {
	const clean = text.replace(/^\uFEFF/, '').trim();
	if (clean === '') return { ok: false, reason: 'the answer is empty' };
	if (HTML_ESCAPED.test(clean) && !clean.includes('"')) return yield* parseHtmlEscaped(clean);
	const whole = wholeJson(clean);
	if (whole) return { ok: true, candidates: whole, around: '', said: clean };
	const unthought = withoutThoughts(clean);
	if (unthought === undefined) return { ok: false, reason: 'it contains only thoughts' };
	const answer = plainCalls(unthought);
	const found = yield* findJson(answer);
	const meant = found.pieces.filter((piece) => !isCitation(answer, piece));
	const pieces = inOrder(meant, (piece) => isOther(answer, piece));
	const others = meant.length - pieces.length;
	const correcting = corrections(answer, found);
	const candidates = pieces.flatMap((piece) => candidatesOf(piece, correcting.has(piece)));
	const lists = [...pieces.flatMap(listOf), ...blocksAsList(answer, found)];
	const all = [...candidates, ...lists];
	const left = leftOutIn(answer, found);
	if (left !== undefined) return { ok: false, reason: left, said: answer, isAbbreviated: true };
	if (all.length === 0) {
		const [first] = [...found.broken, ...ifMeant(answer)];
		const reason = others > 0 ? CALLED_OTHER : first ? described(answer, first) : NO_JSON;
		return { ok: false, reason, said: answer };
	}
	const [broken] = found.broken;
	const unread = broken ? described(answer, broken) : others > 0 ? CALLED_OTHER : undefined;
	const correction = correctionIn(answer, found);
	return {
		...{ ok: true, candidates: all, around: withoutJson(answer, found), said: answer },
		...(unread === undefined ? {} : { unread }),
		...(correction === undefined ? {} : { correction }),
	};
}

/** The value of a text that is nothing but JSON, or code that parses it. */
function wholeJson(text: string): Candidate[] | undefined {
	const whole = readWholeJson(text);
	if (whole.ok && !/^'''\w*\n/.test(text)) return unpacked(whole, []);
	const encoded = encodedJson(text);
	const bare = encoded ? undefined : bareJson(text);
	return encoded ?? (bare && unpacked(bare.read, bare.warnings));
}

/** JSON whose every quote was escaped for another text: with backslashes, or for a table. */
function encodedJson(text: string): Candidate[] | undefined {
	const isEscaped = /^[{[](?:\s|\\[nrt])*\\"/.test(text);
	const escaped = isEscaped ? readWholeJson(`"${text}"`) : undefined;
	const [inner] = escaped?.ok ? unpacked(escaped, []) : [];
	if (inner?.warnings.includes('doubleEncoded')) return [inner];
	const isCell = /^"\s*[{[]\s*(?:\{\s*)?""/.test(text) && text.endsWith('"');
	const read = isCell ? strictJson(text.slice(1, -1).replaceAll('""', '"')) : undefined;
	return read && unpacked(read, ['repaired', 'doubleEncoded']).slice(0, 1);
}

const HTML_ESCAPED = /[{[]\s*&(?:quot|#34|#x22);/;

/** A text whose quotes were all escaped for a web page. */
function* parseHtmlEscaped(text: string): Steps<ParsedJson> {
	const parsed = yield* parseSteps(withoutEntities(text));
	if (!parsed.ok) return parsed;
	const candidates = parsed.candidates.map(({ warnings, ...candidate }) => ({
		...candidate,
		warnings: ['htmlEscaped', ...warnings],
	}));
	return { ...parsed, candidates };
}

export const CALLED_OTHER = 'JSON that the answer calls an example, a draft or wrong';

export const NO_JSON = 'there is no JSON in the answer';

/** A draft or an example counts only if there is nothing else, and is then refused. */
function inOrder(all: readonly Piece[], isOther: (piece: Piece) => boolean): Piece[] {
	const lastFirst = all.filter((piece) => !isOther(piece)).toReversed();
	const isFramed = ({ frame }: Piece) => frame !== 'prose';
	return [...lastFirst.filter(isFramed), ...lastFirst.filter((piece) => !isFramed(piece))];
}

function candidatesOf(piece: Piece, corrects: boolean): Candidate[] {
	const { values, hasCommas, start } = piece;
	const own = { at: start, ...(corrects ? { corrects: true as const } : {}) };
	if (hasCommas) return [];
	return values.toReversed().flatMap((read) => {
		const warnings = warningsIn(piece, [read]);
		return warnings ? unpacked(read, warnings).map((one) => ({ ...one, ...own })) : [];
	});
}

/** Consecutive values as the list that they may be. */
function listOf(piece: Piece): Candidate[] {
	const { values } = piece;
	const warnings = values.length > 1 ? warningsIn(piece, values) : undefined;
	if (!warnings) return [];
	return [{ ...together(values), ...at([piece]), warnings: [...warnings, 'jsonLines'] }];
}

const MOST_BLOCKS = 100;

/** Blocks of one object each, with nothing around them, as the list that they may be. */
function blocksAsList(text: string, found: Found): Candidate[] {
	const { pieces, broken } = found;
	if (pieces.length < 2 || pieces.length > MOST_BLOCKS || broken.length > 0) return [];
	const values = pieces.flatMap((piece) => piece.values);
	const entries = values.map(({ value }) => value).filter(isRecord);
	const fences = withoutJson(text, found).match(/\S+/g) ?? [];
	const isOnlyBlocks =
		pieces.every((piece) => piece.frame === 'fenced' && !piece.hasExtraClosers) &&
		[values, pieces].every(({ length }) => length === entries.length) &&
		fences.length === 2 * entries.length &&
		fences.every((word) => /^(?:`{3,}|~{3,})\w{0,20}$/.test(word));
	// An entry in two blocks may be a draft and its correction.
	const joined = joinAnswers(isOnlyBlocks ? entries.map((entry) => [entry]) : []);
	const isApart =
		joined.ok && Array.isArray(joined.value) && joined.value.length === entries.length;
	if (!isOnlyBlocks || !isApart) return [];
	const how = `severalBlocks: ${pieces.length} JSON blocks, joined`;
	return [{ ...together(values), ...at(pieces), warnings: ['fenced', ...warningsOf(values), how] }];
}

const at = (pieces: readonly Piece[]) => ({
	at: pieces[0]?.start ?? 0,
	entriesAt: pieces.map(({ start }) => start),
});

function together(values: readonly ReadJson[]) {
	const numbers = joinedNumbers(values.flatMap((read) => read.numbers ?? []));
	const comments = joinedComments(values.map((read) => read.comments));
	return { value: values.map((read) => read.value), ...known({ numbers, comments }) };
}

function known({ numbers, comments }: Pick<ReadJson, 'numbers' | 'comments'>) {
	return { ...(numbers ? { numbers } : {}), ...(comments ? { comments } : {}) };
}

/** Brackets in prose are not JSON unless they contain a text or a key; and only one risk is allowed. */
function warningsIn(piece: Piece, values: readonly ReadJson[]): string[] | undefined {
	const notes = [...new Set(values.flatMap((read) => read.notes))];
	const { frame, hasExtraClosers } = piece;
	if (frame === 'prose' && values.some((read) => read.notes.length > 0 && !isMeant(read))) {
		return undefined;
	}
	if (hasExtraClosers && riskyNotes(new Set(notes)).length > 0) return undefined;
	return [frame, ...warningsOf(values, hasExtraClosers ? ['extraClosers'] : [])];
}

function isMeant({ value }: ReadJson): boolean {
	const held: unknown[] = typeof value === 'object' && value !== null ? Object.values(value) : [];
	const hasKeys = !Array.isArray(value) && held.length > 0;
	return hasKeys || held.some((entry) => typeof entry === 'string' || typeof entry === 'object');
}

const MOST_ENCODINGS = 3;

/** A JSON text may itself contain JSON: some models quote the whole object, once or twice. */
function unpacked(read: ReadJson, warnings: string[], times = 0): Candidate[] {
	const { value, numbers, comments } = read;
	const own = [...warnings, ...warningsOf([read])];
	const inner =
		typeof value === 'string' && times < MOST_ENCODINGS && /^\s*["{[]/.test(value)
			? readWholeJson(value)
			: undefined;
	const as = { value, warnings: [...new Set(own)], ...known({ numbers, comments }) };
	if (!inner?.ok) return [as];
	const candidates = unpacked(inner, [...own, 'doubleEncoded'], times + 1);
	const isContainer = typeof candidates[0]?.value === 'object' && candidates[0].value !== null;
	return isContainer ? [...candidates, { ...as, isOuter: true }] : [as];
}

/** A text that is only brackets counts as broken, even without a key or a text in them. */
function ifMeant(text: string): Broken[] {
	const read = readWholeJson(text);
	const isMeant = !read.ok && (read.kind === 'unclosed' || /[}\]]$/.test(text));
	return isMeant && /^[{[]/.test(text) ? [read] : [];
}

const MOST_BEFORE = 300;
const MOST_LEAD = 1200;
const FENCE_LINE = /\n?[ \t>]*[`~]{3,}[^\n`]*\n?\s*$|`\s*$/;

/** The words right before a piece. */
function lineBefore(text: string, { start }: Piece): string {
	const before = text.slice(Math.max(0, start - MOST_BEFORE), start).replace(FENCE_LINE, '');
	return before.trimEnd().split('\n').at(-1) ?? '';
}

/** Whether it is called an example or wrong, or taken back by marks. */
function isOther(text: string, piece: Piece): boolean {
	const before = text.slice(Math.max(0, piece.start - 2 * MOST_BEFORE), piece.start);
	return isWithdrawn(before) || isLabelledOther(lineBefore(text, piece));
}

/** The pieces that, according to the words before them, replace earlier ones. */
function corrections(text: string, { pieces }: Found): Set<Piece> {
	const correcting = pieces.filter((piece, index) => {
		const before = pieces[index - 1]?.end ?? 0;
		const lead = text.slice(Math.max(before, piece.start - MOST_LEAD), piece.start);
		return lead.split('\n').some(correctsIt) || isFinal(lineBefore(text, piece));
	});
	return new Set(correcting);
}

/** What the prose after all JSON takes back. */
function correctionIn(text: string, { pieces }: Found): string | undefined {
	const lines = text.slice(pieces.at(-1)?.end ?? text.length).split('\n');
	const isMarked = (line: string) => /^\s*[;)]*\s*(?:#|\/\/|\/\*|<!--)/.test(line);
	const isCorrection = (line: string) =>
		correctsIt(line) || isLabelledOther(line) || (isMarked(line) && takesBack(line));
	return lines.map((line) => line.slice(0, MOST_BEFORE)).find(isCorrection);
}

/** A text without the JSON in it: what was on both sides of it stays separate. */
function withoutJson(text: string, { pieces }: Found): string {
	const between = pieces.map(({ start }, index) => text.slice(pieces[index - 1]?.end ?? 0, start));
	return [...between, text.slice(pieces.at(-1)?.end ?? 0)].join('\n\n');
}

/** Where the answer itself says that it is incomplete. */
function leftOutIn(text: string, found: Found): string | undefined {
	const elided = found.broken.find(({ kind }) => kind === 'abbreviated');
	if (elided) return described(text, elided);
	if (found.pieces.length === 0) return undefined;
	const lines = withoutJson(text, found).split('\n');
	const line = lines.find((one) => isAbbreviationInProse(one) || isDots(one));
	return line === undefined ? undefined : `the answer says that it is not whole: ${line.trim()}`;
}

/** What was broken, and where. */
function described(text: string, { kind, at, reason }: Broken): string {
	if (kind === 'unclosed' && /[}\]]\W*$/.test(text.slice(-20))) {
		return `a bracket or quote is opened and never closed: it is one too many, or its end is missing (${reason})`;
	}
	if (kind === 'unclosed') return `the JSON is truncated: its brackets never close (${reason})`;
	const lines = text.slice(0, at).split('\n');
	const place = `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
	return kind === 'broken' ? `the JSON is broken at ${place}: ${reason}` : `${reason}, at ${place}`;
}

/** `[1]` among words, unless they hand it over: "The answer: [1]". */
function isCitation(text: string, { frame, values, start, end }: Piece): boolean {
	const [only, another] = values.map(({ value }) => value);
	const isNumber = Array.isArray(only) && only.length === 1 && typeof only[0] === 'number';
	if (frame !== 'prose' || !isNumber || another !== undefined) return false;
	const before = text.slice(0, start);
	return before.trim() === '' ? /\p{L}/u.test(text.slice(end)) : !HANDS_OVER.test(before);
}

const HANDS_OVER = /[:：=→]\s*$|(?<!\p{L})(?:is|are|ist|sind|est|sont|es|son|è|sono|é|são)\s*$/iu;
