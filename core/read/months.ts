import { foldText } from './foldText';
import { once } from './once';

const LOCALES =
	'en de fr es it pt nl pl sv da nb fi cs sk tr ar ru uk el ro hu id vi ja ko zh he'.split(' ');

const FORMS = (['long', 'short'] as const).flatMap((month) => [
	{ month, timeZone: 'UTC' },
	// Beside a day, some languages inflect the name.
	{ month, day: 'numeric' as const, timeZone: 'UTC' },
]);

/** The folded names of the months in many languages, without the dot of a short one: their numbers. */
export const monthNames = once(() => {
	const names = new Map<string, Set<number>>();
	for (const locale of LOCALES) {
		for (const form of FORMS) addNames(new Intl.DateTimeFormat(locale, form), names);
	}
	names.set('sept', new Set([9]));
	return names;
});

function addNames(format: Intl.DateTimeFormat, names: Map<string, Set<number>>): void {
	for (let month = 1; month <= 12; month += 1) {
		const parts = format.formatToParts(Date.UTC(2026, month - 1, 15));
		const name = bare(parts.find(({ type }) => type === 'month')?.value ?? '');
		if (!/\p{L}/u.test(name)) continue;
		names.set(name, (names.get(name) ?? new Set()).add(month));
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
