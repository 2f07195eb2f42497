import { foldText } from './foldText';
import { once } from './once';

const LOCALES =
	'en de fr es it pt nl pl sv da nb fi cs sk tr ar ru uk el ro hu id vi ja ko zh he th hi hr'.split(
		' ',
	);

const FORMS = (['long', 'short'] as const).flatMap((month) => [
	{ month, timeZone: 'UTC' },
	// Beside a day, some languages inflect the name.
	{ month, day: 'numeric' as const, timeZone: 'UTC' },
]);

/** The folded names of the months in many languages, without the dot of a short one: their numbers, and whose they are. */
export const monthNames = once(() => {
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

/** By month: names that are in use beside those of the locales. */
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

/** By folded name: the days of the week that it may be, Sunday as 0. */
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
