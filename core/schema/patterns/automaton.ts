import type { Pattern } from './parsePattern';

/** A state reads a letter, requires a condition between two letters, or continues in two ways. */
type State =
	| { kind: 'letter'; test: number; next: number }
	| { kind: 'condition'; test: number; next: number }
	| { kind: 'fork'; next: number[] }
	| { kind: 'end' };

/** A Thompson automaton: all ways through a pattern are followed at the same time. */
export interface Automaton {
	states: State[];
	start: number;
}

/** What may hold between two letters. */
export type Condition =
	| { kind: 'start' | 'end'; newline?: number }
	| { kind: 'word'; word: number; isNot: boolean }
	/** `ahead` reads from the end of the text to its start. */
	| { kind: 'ahead' | 'behind'; automaton: Automaton; isNot: boolean };

export interface Compiled {
	main: Automaton;
	/** Each test decides about one letter. */
	tests: RegExp[];
	/** Inner ones first. */
	conditions: Condition[];
}

/** For one pattern: each state may be visited for each letter. */
const MOST_STATES = 20_000;
/** Which of them hold is stored in one number. */
const MOST_CONDITIONS = 16;

type Parts = Omit<Compiled, 'main'> & { known: Map<string, number>; count: { states: number } };

/** Undefined for a pattern that is not a regular language, or is too large. */
export function compilePattern(pattern: Pattern): Compiled | undefined {
	const parts: Parts = { tests: [], conditions: [], known: new Map(), count: { states: 0 } };
	const main = automatonOf(pattern, parts, false);
	if (!main || parts.conditions.length > MOST_CONDITIONS) return undefined;
	return { main, tests: parts.tests, conditions: parts.conditions };
}

interface Build extends Parts {
	states: State[];
	isBackwards: boolean;
}

function automatonOf(pattern: Pattern, parts: Parts, isBackwards: boolean): Automaton | undefined {
	const build: Build = { ...parts, states: [{ kind: 'end' }], isBackwards };
	const start = add(pattern, 0, build);
	return start === undefined ? undefined : { states: build.states, start };
}

/** Adds the states of a pattern before `next`. */
function add(pattern: Pattern, next: number, build: Build): number | undefined {
	switch (pattern.kind) {
		case 'letter':
			if (pattern.isOdd) return undefined;
			return push(build, { kind: 'letter', test: testOf(pattern, build), next });
		case 'sequence': {
			const order = build.isBackwards ? pattern.parts : pattern.parts.toReversed();
			return order.reduce<number | undefined>(
				(after, part) => (after === undefined ? undefined : add(part, after, build)),
				next,
			);
		}
		case 'choice': {
			const starts = pattern.choices.map((choice) => add(choice, next, build));
			const known = starts.filter((start) => start !== undefined);
			return known.length < starts.length ? undefined : push(build, { kind: 'fork', next: known });
		}
		case 'repeat':
			return addRepeat(pattern, next, build);
		case 'edge':
			return push(build, { kind: 'condition', test: edgeOf(pattern, build), next });
		case 'look':
			return addLook(pattern, next, build);
		case 'same':
			return undefined;
	}
}

function addRepeat(
	{ part, min, max }: Extract<Pattern, { kind: 'repeat' }>,
	next: number,
	build: Build,
): number | undefined {
	let start: number | undefined = next;
	if (max === Infinity) {
		const fork = { kind: 'fork' as const, next: [next] };
		const loop = push(build, fork);
		const body = loop === undefined ? undefined : add(part, loop, build);
		if (body === undefined) return undefined;
		fork.next.push(body);
		start = loop;
	}
	const optional = max === Infinity ? 0 : max - min;
	for (let count = 0; count < min + optional && start !== undefined; count += 1) {
		const body = add(part, start, build);
		if (body === undefined) return undefined;
		// A repetition of nothing is nothing.
		if (body === start && count >= optional) return start;
		start = count < optional ? push(build, { kind: 'fork', next: [body, next] }) : body;
	}
	return start;
}

function push({ states, count }: Build, state: State): number | undefined {
	count.states += 1;
	return count.states > MOST_STATES ? undefined : states.push(state) - 1;
}

function testOf({ source, flags }: { source: string; flags: string }, parts: Parts): number {
	const own = flags.replace(/[^isu]/g, '');
	return numbered(parts, `letter ${own} ${source}`, () => {
		return parts.tests.push(new RegExp(`^(?:${source})$`, own)) - 1;
	});
}

function edgeOf(edge: Extract<Pattern, { kind: 'edge' }>, parts: Parts): number {
	const { source, flags } = edge;
	const word = testOf({ source: String.raw`\w`, flags }, parts);
	const newline = flags.includes('m')
		? testOf({ source: String.raw`[\n\r\u2028\u2029]`, flags: '' }, parts)
		: undefined;
	return numbered(parts, `edge ${source} ${flags}`, () => {
		const isWord = source === String.raw`\b` || source === String.raw`\B`;
		const condition: Condition = isWord
			? { kind: 'word', word, isNot: source === String.raw`\B` }
			: { kind: source === '^' ? 'start' : 'end', newline };
		return parts.conditions.push(condition) - 1;
	});
}

function addLook(look: Extract<Pattern, { kind: 'look' }>, next: number, build: Build) {
	const { part, isBehind, isNot } = look;
	const automaton = automatonOf(part, build, !isBehind);
	if (!automaton) return undefined;
	const condition = { kind: isBehind ? ('behind' as const) : ('ahead' as const), automaton, isNot };
	const test = build.conditions.push(condition) - 1;
	return push(build, { kind: 'condition', test, next });
}

function numbered({ known }: Parts, key: string, make: () => number): number {
	const number = known.get(key) ?? make();
	known.set(key, number);
	return number;
}
