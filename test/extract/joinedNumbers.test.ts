import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';

/** All numbers, with a sign between them that may also be that of one number. */
const JOINED: Array<[string, (a: number, b: number) => string, (a: number, b: number) => unknown]> =
	[
		['CSV', (a, b) => `${a},${b}\n`, (a, b) => ({ a, b })],
		[
			'CSV of four',
			(a, b) => `${a},${b},${b + 1},${a + 2}\n`,
			(a, b) => ({ a, b, c: b + 1, d: a + 2 }),
		],
		['decimals', (a, b) => `${a},${b}.5\n`, (a, b) => ({ a, b: b + 0.5 })],
		[
			'places',
			(a, b) => `48.${a},-11.${b}\n`,
			(a, b) => ({ lat: Number(`48.${a}`), lon: -Number(`11.${b}`) }),
		],
		['arrays', (a, b) => `[${a},${b}],\n`, (a, b) => ({ a, b })],
		['boxes', (a, b) => `{"box":[${a},${b}]}\n`, (x, y) => ({ x, y })],
		['one of two', (a) => `{"a":[${a},2]}\n`, (a) => ({ a })],
		['German prices', (a, b) => `${a},${b}\n`, (a, b) => ({ price: Number(`${a}.${b}`) })],
		[
			'times',
			(a, b) => `12:${a}:${b},${a}.5,${b}\n`,
			(a, b) => ({ at: `12:${a}:${b}`, a: a + 0.5, b }),
		],
	];
const NUMBERS = Array.from(
	{ length: 80 },
	(_, at) => [((at * 37) % 49) + 11, ((at * 53) % 47) + 12] as const,
);

test.each(JOINED)('rows of numbers without a space are counted once: %s', (_name, line, entry) => {
	const text = NUMBERS.map((one) => line(...one)).join('');
	const wanted = NUMBERS.map((one) => entry(...one));
	for (const [size, overlap] of [
		[300, 60],
		[200, 40],
		[500, 150],
	] as const) {
		let start = 0;
		const parts = chunkText(text, { size, overlap }).map(({ text: part, shared }) => {
			start = text.indexOf(part, Math.max(0, start - size));
			const lines = part.split('\n').filter((one) => one !== '');
			const first = text.slice(0, start).split('\n').length - 1;
			const value = { rows: wanted.slice(first, first + lines.length) };
			return { value, shared: part.slice(0, shared), own: part.slice(shared) };
		});
		expect(mergeValues(parts)).toEqual({ value: { rows: wanted }, warnings: [] });
	}
});

test('there is one warning for all lists of a kind', () => {
	const line = (at: number) => `{"a":{"b":[${at % 7},2]}}\n`;
	const text = Array.from({ length: 60 }, (_, at) => line(at)).join('');
	const parts = chunkText(text, { size: 300, overlap: 60 }).map(({ text: part, shared }) => {
		const rows = [...part.matchAll(/\[(\d),2\]/g)].map(([, one]) => ({
			a: { b: [Number(one), 2] },
		}));
		return { value: { rows }, shared: part.slice(0, shared), own: part.slice(shared) };
	});
	expect(mergeValues(parts).warnings.length).toBeLessThanOrEqual(2);
});
