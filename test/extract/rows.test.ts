import { shareOf } from '../support/sweep';
import { LANGUAGES, LAYOUTS } from './rowLayouts';
import { readInParts, rowReader, rowsOf, textOfRows } from './rowTexts';

const SIZES = [
	[400, 0],
	[400, 190],
	[700, 200],
	[1500, 300],
	[2500, 200],
] as const;
const CASES = [0, 2].flatMap((seed) => SIZES.map(([size, overlap]) => ({ size, overlap, seed })));

test.each(LANGUAGES)('a careful reader reads every row of every layout in %s', (language) => {
	for (const layout of Object.keys(LAYOUTS)) {
		const rows = rowsOf(language, 30, 1);
		const read = rowReader({ layout, language })(textOfRows(rows, { layout, language }));
		expect([layout, read]).toEqual([layout, rows]);
	}
});

let [runs, doubts] = [0, 0];
describe.each(Object.entries(LAYOUTS))('%s', (layout, { spans }) => {
	// Where nothing is shared, nobody can know that a record goes on in the next line.
	const cases = CASES.filter(({ overlap }) => overlap > 0 || !spans);
	const first = Object.keys(LAYOUTS).indexOf(layout);
	test.each(LANGUAGES)('%s: every row once, whatever the parts', (language) => {
		const wrong: unknown[] = [];
		const place = first + LANGUAGES.indexOf(language);
		for (const { size, overlap, seed } of shareOf(cases, 1, place)) {
			const rows = rowsOf(language, 60 + seed * 50, seed);
			const { value, warnings } = readInParts(rows, { layout, language, size, overlap });
			const isRight = JSON.stringify(value) === JSON.stringify({ rows });
			runs += 1;
			doubts += warnings.length;
			if (!isRight) wrong.push({ size, overlap, seed, warnings });
		}
		expect(wrong).toEqual([]);
	});
});

test('hardly any of them is in doubt', () => {
	expect(runs).toBeGreaterThanOrEqual(LANGUAGES.length * Object.keys(LAYOUTS).length);
	expect(doubts / runs).toBeLessThan(0.01);
});
