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

test('many single rows that are skipped are named, and never another one', () => {
	expect(named / skips).toBeGreaterThan(0.5);
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

const ITEMS = ['Lamp', 'Blue Lamp', 'Chair', 'Desk', 'Oak Table', 'Rug', 'Mirror'];
const itemAt = (at: number) => ITEMS[(at * 5) % 7] ?? '';
const priceAt = (at: number) => `${((at * 37) % 90) + 10}.50`;

/** Rows, what reads them, and lines among them that are written alike, but are none or not wanted. */
const BESIDE: Array<[string, (at: number) => string, RegExp, string[]]> = [
	[
		'name and price',
		(at) => `${itemAt(at)}  ${priceAt(at)}\n`,
		/^((?:Blue |Oak )?(?:Lamp|Chair|Desk|Table|Rug|Mirror)) {2}([\d.]+)$/gm,
		[
			...['Brought forward', 'Carry over', 'Opening balance', 'Saldo', 'VAT', 'Report'],
			...['Group sum', 'Furniture total', 'Shipping', 'Discount', 'Cancelled Stool'],
		].map((words) => `${words}  242.50\n`),
	],
	[
		'name and number',
		(at) => `${itemAt(at)} ${at + 10}\n`,
		/^((?:Blue |Oak )?(?:Lamp|Chair|Desk|Table|Rug|Mirror)) (\d+)$/gm,
		['Page 19\n', 'Invoice 19\n', 'November 19\n', 'Chapter 14\n', 'see note 3\n', 'Room 11\n'],
	],
	[
		'three columns',
		(at) => `${itemAt(at)} | ${priceAt(at)} | paid on ${at + 1}\n`,
		/^(.+) \| ([\d.]+) \| paid on (\d+)$/gm,
		['Lamp | 12.50 | open on 5\n', 'Stool | 0.00 | paid on 0\n', 'Saldo | 99.50 | paid on 5\n'],
	],
	[
		'a log',
		(at) => `1${at % 9}:2${at % 8} ${at % 3 ? 'ERROR' : 'WARN'} disk ${at} full\n`,
		/^(\S+) (ERROR|WARN) disk (\d+) full$/gm,
		['12:08 DEBUG cache 5 hits\n', '12:02 INFO disk 5 full\n'],
	],
	[
		'repeated headers',
		(at) => `${itemAt(at)}, x ${priceAt(at)}, of ${at + 1}\n`,
		/^(.+), x ([\d.]+), of (\d+)$/gm,
		['Item, Price 2026, Qty 1\n'],
	],
	[
		'names that are all different',
		(at) => `N${'abcdefghij'.charAt(at % 10)}${'klmn'.charAt(at % 4)}, ${at + 5}, ${priceAt(at)}\n`,
		/^(N\w\w), (\d+), ([\d.]+)$/gm,
		['Brought forward, 5, 242.50\n', 'Furniture total, 5, 242.50\n'],
	],
];

test.each(BESIDE)('%s: no line that is no row of these is named', (_name, row, pattern, others) => {
	const read = (part: string) => [...part.matchAll(pattern)].map(([, a, b, c]) => ({ a, b, c }));
	const rows = Array.from({ length: 40 }, (_, at) => row(at));
	for (const line of others) {
		const text = rows.toSpliced(30, 0, line).toSpliced(12, 0, line).join('');
		const once = rows.toSpliced(20, 0, line).join('');
		for (const one of [text, once]) {
			const isWanted = (part: string) => read(part.replace(line.trim(), ''));
			expect([line, warningsFor(one, isWanted, () => true)]).toEqual([line, []]);
		}
	}
});

test('of equal rows, none is named: nobody knows which one is skipped', () => {
	const text = Array.from({ length: 30 }, (_, at) => `Lamp, ${(at % 3) + 1}, 10.50 EUR\n`).join('');
	const read = (part: string) =>
		[...part.matchAll(/^(\w+), (\d), ([\d.]+) EUR$/gm)].map(([, a, b, c]) => ({ a, b, c }));
	expect(warningsFor(text, read, (n) => n !== 17)).toEqual([]);
});
