import { chunkText, halvesOf } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { openDice } from './nestedLayouts';

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const SIGNS = ASCII.filter((sign) => /[\p{P}\p{S}]/u.test(sign));

test('any sign may separate the records of a line', () => {
	expect(SIGNS.length).toBe(32);
	for (const sign of SIGNS) {
		for (const mark of [sign, ` ${sign} `, `${sign} `, sign.repeat(2), ` ${sign}] [${sign} `]) {
			const text = `Lamp, 12${mark}Chair, 5${mark}Desk, 7${mark}`.repeat(12);
			const parts = chunkText(text, { size: 150, overlap: 20 });
			expect(parts.map((part) => part.text.slice(part.shared)).join('')).toBe(text);
			expect(halvesOf({ text, start: 0, shared: 0 }, { overlap: 20 })).toHaveLength(2);
			const own = [text.slice(0, 100), text.slice(100)];
			const given = own.map((one) => ({ value: { rows: [] }, shared: '', own: one }));
			expect(mergeValues(given).value).toEqual({ rows: [] });
		}
	}
});

const openRandom = (seed: number) => {
	const dice = openDice(seed);
	const digits = (count: number) => Array.from({ length: count }, () => 1 + dice.upTo(9)).join('');
	const item = () => ['Lamp', 'Chair', 'Desk', 'Blue Lamp', 'Office Chair'][dice.upTo(5)] ?? 'Lamp';
	return { digits, item };
};

type Random = ReturnType<typeof openRandom>;

const IN_LINES: Array<[what: string, row: (random: Random) => string]> = [
	['thousands', ({ item, digits }) => `${item()} ${digits(1)},${digits(3)}.${digits(2)} `],
	['with a unit', ({ item, digits }) => `${item()} ${digits(1)}.${digits(3)},${digits(2)} EUR `],
	['Swiss thousands', ({ item, digits }) => `${item()} ${digits(1)}'${digits(3)}.${digits(2)} `],
	['in a list', ({ item, digits }) => `${item()} ${digits(1)},${digits(3)}.${digits(2)}, `],
	['in sentences', ({ item, digits }) => `The ${item()} costs ${digits(1)},${digits(3)}.50 USD. `],
	['decimals', ({ item, digits }) => `${item()} ${digits(2)}.${digits(2)} `],
	['times', ({ item, digits }) => `1${digits(1)}:3${digits(1)} ${item()} room ${digits(1)} `],
	['dates', ({ item, digits }) => `${item()} 2026-0${digits(1)}-1${digits(1)} `],
	['slashes', ({ item, digits }) => `${item()} 1${digits(1)}/03/2026 `],
	['dates and times', ({ item, digits }) => `1${digits(1)}.03.2026 1${digits(1)}:30 ${item()} `],
	['coordinates', ({ item, digits }) => `52.5${digits(2)},13.4${digits(2)} ${item()} `],
	['versions', ({ item, digits }) => `${item()} ${digits(1)}.${digits(1)}.${digits(2)} `],
	['ranges', ({ item, digits }) => `${item()} ${digits(2)}-${digits(3)} `],
];

test.each(IN_LINES)('no part ends or begins inside a number: %s', (_what, row) => {
	for (const seed of [1, 2, 3, 4]) {
		const random = openRandom(seed);
		const text = Array.from({ length: 250 }, () => row(random)).join('');
		const values = [...text.matchAll(/\d\S*\d(?: \d\d:\d\d)?/g)];
		for (const options of [
			{ size: 400, overlap: 100 },
			{ size: 1000, overlap: 200 },
			{ size: 2000, overlap: 0 },
		]) {
			const parts = chunkText(text, options);
			const borders = parts.flatMap(({ start, text: own }) => [start, start + own.length]);
			const cut = values.filter(({ index, 0: { length } }) =>
				borders.some((at) => index < at && at < index + length),
			);
			expect(cut.map(([value]) => value)).toEqual([]);
		}
	}
});

const FILL = [
	'The weather was fine all week.',
	'Costs are borne by the buyer unless agreed otherwise.',
	'The minutes were approved without comment.',
	'No further changes were agreed.',
];
const SENTENCES: Array<[what: string, row: (random: Random) => string]> = [
	[
		'a date',
		({ digits }) =>
			`Order R-1${digits(4)} by Ida on 2023-03-0${digits(1)}, total ${digits(3)}.12 EUR.`,
	],
	['a count', ({ item, digits }) => `We sent ${digits(2)}, all of them new, by ${item()}.`],
	['words', ({ item, digits }) => `The ${item()}, as agreed, costs ${digits(3)} in all.`],
	['a colon', ({ item, digits }) => `For ${digits(3)}: the ${item()} of room ${digits(2)}.`],
];

test.each(SENTENCES)('a sentence among others stands whole in a part: %s', (_what, row) => {
	for (let seed = 0; seed < 60; seed += 1) {
		const [random, dice] = [openRandom(seed), openDice(seed + 100)];
		let text = '';
		const spans = Array.from({ length: 30 }, () => {
			const from = text.length;
			text += row(random);
			const to = text.length;
			for (let more = dice.upTo(5); more >= 0; more -= 1) text += ` ${FILL[dice.upTo(4)]}`;
			text += dice.upTo(10) < 3 ? '\n\n' : ' ';
			return [from, to] as const;
		});
		for (const options of [
			{ size: 400, overlap: 100 },
			{ size: 600, overlap: 100 },
			{ size: 1000, overlap: 200 },
		]) {
			const parts = chunkText(text, options);
			const cut = spans.filter(
				([from, to]) =>
					!parts.some((part) => from >= part.start && to <= part.start + part.text.length),
			);
			expect(cut.map((span) => text.slice(...span))).toEqual([]);
		}
	}
});
