import type { Automaton, Compiled, Condition } from './automaton';
import { spend } from './budget';

/** A text as the automata of a pattern read it. */
interface Read {
	letters: Uint32Array;
	/** For each kind of letter, the tests that it passes. */
	passes: boolean[][];
	/** The conditions that hold before each letter, and at the end: one bit for each. */
	holds: Uint16Array;
	begins: boolean;
	ends: boolean;
}

/** The current position of a run: all states that were reached, and where they lead. */
interface Place {
	states: readonly number[];
	next: Map<number, Step>;
}

interface Step {
	isEnd: boolean;
	place: Place;
}

const MOST_PLACES = 500;
const MOST_PLACE_STATES = 50_000;
/** How many letters are read for one step of the budget. */
const LETTERS_A_STEP = 4;

/** A text, or a piece from the middle of one. */
interface PieceOfText {
	text: string;
	begins: boolean;
	ends: boolean;
}

/**
 * Whether a text contains a match, in time that grows linearly with the text. `onEnd` is called with
 * the position where a match ends, and stops the search by returning true.
 */
export function runner({ main, tests, conditions }: Compiled, isWhole: boolean) {
	const kinds = openKinds();
	const runs = conditions.map((condition) =>
		'automaton' in condition ? machine(condition.automaton, condition.kind === 'ahead') : undefined,
	);
	const find = machine(main, false);
	return ({ text, begins, ends }: PieceOfText, onEnd: (at: number) => boolean): boolean => {
		const letters = lettersOf(text, isWhole);
		spend(letters.length / LETTERS_A_STEP);
		const read: Read = {
			letters: letters.map((letter) => kindOf(letter, tests, kinds)),
			holds: new Uint16Array(letters.length + 1),
			...{ passes: kinds.passes, begins, ends },
		};
		for (const [index, condition] of conditions.entries()) {
			mark(read, { condition, bit: 2 ** index, run: runs[index] });
		}
		return find(read, onEnd);
	};
}

interface Mark {
	condition: Condition;
	bit: number;
	run: ReturnType<typeof machine> | undefined;
}

/** Records at each place whether a condition holds there. */
function mark(read: Read, { condition, bit, run }: Mark): void {
	const { letters, passes, holds } = read;
	const is = (at: number, test: number) => passes[letters[at] ?? -1]?.[test] ?? false;
	const isNot = 'isNot' in condition && condition.isNot;
	const found = new Uint8Array(run ? holds.length : 0);
	run?.(read, (at) => {
		found[at] = 1;
		return false;
	});
	for (let at = 0; at < holds.length; at += 1) {
		if (isTrue(condition, { at, is, read, found }) !== isNot) holds[at] = (holds[at] ?? 0) | bit;
	}
}

interface Here {
	at: number;
	read: Read;
	found: Uint8Array;
	is: (at: number, test: number) => boolean;
}

function isTrue(condition: Condition, { at, read, found, is }: Here): boolean {
	const end = read.letters.length;
	switch (condition.kind) {
		case 'start':
			return (
				(at === 0 && read.begins) ||
				(condition.newline !== undefined && is(at - 1, condition.newline))
			);
		case 'end':
			return (
				(at === end && read.ends) || (condition.newline !== undefined && is(at, condition.newline))
			);
		case 'word':
			return is(at - 1, condition.word) !== is(at, condition.word);
		default:
			return found[at] === 1;
	}
}

/** Runs one automaton; `onEnd` is called where it reaches its end, and stops it by returning true. */
function machine(automaton: Automaton, isBackwards: boolean) {
	let places = new Map<string, Place>();
	let size = 0;
	const placeOf = (states: readonly number[]): Place => {
		const key = states.join();
		const known = places.get(key);
		if (known) return known;
		if (places.size > MOST_PLACES || size > MOST_PLACE_STATES) {
			places = new Map();
			size = 0;
		}
		const place = { states, next: new Map() };
		places.set(key, place);
		size += states.length;
		return place;
	};
	return ({ letters, holds, passes }: Read, onEnd: (at: number) => boolean): boolean => {
		let place = placeOf([]);
		const { length } = letters;
		for (let count = 0; count <= length; count += 1) {
			const at = isBackwards ? length - count : count;
			const kind = letters[isBackwards ? at - 1 : at] ?? -1;
			const held = holds[at] ?? 0;
			const key = (kind + 1) * 65_536 + held;
			let step = place.next.get(key);
			if (!step) {
				const reached = closure(automaton, place.states, held);
				step = { isEnd: reached.isEnd, place: placeOf(after(automaton, reached, passes[kind])) };
				place.next.set(key, step);
			}
			if (step.isEnd && onEnd(at)) return true;
			({ place } = step);
		}
		return false;
	};
}

interface Reached {
	isEnd: boolean;
	/** States that wait for a letter. */
	waiting: Array<{ test: number; next: number }>;
}

/** All states that can be reached without a letter. A match may begin anywhere. */
function closure({ states, start }: Automaton, from: readonly number[], held: number): Reached {
	const seen = new Set<number>([...from, start]);
	const reached: Reached = { isEnd: false, waiting: [] };
	for (const index of seen) {
		const state = states[index];
		if (state?.kind === 'letter') reached.waiting.push(state);
		else if (state?.kind === 'fork') for (const next of state.next) seen.add(next);
		else if (state?.kind === 'end') reached.isEnd = true;
		else if (state && (held & (2 ** state.test)) !== 0) seen.add(state.next);
	}
	spend(seen.size);
	return reached;
}

function after(
	{ states }: Automaton,
	{ waiting }: Reached,
	passes: readonly boolean[] = [],
): number[] {
	spend(waiting.length);
	const next = new Set<number>();
	for (const { test, next: state } of waiting) if (passes[test]) next.add(state);
	return states.length > 0 ? [...next].sort((a, b) => a - b) : [];
}

/** The kinds of letters that a pattern distinguishes: letters of one kind pass the same tests. */
export interface Kinds {
	byLetter: Map<number, number>;
	byPasses: Map<string, number>;
	/** Of each kind. */
	passes: boolean[][];
}

const MOST_KNOWN = 10_000;

function openKinds(): Kinds {
	return { byLetter: new Map(), byPasses: new Map(), passes: [] };
}

/** Whole letters, or the halves of pairs separately. */
export function lettersOf(text: string, isWhole: boolean): Uint32Array {
	const letters = new Uint32Array(text.length);
	let length = 0;
	for (let at = 0; at < text.length; at += 1) {
		const letter = (isWhole ? text.codePointAt(at) : text.charCodeAt(at)) ?? 0;
		if (letter > 0xffff) at += 1;
		letters[length++] = letter;
	}
	return letters.subarray(0, length);
}

/** Letters that pass the same tests are one kind. */
export function kindOf(letter: number, tests: readonly RegExp[], kinds: Kinds): number {
	const known = kinds.byLetter.get(letter);
	if (known !== undefined) return known;
	if (kinds.byLetter.size > MOST_KNOWN) kinds.byLetter.clear();
	const sign = String.fromCodePoint(letter);
	const passes = tests.map((test) => test.test(sign));
	const key = passes.map(Number).join('');
	const kind = kinds.byPasses.get(key) ?? kinds.passes.push(passes) - 1;
	kinds.byPasses.set(key, kind);
	kinds.byLetter.set(letter, kind);
	return kind;
}
