import { messageOf } from '../../messageOf';
import { remembered } from '../../lib/perObject';
import { compilePattern } from './automaton';
import { spend } from './budget';
import { parsePattern, type Pattern } from './parsePattern';
import { runner } from './runAutomaton';

/** Whether a text contains a match. Always in bounded time within `withinBudget`. */
export type PatternTest = (text: string) => boolean;
type CompiledPattern = { ok: true; test: PatternTest } | { ok: false; problem: string };

/** Up to this many ways for each letter, JavaScript is practically linear. */
const FEW_WAYS = 8;
/** The length of the longest text that an answer may have. */
const LONGEST = 2 ** 26;
/** How many ways JavaScript tries during one step of the budget. */
const WAYS_A_STEP = 16;

const patterns = remembered<CompiledPattern>();

/**
 * Compiles a regular expression of a schema. If JavaScript might try too many ways, all ways are
 * followed at the same time instead, with the same verdict.
 */
export function patternTest(source: string, flags = 'u'): CompiledPattern {
	return patterns(`${flags} ${source}`, () => compile(source, flags.replace(/[dgy]/g, '')));
}

function compile(source: string, flags: string): CompiledPattern {
	let pattern: Pattern;
	let native: RegExp;
	try {
		native = new RegExp(source, flags);
		pattern = parsePattern(source, flags);
	} catch (thrown) {
		return { ok: false, problem: messageOf(thrown) };
	}
	const mostLetters = nativeUpTo(pattern);
	if (mostLetters >= LONGEST) return { ok: true, test: natively(native) };
	const compiled = compilePattern(pattern);
	if (compiled) {
		const run = runner(compiled, /[uv]/.test(flags));
		const quickly = natively(native);
		const whole = (text: string) => run({ text, begins: true, ends: true }, () => true);
		return { ok: true, test: (text) => (text.length <= mostLetters ? quickly(text) : whole(text)) };
	}
	if (growsBeyond(pattern)) return { ok: false, problem: TOO_SLOW };
	return { ok: true, test: slowly(native, pattern) };
}

const TOO_SLOW =
	'it may take far too long, and contains something (such as \\1, or a large count) that cannot be tested faster: simplify it';

/** Whether a text of twice the length may take a million times as long. */
function growsBeyond(pattern: Pattern): boolean {
	const ways = waysToTry(pattern, 128);
	return ways === Infinity || ways / waysToTry(pattern, 64) > 1e6;
}

function nativeUpTo(pattern: Pattern): number {
	let length = LONGEST;
	while (length >= 1 && waysToTry(pattern, length) > FEW_WAYS * length) length /= 2;
	return length;
}

function natively(native: RegExp): PatternTest {
	return (text) => {
		if (text.length > 64) spend(text.length / 4);
		return native.test(text);
	};
}

/** What must be left to JavaScript is charged as if it took the longest possible time. */
function slowly(native: RegExp, pattern: Pattern): PatternTest {
	return (text) => {
		spend(waysToTry(pattern, text.length) / WAYS_A_STEP);
		return native.test(text);
	};
}

/**
 * The maximum number of ways in which JavaScript may try a pattern on a text of this length: choices
 * and repetitions are assumed to be ambiguous.
 */
function waysToTry(pattern: Pattern, length: number): number {
	return ways(pattern, length) * (beginsAtStart(pattern) ? 1 : Math.max(1, length));
}

function ways(pattern: Pattern, length: number): number {
	switch (pattern.kind) {
		case 'letter':
		case 'edge':
			return 1;
		case 'same':
			return Math.max(1, length);
		case 'look':
			return 1 + ways(pattern.part, length);
		case 'sequence':
			return pattern.parts.reduce((product, part) => product * ways(part, length), 1);
		case 'choice':
			return pattern.choices.reduce((sum, choice) => sum + ways(choice, length), 0);
		case 'repeat':
			return waysToRepeat(pattern, length);
	}
}

function waysToRepeat({ part, min, max }: Extract<Pattern, { kind: 'repeat' }>, length: number) {
	const once = ways(part, length);
	const most = Math.max(min, Math.min(max, length));
	if (once <= 1) return most - min + 1;
	return once ** most * (most > min ? 2 : 1);
}

/** Whether it can only match at the start of a text. */
function beginsAtStart(pattern: Pattern): boolean {
	if (pattern.kind === 'edge') return pattern.source === '^' && !pattern.flags.includes('m');
	if (pattern.kind === 'choice') return pattern.choices.every(beginsAtStart);
	if (pattern.kind !== 'sequence') return false;
	const [first] = pattern.parts;
	return first !== undefined && beginsAtStart(first);
}
