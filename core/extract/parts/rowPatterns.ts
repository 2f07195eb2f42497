import { groupBy } from '../../lib/own';
import type { Range } from '../../lib/steps';
import { areApart, firstAt, lengthOf, spanOf, type PartText, type Words } from './wordPlaces';

/** How the entries of a list are written in their text, as far as they are written alike. */
export interface RowPatterns {
	/** Looks at entries of one more part: for each the words to look for, in one way or in several. */
	learn(entries: ReadonlyArray<readonly Words[]>, text: PartText): void;
	/** Every place where a text has the words of an entry as most entries are written, in order. */
	rowsOf(words: Words, text: PartText): Range[][];
}

/** The fields of an entry in the order of the text, and what stands between them: words are a, numbers 9. */
interface Writing {
	fields: readonly string[];
	between: readonly string[];
}

/** One way in which an entry may be written. */
interface Vote {
	writing: Writing;
	/** What stands before and behind it. */
	edges: readonly [lead: string, tail: string];
	/** From its first word to its last one. */
	width: number;
}

/** How many entries are written. */
interface Pattern extends Writing {
	leads: ReadonlySet<string>;
	tails: ReadonlySet<string>;
}

/** By pattern. */
type Votes = ReadonlyMap<string, Vote>;

/** So many entries of each part show how a list is written, and so many of the last parts. */
const LOOKED_AT = 8;
const MOST_KEPT = 120;

export function openRowPatterns(): RowPatterns {
	const votes: Array<{ fieldSet: string; own: Votes }> = [];
	let patterns: ReadonlyMap<string, Pattern[]> | undefined;
	return {
		learn(entries, text) {
			const plain = entries.filter((ways) => !ways.some(({ holdsOthers }) => holdsOthers));
			votes.push(...plain.slice(0, LOOKED_AT).flatMap((ways) => votesOf(ways, text)));
			votes.splice(0, votes.length - MOST_KEPT);
			patterns = undefined;
		},
		rowsOf(words, text) {
			if (words.holdsOthers || words.fields.length < 2) return [];
			patterns ??= patternsIn(votes);
			const own = patterns.get(fieldSetOf(words)) ?? [];
			return own
				.flatMap((pattern) => rowsBy(pattern, words, text))
				.sort(([a], [b]) => (a?.[0] ?? 0) - (b?.[0] ?? 0));
		},
	};
}

const fieldSetOf = ({ fields }: Words) => JSON.stringify([...fields].sort());

function votesOf(ways: readonly Words[], text: PartText) {
	const bySet = groupBy(
		ways.filter(({ fields }) => fields.length > 1),
		fieldSetOf,
	);
	return [...bySet].flatMap(([fieldSet, [words]]) =>
		words ? [{ fieldSet, own: votesFor(words, text) }] : [],
	);
}

/** By the names of fields: what most entries that have just these share; then of what is left, the same again. */
function patternsIn(all: ReadonlyArray<{ fieldSet: string; own: Votes }>): Map<string, Pattern[]> {
	const bySet = groupBy(all, ({ fieldSet }) => fieldSet);
	return new Map(
		[...bySet].map(([fieldSet, votes]) => {
			const patterns: Pattern[] = [];
			let open = votes.map(({ own }) => own);
			for (let best = mostUsual(open); best; best = mostUsual(open)) {
				const { key } = best;
				patterns.push(best.pattern);
				open = open.filter((own) => !own.has(key));
			}
			return [fieldSet, patterns];
		}),
	);
}

const LEAST_ALIKE = 3;
const LEAST_SHARE = 0.6;

/** Where each row says what the next one does too, several patterns have as many votes: the closest is meant. */
function mostUsual(votes: readonly Votes[]) {
	const byKey = groupBy(
		votes.flatMap((own) => [...own].map(([key, vote]) => ({ key, ...vote }))),
		({ key }) => key,
	);
	const least = Math.max(LEAST_ALIKE, votes.length * LEAST_SHARE);
	const widthOf = (same: readonly Vote[]) =>
		same.reduce((sum, { width }) => sum + width, 0) / same.length;
	const [best] = [...byKey]
		.filter(([, { length }]) => length >= least)
		.sort(([, a], [, b]) => b.length - a.length || widthOf(a) - widthOf(b));
	const [key, same] = best ?? [];
	const [first] = same ?? [];
	if (key === undefined || !same || !first) return undefined;
	const [leads, tails] = [0, 1].map((side) => usualEdges(same, side));
	return { key, pattern: { ...first.writing, leads: leads ?? NONE, tails: tails ?? NONE } };
}

const NONE: ReadonlySet<string> = new Set();
/** An edge that fewer have is that of a longer word. */
const EDGE_SHARE = 0.2;

function usualEdges(votes: readonly Vote[], side: number): ReadonlySet<string> {
	const alike = groupBy(votes, ({ edges }) => edges[side] ?? '');
	const usual = [...alike].filter(([, { length }]) => length >= votes.length * EDGE_SHARE);
	return new Set(['', ...usual.map(([edge]) => edge)]);
}

const MOST_STARTS = 10;

/** For each word of an entry as its first one: the others behind it that are next, at each of its places. */
function votesFor(words: Words, text: PartText): Votes {
	const places = words.leaves.map(text.placesOf);
	const votes = new Map<string, Vote>();
	for (const [first, starts] of places.entries()) {
		for (const start of starts.slice(0, MOST_STARTS)) {
			const ranges = nextOfEach(places, first, start);
			if (!ranges || lengthOf(ranges) > words.reach) continue;
			const writing = writingOf(ranges, words, text);
			const key = JSON.stringify(writing);
			const width = text.distances.width(ranges);
			if (width < (votes.get(key)?.width ?? Infinity))
				votes.set(key, { writing, width, edges: edgesOf(ranges, text) });
		}
	}
	return votes;
}

/** By index of a word. */
function nextOfEach(places: readonly Range[][], first: number, start: Range): Range[] | undefined {
	const taken = [start];
	const ranges: Range[] = [];
	for (const [at, all] of places.entries()) {
		const next = at === first ? start : all.find(isNext);
		if (!next) return undefined;
		ranges.push(next);
		if (at !== first) taken.push(next);
	}
	return ranges;
	function isNext(range: Range): boolean {
		return range[0] >= start[1] && taken.every((other) => areApart(range, other));
	}
}

function writingOf(ranges: readonly Range[], { fields }: Words, { text }: PartText): Writing {
	const inOrder = ranges
		.map((range, at) => ({ range, field: fields[at] ?? '' }))
		.sort((a, b) => a.range[0] - b.range[0]);
	return {
		fields: inOrder.map(({ field }) => field),
		between: inOrder
			.slice(1)
			.map(({ range }, at) => plain(text.slice(inOrder[at]?.range[1], range[0]))),
	};
}

function edgesOf(ranges: readonly Range[], { text }: PartText): Vote['edges'] {
	const [from, to] = spanOf(ranges);
	const lead = plain(text.slice(Math.max(0, from - EDGE), from));
	const tail = plain(text.slice(to, to + EDGE));
	// Blanks alone are the end of a text, or of a line.
	return [
		lead.slice(lead.endsWith(' ') ? -2 : -1),
		tail.trim() === '' ? '' : tail.slice(0, tail.startsWith(' ') ? 2 : 1),
	];
}

const EDGE = 6;

/** A text whatever its words and numbers are, and however deep its lines stand. */
function plain(text: string): string {
	const known = texts.get(text);
	if (known !== undefined) return known;
	const made = plainOf(text);
	if (texts.size === MOST_TEXTS) texts.clear();
	// A longer one may be a document's own.
	if (text.length <= LONGEST_KEPT) texts.set(text, made);
	return made;
}

/** The same few signs stand between the words of all rows. */
const texts = new Map<string, string>();
const MOST_TEXTS = 1000;
const LONGEST_KEPT = 40;

function plainOf(text: string): string {
	return text
		.replace(/\p{Nd}+/gu, '9')
		.replace(/[\p{L}\p{M}]+(?:[ \u3000][\p{L}\p{M}]+)*/gu, 'a')
		.replace(/[ \t\u00A0\u3000]+/g, ' ')
		.replace(/\n\s+/g, '\n');
}

/** Of the places of the next word, the first ones: it may stand in what is between two. */
const MOST_NEXT = 3;

function rowsBy(pattern: Pattern, words: Words, part: PartText): Range[][] {
	const { fields, between, leads, tails } = pattern;
	const { text, placesOf } = part;
	const places = fields.map((field) => placesOf(words.leaves[words.fields.indexOf(field)] ?? ''));
	return (places[0] ?? []).flatMap((start) => {
		const row = [start];
		for (const [at, mark] of between.entries()) {
			const end = row[at]?.[1] ?? 0;
			const next = placesBehind(places[at + 1] ?? [], end).find(
				([from]) => from - end <= LONGEST && plain(text.slice(end, from)) === mark,
			);
			if (!next) return [];
			row.push(next);
		}
		const [lead, tail] = edgesOf(row, part);
		return leads.has(lead) && tails.has(tail) ? [row] : [];
	});
}

const LONGEST = 1000;

/** The next ones from an index on, of places in order. */
function placesBehind(places: readonly Range[], at: number): Range[] {
	const first = firstAt(places, ([from]) => from >= at);
	return places.slice(first, first + MOST_NEXT);
}
