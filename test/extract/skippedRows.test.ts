import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { shareOf } from '../support/sweep';
import { LANGUAGES, LAYOUTS } from './rowLayouts';
import { rowReader, rowsOf, textOfRows } from './rowTexts';

const COUNT = 40;
const SIZES = [1_000_000, 1500];

/** The warnings of a model that gives the rows that are wanted, by their index in all that it reads. */
function warningsFor(
	text: string,
	read: (part: string) => unknown[],
	isGiven: (n: number) => boolean,
) {
	return SIZES.flatMap((size) => {
		let count = 0;
		const parts = chunkText(text, { size, overlap: 150 }).map((part) => ({
			value: { rows: read(part.text).filter(() => isGiven(count++)) },
			...{ shared: part.text.slice(0, part.shared), own: part.text.slice(part.shared) },
		}));
		return mergeValues(parts).warnings.filter((warning) => warning.startsWith('maybe skipped'));
	});
}

let [skips, named] = [0, 0];
test.each(LANGUAGES)(
	'rows of every layout in %s: none is named but one that is skipped',
	(language) => {
		const seed = LANGUAGES.indexOf(language);
		const rows = rowsOf(language, COUNT, seed);
		for (const layout of shareOf(Object.keys(LAYOUTS), 8, seed)) {
			const text = textOfRows(rows, { layout, language });
			const read = rowReader({ layout, language });
			expect([layout, warningsFor(text, read, () => true)]).toEqual([layout, []]);
			expect([layout, warningsFor(text, read, (n) => n % 3 > 0)]).toEqual([layout, []]);
			skips += SIZES.length;
			named += warningsFor(text, read, (n) => n !== 17).length;
		}
	},
);

test('most single rows that are skipped are named', () => {
	expect(named / skips).toBeGreaterThan(0.8);
	expect(named).toBeLessThanOrEqual(skips);
});

const ROW = (at: number) => `Lamp ${at}, ${at * 7}.50 EUR\n`;
const ALL = Array.from({ length: 30 }, (_, at) => ROW(at + 100));
const readAll = (part: string) =>
	[...part.matchAll(/^Lamp (\d+), ([\d.]+) EUR$/gm)].map(([, id, price]) => ({
		...{ id: Number(id), price: Number(price) },
	}));

test('the words and the place of the row are named', () => {
	const text = ALL.join('');
	const from = text.indexOf('Lamp 117');
	expect(warningsFor(text, readAll, (n) => n !== 17)).toContain(
		`maybe skipped: characters ${from} to ${from + 20} of the text look like an entry, and none is given for them: "Lamp 117, 819.50 EUR"`,
	);
});

test.each([
	'Total 15, 1234.50 EUR\n',
	'Subtotal 15, 1234.50 EUR\n',
	'Carried forward: 1234.50 EUR\n',
	'Page 2 of 3\n',
	'No, Amount EUR\n',
	'\n',
	'All prices are net, as of 2026.\n',
	'----\n',
])('a line that is no row is not named: %j', (line) => {
	expect(warningsFor(ALL.toSpliced(15, 0, line).join(''), readAll, () => true)).toEqual([]);
});
