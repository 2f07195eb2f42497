/** What stands in one field of an answer, and what is to become of it: `undefined` where it is refused. */
export interface FieldText {
	kind: string;
	wanted: object;
	given: unknown;
	value: unknown;
	/** The document, where it decides. */
	text?: string;
}

const reads = (
	kind: string,
	wanted: object,
	pairs: ReadonlyArray<readonly [given: unknown, value: unknown, text?: string]>,
): FieldText[] =>
	pairs.map(([given, value, text]) => ({
		...{ kind, wanted, given, value },
		...(text === undefined ? {} : { text }),
	}));
const refuses = (kind: string, wanted: object, given: readonly unknown[]): FieldText[] =>
	given.map((one) => ({ kind, wanted, given: one, value: undefined }));
/** Texts parted by a bar. */
const all = (texts: string) => texts.split('|');

const number = { type: 'number' };
const integer = { type: 'integer' };
const date = { type: 'string', format: 'date' };
const dateTime = { type: 'string', format: 'date-time' };
const time = { type: 'string', format: 'time' };
const boolean = { type: 'boolean' };
const oneOf = (members: string) => ({ enum: members.split('|') });
const priority = oneOf('low|medium|high|urgent');
const payment = oneOf('paid|unpaid|partially paid');
const mood = oneOf('positive|negative|neutral');
const state = oneOf('open|closed|in progress');

export const AMOUNTS_IN_WORDS: FieldText[] = [
	...reads('amounts in words', number, [
		['two and a half', 2.5],
		['Two and a quarter', 2.25],
		['a dozen', 12],
		['two dozen', 24],
		['half a dozen', 6],
		['one and a half dozen', 18],
		['2 dozen', 24],
		['half a million', 500_000],
		['a million dollars', 1_000_000],
		['two and a half million', 2_500_000],
		['one million two hundred thousand', 1_200_000],
		['one hundred twenty-three thousand four hundred fifty-six', 123_456],
		['twenty-five hundred', 2500],
		['twelve hundred and fifty', 1250],
		['3 hundred', 300],
		['5 hundred thousand', 500_000],
		['a hundred', 100],
		['one point five', 1.5],
		['zero point zero five', 0.05],
		['one point five million', 1_500_000],
		['anderthalb', 1.5],
		['zweieinhalb', 2.5],
		['zweieinhalb Millionen', 2_500_000],
		['eine halbe Million', 500_000],
		['zwei Dutzend', 24],
		['zwei Komma fünf', 2.5],
		['eine Million zweihunderttausend', 1_200_000],
		['deux millions et demi', 2_500_000],
		['une demi-douzaine', 6],
		['deux virgule vingt-cinq', 2.25],
		['un million deux cent mille', 1_200_000],
		['dos millones', 2_000_000],
		['un millón y medio', 1_500_000],
		['media docena', 6],
		['dos mil millones', 2_000_000_000],
		['due milioni e mezzo', 2_500_000],
		['mezza dozzina', 6],
		['meia dúzia', 6],
		['dois milhões', 2_000_000],
		['полтора миллиона', 1_500_000],
		['два с половиной', 2.5],
		['пять тысяч триста', 5300],
		['anderhalf miljoen', 1_500_000],
		['pół miliona', 500_000],
		['en halv miljon', 500_000],
		['三千五百', 3500],
		['1½ million', 1_500_000],
		['Five (5)', 5],
		['5 (five)', 5],
	]),
	...refuses('amounts in words', number, [
		...all('two thousand and a half|two million and a half|three quarters|a third|a couple|a few'),
		...all('two dozen three|nineteen eighty-four|twenty twenty-six|one two three|dozens|half'),
		...all('half a|a|and a half|million|point five|five point|two point twenty|二割|3割5分|一半'),
		...all(
			'about twenty|more than a dozen|a dozen or two|dos mil y medio|six (5)|5 (6)|5 (five) 6',
		),
		...all('thirty-something|a dozen eggs|fifty-fifty|first|twenty-first|twice'),
	]),
	...refuses('amounts in words', { type: 'number', description: 'revenue in millions' }, [
		...all('half a million|two million|dos millones y medio|five hundred thousand'),
	]),
];

export const NO_NUMBERS: FieldText[] = [
	...refuses('ranges and about', number, [
		...all('5-10|5–10|5 to 10|5 bis 10|5~10|~5|≈5|ca. 5|about 5|≥ 5|>5|<5|5+|up to 5|max. 5|5 ± 1'),
		...all(
			'5 or 6|5/6|5;6|5 and 6|5 -> 6|5 → 6|old: 5, new: 6|5 (was 6)|~~5~~|~~5~~ 6|<del>5</del>',
		),
	]),
	...refuses('names and ids', number, [
		...all(
			'No. 5|#5|v1.2.3|1.2.3|+49 30 123456|555-1234|(555) 123-4567|030 123456|007|00123|5.0.0',
		),
		...all(
			'192.168.0.1|12345-6789|4111 1111 1111 1111|123-45-6789|978-3-16-148410-0|A5|5A|Q3|FY2026',
		),
		...all(
			"2026/27|2026-11-27|27.11.2026|12:00|1h30|IV|XII|0b101|0o17|1st|2nd|第3|1er|5*|5²|⅓|'26",
		),
	]),
	...refuses('units', number, [
		...all(
			'5 kg|5kg|5°C|5 years|5歳|5個|5 x 3|5x|=5|5?|5 cents|50 ct|5‰|5 bps|5 pp|5 p.a.|$5/mo|12h',
		),
		...all(
			'5 per hour|100 TEUR|50 % off|20% VAT|4.5 stars|5 out of 5|4.5/5|12 EUR 50|5 CR|5 minus',
		),
	]),
	...refuses('whole numbers', integer, [...all('1.000|2.000|3.5|1,000|3 items|3rd|v3|Page 3|3-4')]),
	...reads('whole numbers', integer, [
		['3.0', 3],
		['12.00 €', 12],
		['1.000', 1000, 'Der Betrag von 2.500,50 € und 1.000 Stück sind für die Rechnung fällig.'],
	]),
];

const DAY = '2026-11-27';

export const DAYS_AND_TIMES: FieldText[] = [
	...reads('days', date, [
		['27.11.2026 (Freitag)', DAY],
		['民國115年11月27日', DAY],
		['27 de noviembre del 2026', DAY],
		['1º de maio de 2026', '2026-05-01'],
		['2026‑11‑27', DAY],
	]),
	...refuses('days', date, [
		...all(
			'03/04/2026|3/4/26|27/11/26|26-11-27|27-NOV-26|2026-13-01|2026-02-30|31 April 2026|0000-00-00',
		),
		...all(
			'27-28 November 2026|2026-11-27 or 28|27./28. November 2026|2026-11-27/2026-11-30|November 2026',
		),
		...all(
			'Q4 2026|2026-W48|2026-W48-5|KW 48 2026|2026-331|yesterday|tomorrow|end of November 2026',
		),
		...all(
			'before 27 November 2026|by 27 November 2026|~2026-11-27|2026-11-27?|27 November|Christmas 2026',
		),
		...all(
			'Thursday, 27 November 2026|27.11.2026 (Montag)|1447-05-06 AH|17 Kislev 5787|昭和99年1月1日',
		),
		...all(
			'27 พฤศจิกายน 2569|1796017200|46353|~~2026-11-27~~|2026-11-27*|2026年11月27日頃|11月27日|2026年11月',
		),
		...all(
			'27 November 2025 (corrected: 2026)|not before 27 November 2026|2026-11-27 → 2026-11-28',
		),
	]),
	...reads('moments', dateTime, [
		['2026年11月27日 10時00分 JST', '2026-11-27T10:00:00+09:00'],
		['2026年11月27日 午後3時30分 UTC', '2026-11-27T15:30:00Z'],
		['10:00 UTC, 27 November 2026', '2026-11-27T10:00:00Z'],
		['27.11.2026 um 10 Uhr (MEZ)', '2026-11-27T10:00:00+01:00'],
		['2026-11-27T10:00:00 UTC+1', '2026-11-27T10:00:00+01:00'],
	]),
	...refuses('moments', dateTime, [
		...all(
			'2026-11-27 10:00|2026-11-27|27 November 2026|10:00 UTC|2026-11-27 10:00 EST|1796017200',
		),
		...all(
			'2026-11-27 10:00-12:00|2026-11-27 10:00–12:00|2026-11-27 10:00−12:00|27.11.2026 10:00 – 12:00|2026-11-27 10:00-12:00 UTC|2026-11-27 3:30 UTC|2026-11-27 noon UTC',
		),
		...all(
			'2026-11-27 10:00 IST|2026-11-27 10:00 BST|Thu, 27 Nov 2026 10:00:00 GMT|2026-11-27T24:00:00Z',
		),
		...all('2026年11月27日 JST|2026年11月27日 10時と11時 JST|2026-11-27T10:00:00+25:00'),
	]),
	...refuses('times', time, [
		...all('10:00-12:00|10:00–12:00|10:00 - 12:00|10-12 Uhr|halb vier|noon|25:00Z|3:30'),
	]),
];

export const SAID_OF_CHOICES: FieldText[] = [
	...refuses('booleans', boolean, [
		...all(
			'not sure|yes, but|no problem|no, thanks|yes and no|maybe|jein|yes/no|not true|not false|~~yes~~',
		),
		...all('(yes)|yes (assumed)|true // maybe|[x]|[ ]|ok|none|no one|absent|不是|no hay|N/A|keine'),
	]),
	...refuses('denied', priority, [
		...all(
			'not urgent|non-urgent|not high|never low|no longer high|anything but high|far from urgent',
		),
		...all(
			'high?|probably high|should be high|I think high|seems high|less than high|high only if urgent',
		),
		...all(
			'anfangs hoch, dann low|nicht high|pas high|no high|не high|ずっとhighではない|~~high~~',
		),
	]),
	...refuses('two or between', priority, [
		...all(
			'high/urgent|medium-high|medium to high|high, low|high → low|was high, now low|highlow|highest',
		),
	]),
	...refuses('later or in part', priority, [
		...all(
			'initially high|originally high|at first high|high, later lowered|zunächst high|inicialmente high',
		),
		...all(
			'd’abord, puis high|сначала high|当初high|起初high|처음에는 high|slightly high|etwas high|稍high',
		),
	]),
	...refuses('later or in part', payment, [
		...all(
			'paid in part|paid back|paid twice|paid, then refunded|half paid|to be paid|awaiting paid',
		),
		...all('partly paid|paid (pending)|not yet paid|zurückgezahlt, war paid|payé en partie, paid'),
	]),
	...refuses('later or in part', state, [
		...all('closed (reopened)|closed, then opened|no longer open'),
	]),
	...refuses('mixed', mood, [
		...all('mixed|neutral to positive|non-negative|slightly positive|positive: 0.2, negative: 0.8'),
	]),
	...reads('in a sentence', mood, [
		['The sentiment is positive.', 'positive'],
		['Overall assessment: negative', 'negative'],
	]),
	...reads('in a sentence', state, [
		['current state: open', 'open'],
		['The document is closed.', 'closed'],
	]),
];
