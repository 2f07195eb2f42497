import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { LANGUAGES, LAYOUTS } from './rowLayouts';
import { rowReader, rowsOf, textOfRows } from './rowTexts';

const SIZES = [
	[400, 0],
	[400, 190],
	[700, 200],
	[1500, 300],
	[2500, 200],
] as const;

test.each(LANGUAGES)('a careful reader reads every row of every layout in %s', (language) => {
	for (const layout of Object.keys(LAYOUTS)) {
		const rows = rowsOf(language, 30, 1);
		const read = rowReader({ layout, language })(textOfRows(rows, { layout, language }));
		expect([layout, read]).toEqual([layout, rows]);
	}
});

describe.each(Object.keys(LAYOUTS))('%s', (layout) => {
	test.each(LANGUAGES)('%s: every row once, whatever the parts', (language) => {
		const wrong: unknown[] = [];
		for (const [size, overlap] of SIZES) {
			if (overlap === 0 && LAYOUTS[layout]?.spans) continue;
			for (let seed = 0; seed < 4; seed += 1) {
				const rows = rowsOf(language, 60 + seed * 50, seed);
				const text = textOfRows(rows, { layout, language });
				const read = rowReader({ layout, language });
				const parts = chunkText(text, { size, overlap }).map((part) => ({
					value: { rows: read(part.text) },
					...{ shared: part.text.slice(0, part.shared), own: part.text.slice(part.shared) },
				}));
				const { value, warnings } = mergeValues(parts);
				const got = JSON.stringify(value);
				if (got !== JSON.stringify({ rows }) || warnings.length > 0) {
					wrong.push({
						size,
						overlap,
						seed,
						rows: rows.length,
						got: JSON.parse(got).rows.length,
						warnings,
					});
				}
			}
		}
		expect(wrong).toEqual([]);
	});
});
