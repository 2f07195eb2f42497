import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { isSame } from '../../core/isSame';
import { NESTED, openDice } from './nestedLayouts';
import { readTruly, wholeOf, type Habit } from './nestedTexts';

const SIZES = [
	[200, 0],
	[300, 60],
	[300, 140],
	[600, 200],
	[1000, 100],
] as const;

let [runs, right] = [0, 0];
describe.each(Object.keys(NESTED))('%s', (layout) => {
	test.each(['nulls', 'gaps'] as const)('a model that reads truly, with %s', (habit) => {
		const silent: unknown[] = [];
		for (const [size, overlap] of SIZES) {
			for (let seed = 0; seed < 5; seed += 1) {
				const { isRight, warnings } = readInParts({ layout, habit, size, overlap, seed });
				runs += 1;
				right += isRight ? 1 : 0;
				if (!isRight && warnings.length === 0) silent.push({ size, overlap, seed });
			}
		}
		expect(silent).toEqual([]);
	});
});

test('nearly all are right', () => {
	expect(runs).toBeGreaterThan(500);
	expect(right / runs).toBeGreaterThan(0.93);
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
