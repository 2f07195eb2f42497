import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { LANGUAGES, LAYOUTS, ODD_LAYOUTS } from './rowLayouts';
import { rowReader, rowsOf, textOfRows } from './rowTexts';

/** Layouts in which the values of two rows stand as those of one do, in another order. */
const CYCLIC = ['XML', 'HTML in one line', 'JSON in one line', 'YAML', 'receipt'];
const NAMES = [...CYCLIC.filter((name) => name in LAYOUTS), ...Object.keys(ODD_LAYOUTS)];
const counts = { runs: 0, right: 0, doubted: 0 };

test.each(NAMES)('%s: no row is lost without a warning, in parts of two rows', (layout) => {
	const silent: unknown[] = [];
	for (const [at, language] of LANGUAGES.entries()) {
		const seed = at % 3;
		const rows = rowsOf(language, 60 + seed * 20, seed);
		const text = textOfRows(rows, { layout, language });
		const read = rowReader({ layout, language });
		expect(read(text)).toEqual(rows);
		const parts = chunkText(text, { size: 250, overlap: 100 }).map((part) => ({
			value: { rows: read(part.text) },
			...{ shared: part.text.slice(0, part.shared), own: part.text.slice(part.shared) },
		}));
		const { value, warnings } = mergeValues(parts);
		const isRight = JSON.stringify(value) === JSON.stringify({ rows });
		counts.runs += 1;
		counts.right += isRight ? 1 : 0;
		counts.doubted += isRight && warnings.length > 0 ? 1 : 0;
		if (!isRight && warnings.length === 0) silent.push({ language, seed });
	}
	expect(silent).toEqual([]);
});

test('nearly all are right, and few of those are in doubt', () => {
	expect(counts.right / counts.runs).toBeGreaterThan(0.95);
	expect(counts.doubted / counts.runs).toBeLessThan(0.1);
});
