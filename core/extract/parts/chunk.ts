import { TokenHubError } from '../../errors';
import { inOneGo, type Range, type Steps } from '../../lib/steps';
import type { ExtractRequest } from '../extractRequest';
import {
	beforeHeadings,
	firstBorder,
	firstOf,
	hardBorder,
	INSIDE_LINES,
	lastBorder,
	lastIn,
	type BorderKind,
	endsRecord,
	isBetweenRows,
} from './borders';
import { recordsIn, recordsOf, unitAt, type Records } from './units';

export interface ChunkOptions {
	/** The maximum number of characters of a piece. */
	size: number;
	/** Characters that two neighbors share, if the borders allow it. */
	overlap: number;
}

/** A part of a text. */
export interface TextPart {
	text: string;
	/** The position of its first character in the whole. */
	start: number;
	/** Characters at its beginning that the part before has too. */
	shared: number;
}

/**
 * The parts in which a request's text is read: the whole, unless it has to be cut. A part of blanks
 * says nothing, and is not read.
 */
export function* partsOf(request: Pick<ExtractRequest, 'text' | 'chunk'>): Steps<TextPart[]> {
	const { text = '', chunk } = request;
	const parts = chunk ? yield* chunkSteps(text, chunk) : [];
	const [first, ...others] = parts.filter((part) => hasText(part.text));
	return first ? [{ ...first, shared: 0 }, ...others] : [{ text, start: 0, shared: 0 }];
}

const hasText = (text: string) => /\S/.test(text);

/**
 * The request for one part. Images are only sent once, otherwise each part would return what they show.
 */
export function requestFor(request: ExtractRequest, part: TextPart): ExtractRequest {
	const isFirst = !hasText(request.text?.slice(0, part.start) ?? '');
	return { ...request, text: part.text, images: isFirst ? request.images : [] };
}

/**
 * A long text in overlapping parts, cut at the strongest border near the end of each.
 * @throws TokenHubError `badConfig` if the overlap leaves no room to advance.
 */
function* chunkSteps(text: string, options: ChunkOptions): Steps<TextPart[]> {
	const { size, overlap } = options;
	if (overlap >= size / 2) {
		throw new TokenHubError(
			'badConfig',
			`Chunk Overlap (${overlap}) must be under half of Chunk Size (${size}).`,
		);
	}
	const cut: Cut = { ...options, ...recordsOf(text) };
	const due = schedule(cut);
	const parts: TextPart[] = [];
	let [start, reached] = [0, 0];
	while (reached < text.length) {
		yield;
		const cutAt = nextCut(cut, { start, reached }, due(parts.length + 1));
		parts.push({ text: text.slice(start, cutAt.end), start, shared: reached - start });
		[start, reached] = [cutAt.next, cutAt.end];
	}
	return parts;
}

export const chunkText = (text: string, options: ChunkOptions): TextPart[] =>
	inOneGo(chunkSteps(text, options));

type Cut = ChunkOptions & Records;

/**
 * By index of a part: the latest position where it begins, so that there are no more parts than
 * planned.
 */
function schedule({ text, size, overlap }: Cut): (index: number) => number {
	const pace = size - overlap;
	const most = Math.ceil(text.length / pace) + 1;
	const slack = (most - 1) * pace + size - text.length;
	return (index) => index * pace - slack;
}

type LastBorder = (cut: Cut, range: Range) => number | undefined;
const lastRecord: LastBorder = (cut, range) => lastIn((own) => recordsIn(cut, own), range);
const lastBlankLine: LastBorder = (cut, range) => lastBorder(cut, 'blankLines', range);
const lastRow: LastBorder = (cut, range) => lastBorder(cut, 'rows', range);

/** Where a part ends, and the next one begins: what may be a record stands whole in one of them. */
function nextCut(
	cut: Cut,
	{ start, reached }: Pick<LastPart, 'start' | 'reached'>,
	due: number,
): { end: number; next: number } {
	const { text, size } = cut;
	const at = (end: number) => {
		const next = startOfNext(cut, { start, end, reached, due });
		const unit = unitAt(cut, end, size);
		return { end, unit, next: unit ? behindLong(cut, next, unit) : next };
	};
	const wished = at(endOfPart(cut, start, due));
	const { end, unit, next } = wished;
	if (!unit || end === text.length || next <= unit[0]) return wished;
	const above = beforeHeadings(text, unit[0]);
	if (above > reached) return at(above);
	if (unit[0] > reached) return at(unit[0]);
	const rest = text.slice(unit[1], start + size);
	return unit[1] <= start + size ? at(unit[1] + rest.length - rest.trimStart().length) : wished;
}

/** Where a part begins, so late that it has all of a unit of the text. */
function behindLong(cut: Cut, next: number, [from, to]: Range): number {
	const least = to - cut.size;
	if (next >= least || next > from) return next;
	return firstBorder(cut, 'lines', [least, from]) ?? from;
}

function endOfPart(cut: Cut, start: number, due: number): number {
	const { text, size, overlap } = cut;
	const to = start + size;
	if (to >= text.length) return text.length;
	const lastThird = to - Math.floor(size / 3);
	// More parts than planned are better than a record in two parts, neither of which has all of it.
	const isWorth = (at: number) => at >= due || to - at > overlap;
	const line =
		[lastRecord, lastBlankLine, lastRow]
			.map((last) => last(cut, [lastThird, to]))
			.find((at) => at !== undefined && isWorth(at)) ?? lastBorder(cut, 'lines', [lastThird, to]);
	if (line !== undefined) {
		const whole = beforeHeadings(text, line);
		return whole > start + size / 2 ? whole : line;
	}
	// The rest of the plan is for rows that end in the last third.
	const early = Math.max(start, due) + Math.ceil(size / 2);
	const earlier = strongest(cut, ['lines'], [early, lastThird]);
	// Otherwise, the next part can contain the row from its beginning.
	if (earlier !== undefined && to - earlier > overlap + Math.floor(size / 8)) return earlier;
	const soft = strongest(cut, INSIDE_LINES, [Math.max(lastThird, due), to]);
	return soft ?? lastBorder(cut, 'spaces', [lastThird, to]) ?? hardBorder(text, to);
}

interface LastPart {
	start: number;
	end: number;
	/** The end of the part before it. */
	reached: number;
	due: number;
}

/** The overlap begins at a border too, because half a row or sentence says something else. */
function startOfNext(cut: Cut, { start, end, reached, due }: LastPart): number {
	const { text, size, overlap } = cut;
	if (overlap === 0) return end;
	// Three parts never share a character, and the parts keep advancing.
	const middle = Math.max(start + Math.ceil((end - start) / 2), reached);
	// The plan is kept at the expense of the overlap only if nothing was cut that the overlap would save.
	const lowest = endsRecord(text, end) ? Math.max(middle, due) : middle;
	if (lowest >= end) return end;
	const latest = Math.max(lowest, end - overlap);
	const before: Range = [Math.max(lowest, latest - Math.floor(size / 8)) - 1, latest];
	const behind: Range = [latest, end];
	const line =
		lastRecord(cut, before) ??
		firstOf(recordsIn(cut, behind), (at) => at < end) ??
		strongest(cut, ['rows', 'lines'], before) ??
		firstBorder(cut, 'rows', behind) ??
		firstBorder(cut, 'lines', behind);
	if (line !== undefined) {
		const whole = beforeHeadings(text, line);
		return whole >= lowest ? whole : line;
	}
	// Half a row before equal ones may be mistaken for one of them.
	if (isBetweenRows(text, end) || firstOf(recordsIn(cut, [end, end])) !== undefined) return end;
	return (
		lastBorder(cut, 'sentences', before) ??
		firstBorder(cut, 'sentences', behind) ??
		lastBorder(cut, 'entries', before) ??
		firstBorder(cut, 'entries', behind) ??
		lastBorder(cut, 'spaces', before) ??
		wholeBorder(text, Math.max(lowest, hardBorder(text, latest)), end)
	);
}

/**
 * The first position from a lower bound on that is not inside a number or character: at the latest the
 * end of the part.
 */
function wholeBorder(text: string, from: number, end: number): number {
	let border = from;
	while (border < end && hardBorder(text, border) !== border) border += 1;
	return border;
}

function strongest(cut: Cut, kinds: readonly BorderKind[], range: Range) {
	for (const kind of kinds) {
		const border = lastBorder(cut, kind, range);
		if (border !== undefined) return border;
	}
	return undefined;
}

/**
 * The two halves of a part whose answer was too long. Neither shares text with two neighbors; undefined
 * if it is too short.
 */
export function halvesOf(
	{ text, start, shared }: TextPart,
	{ overlap }: Pick<ChunkOptions, 'overlap'>,
): [TextPart, TextPart] | undefined {
	const size = Math.floor(text.length / 2);
	if (size < SMALLEST) return undefined;
	const own = Math.min(overlap, Math.floor(size / 4));
	const cut: Cut = { size, overlap: own, ...recordsOf(text) };
	const { end, next } = nextCut(cut, { start: 0, reached: shared }, -Infinity);
	if (shared >= end) return undefined;
	return [
		{ text: text.slice(0, end), start, shared },
		{ text: text.slice(next), start: start + next, shared: end - next },
	];
}

/** A model that cannot answer for less than this has another problem. */
const SMALLEST = 100;
