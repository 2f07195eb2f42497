import { shareOf } from '../support/sweep';
import { LANGUAGES, LAYOUTS, ODD_LAYOUTS } from './rowLayouts';
import { readInParts, rowReader, rowsOf, textOfRows } from './rowTexts';

/** Layouts in which the values of two rows stand as those of one do, in another order. */
const CYCLIC = ['XML', 'HTML in one line', 'JSON in one line', 'YAML', 'receipt'];
const NAMES = [...CYCLIC.filter((name) => name in LAYOUTS), ...Object.keys(ODD_LAYOUTS)];
/** In parts of two rows, and in parts whose overlap is shorter than a row. */
const SIZES = [
	{ size: 250, overlap: 100, counts: { runs: 0, right: 0, doubted: 0 } },
	{ size: 200, overlap: 60, counts: { runs: 0, right: 0, doubted: 0 } },
];
const SEEDS = [0, 1, 2, 3, 4, 5];

test.each(NAMES)('%s: no row is lost without a warning, and none doubled', (layout) => {
	const silent: unknown[] = [];
	for (const [at, language] of LANGUAGES.entries()) {
		for (const { size, overlap, counts } of SIZES) {
			for (const seed of shareOf(SEEDS, 1, at + NAMES.indexOf(layout))) {
				const rows = rowsOf(language, 60 + (seed % 3) * 20, seed);
				const said = textOfRows(rows, { layout, language });
				expect(rowReader({ layout, language })(said)).toEqual(rows);
				const { value, warnings } = readInParts(rows, { layout, language, size, overlap });
				const isRight = JSON.stringify(value) === JSON.stringify({ rows });
				counts.runs += 1;
				counts.right += isRight ? 1 : 0;
				counts.doubted += isRight && warnings.length > 0 ? 1 : 0;
				if (!isRight && warnings.length === 0) silent.push({ language, seed, size });
			}
		}
	}
	expect(silent).toEqual([]);
});

test('nearly all are right, and few of those are in doubt', () => {
	const [whole, short] = SIZES.map(({ counts }) => counts);
	expect((whole?.right ?? 0) / (whole?.runs ?? 0)).toBeGreaterThan(0.98);
	expect((whole?.doubted ?? 1) / (whole?.runs ?? 0)).toBeLessThan(0.05);
	expect((short?.right ?? 0) / (short?.runs ?? 0)).toBeGreaterThan(0.9);
	expect((short?.doubted ?? 1) / (short?.runs ?? 0)).toBeLessThan(0.08);
});
