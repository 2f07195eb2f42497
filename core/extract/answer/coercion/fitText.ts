import { isRecord } from '../../../lib/isRecord';
import { isSame } from '../../../lib/isSame';
import { joinedNumbers } from '../../../json/exactJson';
import { perObject } from '../../../lib/perObject';
import { decimal, exactNumber } from '../../../read/decimal';
import { matchMember } from '../../../read/matchMember';
import { readDate, readDateTime, readTime } from '../../../read/readDate';
import { readNumber, type NumberTerms } from '../../../read/readNumber';
import { saysNothing, readBoolean, type Reading } from '../../../read/words';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { jsonIn } from './jsonIn';
import { ambiguous, changed, changedKind, MAY_BE_OTHER, type Place } from './place';
import { takes, typeOf, typesOf } from './takes';

/** The meaning of a text in the types that a schema accepts; the text itself if it has none. */
export function fitText(text: string, schema: JsonSchema, place: Place): unknown {
	const types = typesOf(schema);
	if (types.includes('string')) return place.isExact ? text : fitFormat(text, schema, place);
	if (types.includes('number') || types.includes('integer')) place.numberTexts.add(text);
	const exact = exactReading(text, types);
	if (exact && !isOtherwiseRead(exact.value, text, place)) {
		const other = otherReading(exact.value, text, place);
		// As a whole number, `1.000` is hardly 1.
		if (other !== undefined && !types.includes('number'))
			return ambiguous(place, text, [String(exact.value), String(other)]);
		const how = other === undefined ? exact.how : `${exact.how}${MAY_BE_OTHER}${other}`;
		return changedKind(place, how, exact.value);
	}
	const parsed = jsonIn(text, types, place);
	if (parsed !== undefined) return changedKind(place, 'JSON text to its value', parsed);
	return place.isExact ? text : readText(text, schema, place);
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function exactReading(
	text: string,
	types: readonly string[],
): { value: unknown; how: string } | undefined {
	const trimmed = text.trim();
	const digits = NUMBER.test(trimmed) ? decimal(trimmed.toLowerCase()) : undefined;
	const number = digits && exactNumber(digits);
	if (number !== undefined && wantsNumber(types, number)) {
		return { value: number, how: 'text to number' };
	}
	if (types.includes('boolean') && (trimmed === 'true' || trimmed === 'false')) {
		return { value: trimmed === 'true', how: 'text to boolean' };
	}
	return types.includes('null') && trimmed === 'null'
		? { value: null, how: 'text to null' }
		: undefined;
}

/** `2.000`, if nothing shows which sign separates thousands: the other number that it may be. */
function otherReading(value: unknown, text: string, place: Place): number | undefined {
	if (place.isExact || typeof value !== 'number' || !THREE_BEHIND_DOT.test(text)) return undefined;
	const reading = readNumber(text, shownBy(place));
	return reading.ok ? undefined : Number(text.replace('.', ''));
}

/** How numbers are written in the document, or beside this one. */
function shownBy({ facts, beside }: Place): NumberTerms {
	const known = facts();
	return { ...(known ? { facts: known } : {}), beside };
}

const THREE_BEHIND_DOT = /^\s*-?[1-9]\d{0,2}\.\d{3}\s*$/;

/** `1.234` as it occurs in a text that writes decimals with a comma. */
function isOtherwiseRead(value: unknown, text: string, place: Place): boolean {
	if (place.isExact || typeof value !== 'number' || !/^\s*-?\d{1,3}\.\d{3}\s*$/.test(text))
		return false;
	const facts = place.facts();
	const isOwn = facts ? !facts.says(text.trim()) : !place.beside;
	if (isOwn) return false;
	const reading = readNumber(text, shownBy(place));
	return !reading.ok || reading.value !== value;
}

function wantsNumber(types: readonly string[], number: number): boolean {
	return types.includes('number') || (types.includes('integer') && Number.isInteger(number));
}

function readText(text: string, schema: JsonSchema, place: Place): unknown {
	const types = typesOf(schema);
	const said = types.includes('boolean') ? readBoolean(text) : undefined;
	if (said !== undefined && !types.includes('number') && !types.includes('integer'))
		return changed(place, text, said);
	if (types.includes('null') && saysNothing(text)) return changed(place, text, null);
	if (!types.includes('number') && !types.includes('integer')) return text;
	const reading = readNumber(text, numberTerms(schema, place));
	if (reading.ok && wantsNumber(types, reading.value)) return changed(place, text, reading.value);
	return reading.ok ? text : ambiguous(place, text, reading.either);
}

const FRACTION =
	/\b(?:fraction|ratio|proportion|as a decimal|share of one)\b|(?<![\d.])0(?:\.0+)?\s*(?:-|–|to|and|…|\.\.|bis)\s*1(?:\.0+)?(?![\d.%]|\s*%|\d)/i;
/** "Not as a fraction, but in percent". */
const DENIED =
	/(?<!\p{L})(?:not|never|no|non|rather than|instead of|nicht|kein\p{L}*|pas|não|не)(?: \p{L}+){0,3}? (?:fractions?|ratios?|proportions?|decimals?|percent\p{L}*|0\s*(?:-|–|to|bis)\s*1)(?!\p{L})/giu;
const OWN_UNIT =
	/\b(?:cents?|pence|minor units?|basis points|in (?:thousands?|millions?|billions?|lakhs?|crores?)|in (?:tausend|millionen)|in hundreds)\b|(?:_|[a-z])(?:cents|pence|thousands|millions)$/i;

/** What the field's name and description say about its number. */
function numberTerms(schema: JsonSchema, place: Place): NumberTerms {
	const { description, title, maximum } = schema;
	const words = [description, title].filter((word) => typeof word === 'string').join('; ');
	const name = String(place.path.findLast((key) => typeof key === 'string') ?? '');
	const isFraction =
		(typeof maximum === 'number' && maximum > 0 && maximum <= 1) ||
		FRACTION.test(words.replace(DENIED, ' '));
	return {
		...shownBy(place),
		percentAs: isFraction ? 'fraction' : 'number',
		wantsInteger: !typesOf(schema).includes('number'),
		hasOwnUnit: OWN_UNIT.test(`${words}`) || OWN_UNIT.test(name),
	};
}

/** A text in the form that its format or pattern asks for; words for null if null is accepted. */
function fitFormat(text: string, schema: JsonSchema, place: Place): unknown {
	if (takes(text, schema, place)) return text;
	const reading = readFormat(text, schema.format, place);
	if (reading.ok && takes(reading.value, schema, place)) return changed(place, text, reading.value);
	const trimmed = text.trim();
	if (trimmed !== text && takes(trimmed, schema, place)) return changed(place, text, trimmed);
	if (typesOf(schema).includes('null') && saysNothing(text)) return changed(place, text, null);
	// A day is not a date-time, but zod's dates accept it: its schema decides.
	const day = schema.format === 'date-time' ? readDate(text, place.facts()) : reading;
	if (day.ok && day !== reading) return changed(place, text, day.value);
	return day.ok ? text : ambiguous(place, text, day.either);
}

function readFormat(text: string, format: unknown, place: Place): Reading<string> {
	if (format === 'date-time') return readDateTime(text, place.facts());
	if (format === 'time') return readTime(text, place.facts());
	if (format !== 'date') return { ok: false };
	const [day] = /^\d{4}-\d\d-\d\d(?=[T ]\d\d:\d\d)/.exec(text.trim()) ?? [];
	return readDate(day ?? text, place.facts());
}

/** A number or a boolean as text, or as the other. */
export function fitNumber(value: number | boolean, schema: JsonSchema, place: Place): unknown {
	const types = typesOf(schema);
	if (types.includes('boolean') && !place.isExact && (value === 0 || value === 1))
		return changed(place, value, value === 1);
	if (!types.includes('string')) return value;
	if (typeof value === 'number' && types.includes('integer')) return value;
	const text = typeof value === 'number' ? digitsOf(value, place) : String(value);
	if (text === undefined) return value;
	return changedKind(place, `${typeOf(value)} to text`, text);
}

/** As the answer wrote it; for a number that is too long to be certain, its digits are not known. */
function digitsOf(value: number, { holder, path, numbers }: Place): string | undefined {
	const key = path.at(-1);
	const said = joinedNumbers(numbers);
	const literal =
		holder && key !== undefined ? said?.literalOf(holder, key) : said?.literalOf({}, '');
	if (literal !== undefined) return literal;
	if (said?.isInDoubt(value, holder)) return undefined;
	return Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : undefined;
}

/** The member of an `enum` that a value stands for; the value itself if that is not certain. */
export function fitMember(given: unknown, members: readonly unknown[], place: Place): unknown {
	if (isMember(given, members)) return given;
	const only: unknown = Array.isArray(given) && given.length === 1 ? given[0] : given;
	if (isRecord(only) || Array.isArray(only)) return given;
	const meant =
		typeof only === 'string' ? memberIn(only, members, place) : memberOf(only, members, place);
	if (meant === undefined) {
		if (only === given || !isMember(only, members) || place.isExact) return given;
		return changedKind(place, 'list of one to its entry', only);
	}
	return changed(place, given, meant.member);
}

const isMember = (value: unknown, members: readonly unknown[]) =>
	members.some((member) => isSame(member, value));

const kindsOf = perObject((members: readonly unknown[]) => ({
	numbers: members.filter((member) => typeof member === 'number'),
	texts: members.filter((member) => typeof member === 'string'),
}));

interface Meant {
	member: unknown;
}

function memberIn(text: string, members: readonly unknown[], place: Place): Meant | undefined {
	const { numbers, texts } = kindsOf(members);
	if (place.isExact) {
		const number = /^-?\d{1,15}(\.\d{1,10})?$/.test(text)
			? numbers.find((member) => String(member) === text)
			: undefined;
		return number === undefined ? undefined : { member: number };
	}
	const match = matchMember(text, texts);
	if (match.ok) return { member: match.value };
	const either = match.either?.map((member) => JSON.stringify(member));
	if (either) return void ambiguous(place, text, either);
	const reading = numbers.length > 0 ? readNumber(text, shownBy(place)) : undefined;
	const meanings: unknown[] = [reading?.ok ? reading.value : undefined, readBoolean(text)];
	if (saysNothing(text)) meanings.push(null);
	const member = meanings.find((one) => one !== undefined && members.includes(one));
	return member === undefined ? undefined : { member };
}

function memberOf(value: unknown, members: readonly unknown[], place: Place): Meant | undefined {
	const text =
		typeof value === 'number'
			? digitsOf(value, place)
			: typeof value === 'boolean'
				? String(value)
				: undefined;
	const own = text !== undefined && members.includes(text) ? { member: text } : undefined;
	if (own || place.isExact) return own;
	const isSwitch = (value === 0 || value === 1) && members.includes(value === 1);
	return isSwitch ? { member: value === 1 } : undefined;
}
