import { dateMentions, type DateReading } from './dateMentions';
import { foldText } from './foldText';
import { inOneGo } from './inSteps';
import { weekdayNames } from './months';
import { onlyOne, UNREAD, type Reading } from './reading';
import type { TextFacts } from './textFacts';
import { hasOddDigits, undecorated } from './words';

const LONGEST = 120;

/**
 * The ISO date that a text as a whole stands for. Refused where two dates are possible and the
 * document does not tell which, where the day is missing, or where no calendar has it.
 */
export function readDate(given: string, facts?: TextFacts): Reading<string> {
	if (given.length > LONGEST * 2) return UNREAD;
	const text = undecorated(given);
	if (hasOddDigits(text)) return UNREAD;
	if (text === '' || text.length > LONGEST) return UNREAD;
	const folded = foldText(text).text.trim();
	const plain = candidatesIn(folded);
	const found = plain.length > 0 ? plain : candidatesOnWeekday(folded);
	return onlyOne(chosenOf(found, { text, facts }).map(({ iso }) => iso));
}

function candidatesIn(text: string): DateReading[] {
	const whole = text.replace(LEAD, '').replace(TAIL, '').trim();
	return inOneGo(dateMentions(whole))
		.filter(({ range: [from, to] }) => from === 0 && to === whole.length)
		.flatMap(({ readings }): DateReading[] => readings)
		.filter(({ iso }) => iso.length === 10 && !OTHER_CALENDARS.test(iso));
}

/** Years of the Hijri and of the Buddhist calendar. */
const OTHER_CALENDARS = /^(?:1[345]|2[456])\d\d-/;

/** A date on another day of the week than it says is none. */
function candidatesOnWeekday(text: string): DateReading[] {
	const { rest, weekdays } = withoutWeekday(text);
	return weekdays ? candidatesIn(rest).filter(({ iso }) => weekdays.has(weekdayOf(iso))) : [];
}

/** What some languages say behind a date. */
const TAIL = /(?: ?г\.?| ?года| ?р\.?| ?року| ?입니다|です|付け?|자|\.)$/u;
/** And before it. */
const LEAD =
	/^(?:(?:the|on|on the|dated|le|am|den|der|el|il|lo|em|op|dne|dnia|ngày|ngay) (?=\S*\d)|(?:西暦|公元|서기) ?(?=\d))/u;

/** `Friday, 27 November 2026`, `2026年11月27日(金)`. */
function withoutWeekday(text: string): { rest: string; weekdays?: Set<number> } {
	const [front = '', before = ''] =
		/^(?:the )?((?:יום )?[\p{L}\p{M}-]+(?: [\p{L}]+)?)[.,،]{0,2} (?:den |the |le |el |il )?(?=.*\d)/u.exec(
			text,
		) ?? [];
	const [back = '', behind = ''] =
		/[ ,،]*[(（]?([\p{L}\p{M}-]+|(?<=日)[\p{L}]{1,3})\.?[)）]?$/u.exec(text) ?? [];
	const first = weekdayNames().get(before) ?? weekdayNames().get(before.replace(/^יום /, ''));
	if (first) return { rest: text.slice(front.length), weekdays: first };
	const own = behind.replace(/^.*日(?=.)/u, '');
	const last =
		weekdayNames().get(own) ?? (behind.endsWith('日') ? undefined : weekdayNames().get(behind));
	if (!last) return { rest: text };
	const cut = own === behind ? text.length - back.length : text.lastIndexOf(own);
	return { rest: text.slice(0, cut).replace(/[ ,،(]+$/, ''), weekdays: last };
}

function weekdayOf(iso: string): number {
	return new Date(`${iso}T00:00:00Z`).getUTCDay();
}

interface Choice {
	text: string;
	facts: TextFacts | undefined;
}

function chosenOf(candidates: DateReading[], { text, facts }: Choice): DateReading[] {
	if (!facts || new Set(candidates.map(({ iso }) => iso)).size < 2) return candidates;
	if (!facts.says(text)) {
		const said = candidates.filter(({ iso }) => facts.dates().has(iso));
		if (said.length === 1) return said;
	}
	const language = facts.language() ?? '';
	const native = candidates.filter(({ languages }) => languages?.includes(language));
	if (native.length > 0) return native;
	const order = facts.dateOrder();
	if (order === 'mixed') return candidates;
	const fitting = candidates.filter(
		(candidate) => !order || !candidate.order || candidate.order === order,
	);
	const ordered = fitting.length > 0 ? fitting : candidates;
	const inCentury = ordered.filter(
		({ iso, isShort }) => !isShort || isNear(Number(iso.slice(0, 4)), facts.years()),
	);
	return inCentury.length > 0 ? inCentury : ordered;
}

const NEAR_YEARS = 10;

const isNear = (year: number, years: readonly number[]) =>
	years.some((other) => Math.abs(other - year) <= NEAR_YEARS);
