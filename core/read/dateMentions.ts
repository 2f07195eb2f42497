import { cjkReadings } from './cjkNumerals';
import { decimalText } from './decimal';
import { foldText } from './foldText';
import { eachMatch, type Steps, type Range, once } from '../lib/steps';

/** A date as a folded text writes it. */
export interface DateMention {
	range: Range;
	readings: DateReading[];
}

export interface DateReading {
	/** `2026-11-27`, or `2026-11` without a day. */
	iso: string;
	/** The order, if both are digits and nothing else distinguishes them. */
	order?: 'dayFirst' | 'monthFirst' | 'yearFirst';
	/** Whether the century is missing. */
	isShort: boolean;
	/** The languages in which it is that month, if it is another month in others. */
	languages?: readonly string[];
}

const NAME = String.raw`(?<name>\p{L}[\p{L}\p{M}]{0,24})[.']?`;
const DAY = String.raw`(?<day>\d{1,2})`;
const MONTH = String.raw`(?<month>\d{1,2})`;
const YEAR = String.raw`(?<year>\d{4})`;
const ANY_YEAR = String.raw`(?<year>\d{4}|\d{2})`;
const ORDINAL = String.raw`(?:st|nd|rd|th|er|º|ª|°|o|a|\.)?`;

const BORDERED: Array<[order: DateReading['order'], shape: string]> = [
	['yearFirst', String.raw`(?<year>\d{2}) ?(?<sign>[-/.]) ?${MONTH} ?\k<sign> ?${DAY}`],
	[undefined, String.raw`${YEAR}(?<sign>[-/.]) ?${MONTH}\k<sign> ?${DAY}`],
	['dayFirst', String.raw`${DAY} ?(?<sign>[-/.]) ?${MONTH} ?\k<sign> ?${ANY_YEAR}`],
	['monthFirst', String.raw`${MONTH} ?(?<sign>[-/]) ?${DAY} ?\k<sign> ?${ANY_YEAR}`],
	[
		undefined,
		String.raw`${DAY}(?<sign>[-/. ]) ?(?<roman>i{1,3}|i?[vx]|vi{1,3}|xi{1,2})\k<sign> ?${YEAR}`,
	],
	[undefined, String.raw`${DAY} ${NAME} (?<era>พ\.?ศ\.?) ?${YEAR}`],
	[
		undefined,
		String.raw`${DAY}${ORDINAL} ?(?:day )?(?:de |of |den )?ב?${NAME},? ?(?:de |del )?${YEAR}`,
	],
	[undefined, String.raw`${DAY}(?<sign>[-/. ])${NAME}\k<sign>${ANY_YEAR}`],
	[undefined, String.raw`${NAME} (?:the )?${DAY}(?:st|nd|rd|th)?,? ${YEAR}`],
	[undefined, String.raw`${NAME}(?<sign>[-/])${DAY}\k<sign>${YEAR}`],
	[undefined, String.raw`${YEAR}(?:\. ?|[-/ ])${NAME}[-/ ]${DAY}`],
	[undefined, String.raw`${DAY} (?:tháng|thg) ${MONTH},? (?:năm )?${YEAR}`],
	[undefined, String.raw`(?<year>(?:19|20)\d\d)(?<month>\d\d)(?<day>\d\d)`],
	[undefined, String.raw`(?<era>[mtshr])(?<year>\d{1,2})[./-]${MONTH}[./-]${DAY}`],
	[undefined, String.raw`${NAME},? (?:de )?${YEAR}`],
];
/** Japanese, Chinese and Korean continue right after a date. */
const ERA = String.raw`(?<era>明治|大正|昭和|平成|令和|中華民國|中华民国|民國|民国) ?`;
const UNSPACED = [
	String.raw`${YEAR} ?[年년] ?${MONTH} ?[月월] ?${DAY} ?[日일號号]`,
	String.raw`${ERA}(?<year>\d{1,3}|元) ?年 ?${MONTH} ?月 ?${DAY} ?日`,
	String.raw`${ERA}(?<year>\d{1,3})(?<sign>[-/.])${MONTH}\k<sign>${DAY}(?!\d)`,
	String.raw`(?<han>[〇零一二三四五六七八九]{4})年(?<hanMonth>[一二三四五六七八九十]{1,2})月(?<hanDay>[一二三四五六七八九十廿]{1,3})日`,
];

const CJK = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
const SHAPES: Array<[order: DateReading['order'], shape: RegExp]> = [
	...BORDERED.map(([order, shape]): [DateReading['order'], RegExp] => [
		order,
		new RegExp(
			String.raw`(?<!(?!${CJK})[\p{L}\p{N}]|\d[-/.])${shape}(?!(?!t\d|${CJK})[\p{L}\p{N}]|[-/]\d)`,
			'gu',
		),
	]),
	...UNSPACED.map((shape): [undefined, RegExp] => [
		undefined,
		new RegExp(String.raw`(?<!\p{N})${shape}`, 'gu'),
	]),
];

/** Each date of a folded text, however it is written. */
export function* dateMentions(text: string): Steps<DateMention[]> {
	const mentions: DateMention[] = [];
	for (const [order, shape] of SHAPES) {
		yield* eachMatch(text, shape, ({ 0: quote, groups = {} }, index) => {
			const readings = readingsOf(groups).map((reading) => ({
				...reading,
				// With dots, the month never comes first.
				...(order && (groups.sign !== '.' || reading.isShort) ? { order } : {}),
			}));
			if (readings.length > 0) mentions.push({ range: [index, index + quote.length], readings });
		});
	}
	return mentions;
}

type Groups = Partial<Record<string, string>>;

function readingsOf(groups: Groups): DateReading[] {
	const months = monthsOf(groups);
	const day = groups.hanDay === undefined ? groups.day : hanNumber(groups.hanDay);
	return yearsOf(groups).flatMap(({ year, isShort }) =>
		months.flatMap(({ month, languages }) => {
			const iso = isoDate(year, month, day === undefined ? undefined : Number(day));
			return iso === undefined ? [] : [{ iso, isShort, ...(languages ? { languages } : {}) }];
		}),
	);
}

function monthsOf({ month, hanMonth, name, roman }: Groups): Month[] {
	if (roman !== undefined) return [{ month: ROMAN.indexOf(roman) }];
	const digits = month ?? (hanMonth === undefined ? undefined : hanNumber(hanMonth));
	if (digits !== undefined) return [{ month: Number(digits) }];
	const named = [...(monthNames().get(name ?? '') ?? [])];
	// `listopada` is November in Polish and October in Croatian.
	return named.map(([number, languages]) =>
		named.length > 1 ? { month: number, languages } : { month: number },
	);
}

interface Month {
	month: number;
	languages?: readonly string[];
}

const ROMAN = ' i ii iii iv v vi vii viii ix x xi xii'.split(' ');

const hanNumber = (han: string) => {
	const [read] = cjkReadings(han.replace('廿', '二十'));
	return read && !read.language ? decimalText(read.value) : '0';
};

/** The year before the first one of an era, its last year, and its first one in today's calendar. */
const ERAS = new Map(
	[
		['m 明治', 1867, 45, 6],
		['t 大正', 1911, 15],
		['s 昭和', 1925, 64],
		['h 平成', 1988, 31],
		['r 令和', 2018, 99],
		['中華民國 中华民国 民國 民国', 1911, 199],
		['พ.ศ. พ.ศ พศ. พศ', -543, 2700, 2400],
	].flatMap(([names, before, years, first = 1]) =>
		String(names)
			.split(' ')
			.map(
				(name) =>
					[name, { before: Number(before), years: Number(years), first: Number(first) }] as const,
			),
	),
);

function yearsOf({ year = '', era, han }: Groups): Array<{ year: number; isShort: boolean }> {
	if (han !== undefined) return [{ year: Number(hanNumber(han)), isShort: false }];
	const known = era === undefined ? undefined : ERAS.get(era);
	if (known) {
		const ofEra = year === '元' ? 1 : Number(year);
		if (ofEra < known.first || ofEra > known.years) return [];
		return [{ year: known.before + ofEra, isShort: false }];
	}
	if (year.length === 4) return [{ year: Number(year), isShort: false }];
	return [2000, 1900].map((century) => ({ year: century + Number(year), isShort: true }));
}

/** Undefined for a day that does not exist. */
export function isoDate(year: number, month: number, day: number | undefined): string | undefined {
	if (month < 1 || month > 12 || year < 1) return undefined;
	const two = (part: number) => String(part).padStart(2, '0');
	const yearAndMonth = `${String(year).padStart(4, '0')}-${two(month)}`;
	if (day === undefined) return yearAndMonth;
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	const last = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
	return day < 1 || day > last ? undefined : `${yearAndMonth}-${two(day)}`;
}

const LOCALES =
	'en de fr es it pt nl pl sv da nb fi cs sk tr ar ru uk el ro hu id vi ja ko zh he th hi hr'.split(
		' ',
	);

const FORMS = (['long', 'short'] as const).flatMap((month) => [
	{ month, timeZone: 'UTC' },
	// Next to a day, some languages inflect the name.
	{ month, day: 'numeric' as const, timeZone: 'UTC' },
]);

/**
 * The folded names of the months in many languages, without the dot of abbreviations: their numbers and
 * languages.
 */
const monthNames = once(() => {
	const names: MonthNames = new Map();
	for (const locale of LOCALES) {
		for (const form of FORMS) addNames(locale, form, names);
	}
	for (const [month, others] of OTHER_NAMES.entries()) {
		for (const name of others.split(' ').filter(Boolean))
			names.set(name, new Map([[month + 1, []]]));
	}
	return names;
});

/** By month: names that are in use besides those of the locales. */
const OTHER_NAMES = [
	'jänner',
	'feber фев',
	'мар',
	'апр',
	'',
	'июн',
	'июл',
	'авг',
	'sept сен',
	'окт اكتوبر',
	'ноя',
	'дек',
];

type MonthNames = Map<string, Map<number, string[]>>;

function addNames(locale: string, form: (typeof FORMS)[number], names: MonthNames): void {
	const format = new Intl.DateTimeFormat(locale, form);
	for (let month = 1; month <= 12; month += 1) {
		const parts = format.formatToParts(Date.UTC(2026, month - 1, 15));
		const name = bare(parts.find(({ type }) => type === 'month')?.value ?? '');
		if (!/\p{L}/u.test(name)) continue;
		const months = names.get(name) ?? new Map<number, string[]>();
		names.set(name, months.set(month, [...(months.get(month) ?? []), locale]));
	}
}

/** By folded name: the weekdays that it may mean, Sunday as 0. */
export const weekdayNames = once(() => {
	const names = new Map<string, Set<number>>();
	for (const locale of LOCALES) {
		for (const weekday of ['long', 'short'] as const) {
			const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
			for (let day = 0; day < 7; day += 1) {
				const name = bare(format.format(Date.UTC(2026, 10, 22 + day)));
				names.set(name, (names.get(name) ?? new Set()).add(day));
			}
		}
	}
	return names;
});

const bare = (name: string) => foldText(name).text.replace(/[.']$/, '');
