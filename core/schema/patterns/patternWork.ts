import type { Pattern } from './parsePattern';

/**
 * In how many ways JavaScript may have to try a pattern on a text of this length, at the most: choices
 * and repetitions are taken to be ambiguous.
 */
export function waysToTry(pattern: Pattern, length: number): number {
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
