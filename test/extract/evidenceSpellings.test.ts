import fc from 'fast-check';
import { findEvidence, isSaid } from '../../core/extract/evidence/findEvidence';
import { evidenceOf } from '../support/evidenceOf';
import { nearestPart } from '../../core/extract/evidence/candidates';
import { casesOf } from '../support/sweep';

test.each<[value: unknown, text: string, quote: string | null]>([
	['2026-11-27', 'on 27-Nov-2026', '27-Nov-2026'],
	['2026-11-27', '日は２０２６年１１月２７日。', '２０２６年１１月２７日'],
	['2025-11-27', '令和7年11月27日', '令和7年11月27日'],
	['2025-11-27', '発行 R7.11.27', 'R7.11.27'],
	['2025-11-27', '中華民國114年11月27日', '中華民國114年11月27日'],
	['2026-11-27', '2026. 11. 27.', '2026. 11. 27'],
	['2026-11-27', '오늘은 2026년 11월 27일입니다', '2026년 11월 27일'],
	['2026-11-27', 'ref 20261127', '20261127'],
	['2026-11-27', 'the 27th day of November, 2026', '27th day of November, 2026'],
	['2026-11-27', 'at 2026-11-27T10:00:00Z', '2026-11-27'],
	['2026-11-27', '2026. november 27-én', '2026. november 27'],
	['27-Nov-2026', 'on 27 November 2026', '27 November 2026'],
	[1234, '合計１２３４円', '１２３４'],
	[120000000, '売上1.2億円', '1.2億'],
	[50000, '가격은 5만원입니다', '5만'],
	[50000, '五万円', '五万'],
	[12500, '12,5 тыс. руб.', '12,5 тыс'],
	[1234567, 'INR 12,34,567.00', '12,34,567.00'],
	[-1234.56, 'Saldo 1.234,56- EUR', '1.234,56-'],
	[1234.56, 'Saldo 1.234,56- EUR', null],
	[-5, 'Loss: -$5.00', '-$5.00'],
	[5, 'Loss: -$5.00', null],
	[0.5, '½ cup', '½'],
	[2.5, '2½ cups', '2½'],
	[21, 'twenty-one days', 'twenty-one'],
	[97, 'quatre-vingt-dix-sept francs', 'quatre-vingt-dix-sept'],
	[103, '10³', null],
	[2, 'the amount due', null],
	[1, 'one of them', null],
	['김민수', '김민수는 학생', '김민수'],
	['김민', '김민수는 학생', null],
	['田中太郎', '氏名：田中　太郎', '田中　太郎'],
	['田中 太郎', '氏名：田中太郎', '田中太郎'],
	['Müller & Söhne', 'M&uuml;ller &amp; S&ouml;hne GmbH', 'M&uuml;ller &amp; S&ouml;hne'],
	['€ 5', '&#8364;&nbsp;5', '&#8364;&nbsp;5'],
	['DE89370400440532013000', 'IBAN: DE89 3704 0044 0532 0130 00.', 'DE89 3704 0044 0532 0130 00'],
	['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000', 'DE89370400440532013000'],
	['DE89370400440532013001', 'IBAN: DE89 3704 0044 0532 0130 00.', null],
	['+4930123456', 'Tel. +49 30 123456', '+49 30 123456'],
	['12345678', 'lengths 1234 5678', null],
])('%j in %s', (value, text, quote) => {
	const span = evidenceOf({ v: value }, text)['/v'];
	expect(span?.quote ?? null).toBe(quote);
	if (span) expect(text.slice(span.start, span.end)).toBe(quote);
});

test('the nearest part is the one of the table of edit distances', () => {
	const words = 'deliver the goods to the buyer within thirty days of the payment '.repeat(4);
	const value = words.slice(3, 130);
	expect(nearestPart(`xx ${words}`, value)).toMatchObject({ start: 6, end: 133, distance: 0 });
	const changed = `${value.slice(0, 40)}Q${value.slice(40, 90)}${value.slice(91)}`;
	expect(nearestPart(`yy${words}`, changed).distance).toBe(2);
	expect(nearestPart('abc', 'xyz').distance).toBe(3);
	expect(nearestPart('', 'ab')).toEqual({ start: 0, end: 0, distance: 2 });
});

/** The least edit distance of a value to any part of a text, cell by cell. */
function leastDistance(text: string, value: string): number {
	let row = Array.from({ length: value.length + 1 }, (_, index) => index);
	let least = value.length;
	for (const letter of text) {
		const next = [0];
		for (const [index, other] of [...value].entries()) {
			const change = (row[index] ?? 0) + (letter === other ? 0 : 1);
			next.push(Math.min(change, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
		}
		least = Math.min(least, next[value.length] ?? Infinity);
		row = next;
	}
	return least;
}

test('parts are as near as the table of edit distances says', () => {
	const letters = (maxLength: number) => fc.stringMatching(/^[abc ]*$/, { maxLength });
	fc.assert(
		fc.property(letters(150), fc.stringMatching(/^[abc ]+$/, { maxLength: 100 }), (text, value) => {
			const { start, end, distance } = nearestPart(text, value);
			expect(distance).toBe(leastDistance(text, value));
			expect(leastDistance(text.slice(start, end), value)).toBe(distance);
		}),
		{ numRuns: casesOf(500), seed: 20261127 },
	);
});

/** How often evidence gives way in a text: each pause is a place where others may run. */
const pausesIn = (text: string): number => {
	const steps = findEvidence({ name: 'x y', n: 5 }, text);
	for (let pauses = 0; ; pauses += 1) if (steps.next().done) return pauses;
};

test.each(['Order 5 on 1 May 2026 by Ada: 1.234,50 EUR.\n', '万', '1 234 ', 'two hundred and '])(
	'evidence in a long text of %j gives way again and again',
	(unit) => {
		expect(pausesIn(unit.repeat(400_000 / unit.length))).toBeGreaterThan(10);
	},
);

test('a text that was read is known, and a value nested deeply is no reason to fail', () => {
	expect(isSaid({ a: 'Ada', n: 5 }, 'Ada has 5')).toBe(true);
	expect(isSaid({ a: 'Ada', n: 6 }, 'Ada has 5')).toBe(false);
	let deep: unknown = 'Ada';
	for (let depth = 0; depth < 2000; depth += 1) deep = [deep];
	expect(Object.values(evidenceOf(deep, 'Ada'))[0]?.quote).toBe('Ada');
});
