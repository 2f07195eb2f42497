import fc from 'fast-check';
import { coerce } from '../../core/extract/answer/coercion/coerce';
import { evidenceOf } from '../support/evidenceOf';
import { mergeValues } from '../../core/extract/parts/merge';
import { readDateTime, readTime } from '../../core/read/readDate';
import { textFacts } from '../../core/read/textFacts';
import { date, listOf, number, objectOf } from './readableRow';
import { casesOf } from '../support/sweep';

const RUNS = { numRuns: casesOf(500), seed: 20261127 };

/** By locale: a sentence of a paper around a number or a date. */
const PAPERS: Record<string, (said: string) => string> = {
	'de-DE': (said) => `Die Rechnung ist für Sie: der Betrag ${said} wird mit der Lieferung fällig.`,
	'de-CH': (said) => `Wir bestätigen die Bestellung und den Preis von ${said} für die Lieferung.`,
	'en-US': (said) => `The invoice is for you and the amount of ${said} is due with the delivery.`,
	'en-IN': (said) => `Please pay the total of ${said} to the bank that is named in the order.`,
	'fr-FR': (said) => `La facture est pour vous et le montant de ${said} est dû avec la livraison.`,
	'it-IT': (said) => `La fattura è per voi e il prezzo di ${said} della consegna è da pagare.`,
	'pt-BR': (said) => `A fatura não é para você e o valor de ${said} da entrega é para os dois.`,
	'es-ES': (said) => `La factura es para usted y el importe de ${said} del pedido es por los dos.`,
	'ja-JP': (said) => `ご請求書です。合計は${said} です。よろしくお願いします。`,
	'zh-CN': (said) => `合同总额为 ${said} ，请于本月内付清货款。`,
	'ko-KR': (said) => `청구 금액은 ${said} 입니다. 감사합니다.`,
	'ru-RU': (said) => `Счёт выставлен на сумму ${said} и должен быть оплачен в срок.`,
	'pl-PL': (said) => `Faktura nie jest opłacona, a kwota ${said} jest do zapłaty.`,
};
/** What stands in papers beside the amounts, and must not decide how they are read. */
const BESIDE = [
	'',
	' (100,200,300)',
	' § 12.50',
	' v1.2.3',
	' Seiten 12,50',
	' 27.11.2026',
	' 14.30 Uhr',
	' Rooms 100.200.300',
	' 12,50 EUR',
	' $12.50',
	' 1.234',
	' 1,234',
];
const papers = fc.record({
	locale: fc.constantFrom(...Object.keys(PAPERS)),
	beside: fc.constantFrom(...BESIDE),
});

const amounts = fc
	.record({ units: fc.integer({ min: -99_999_999, max: 99_999_999 }), places: fc.nat({ max: 3 }) })
	.map(({ units, places }) => ({ value: Number(`${units}e-${places}`), places }));
const forms: Array<[style: Intl.NumberFormatOptions, behind: string]> = [
	[{}, ''],
	[{ useGrouping: false }, ''],
	[{ style: 'currency', currency: 'EUR' }, ''],
	[{ style: 'currency', currency: 'JPY', currencyDisplay: 'code' }, ''],
	[{ style: 'currency', currency: 'CHF', currencySign: 'accounting' }, ''],
	[{}, ' %'],
];

test('coercion reads the number that was written, or none, and evidence finds what it has read', () => {
	let [runs, read] = [0, 0];
	fc.assert(
		fc.property(amounts, papers, fc.constantFrom(...forms), (amount, paper, [style, behind]) => {
			const { value, places } = amount;
			const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
			const said =
				new Intl.NumberFormat(paper.locale, { ...style, ...digits }).format(value) + behind;
			const text = `${PAPERS[paper.locale]?.(said)}${paper.beside}`;
			const { value: got, failures } = coerce(said, number, { text });
			runs += 1;
			if (got === said) return;
			read += 1;
			if (got !== value && !(got === 0 && value === 0))
				throw new Error(`${text}: ${said} as ${String(got)}, ${JSON.stringify(failures)}`);
			if (!evidenceOf({ v: got }, text)['/v']) throw new Error(`${text}: no evidence of ${got}`);
		}),
		RUNS,
	);
	expect(read / runs).toBeGreaterThan(0.5);
});

const DAY = 86_400_000;
const days = fc.integer({ min: 0, max: 20_000 }).map((day) => Date.UTC(1995, 0, 1) + day * DAY);

test('a date is the one that was written, or none, and evidence finds it', () => {
	let [runs, read] = [0, 0];
	fc.assert(
		fc.property(
			days,
			papers,
			fc.constantFrom('full', 'long', 'medium', 'short'),
			(at, { locale, beside }, dateStyle) => {
				const iso = new Date(at).toISOString().slice(0, 10);
				const said = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(at);
				const text = `${PAPERS[locale]?.(said)}${beside}`;
				const { value: got } = coerce(said, date, { text });
				runs += 1;
				if (got === said && said !== iso) return;
				read += 1;
				if (got !== iso) throw new Error(`${text}: ${said} as ${String(got)}`);
				if (!evidenceOf({ v: got }, text)['/v']) throw new Error(`${text}: no evidence of ${iso}`);
			},
		),
		RUNS,
	);
	expect(read / runs).toBeGreaterThan(0.6);
});

test('rows in any spelling that two parts share are one row each', () => {
	const rows = listOf(objectOf({ n: number }));
	fc.assert(
		fc.property(
			fc.uniqueArray(fc.integer({ min: 1001, max: 999_999 }), { minLength: 3, maxLength: 6 }),
			fc.constantFrom('de-DE', 'en-US', 'de-CH', 'pl-PL'),
			(values, locale) => {
				const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 });
				const lines = values.map((value) => `- ${format.format(value)} EUR\n`);
				const read = (from: number, to: number) => {
					const said = lines.slice(from, to).map((line) => ({ n: line.slice(2).trim() }));
					return coerce(said, rows, { text: lines.slice(from, to).join('') }).value;
				};
				const [shared = ''] = lines.slice(2, 3);
				const parts = [
					{ value: { rows: read(0, 3) }, shared: '', own: lines.slice(0, 3).join('') },
					{ value: { rows: read(2, lines.length) }, shared, own: lines.slice(3).join('') },
				];
				expect(mergeValues(parts).value).toEqual({ rows: values.map((n) => ({ n })) });
			},
		),
		RUNS,
	);
});

test.each(['10:00-12:00', '10:00–12:00', '10:00 - 12:00'])(
	'opening hours of %s in a document are no time zone',
	(hours) => {
		const facts = textFacts(`Open on 5 March 2024, ${hours}.`);
		expect(readTime('10:00', facts)).toEqual({ ok: true, value: '10:00:00' });
		expect(readDateTime('2024-03-05 10:00', facts).ok).toBe(false);
	},
);

test('a zone behind a time in a document is one', () => {
	const facts = textFacts('Departs 2024-03-05T10:00-05:00.');
	expect(readTime('10:00', facts)).toEqual({ ok: true, value: '10:00:00-05:00' });
});
