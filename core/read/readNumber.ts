import {
	decimal,
	decimalText,
	exactNumber,
	negated,
	timesTen,
	type Decimal,
	type DigitStyle,
} from './decimal';
import { foldText } from './foldText';
import { inOneGo } from '../lib/steps';
import { numberMentions, type NumberMention } from './numberMentions';
import type { TextFacts } from './textFacts';
import type { ShownStyle } from './shownStyle';
import { saysNothing, hasOddDigits, undecorated, onlyOne, UNREAD, type Reading } from './words';

/** What is known about the number that is wanted. */
export interface NumberTerms {
	/** The document from which it was taken. */
	facts?: TextFacts;
	/** How the other numbers of the same answer are written. */
	beside?: ShownStyle | undefined;
	wantsInteger?: boolean;
	/** What `12 %` is: 12, or 0.12. */
	percentAs?: 'number' | 'fraction';
	/** The unit is given elsewhere, such as "in thousands" or "in cents". */
	hasOwnUnit?: boolean;
}

interface Candidate {
	value: Decimal;
	style?: DigitStyle;
	/** An amount of money with three decimals, which hardly any currency has. */
	isOdd?: boolean;
}

const LONGEST = 120;
/** Languages in which a billion is a million millions. */
const LONG_SCALE = new Set(['de', 'fr', 'es', 'it', 'nl', 'pl', 'sv', 'da']);

/**
 * The number that a text as a whole means, digit by digit: with separators, a currency, a sign, in
 * words. Refused if two numbers are possible and the document does not decide.
 */
export function readNumber(given: string, terms: NumberTerms = {}): Reading<number> {
	const twice = saidTwice(given, terms);
	if (twice) return twice;
	const text = numberText(given);
	if (text === undefined) return UNREAD;
	const candidates = candidatesIn(text, terms);
	const chosen = chosenOf(candidates, { ...terms, text });
	const reading = onlyOne(chosen.map(({ value }) => decimalText(value)));
	if (!reading.ok) return reading;
	const value = decimal(reading.value);
	const number = value && exactNumber(value);
	return number === undefined ? UNREAD : { ok: true, value: number };
}

/** `5 (five)`, as contracts have it: in digits and in words. */
function saidTwice(given: string, terms: NumberTerms): Reading<number> | undefined {
	const [, first = '', second = ''] =
		/^([^()]{1,80}?) ?\(([^()]{1,80})\)$/u.exec(undecorated(given)) ?? [];
	// A number in digits may belong to a footnote.
	if (/\d/.test(first) === /\d/.test(second)) return undefined;
	const [one, other] = [readNumber(first, terms), readNumber(second, terms)];
	return one.ok && other.ok && one.value === other.value ? one : undefined;
}

/** The text, if it may be a number as a whole. */
function numberText(given: string): string | undefined {
	if (given.length > LONGEST * 2) return undefined;
	const text = withExponent(undecorated(given));
	// `null` is a number in German, but no number is meant.
	if (hasOddDigits(text) || saysNothing(given)) return undefined;
	return text.length > LONGEST || /[\r\n\t]|\S {2,}\S/.test(text) ? undefined : text;
}

/** The notation of a number that can be read in only one way. */
export function styleOfNumber(given: string): DigitStyle | undefined {
	const text = numberText(given);
	const [only, another] = text === undefined ? [] : candidatesIn(text, {});
	return another ? undefined : only?.style;
}

function candidatesIn(text: string, terms: NumberTerms): Candidate[] {
	if (CODE_OR_WORD.test(text)) return [];
	const folded = foldText(text).text.trim();
	return inOneGo(numberMentions(folded))
		.filter(({ whole: [from, to] }) => from === 0 && to === folded.length)
		.flatMap((mention) => meantBy(mention, { ...terms, folded, text }));
}

/** Currency codes are in upper case: `5 Sek.` are seconds. */
const CODE_OR_WORD = /(?<!\p{L})(?:[Ss]ek|[Tt]ry|[Pp]en|[Cc]op|[Mm]ad)(?!\p{L})/u;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `1.5 × 10³` as `1.5e3`. */
function withExponent(text: string): string {
	return text.replace(
		/^([-+−]?[\d.,]+) ?[×x*·] ?10(?:\^ ?\(?([-−]?\d{1,3})\)?|(⁻?[⁰¹²³⁴-⁹]{1,3}))$/u,
		(...match: Array<string | undefined>) => `${match[1]}e${powerOf(match[2] ?? match[3] ?? '')}`,
	);
}

function powerOf(raised: string): string {
	return [...raised]
		.map((sign) =>
			/[⁻−]/.test(sign) ? '-' : /[-\d]/.test(sign) ? sign : SUPERSCRIPTS.indexOf(sign),
		)
		.join('');
}

interface Around extends NumberTerms {
	folded: string;
	text: string;
}

function meantBy(mention: NumberMention, around: Around): Candidate[] {
	const { readings, kind, minus, isBracketed, isSignOpen, size, percentEnd } = mention;
	if ((isSignOpen || isDash(mention, around.text)) && !isLoss(mention, around)) {
		const { minus: sign, ...plain } = { ...mention, isSignOpen: false };
		const positive = meantBy(plain, around);
		if (!sign) return positive;
		return positive.concat(positive.map((one) => ({ ...one, value: negated(one.value) })));
	}
	if (isBracketed && (minus || !isAccounting(mention, around.folded))) return [];
	const { facts, hasOwnUnit } = around;
	// `half a million` is 0.5 if the field counts millions.
	if (hasOwnUnit && kind === 'words' && readings.some(({ value }) => isLarge(value))) return [];
	const known = readings.filter(({ language }) => !language || facts?.language() === language);
	return known.flatMap(({ value, style }) => {
		const signed = minus || isBracketed ? negated(value) : value;
		const isOdd = !size && value.scale === 3 && isMoney(mention, around);
		const own = (meant: Decimal): Candidate => ({
			...{ value: meant, isOdd },
			...(style ? { style } : {}),
		});
		if (percentEnd !== undefined) {
			return [own(around.percentAs === 'fraction' ? timesTen(signed, -2) : signed)];
		}
		if (hasOwnUnit && (size || mention.hasCurrency))
			return size ? [own(signed), own(timesTen(signed, size.power))] : [];
		if (!size) return [own(signed)];
		const sized = own(timesTen(signed, size.power));
		return isCertain(mention, around) ? [sized] : [own(signed), sized];
	});
}

const isLarge = (value: Decimal) => Number(decimalText(value)) >= 1000;

/** A long dash may begin an entry, or end an amount without cents. */
function isDash({ minus, core, readings }: NumberMention, text: string): boolean {
	const isBehind = minus?.[0] === core[0] && readings.every(({ value }) => value.scale <= 0);
	return minus !== undefined && (isBehind ? /[‒–—―]/ : /[—―]/).test(text);
}

/** `▲1,234` in a Japanese paper, or also `△1,234` in a Korean one, unless the paper is about rises. */
function isLoss({ minus }: NumberMention, { folded, facts }: Around): boolean {
	const language = facts?.language();
	const sign = /[▲△]/.exec(folded)?.[0];
	if (!facts || !minus || sign === undefined || RISES.test(facts.text)) return false;
	return language === 'ja' || (language === 'ko' && sign === '△');
}

const RISES = /[▼▽]|株価|前日比|騰落|終値|高値|전일|주가|종가|등락/;

function isMoney({ core, hasCurrency }: NumberMention, { folded, facts }: Around): boolean {
	return hasCurrency || facts?.money().has(folded.slice(...core)) === true;
}

/** `(5)` may be a footnote. */
function isAccounting({ core: [from, to], hasCurrency }: NumberMention, folded: string): boolean {
	return hasCurrency || /\d{3}|\d[.,]\d/.test(folded.slice(from, to));
}

/** A letter of size may be a unit, and a billion is not the same everywhere. */
function isCertain({ size, hasCurrency, core }: NumberMention, { text, facts }: Around): boolean {
	if (!size) return true;
	const language = facts?.language();
	if (/^(?:b|tr)illion/.test(size.word)) return !language || !LONG_SCALE.has(language);
	if (size.word === 'mil' && size.power === 3)
		return hasCurrency || language === 'es' || language === 'pt';
	if (!size.isLetter) return true;
	if (hasCurrency) return true;
	const letter = text.charAt(text.toLowerCase().lastIndexOf(size.word));
	const isAttached = size.end === core[1] + 1;
	return isAttached && letter === 'k';
}

function chosenOf(
	candidates: Candidate[],
	{ facts, beside, wantsInteger, text }: NumberTerms & { text: string },
): Candidate[] {
	const distinct = new Set(candidates.map(({ value }) => decimalText(value)));
	if (distinct.size < 2) return candidates;
	// Arabic has its own signs for both.
	if (/[٫٬]/.test(text)) return candidates.filter(({ style }) => style !== 'comma');
	const isForeign = facts !== undefined && !facts.says(text);
	if (isForeign) {
		const said = candidates.filter(({ value }) => facts.numbers().has(decimalText(value)));
		if (new Set(said.map(({ value }) => decimalText(value))).size === 1) return said;
	}
	const shown = facts?.digitStyle() ?? beside;
	if (shown) return inStyle(candidates, shown);
	// The document does not write it like this: it is the model's own, in JSON's notation.
	if (isForeign && /^-?\d+\.\d+$/.test(text))
		return candidates.filter((candidate) => candidate.style !== 'comma');
	if (!wantsInteger) return candidates;
	return candidates.filter(({ value }) => !decimalText(value).includes('.'));
}

/** The language alone does not turn `1.234 €` into 1.234 €. */
function inStyle(candidates: Candidate[], { style, by }: ShownStyle): Candidate[] {
	if (style === 'mixed') return candidates;
	const meant = candidates.filter((candidate) => (candidate.style ?? style) === style);
	return by === 'language' && meant.some(({ isOdd }) => isOdd) ? candidates : meant;
}
