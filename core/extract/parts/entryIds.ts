import { jsonPointer } from '../../jsonPointer';
import { groupBy } from '../../own';
import type { Range } from '../../read/inSteps';
import type { JsonSchema } from '../../schema/jsonSchema';
import { entryNodes, listsIn } from './entryNodes';
import { spanOf, type Located } from './locate';
import { sharedEntries, type SharedEntries } from './sharedEntries';

/** What a part of a text gave. */
export interface Contribution {
	value: unknown;
	/** The text that only this part has, and the text that it shares with the part before. */
	own: string;
	shared: string;
}

/** What tells the entries of all parts apart, by their way in the value of a part. */
export interface EntryIds {
	/** The same for what is one entry of the text. */
	of(part: number, path: readonly PropertyKey[]): string;
	/** The ways, from one to it, of entries that may be the same as one of the part before. */
	doubtsUnder(part: number, path: readonly PropertyKey[]): Array<readonly PropertyKey[]>;
	/** Where rows stand in the whole text that no part gives. */
	lost: Range[];
	/** Only its place says that it continues an entry of the part before. */
	isContinued(part: number, path: readonly PropertyKey[]): boolean;
}

/** Compares the lists of each part with those of the part before. */
export function entryIds(parts: readonly Contribution[], root: JsonSchema): EntryIds {
	const [ids, continued] = [new Map<string, string>(), new Set<string>()];
	const doubts = parts.map((): PropertyKey[][] => []);
	const keyOf = (part: number, path: readonly PropertyKey[]) => `${part}${jsonPointer(path)}`;
	const idOf = (key: string) => ids.get(key) ?? key;
	const seams: Seam[] = [];
	const starts = startsOf(parts);
	for (const [part, found] of neighbours(parts, root)) {
		seams.push({
			...found,
			starts: [starts[part - 1] ?? 0, starts[part] ?? 0],
			shared: parts[part]?.shared.length ?? 0,
		});
		for (const { a, b, isContinued } of found.pairs) {
			ids.set(keyOf(part, b.path), idOf(keyOf(part - 1, a.path)));
			if (isContinued) continued.add(keyOf(part, b.path));
		}
		doubts[part]?.push(...found.doubts.map(({ path }) => path));
	}
	return {
		of: (part, path) => idOf(keyOf(part, path)),
		doubtsUnder: (part, path) =>
			(doubts[part] ?? [])
				.filter((one) => path.every((key, at) => one[at] === key))
				.map((one) => one.slice(path.length)),
		lost: lostRanges(parts.map(({ own }) => own).join(''), seams),
		isContinued: (part, path) => continued.has(keyOf(part, path)),
	};
}

/** Where the text of each part begins, the shared one too. */
function startsOf(parts: readonly Contribution[]): number[] {
	let reached = 0;
	return parts.map(({ own, shared }) => {
		const start = reached - shared.length;
		reached += own.length;
		return start;
	});
}

/** By part, what each of its lists shares with that list of the part before. */
function* neighbours(
	parts: readonly Contribution[],
	root: JsonSchema,
): Generator<[part: number, found: SharedEntries]> {
	const lists = parts.map(({ value }) => listsIn({ value, schema: root, root, path: [] }));
	for (const [part, { shared, own }] of parts.entries()) {
		const before = parts[part - 1];
		if (!before) continue;
		for (const list of lists[part] ?? []) {
			const where = jsonPointer(list.path);
			const other = lists[part - 1]?.find(({ path }) => jsonPointer(path) === where);
			if (!other) continue;
			const earlier = { nodes: entryNodes(other), text: before.shared + before.own };
			const later = { nodes: entryNodes(list), text: shared + own };
			yield [part, sharedEntries(earlier, later, shared)];
		}
	}
}

/** What two neighbouring parts gave near their border. */
interface Seam {
	/** Where the parts begin in the whole text. */
	starts: readonly [a: number, b: number];
	/** Characters that both have. */
	shared: number;
	tail: readonly Located[];
	head: readonly Located[];
}

/**
 * Ranges of the text around the borders of parts that no entry was taken from, though rows stand in
 * them that are written as those of entries are: a record that neither part has whole.
 */
function lostRanges(text: string, seams: readonly Seam[]): Range[] {
	const near = seams.map(({ tail, head, starts, shared }) => ({
		before: rowsOf(tail, starts[0], shared),
		behind: rowsOf(head, starts[1], shared),
	}));
	const all = near.flatMap(({ before, behind }) => [before, behind]);
	const shapes = shapesOf(text, all);
	const lost: Range[] = [];
	let reached: number | undefined = 0;
	for (const [at, { before, behind }] of near.entries()) {
		reached = before.isKnown
			? Math.max(reached ?? 0, ...before.rows.map(({ span }) => span[1]))
			: undefined;
		const isLast = at === near.length - 1;
		const next = isLast && behind.rows.length === 0 ? text.length : Infinity;
		const to = Math.min(next, ...behind.rows.map(({ span }) => span[0]));
		if (reached === undefined || !behind.isKnown || to === Infinity) continue;
		const gap = text.slice(reached, to);
		if (shapes.some((shape) => hasRow(gap, shape))) lost.push([reached, to]);
	}
	return lost;
}

interface Row {
	index: number;
	words: Range[];
	/** It holds lists: its words may stand before and behind them. */
	isRecord: boolean;
	/** From its first word to its last one. */
	span: Range;
}

interface Rows {
	/** In the order of their list. */
	rows: Row[];
	/** False where there are entries, but not where they stand. */
	isKnown: boolean;
}

function rowsOf(located: readonly Located[], start: number, shared: number): Rows {
	const rows = located
		.filter(({ places }) => places.length > 0)
		.map(({ index, node, places }) => {
			const words = places.map(([from, to]): Range => [from + start, to + start]);
			return { index, words, span: spanOf(words), isRecord: node.lists.length > 0 };
		});
	// Without an overlap, a plain record that the border cuts is wanted in no part.
	const isCut = shared === 0 && !located.some(({ node }) => node.lists.length > 0);
	return { rows, isKnown: located.length === 0 || (rows.length > 0 && !isCut) };
}

const MOST_SHAPES = 20;

/** Those of the rows, without what often stands between them and is not an entry. */
function shapesOf(text: string, all: readonly Rows[]): RowShape[] {
	const found = all.flatMap(({ rows }) =>
		rows.flatMap(({ words, isRecord }) =>
			rowShapes(text, words).slice(0, isRecord ? undefined : 1),
		),
	);
	const alike = [...groupBy(found, (shape) => JSON.stringify(shape)).values()];
	const between = all.flatMap(({ rows }) =>
		rows.flatMap((row, at) => gapBefore(text, row, rows[at - 1])),
	);
	return alike.slice(0, MOST_SHAPES).flatMap(([shape, ...more]) => {
		const others = between.filter((gap) => shape && hasRow(gap, shape)).length;
		return shape && others * RARELY <= more.length + 1 ? [shape] : [];
	});
}

/** One place may be mistaken. */
const RARELY = 5;

/** The text between two entries that follow one another in their list. */
function gapBefore(text: string, { index, span }: Row, last: Row | undefined): string[] {
	const isNext = last !== undefined && last.index === index - 1 && last.span[1] <= span[0];
	return isNext ? [text.slice(last.span[1], span[0])] : [];
}

/** How a line of a row is written: its values are left out, and numbers are 9. */
interface RowShape {
	/** From the beginning of the line to the first value; missing where other text stands there. */
	prefix?: string;
	suffix?: string;
	between: string[];
	isNumber: boolean[];
}

/** Longer text before a row in its line is other text. */
const LONGEST_EDGE = 24;
const LONGEST_VALUE = 100;

/** Of each line that has words of a row, unless it tells too little to be known again. */
function rowShapes(text: string, words: readonly Range[]): RowShape[] {
	const lines = groupBy(words, ([from]) => text.lastIndexOf('\n', from - 1) + 1);
	return [...lines]
		.sort(([a], [b]) => a - b)
		.flatMap(([from, own]) => shapeOfLine(text, from, own) ?? []);
}

function shapeOfLine(text: string, from: number, words: readonly Range[]): RowShape | undefined {
	const end = text.indexOf('\n', from);
	const to = end < 0 ? text.length : end;
	const inLine = words.filter(([, last]) => last <= to).sort(([a], [b]) => a - b);
	const [first, last] = [inLine[0], inLine.at(-1)];
	if (!first || !last) return undefined;
	const between = inLine.slice(1).map(([start], at) => behind(text.slice(inLine[at]?.[1], start)));
	const [prefix, suffix] = [
		plain(text.slice(from, first[0])),
		behind(text.slice(last[1], to).trimEnd()),
	];
	const isLine = prefix.length <= LONGEST_EDGE && suffix.length <= LONGEST_EDGE;
	const marks = between.join('').replace(/\s/g, '');
	const isKnown = isLine ? inLine.length > 1 || prefix.trim() !== '' : marks.length > 1;
	const isNumber = inLine.map((range) => NUMBER.test(plain(text.slice(...range))));
	return isKnown ? { between, isNumber, ...(isLine ? { prefix, suffix } : {}) } : undefined;
}

const NUMBER = /^[^\p{L}]*9[^\p{L}]*$/u;

/** Columns have spaces between them; those at the beginning of a line say how deep it stands. */
const plain = (text: string) =>
	text.replace(/\p{Nd}+/gu, '9').replace(/(?<=\S)[ \t\u00A0\u3000]+/g, ' ');
/** The same of text behind a value. */
const behind = (text: string) => plain(`.${text}`).slice(1);

/** Whether a line of a text is written so. */
function hasRow(text: string, shape: RowShape): boolean {
	return text.split('\n').some((line) => isRow(plain(line.trimEnd()), shape));
}

function isRow(line: string, shape: RowShape): boolean {
	const { prefix, suffix = '', between, isNumber } = shape;
	if (prefix !== undefined) {
		const isFramed = line.length >= prefix.length + suffix.length;
		if (!isFramed || !line.startsWith(prefix) || !line.endsWith(suffix)) return false;
		return holdsValues(line.slice(prefix.length, line.length - suffix.length), shape);
	}
	const [mark = ''] = between;
	for (let at = line.indexOf(mark); at >= 0; at = line.indexOf(mark, at + 1)) {
		const before = line.slice(Math.max(0, at - LONGEST_VALUE), at);
		const [value = ''] = /\S+$/.exec(before) ?? [];
		const behind = line.slice(at, at + LONGEST_VALUE * isNumber.length);
		if (value !== '' && holdsValues(value + behind, shape, true)) return true;
	}
	return false;
}

/** The values of a row, parted as its shape says; `isOpen` where other text may follow. */
function holdsValues(text: string, { between, isNumber }: RowShape, isOpen = false): boolean {
	let rest = text;
	for (const [at, isDigits] of isNumber.entries()) {
		const mark = between[at];
		const end = mark === undefined ? endOfLast(rest, isOpen) : rest.indexOf(mark);
		if (end <= 0 || end > LONGEST_VALUE) return false;
		const value = rest.slice(0, end);
		if (isDigits ? !NUMBER.test(value) : !/[\p{L}9]/u.test(value)) return false;
		rest = rest.slice(end + (mark?.length ?? 0));
	}
	return true;
}

function endOfLast(rest: string, isOpen: boolean): number {
	return isOpen ? (/^\S+/.exec(rest)?.[0].length ?? 0) : rest.length;
}
