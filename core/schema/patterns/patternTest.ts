import { messageOf } from '../../messageOf';
import { remembered } from '../../remembered';
import { compilePattern } from './automaton';
import { spend } from './budget';
import { parsePattern, type Pattern } from './parsePattern';
import { waysToTry } from './patternWork';
import { runner } from './runAutomaton';

/** Whether a pattern is found in a text. Always in bounded time, if `withinBudget`. */
export type PatternTest = (text: string) => boolean;
export type CompiledPattern = { ok: true; test: PatternTest } | { ok: false; problem: string };

/** Ways to try for each letter, up to which JavaScript is as good as linear. */
const FEW_WAYS = 8;
/** Letters of a text as long as an answer may be. */
const LONGEST = 2 ** 26;
/** Ways that JavaScript tries while the budget counts one step. */
const WAYS_A_STEP = 16;

const patterns = remembered<CompiledPattern>();

/**
 * Compiles a regular expression of a schema. Where JavaScript might try too many ways, all ways are
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
	'it may take longer than anybody would wait, and holds something (such as \\1, or a large count) that can only be found in that way: simplify it';

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

/** What must be left to JavaScript is paid for as if it took the most time that it can. */
function slowly(native: RegExp, pattern: Pattern): PatternTest {
	return (text) => {
		spend(waysToTry(pattern, text.length) / WAYS_A_STEP);
		return native.test(text);
	};
}
