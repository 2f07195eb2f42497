import { perObject } from '../lib/perObject';
import { dateMentions, type DateReading, weekdayNames } from './dateMentions';
import { foldText } from './foldText';
import { inOneGo } from '../lib/steps';
import type { TextFacts } from './textFacts';
import { hasOddDigits, undecorated, onlyOne, UNREAD, type Reading } from './words';

const LONGEST = 120;

/**
 * The ISO date that a text as a whole means. Refused if two dates are possible and the document does
 * not decide, if the day is missing, or if it does not exist.
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

/** A date that is not on the weekday that it names is not a date. */
function candidatesOnWeekday(text: string): DateReading[] {
	const { rest, weekdays } = withoutWeekday(text);
	return weekdays ? candidatesIn(rest).filter(({ iso }) => weekdays.has(weekdayOf(iso))) : [];
}

/** What some languages add after a date. */
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

const ZONES = new Map(
	Object.entries({
		...{ z: 'Z', utc: 'Z', gmt: 'Z', cet: '+01:00', mez: '+01:00', cest: '+02:00', mesz: '+02:00' },
		...{ eet: '+02:00', eest: '+03:00', jst: '+09:00', kst: '+09:00', msk: '+03:00' },
		...{ pst: '-08:00', pdt: '-07:00', edt: '-04:00', mdt: '-06:00', cdt: '-05:00' },
	}),
);
const ZONE_NAMES = [...ZONES.keys()].join('|');
const ZONE = String.raw`(?<zone>(?:utc|gmt)? ?[-+]\d{1,2}(?::?\d{2})?|${ZONE_NAMES})`;
const CLOCK = String.raw`(?<hour>\d{1,2})(?:(?<colon>[:.])(?<minute>\d{2})(?::(?<second>\d{2})(?<part>\.\d{1,9})?)?| ?h ?(?<hMinute>\d{2})?| ?(?=[ap]\.?m|uhr))`;
const HALF = String.raw`(?: ?(?<half>[ap])\.?m\.?)?`;
const TIME = String.raw`${CLOCK}${HALF}(?<clock> ?uhr| ?hrs?| ?h)?(?: ?\(?${ZONE}\)?)?`;
const WHOLE_TIME = new RegExp(`^${TIME}$`, 'u');
const TIME_IN = new RegExp(String.raw`(?<![\d.:])${TIME}(?![\p{L}\d:]|\.\d)`, 'gu');
const CJK_CLOCK = String.raw`(?<noon>午前|午後|오전|오후|上午|下午)? ?(?<hour>\d{1,2}) ?[時时点點시](?: ?(?<minute>\d{1,2}) ?[分분](?: ?(?<second>\d{1,2}) ?[秒초])?)?(?: ?\(?${ZONE}\)?)?`;
const CJK_TIME = new RegExp(`^${CJK_CLOCK}$`, 'u');
const CJK_TIME_IN = new RegExp(`(?<!\\d)${CJK_CLOCK}(?![\\p{L}\\d])`, 'gu');
/** From ten to twelve, rather than ten o'clock with an offset of minus twelve hours. */
const IS_RANGE = /(?<![\d:t])\d{1,2}[:.]\d{2} ?- ?\d{1,2}[:.]\d{2}(?!\d)/;

interface Clock {
	/** `10:00:00`. */
	time: string;
	/** `Z`, `+01:00`; missing if it is not written. */
	zone?: string;
}

type Groups = Partial<Record<string, string>>;

/** `14:30:00`, with its zone if the text or the document gives one. */
export function readTime(given: string, facts?: TextFacts): Reading<string> {
	if (given.length > 80 || hasOddDigits(given)) return UNREAD;
	const text = foldText(undecorated(given)).text.trim();
	if (IS_RANGE.test(text)) return UNREAD;
	const groups = (WHOLE_TIME.exec(text) ?? CJK_TIME.exec(text))?.groups;
	const clock = groups && clockOf(groups);
	if (!clock) return UNREAD;
	const zone = clock.zone ?? (facts && zoneIn(facts, clock.time)) ?? '';
	return { ok: true, value: clock.time + zone };
}

/**
 * A date with a time and its zone: if neither the text nor the document gives a zone, none is invented.
 */
export function readDateTime(given: string, facts?: TextFacts): Reading<string> {
	if (given.length > 160 || hasOddDigits(given)) return UNREAD;
	const whole = foldText(undecorated(given)).text.trim();
	if (IS_RANGE.test(whole)) return UNREAD;
	const text = whole.replace(/(?<=\d)t(?=\d\d:)/, ' ');
	const times = [TIME_IN, CJK_TIME_IN]
		.flatMap((pattern) => [...text.matchAll(pattern)])
		.filter(({ 0: quote }) => !/^\d+$|^\d{1,2}\.\d{2}$/.test(quote));
	const [found, another] = times;
	const clock = found?.groups && !another ? clockOf(found.groups) : undefined;
	if (!found || !clock) return UNREAD;
	const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
	const date = readDate(rest.replace(JOINTS, ' ').replace(/\s+/g, ' ').trim(), facts);
	if (!date.ok) return date;
	const zone = clock.zone ?? (facts && zoneIn(facts, clock.time));
	return zone === undefined ? UNREAD : { ok: true, value: `${date.value}T${clock.time}${zone}` };
}

/** What may be between a date and a time. */
const JOINTS =
	/(?:^| )(?:um|at|on|à|le|a las|alle|alle ore|às|kl\.?|om|в|,)(?= |$)|[,;@-]+(?= |$)|(?<= )[,;@-]+/gu;

function clockOf(groups: Groups): Clock | undefined {
	const { colon, half, noon, clock, zone } = groups;
	const minute = groups.minute ?? groups.hMinute ?? '00';
	const hour = fullHour(Number(groups.hour), half ?? (noon && (/後|후|下/.test(noon) ? 'p' : 'a')));
	const isPlain = !half && !noon && !clock && groups.hMinute === undefined && colon !== undefined;
	// `2:30` may be in the afternoon; `14.30` may be a number.
	if (isPlain && (groups.hour?.length === 1 || colon === '.')) return undefined;
	if (hour === undefined || Number(minute) > 59 || Number(groups.second ?? 0) > 59)
		return undefined;
	const two = (part: string | number) => String(part).padStart(2, '0');
	const time = `${two(hour)}:${two(minute)}:${two(groups.second ?? 0)}${groups.part ?? ''}`;
	if (zone === undefined) return { time };
	const offset = offsetOf(zone);
	return offset === undefined ? undefined : { time, zone: offset };
}

function fullHour(hour: number, half: string | undefined): number | undefined {
	if (!half) return hour < 24 ? hour : undefined;
	if (hour < 1 || hour > 12) return undefined;
	return (hour % 12) + (half === 'p' ? 12 : 0);
}

function offsetOf(zone: string): string | undefined {
	const named = ZONES.get(zone);
	if (named) return named;
	const [, sign, hours = '', minutes = '00'] = /([-+])(\d{1,2})(?::?(\d{2}))?$/.exec(zone) ?? [];
	if (!sign || Number(hours) > 14 || Number(minutes) > 59) return undefined;
	return `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

const STATED = new RegExp(
	String.raw`(?:all times(?: are)?(?: in)?|time ?zone|zeitzone|fuseau horaire|zona horaria|fuso orario)[: (]{0,3}${ZONE}(?![\p{L}\d])`,
	'gu',
);
const LONGEST_TEXT = 80_000;

/** Read once for a document, not for every time in an answer. */
const zonesOf = perObject(({ text }: TextFacts) => {
	const folded = foldText(text.slice(0, LONGEST_TEXT)).text;
	return {
		clocks: [...folded.matchAll(TIME_IN)]
			.filter(({ 0: clock, index }) => folded[index - 1] === 't' || !IS_RANGE.test(clock))
			.map(({ groups = {} }) => clockOf(groups)),
		stated: [...folded.matchAll(STATED)].map(({ groups = {} }) => offsetOf(groups.zone ?? '')),
	};
});

/** The zone of this very time in the document, or the one that it states for all. */
function zoneIn(facts: TextFacts, time: string): string | undefined {
	const { clocks, stated } = zonesOf(facts);
	const beside = clocks.flatMap((clock) => (clock?.time === time ? [clock.zone] : []));
	const zone = onlyOne((beside.some((one) => one !== undefined) ? beside : stated).map(String));
	return zone.ok && zone.value !== 'undefined' ? zone.value : undefined;
}
