import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { isSame } from '../../core/lib/isSame';
import { shareOf } from '../support/sweep';
import { NESTED, openDice } from './nestedLayouts';
import { HABITS, readTruly, wholeOf, type Habit } from './nestedTexts';

const SIZES = [
	[200, 0],
	[200, 60],
	[300, 60],
	[300, 140],
	[600, 200],
	[1000, 100],
] as const;
/** So short that hardly any part has a whole record. */
const SHORT = [
	[150, 40],
	[250, 100],
] as const;

/** Each size with each seed, so many seeds. */
const casesOf = (sizes: readonly (readonly [number, number])[], seeds: number) =>
	Array.from({ length: seeds }, (_none, seed) =>
		sizes.map(([size, overlap]) => ({ size, overlap, seed })),
	).flat();
const LAYOUTS = Object.keys(NESTED);

const counts = { runs: 0, right: 0, omitted: 0, silent: 0 };
describe.each(LAYOUTS)('%s', (layout) => {
	test.each(HABITS)('a model that reads truly: %s', (habit) => {
		const wrong: unknown[] = [];
		const place = LAYOUTS.indexOf(layout) + HABITS.indexOf(habit);
		for (const { size, overlap, seed } of shareOf(casesOf(SIZES, 5), SIZES.length, place)) {
			const { isRight, warnings } = readInParts({ layout, habit, size, overlap, seed });
			const isFalse = isRight && warnings.some((one) => one.startsWith('maybe lost'));
			const isSilent = !isRight && warnings.length === 0;
			const leavesOut = habit === 'whole' || habit === 'headed';
			counts[leavesOut ? 'omitted' : 'runs'] += 1;
			if (leavesOut) counts.silent += isSilent ? 1 : 0;
			else counts.right += isRight ? 1 : 0;
			if (isFalse || (isSilent && !leavesOut)) wrong.push({ size, overlap, seed, warnings });
		}
		expect(wrong).toEqual([]);
	});
});

test.each(LAYOUTS)('%s: parts too short for a record are never silent', (layout) => {
	for (const one of shareOf(casesOf(SHORT, 6), 4, LAYOUTS.indexOf(layout))) {
		const { isRight, warnings } = readInParts({ layout, habit: 'whole', ...one });
		expect([one, isRight || warnings.length > 0]).toEqual([one, true]);
	}
});

test('nearly all are right, and what a model leaves out at a cut is named', () => {
	const { runs, right, omitted, silent } = counts;
	expect(runs).toBeGreaterThan(100);
	expect(right / runs).toBeGreaterThan(0.9);
	expect(omitted).toBeGreaterThan(100);
	expect(silent).toBe(0);
});

interface Terms {
	layout: string;
	habit: Habit;
	size: number;
	overlap: number;
	seed: number;
}

function readInParts({ layout, habit, size, overlap, seed }: Terms) {
	const nested = NESTED[layout]?.(openDice(seed), 12);
	if (!nested) throw new Error(layout);
	const parts = chunkText(nested.text, { size, overlap }).map(({ text, start, shared }) => ({
		value: readTruly(nested, [start, start + text.length], habit),
		...{ shared: text.slice(0, shared), own: text.slice(shared) },
	}));
	const merged = mergeValues(parts);
	return { ...merged, isRight: isSame(merged.value, wholeOf(nested)) };
}
