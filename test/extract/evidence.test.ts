import { evidenceOf } from '../support/evidenceOf';
import { corpus } from './evidenceCorpus';

test('a generated corpus in four languages: nearly all places exact, none claimed for what is not there', () => {
	const wrong: string[] = [];
	const claimed: string[] = [];
	let total = 0;
	for (const { text, value, places, language } of corpus(20261121, 400)) {
		const evidence = evidenceOf(value, text);
		expect(Object.keys(evidence).sort()).toEqual(Object.keys(places).sort());
		for (const [path, place] of Object.entries(places)) {
			const span = evidence[path] ?? null;
			if (span) expect(text.slice(span.start, span.end)).toBe(span.quote);
			const name = `${language} ${path}: ${JSON.stringify(span)}`;
			if (place === null && span) claimed.push(name);
			if (place === null) continue;
			total += 1;
			if (span?.start !== place[0] || span.end !== place[1]) wrong.push(name);
		}
	}
	expect(total).toBeGreaterThan(5000);
	expect(claimed).toEqual([]);
	// 2 of 100, of which the first are shown.
	expect(wrong.slice(Math.floor(total * 0.02))).toEqual([]);
});

describe('spellings', () => {
	const text = [
		'Müller GmbH (A/B-C), 17 November 2026: 1.234,50 EUR, 36 lamps 👋 at 24.50. Total USD448.00.',
		'Umsatz 1,2 Mio. €, Verlust (300), Temperatur −66 °C, Rabatt 12,5 %, three bedrooms.',
		'Zahlbar bis 3. März 2027; vencimiento 4 de mayo de 2027; 年月日 2027年6月7日です。',
		'Straße: STRASSE DES 17. JUNI; quote “so-called”; e\u0301te\u0301; ＡＢＣ１２３; exam-\nple; in May 2028',
		'١٬٢٣٤٫٥ ريال في ٥ أغسطس ٢٠٢٧، مُحَمَّد; 12 345 678 pieces; ref. INV-2041; 3.000 or so; the 👨‍👩‍👧 family',
	].join('\n');

	test.each<[value: unknown, quote: string | null]>([
		['Müller GmbH', 'Müller GmbH'],
		['müller  gmbh', 'Müller GmbH'],
		['A/B-C', 'A/B-C'],
		['ller', null],
		['Mül', null],
		['GmbH (A', 'GmbH (A'],
		['2026-11-17', '17 November 2026'],
		['2026-11-17T09:30:00Z', '17 November 2026'],
		['2026-11-18', null],
		['2027-03-03', '3. März 2027'],
		['2027-05-04', '4 de mayo de 2027'],
		['2027-06-07', '2027年6月7日'],
		['2027-08-05', '٥ أغسطس ٢٠٢٧'],
		['2028-05', 'May 2028'],
		[1234.5, '1.234,50'],
		['1234.50', '1.234,50'],
		[448, '448.00'],
		[24.5, '24.50'],
		[1_200_000, '1,2 Mio'],
		[-300, '(300)'],
		[-66, '−66'],
		[66, null],
		[0.125, '12,5 %'],
		[12.5, '12,5'],
		[3, 'three'],
		[12345678, '12 345 678'],
		[3000, '3.000'],
		[2041, '2041'],
		[44, null],
		[23, null],
		['Strasse des 17. Juni', 'STRASSE DES 17. JUNI'],
		['"so-called"', '“so-called”'],
		['été', 'e\u0301te\u0301'],
		['ABC123', 'ＡＢＣ１２３'],
		['example', 'exam-\nple'],
		['محمد', 'مُحَمَّد'],
		['👋', '👋'],
		['👨‍👩‍👧', '👨‍👩‍👧'],
		['👩', null],
		[true, null],
		[null, null],
		['', null],
		['  ', null],
	])('%j', (value, quote) => {
		const span = evidenceOf({ v: value }, text)['/v'];
		expect(span?.quote ?? null).toBe(quote);
		if (span) expect(text.slice(span.start, span.end)).toBe(quote);
		if (span) expect(span.score).toBe(1);
	});
});

describe('texts that are nearly the same', () => {
	const text =
		'The seller shal deliver the goods to the buyer’s ware house within 30 days of payment.';
	test.each<[value: string, quote: string | null]>([
		[
			'the seller shall deliver the goods to the buyer’s warehouse',
			'The seller shal deliver the goods to the buyer’s ware house',
		],
		['within 30 days of the payment', 'within 30 days of payment'],
		['within 40 days of payment', null],
		['The buyer shall return the goods to the seller', null],
		['the godos', null],
	])('%s', (value, quote) => {
		const span = evidenceOf({ v: value }, text)['/v'];
		expect(span?.quote ?? null).toBe(quote);
		if (span) expect(span.score).toBeGreaterThanOrEqual(0.8);
		if (span) expect(span.score).toBeLessThan(1);
	});
});

describe('of several places', () => {
	test('a value that stands twice has its own', () => {
		const spans = evidenceOf([24.5, 24.5], 'at 24.50, then 24.50');
		expect(spans['/0']?.start).toBe(3);
		expect(spans['/1']?.start).toBe(15);
	});

	test('the one behind the name of the field', () => {
		const text = 'Unit price 100. Subtotal: 100, tax: 0, total: 100. Page 100.';
		const spans = evidenceOf({ unitPrice: 100, subtotal: 100, total: 100 }, text);
		expect(Object.values(spans).map((span) => span?.start)).toEqual([
			text.indexOf('100. Sub'),
			text.indexOf('100, tax'),
			text.indexOf('100. Page'),
		]);
	});

	test('the named one, also where another comes first', () => {
		const text = 'Article 100 costs 100 each, and so on. Its total is 100.';
		expect(evidenceOf({ total: 100 }, text)['/total']?.start).toBe(text.lastIndexOf('100'));
	});

	test('the one behind the record before, also where an earlier one is nearer', () => {
		const text = `Rome, Oslo. ${'And so they went on for days. '.repeat(5)}Rome.`;
		const spans = evidenceOf({ stops: [{ at: 'Oslo' }, { at: 'Rome' }] }, text);
		expect(spans['/stops/1/at']?.start).toBe(text.lastIndexOf('Rome'));
	});

	test('the one in the record, even where the next one is nearer', () => {
		const text = 'Bob, Bath, ordered on 1 May 2026.\nBob, Bath, ordered on 2 May 2026.\n';
		const records = ['2026-05-01', '2026-05-02'].map((date) => ({
			date,
			name: 'Bob',
			city: 'Bath',
		}));
		const spans = evidenceOf({ records }, text);
		expect(spans['/records/0/name']?.start).toBe(0);
		expect(spans['/records/1/name']?.start).toBe(text.lastIndexOf('Bob'));
		expect(spans['/records/1/city']?.start).toBe(text.lastIndexOf('Bath'));
	});

	test('a number of its own rather than a part of a date', () => {
		const spans = evidenceOf({ n: 2 }, 'On 2 May 2026 we sent 2 lamps');
		expect(spans['/n']?.start).toBe(22);
		expect(evidenceOf({ year: 2026 }, 'On 2 May 2026')['/year']?.quote).toBe('2026');
	});
});
