import { foldText } from './foldText';
import { once } from './once';
import { openPlaceIndex } from './placeIndex';
import type { Range } from './span';

const LOCALES =
	'en de fr es it pt nl pl sv da nb fi cs sk tr ar ru uk el ro hu id vi ja ko zh'.split(' ');

const FORMS = (['long', 'short'] as const).flatMap((month) => [
	{ month, timeZone: 'UTC' },
	// Beside a day, some languages inflect the name.
	{ month, day: 'numeric' as const, timeZone: 'UTC' },
]);

/** The folded names of the months in many languages: their number. */
const months = once(
	() =>
		new Map(
			LOCALES.flatMap((locale) =>
				FORMS.flatMap((form) => namesIn(new Intl.DateTimeFormat(locale, form))),
			),
		),
);

function namesIn(format: Intl.DateTimeFormat): Array<[name: string, month: number]> {
	return Array.from({ length: 12 }, (_, index) => {
		const parts = format.formatToParts(Date.UTC(2026, index, 15));
		const name = parts.find(({ type }) => type === 'month')?.value ?? '';
		return [foldText(name).text.replace(/\.$/, ''), index + 1];
	});
}

const NAME = String.raw`(?<name>\p{L}+)\.?`;
const DAY = String.raw`(?<day>\d{1,2})`;
const YEAR = String.raw`(?<year>\d{4})`;
const SHAPES = [
	String.raw`${YEAR}(?<sign>[-/.])(?<month>\d{1,2})\k<sign>${DAY}`,
	String.raw`${DAY}(?<sign>[-/.]) ?(?<month>\d{1,2})\k<sign> ?(?<year>\d{4}|\d{2})`,
	String.raw`(?<month>\d{1,2})(?<sign>[-/])${DAY}\k<sign>(?<year>\d{4}|\d{2})`,
	String.raw`${DAY}(?:st|nd|rd|th|er|º|ª|\.)? ?(?:de |of )?${NAME},? ?(?:de |del )?${YEAR}`,
	String.raw`${NAME} ${DAY}(?:st|nd|rd|th)?,? ${YEAR}`,
	String.raw`${YEAR} ?[年년] ?(?<month>\d{1,2}) ?[月월] ?${DAY} ?[日일]`,
].map((shape) => new RegExp(String.raw`(?<![\p{L}\p{N}])${shape}(?![\p{L}\p{N}])`, 'gu'));

/** Japanese and Chinese go on right after a date. */
const UNSPACED = new RegExp(String.raw`(?<!\p{N})${YEAR}年(?<month>\d{1,2})月${DAY}日`, 'gu');
const MONTH_ONLY = new RegExp(
	String.raw`(?<![\p{L}\p{N}])${NAME},? (?:de )?${YEAR}(?![\p{L}\p{N}])`,
	'gu',
);

/** By ISO date, or year and month: each date of a folded text, however it is written. */
export function datesIn(text: string): Map<string, Range[]> {
	const places = openPlaceIndex<string>();
	for (const shape of [...SHAPES, UNSPACED, MONTH_ONLY]) {
		for (const { 0: quote, index, groups = {} } of text.matchAll(shape)) {
			const month = groups.month ? Number(groups.month) : months().get(groups.name ?? '');
			for (const iso of isoDates(groups.year ?? '', month, groups.day)) {
				places.add(iso, [index, index + quote.length]);
			}
		}
	}
	return places.inOrder();
}

function isoDates(year: string, month: number | undefined, day: string | undefined): string[] {
	if (month === undefined || month < 1 || month > 12) return [];
	const years = year.length === 4 ? [year] : [`20${year}`, `19${year}`];
	const two = (part: number) => String(part).padStart(2, '0');
	if (day === undefined) return years.map((full) => `${full}-${two(month)}`);
	if (Number(day) < 1 || Number(day) > 31) return [];
	return years.map((full) => `${full}-${two(month)}-${two(Number(day))}`);
}
