import { mergeValues } from '../../core/extract/parts/merge';
import { LAYOUTS } from './rowLayouts';
import {
	hasRows,
	ORDERS,
	placedNames,
	placedRows,
	readByPlace,
	type ShortLayout,
} from './rowsByPlace';
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
	const cases = shareOf(CASES, 3, NAMES.indexOf(layout));

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

const OTHER_ORDERS = ORDERS.filter((order) => order !== 'text');
const OVERLAPS = [
	{ size: 400, overlap: 150 },
	{ size: 700, overlap: 200 },
	{ size: 1500, overlap: 300 },
];
const counts = { runs: 0, right: 0 };

test.each(OTHER_ORDERS)('a list that is %s: each row once, or a warning', (order) => {
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

const isTool = (name: string) => name.charCodeAt(2) % 2 === 0;
const kindOf = (name: string) => (isTool(name) ? 'tool' : 'person');
const numberOf = (name: string) =>
	1000 + ([...name].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0) % 8999);
/** Every so many-th name is said again where another one stands. */
const again = (name: string, all: readonly string[]) =>
	all.indexOf(name) % 7 === 3 ? `(see ${all[(all.indexOf(name) * 5) % all.length]} too)\n` : '';

const line = (name: string) => `${name}\n`;
const SHORT: Array<[what: string, layout: ShortLayout, isPlain: boolean]> = [
	['texts', { write: line, read: (name) => name }, true],
	['texts in one line', { write: (name) => `${name}, `, read: (name) => name }, true],
	['numbers', { write: (name) => `${numberOf(name)}\n`, read: numberOf }, true],
	['one field', { write: line, read: (name) => ({ name }) }, true],
	['a kind of its own', { write: line, read: (name) => ({ name, kind: kindOf(name) }) }, true],
	[
		'a kind that the text says of some',
		{
			write: (name) => `${name}${name.charCodeAt(4) % 2 ? `, a ${kindOf(name)} of ours` : ''}\n`,
			read: (name) => ({ name, kind: kindOf(name) }),
		},
		false,
	],
	[
		'in sentences',
		{ write: (name) => `The ticket ${name} is closed by the team. `, read: (name) => ({ name }) },
		true,
	],
	[
		'said again elsewhere',
		{ write: (name, all) => `${line(name)}${again(name, all)}`, read: (name) => ({ name }) },
		false,
	],
];

describe.each(SHORT)('rows of one word: %s', (_what, layout, isPlain) => {
	test.each(ORDERS)('%s: each once, or a warning', (order) => {
		const chunks = [{ size: 300, overlap: 60 }, { size: 300, overlap: 140 }, ...OVERLAPS];
		const runs = chunks.flatMap((chunk, at) =>
			shareOf([1, 2, 3], 1, at).map((seed) => {
				const placed = placedNames(layout, seed);
				const { value, warnings, cut } = readByPlace(placed, chunk, order);
				return { chunk, seed, cut, warnings, isRight: hasRows(value, placed.rows) };
			}),
		);
		const silent = runs.filter(({ isRight, warnings }) => !isRight && warnings.length === 0);
		expect(silent).toEqual([]);
		if (isPlain || order === 'text')
			expect(runs.filter(({ isRight, warnings }) => !isRight || warnings.length > 0)).toEqual([]);
	});
});

test('the shared entries of two reversed lists are kept once', () => {
	const { value, warnings } = mergeValues([
		{ value: ['Bob', 'Ada'], shared: '', own: 'Ada\nBob\n' },
		{ value: ['Eve', 'Dee', 'Cy', 'Bob'], shared: 'Bob\n', own: 'Cy\nDee\nEve\n' },
	]);
	expect(value).toEqual(['Bob', 'Ada', 'Eve', 'Dee', 'Cy']);
	expect(warnings).toEqual([]);
});
