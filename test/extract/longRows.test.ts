import { LAYOUTS } from './rowLayouts';
import { hasRows, placedRows, readByPlace, type Order } from './rowsByPlace';
import { shareOf } from '../support/sweep';

const SIZES = [
	{ size: 250, overlap: 50 },
	{ size: 330, overlap: 50 },
	{ size: 400, overlap: 150 },
	{ size: 1000, overlap: 100 },
];
const LONG = [
	{ every: 1, most: 200 },
	{ every: 2, most: 300 },
	{ every: 5, most: 520 },
	{ every: 9, most: 1400 },
];
const CASES = SIZES.flatMap((chunk) => LONG.map((long) => ({ chunk, long })));
/** Rows with other text between them have a length of their own. */
const NAMES = Object.keys(LAYOUTS).filter((name) => !name.includes('filler'));

describe.each(NAMES)('long rows: %s', (layout) => {
	const cases = shareOf(CASES, 6, NAMES.indexOf(layout));

	test('a row that fits into a part is not cut', () => {
		const cut = cases.flatMap(({ chunk, long }, seed) =>
			readByPlace(placedRows(layout, seed, long), chunk)
				.cut.filter(([from, to]) => to - from <= chunk.size * 0.97)
				.map((span) => ({ chunk, long, seed, span })),
		);
		expect(cut).toEqual([]);
	});

	test('a row that no part has whole is named', () => {
		const silent = cases.filter(({ chunk, long }, seed) => {
			const placed = placedRows(layout, seed, long);
			const { value, warnings } = readByPlace(placed, chunk);
			return !hasRows(value, placed.rows) && warnings.length === 0;
		});
		expect(silent).toEqual([]);
	});
});

test('rows that fit are not called lost', () => {
	const placed = placedRows('csv', 1, { every: 3, most: 150 });
	const { warnings } = readByPlace(placed, { size: 330, overlap: 50 });
	expect(warnings).toEqual([]);
});

const ORDERS: readonly Order[] = ['reversed', 'rotated', 'sorted'];
const OVERLAPS = [
	{ size: 400, overlap: 150 },
	{ size: 700, overlap: 200 },
	{ size: 1500, overlap: 300 },
];
const counts = { runs: 0, right: 0 };

test.each(ORDERS)('a list that is %s: each row once, or a warning', (order) => {
	const silent: unknown[] = [];
	for (const [at, layout] of NAMES.entries()) {
		for (const chunk of shareOf(OVERLAPS, 1, at)) {
			const placed = placedRows(layout, at % 5);
			const { value, warnings } = readByPlace(placed, chunk, order);
			const isRight = hasRows(value, placed.rows);
			counts.runs += 1;
			counts.right += isRight ? 1 : 0;
			if (!isRight && warnings.length === 0) silent.push({ layout, chunk, at });
		}
	}
	expect(silent).toEqual([]);
});

test('nearly all of those are right', () => {
	expect(counts.right / counts.runs).toBeGreaterThan(0.9);
});
