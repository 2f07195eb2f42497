import type { Steps } from '../../lib/steps';

interface Range {
	start: number;
	end: number;
}

/** A place in a text, with everything around it that belongs to it. */
export interface Hit extends Range {
	around: Range;
}

export interface WordHits {
	/** The best first. */
	hits: Hit[];
	/** Words that do not occur. */
	missing: string[];
}

/** Words that belong together are within this many characters. */
const NEAR = 300;
const MOST_WORDS = 8;
const LONGEST_WORD = 200;
const PIECE = 16_000;
const FOUND_A_STEP = 500;
/** Two hits that are closer are one: what is shown contains both. */
const SAME_PLACE = 60;
/** Of the best hit: hits with less of the words are left out. */
const LEAST_SHARE = 0.5;

interface Needle {
	text: string;
	/** Whether a letter or digit may come before it, or after it. */
	begins: boolean;
	ends: boolean;
}

/**
 * Places with the most of some words, rare words before common ones; in text order if they are equal.
 */
export function* wordHits(text: string, words: string, most: number): Steps<WordHits> {
	const needles = needlesOf(words);
	const found = yield* search(text, needles, most);
	// If the words do not occur by themselves, parts of other words are better than nothing.
	const isFound = found.groups.size > 0;
	const anywhere = needles.map((needle) => ({ ...needle, begins: false, ends: false }));
	const { groups, counts } = isFound ? found : yield* search(text, anywhere, most);
	const blocks = text.length / NEAR + 1;
	const weights = counts.map((count) => Math.log(1 + blocks / Math.max(1, count)));
	const weightOf = (mask: number) =>
		weights.reduce((sum, weight, at) => sum + ((mask >> at) & 1) * weight, 0);
	const ranked = [...groups.entries()]
		.map(([mask, places]) => ({ weight: weightOf(mask), places }))
		.sort((a, b) => b.weight - a.weight);
	const least = (ranked[0]?.weight ?? 0) * LEAST_SHARE;
	const hits: Hit[] = [];
	for (const group of ranked) {
		if (group.weight < least) break;
		for (const place of group.places) {
			const hit = { ...rarest(place.at, { needles, weights }), around: place };
			const isNew = hits.every(({ start }) => Math.abs(start - hit.start) > SAME_PLACE);
			if (isNew && hits.length < most) hits.push(hit);
		}
		yield;
	}
	const single = wordsIn(words);
	return { hits, missing: single.filter((_word, at) => counts[at] === 0) };
}

/** A hit is where the most specific of its words is. */
function rarest(
	places: readonly number[],
	{ needles, weights }: { needles: readonly Needle[]; weights: readonly number[] },
): Range {
	const heaviest = (at: number) => (places[at] === -1 ? -1 : (weights[at] ?? 0));
	const best = places.reduce((most, _place, at) => (heaviest(at) >= heaviest(most) ? at : most), 0);
	const start = places[best] ?? 0;
	return { start, end: start + (needles[best]?.text.length ?? 0) };
}

function wordsIn(words: string): string[] {
	const found = words
		.slice(0, MOST_WORDS * LONGEST_WORD)
		.split(/\s+/)
		.map((word) => word.replace(EDGES, '') || word)
		.filter((word) => word !== '')
		.map((word) => word.slice(0, LONGEST_WORD));
	const single = [...new Set(found)];
	// The longest words are the most specific.
	const longest = new Set(single.toSorted((a, b) => b.length - a.length).slice(0, MOST_WORDS));
	return single.filter((word) => longest.has(word));
}

const EDGES = /^["'“”„«»‹›([{<¿¡]+|["'“”„«»‹›)\]}>?!.,;:]+$/gu;
/** Scripts without blanks between words. */
const NO_BLANKS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}]/u;
const IN_WORD = /[\p{L}\p{N}_]/u;

/**
 * The words, and each pair of consecutive ones: a word with digits is a name or a number, and must
 * match to its end.
 */
function needlesOf(words: string): Needle[] {
	const single = wordsIn(words);
	const pairs = single.slice(1).map((word, at) => `${single[at] ?? ''} ${word}`);
	return [...single, ...pairs].map((word) => {
		const isApart = !NO_BLANKS.test(word);
		return {
			text: lowered(word),
			begins: isApart && IN_WORD.test(word.charAt(0)),
			ends: isApart && /\d/.test(word) && IN_WORD.test(word.charAt(word.length - 1)),
		};
	});
}

/** In lower case, letter by letter if positions would move otherwise. */
function lowered(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return Array.from(text, (letter) => {
		const own = letter.toLowerCase();
		return own.length === letter.length ? own : letter;
	}).join('');
}

interface Place extends Range {
	/** The position of each needle; -1 if it is not there. */
	at: number[];
}

interface Found {
	/** The first places of each set of needles. */
	groups: Map<number, Place[]>;
	/** How often each needle occurs. */
	counts: number[];
}

function* search(text: string, needles: readonly Needle[], most: number): Steps<Found> {
	const found: Found = { groups: new Map(), counts: needles.map(() => 0) };
	const last = needles.map(() => -Infinity);
	const margin = Math.max(0, ...needles.map((needle) => needle.text.length));
	for (let start = 0; start < text.length; start += PIECE) {
		yield;
		const piece = lowered(text.slice(start, start + PIECE + margin));
		for (const [count, [at, index]] of occurrences({ text, start, piece }, needles).entries()) {
			if (count % FOUND_A_STEP === FOUND_A_STEP - 1) yield;
			found.counts[index] = (found.counts[index] ?? 0) + 1;
			last[index] = at;
			takeDown(found.groups, { at, last, needles }, most);
		}
	}
	return found;
}

/** Those that begin in the piece, in order. */
function occurrences(
	{ text, start, piece }: { text: string; start: number; piece: string },
	needles: readonly Needle[],
): Array<readonly [at: number, needle: number]> {
	const all: Array<readonly [number, number]> = [];
	for (const [index, { text: word, begins, ends }] of needles.entries()) {
		for (let at = piece.indexOf(word); at !== -1; at = piece.indexOf(word, at + word.length)) {
			if (at >= PIECE) break;
			const place = start + at;
			const isIn = (where: number) => IN_WORD.test(text.charAt(where));
			const isOther = (begins && isIn(place - 1)) || (ends && isIn(place + word.length));
			if (!isOther) all.push([place, index]);
		}
	}
	return all.sort(([a], [b]) => a - b);
}

interface Near {
	at: number;
	/** Where each needle last occurred. */
	last: readonly number[];
	needles: readonly Needle[];
}

/** More sets of words do not improve the result. */
const MOST_GROUPS = 2_000;

function takeDown(groups: Found['groups'], { at, last, needles }: Near, most: number): void {
	const from = at - NEAR;
	let mask = 0;
	for (let index = 0; index < last.length; index += 1) {
		if ((last[index] ?? -Infinity) >= from) mask |= 1 << index;
	}
	const places = groups.get(mask) ?? [];
	if (places.length >= most) return;
	if (places.length === 0 && groups.size < MOST_GROUPS) groups.set(mask, places);
	const near = last.map((place) => (place < from ? -1 : place));
	const ends = near.map((place, index) =>
		place < 0 ? at : place + (needles[index]?.text.length ?? 0),
	);
	const start = Math.min(at, ...near.filter((place) => place >= 0));
	if ((places.at(-1)?.end ?? 0) <= start) places.push({ start, end: Math.max(...ends), at: near });
}
