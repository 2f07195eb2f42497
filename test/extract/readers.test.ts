import fc from 'fast-check';
import { matchMember } from '../../core/read/matchMember';
import { readDate, readTime } from '../../core/read/readDate';
import { readNumber } from '../../core/read/readNumber';
import { textFacts } from '../../core/read/textFacts';
import { casesOf } from '../support/sweep';

const RUNS = { numRuns: casesOf(400), seed: 20261127 };

const LOCALES = [
	'en-US',
	'en-IN',
	'de-DE',
	'de-CH',
	'de-AT',
	'fr-FR',
	'es-ES',
	'it-IT',
	'pt-BR',
	'nl-NL',
	'ja-JP',
	'ar-EG',
	'ru-RU',
	'pl-PL',
	'sv-SE',
	'hi-IN',
];
const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY', 'CHF', 'INR', 'BRL'];

const decimals = fc
	.record({
		units: fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }),
		places: fc.nat({ max: 4 }),
	})
	.map(({ units, places }) => ({ value: Number(`${units}e-${places}`), places }));

/** The number as people of many languages write it. */
function spellings(value: number, places: number): string[] {
	const digits = { minimumFractionDigits: places, maximumFractionDigits: 10 };
	return LOCALES.flatMap((locale) => [
		new Intl.NumberFormat(locale, digits).format(value),
		new Intl.NumberFormat(locale, { ...digits, useGrouping: false }).format(value),
		...CURRENCIES.flatMap((currency) => [
			new Intl.NumberFormat(locale, { ...digits, style: 'currency', currency }).format(value),
			new Intl.NumberFormat(locale, {
				...digits,
				style: 'currency',
				currency,
				currencyDisplay: 'code',
				currencySign: 'accounting',
			}).format(value),
		]),
	]);
}

test('a number in any spelling is that number, or refused', () => {
	let count = 0;
	let read = 0;
	fc.assert(
		fc.property(decimals, ({ value, places }) => {
			for (const spelling of spellings(value, places)) {
				const reading = readNumber(spelling);
				count += 1;
				if (!reading.ok) continue;
				read += 1;
				if (reading.value !== value && reading.value !== Math.abs(value) * Math.sign(value)) {
					throw new Error(`${spelling}: ${reading.value}`);
				}
			}
		}),
		RUNS,
	);
	expect(read / count).toBeGreaterThan(0.8);
});

const TEXTS: Record<string, string> = {
	'de-DE': 'Die Rechnung ist für Sie und der Betrag von 12,50 EUR wird mit der Lieferung fällig.',
	'en-US': 'The invoice is for you and the amount of 12.50 USD is due with the delivery.',
	'fr-FR': 'La facture est pour vous et le montant de 12,50 euros est dû avec la livraison.',
	'it-IT':
		'La fattura è per voi e il prezzo di 12,50 euro della consegna è da pagare con gli altri.',
	'pt-BR': 'A fatura não é para você e o valor de 12,50 reais da entrega é para os dois.',
	'es-ES': 'La factura es para usted y el importe de 12,50 euros del pedido es por los dos.',
};

test('in a document of its language, it is that number', () => {
	fc.assert(
		fc.property(decimals, fc.constantFrom(...Object.keys(TEXTS)), ({ value, places }, locale) => {
			const spelling = new Intl.NumberFormat(locale, {
				minimumFractionDigits: places,
				maximumFractionDigits: 10,
			}).format(value);
			for (const text of [`${TEXTS[locale]} ${spelling}`, `${TEXTS[locale]}`]) {
				const reading = readNumber(spelling, { facts: textFacts(text) });
				if (!reading.ok || reading.value !== value)
					throw new Error(`${spelling} in ${locale}: ${JSON.stringify(reading)}`);
			}
		}),
		RUNS,
	);
});

const ONES =
	'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
		' ',
	);
const TENS = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const EINER =
	'null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn'.split(
		' ',
	);
const ZEHNER = 'x x zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig'.split(' ');

function english(n: number): string {
	if (n < 20) return ONES[n] ?? '';
	if (n < 100) return (TENS[Math.floor(n / 10)] ?? '') + (n % 10 ? `-${ONES[n % 10]}` : '');
	if (n < 1000)
		return `${ONES[Math.floor(n / 100)]} hundred${n % 100 ? ` and ${english(n % 100)}` : ''}`;
	return `${english(Math.floor(n / 1000))} thousand${n % 1000 ? ` ${english(n % 1000)}` : ''}`;
}

function german(n: number): string {
	if (n < 20) return EINER[n] ?? '';
	if (n < 100) return (n % 10 ? `${EINER[n % 10]}und` : '') + (ZEHNER[Math.floor(n / 10)] ?? '');
	if (n < 1000) return `${EINER[Math.floor(n / 100)]}hundert${n % 100 ? german(n % 100) : ''}`;
	return `${german(Math.floor(n / 1000))}tausend${n % 1000 ? german(n % 1000) : ''}`;
}

function kanji(n: number): string {
	if (n >= 10_000)
		return `${kanji(Math.floor(n / 10_000))}万${n % 10_000 ? kanji(n % 10_000) : ''}`;
	const digits = '一二三四五六七八九';
	return [1000, 100, 10, 1]
		.map((unit) => {
			const digit = Math.floor(n / unit) % 10;
			if (digit === 0) return '';
			const sign = { 1000: '千', 100: '百', 10: '十', 1: '' }[unit] ?? '';
			return (digit === 1 && unit > 1 ? '' : digits.charAt(digit - 1)) + sign;
		})
		.join('');
}

/** 三千五 is 3,005 in Japanese and 3,500 in Chinese. */
const LAST_UNIT_LEFT_OUT = /[百千万][一二三四五六七八九]$/;

test('words of numbers are that number, or refused', () => {
	for (let n = 2; n < 1000; n += 1) {
		expect([n, readNumber(english(n))]).toEqual([n, { ok: true, value: n }]);
	}
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 99_999 }), (n) => {
			for (const words of [english(n), german(n), kanji(n)]) {
				const reading = readNumber(words);
				if (reading.ok && reading.value !== n) throw new Error(`${words}: ${reading.value}`);
				const isRead = reading.ok || n <= 20 || LAST_UNIT_LEFT_OUT.test(words);
				if (!isRead) throw new Error(`${words} is not read`);
			}
		}),
		RUNS,
	);
});

const DATE_LOCALES =
	'en-US en-GB de fr es it pt nl pl sv da nb fi cs sk tr ar ru uk el ro hu id vi ja ko zh he'.split(
		' ',
	);

test('a date in any spelling is that date, or refused', () => {
	let [count, read] = [0, 0];
	const unread = new Set<string>();
	for (let day = 0; day < 366 * 2; day += 5) {
		const at = Date.UTC(2026, 0, 1 + day);
		const iso = new Date(at).toISOString().slice(0, 10);
		for (const locale of DATE_LOCALES) {
			for (const dateStyle of ['full', 'long', 'medium', 'short'] as const) {
				const spelling = new Intl.DateTimeFormat(locale, { dateStyle, timeZone: 'UTC' }).format(at);
				const reading = readDate(spelling);
				if (reading.ok && reading.value !== iso)
					throw new Error(`${locale} ${spelling}: ${reading.value}, not ${iso}`);
				if (dateStyle === 'short') continue;
				count += 1;
				if (reading.ok) read += 1;
				else unread.add(spelling);
			}
		}
	}
	expect([...unread].slice(Math.floor(count / 20))).toEqual([]);
	expect(read).toBeGreaterThan(count * 0.95);
});

test('digits in any order are that date, or refused', () => {
	const two = (part: number) => String(part).padStart(2, '0');
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 20_000 }),
			fc.constantFrom('/', '-', '.', '. ', ' '),
			(day, sign) => {
				const date = new Date(Date.UTC(1980, 0, 1 + day));
				const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
				const iso = date.toISOString().slice(0, 10);
				const orders = [
					[y, m, d],
					[d, m, y],
					...(sign.startsWith('.') ? [] : [[m, d, y]]),
					[y % 100, m, d],
					[d, m, y % 100],
					[m, d, y % 100],
				];
				for (const order of orders) {
					const reading = readDate(order.map(two).join(sign));
					if (reading.ok && reading.value !== iso)
						throw new Error(`${order.join(sign)}: ${reading.value}, not ${iso}`);
				}
			},
		),
		RUNS,
	);
});

const DECORATIONS: Array<(word: string) => string> = [
	(word) => word.toUpperCase(),
	(word) => word.toLowerCase(),
	(word) => ` ${word}\n`,
	(word) => `"${word}"`,
	(word) => `'${word}'`,
	(word) => `**${word}**`,
	(word) => `\`${word}\``,
	(word) => `${word}.`,
	(word) => `“${word}”`,
	(word) => word.replaceAll(' ', '_'),
	(word) => word.replaceAll(' ', '-'),
	(word) => word.normalize('NFD'),
	(word) => word.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
	(word) => `Status: ${word}`,
	(word) => `I would call it ${word}`,
	(word) => `not ${word}`,
	(word) => `un${word}`,
];

test('a decorated member is that member, or refused', () => {
	const word = fc.stringMatching(/^[a-zäéñ]{1,8}( [a-zäéñ]{2,6}){0,2}$/);
	fc.assert(
		fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 6 }), (members) => {
			for (const member of members) {
				for (const [index, decorate] of DECORATIONS.entries()) {
					const decorated = decorate(member);
					if (members.includes(decorated)) continue;
					const match = matchMember(decorated, members);
					const isTakenBack = index >= DECORATIONS.length - 2;
					if (match.ok && (match.value !== member || isTakenBack)) {
						throw new Error(`${decorated} of ${members.join('|')}: ${match.value}`);
					}
				}
			}
		}),
		RUNS,
	);
});

test.each([
	['14:30', '14:30:00'],
	['2:30 pm', '14:30:00'],
	['12 am', '00:00:00'],
	['14h30', '14:30:00'],
	['14.30 Uhr', '14:30:00'],
	['14 Uhr', '14:00:00'],
	['9:30 Uhr', '09:30:00'],
	['午後2時30分', '14:30:00'],
	['오후 2시 30분', '14:30:00'],
	['2:30', undefined],
	['14.30', undefined],
])('%s is %s', (text, time) => {
	const reading = readTime(text);
	expect(reading.ok ? reading.value : undefined).toBe(time);
});

/** What a word beside a choice, or a space in it, makes of it: never the opposite. */
test.each<[given: string, members: string[]]>([
	['in active', ['active', 'inactive']],
	['In Complete', ['complete', 'incomplete']],
	['il legal', ['legal', 'illegal']],
	['un paid', ['paid', 'unpaid']],
	['비 정상', ['정상', '비정상']],
	['결제 취소', ['결제', '환불']],
	['결제 실패', ['결제', '환불']],
	['支付 失败', ['支付', '退款']],
	['оплата отменена', ['оплата', 'возврат']],
	['Zahlung storniert', ['Zahlung', 'Gutschrift']],
	['kaum bezahlt', ['bezahlt', 'offen']],
	['paiement refusé', ['paiement', 'avoir']],
	['pago rechazado', ['pago', 'abono']],
	['approved = 0', ['approved', 'denied']],
	['No. 5', ['yes', 'no']],
	...[
		...['vermutlich', 'peut-être', 'likely', 'tal vez', 'forse', 'возможно', 'たぶん', '아마'],
		...['TBD:', 'tentatively', 'waarschijnlijk', 'sans doute', 'provisionally', 'perhaps'],
	].flatMap((hedge): Array<[string, string[]]> => [
		[`${hedge} approved`, ['approved', 'pending']],
		[`approved (${hedge})`, ['approved', 'pending']],
	]),
	...[
		...['approved with conditions', 'approved by mistake', 'approved in error', 'pending approval'],
		...['approval pending', 'approved for now', 'approved subject to review', 'rejection approved'],
		...['versehentlich approved', 'approved (see the note)', 'approved under protest'],
	].map((given): [string, string[]] => [given, ['approved', 'rejected', 'pending']]),
])('%s is none of %j', (given, members) => {
	expect(matchMember(given, members).ok).toBe(false);
});

test.each<[given: string, members: string[], member: string]>([
	['in progress', ['in progress', 'done'], 'in progress'],
	['inprogress', ['in progress', 'done'], 'in progress'],
	['No.', ['yes', 'no'], 'no'],
	['결제 취소', ['결제', '결제 취소'], '결제 취소'],
	['storniert', ['bezahlt', 'storniert'], 'storniert'],
	['Status: отменена', ['оплачена', 'отменена'], 'отменена'],
	['approved by the manager on Monday', ['approved', 'pending'], 'approved'],
	['Approval: approved', ['approved', 'pending'], 'approved'],
	['payment pending', ['approved', 'pending'], 'pending'],
	['paid in full', ['paid', 'open'], 'paid'],
	['positive sentiment', ['positive', 'negative'], 'positive'],
	['Yes, it is one', ['yes', 'no'], 'yes'],
	['likely', ['likely', 'unlikely'], 'likely'],
])('%s is one of %j', (given, members, member) => {
	expect(matchMember(given, members)).toEqual({ ok: true, value: member });
});
