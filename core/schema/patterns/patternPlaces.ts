import { messageOf } from '../../messageOf';
import type { Steps } from '../../lib/steps';
import { compilePattern } from './automaton';
import { isSpent, sharingBudget } from './budget';
import { parsePattern } from './parsePattern';
import { runner } from './runAutomaton';

/** Where the matches of a pattern begin, in order. */
type PatternPlaces =
	| { ok: true; places: (text: string, onPlace: (at: number) => boolean) => Steps<Ended> }
	| { ok: false; problem: string };

/** How the search ended: at the end of the text, by the caller, or because it took too long. */
type Ended = { how: 'searched' | 'stopped' } | { how: 'spent'; at: number };

const LONGEST_PATTERN = 1_000;
const PIECE = 16_000;
/** Around a piece: a longer match may not be found. */
const LONGEST_MATCH = 1_000;
/** For one piece, so that nothing waits for it for long; and for a whole search. */
const STEPS_OF_PIECE = 500_000;
const STEPS_OF_SEARCH = 60_000_000;

/** Anybody's pattern, line by line: `^` and `$` are the ends of a line. Never run by JavaScript. */
export function patternPlaces(source: string, isCaseless: boolean): PatternPlaces {
	if (source.length > LONGEST_PATTERN)
		return { ok: false, problem: `it is longer than ${LONGEST_PATTERN} characters` };
	const flags = isCaseless ? 'im' : 'm';
	// Without the flag u, unknown escapes are allowed.
	return compiled(source, isPattern(source, `${flags}u`) ? `${flags}u` : flags);
}

function isPattern(source: string, flags: string): boolean {
	try {
		return new RegExp(source, flags).flags !== '';
	} catch {
		return false;
	}
}

function compiled(source: string, flags: string): PatternPlaces {
	try {
		const native = new RegExp(source, flags);
		// A look-ahead for the pattern holds exactly where a match begins.
		const pattern = parsePattern(`(?=${native.source})`, flags);
		const automaton = compilePattern(pattern);
		if (!automaton) return { ok: false, problem: NOT_REGULAR };
		const isWhole = flags.includes('u');
		const run = runner(automaton, isWhole);
		const isAnywhere = sharingBudget(() => run(EMPTY, () => true), { left: STEPS_OF_PIECE });
		if (isAnywhere) return { ok: false, problem: 'it matches the empty text, so every place' };
		return { ok: true, places: (text, onPlace) => placesIn(text, { run, isWhole }, onPlace) };
	} catch (thrown) {
		return { ok: false, problem: isSpent(thrown) ? NOT_REGULAR : messageOf(thrown) };
	}
}

const EMPTY = { text: '', begins: false, ends: false };
export const NOT_REGULAR =
	'it contains something that cannot be searched for in a bounded time, such as \\1 or a large count';

interface Runner {
	run: ReturnType<typeof runner>;
	isWhole: boolean;
}

function* placesIn(
	text: string,
	{ run, isWhole }: Runner,
	onPlace: (at: number) => boolean,
): Steps<Ended> {
	let left = STEPS_OF_SEARCH;
	for (let start = 0; start < text.length; start += PIECE) {
		yield;
		const from = Math.max(0, start - LONGEST_MATCH);
		const to = Math.min(text.length, start + PIECE + LONGEST_MATCH);
		const piece = { text: text.slice(from, to), begins: from === 0, ends: to === text.length };
		const budget = { left: Math.min(left, STEPS_OF_PIECE) };
		const before = budget.left;
		const letters: number[] = [];
		try {
			sharingBudget(() => run(piece, (at) => letters.push(at) < 0), budget);
		} catch (thrown) {
			if (isSpent(thrown)) return { how: 'spent', at: start };
			throw thrown;
		}
		left -= before - budget.left;
		const isOver = (isWhole ? charactersOf(piece.text, letters) : letters).some((at) => {
			const place = from + at;
			return place >= start && place < start + PIECE && onPlace(place);
		});
		if (isOver) return { how: 'stopped' };
	}
	return { how: 'searched' };
}

/** The positions of letters, in which a surrogate pair counts as one. */
function charactersOf(text: string, letters: readonly number[]): readonly number[] {
	if (letters.length === 0 || !PAIR.test(text)) return letters;
	const wanted = new Set(letters);
	const found: number[] = [];
	let [letter, at] = [0, 0];
	for (const sign of text) {
		if (wanted.has(letter)) found.push(at);
		letter += 1;
		at += sign.length;
	}
	return wanted.has(letter) ? [...found, at] : found;
}

const PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/;
