import { decimal, decimalText, exactNumber, negated, timesTen, type Decimal } from './decimal';
import type { DigitStyle } from './digits';
import { foldText } from './foldText';
import { inOneGo } from './inSteps';
import { numberMentions, type NumberMention } from './numberMentions';
import { onlyOne, UNREAD, type Reading } from './reading';
import type { TextFacts } from './textFacts';
import { hasOddDigits, undecorated } from './words';

/** What is known about the number that is wanted. */
export interface NumberTerms {
	/** The document that it was taken from. */
	facts?: TextFacts;
	wantsInteger?: boolean;
	/** What `12 %` is: 12, or 0.12. */
	percentAs?: 'number' | 'fraction';
	/** What the number counts is told elsewhere, such as "in thousands" or "in cents". */
	hasOwnUnit?: boolean;
}

interface Candidate {
	value: Decimal;
	style?: DigitStyle;
}

const LONGEST = 120;
/** Languages in which a billion is a million millions. */
const LONG_SCALE = new Set(['de', 'fr', 'es', 'it', 'nl', 'pl', 'sv', 'da']);

/**
 * The number that a text as a whole stands for, digit by digit: with separators, a currency, a sign, in
 * words. Refused where two numbers are possible and the document does not tell which.
 */
export function readNumber(given: string, terms: NumberTerms = {}): Reading<number> {
	if (given.length > LONGEST * 2) return UNREAD;
	const text = withExponent(undecorated(given));
	if (hasOddDigits(text)) return UNREAD;
	if (text === '' || text.length > LONGEST || /[\r\n\t]|\S {2,}\S/.test(text)) return UNREAD;
	const candidates = candidatesIn(text, terms);
	const chosen = chosenOf(candidates, { ...terms, text });
	const reading = onlyOne(chosen.map(({ value }) => decimalText(value)));
	if (!reading.ok) return reading;
	const value = decimal(reading.value);
	const number = value && exactNumber(value);
	return number === undefined ? UNREAD : { ok: true, value: number };
}

function candidatesIn(text: string, terms: NumberTerms): Candidate[] {
	if (CODE_OR_WORD.test(text)) return [];
	const folded = foldText(text).text.trim();
	return inOneGo(numberMentions(folded))
		.filter(({ whole: [from, to] }) => from === 0 && to === folded.length)
		.flatMap((mention) => meantBy(mention, { ...terms, folded, text }));
}

/** Codes of currencies are capitals: `5 Sek.` are seconds. */
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
	const { readings, minus, isBracketed, size, percentEnd } = mention;
	if (isBracketed && (minus || !isAccounting(mention, around.folded))) return [];
	const { facts, hasOwnUnit } = around;
	const known = readings.filter(({ language }) => !language || facts?.language() === language);
	return known.flatMap(({ value, style }) => {
		const signed = minus || isBracketed ? negated(value) : value;
		const own = (meant: Decimal): Candidate => ({ value: meant, ...(style ? { style } : {}) });
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

/** `(5)` may be a footnote. */
function isAccounting({ core: [from, to], hasCurrency }: NumberMention, folded: string): boolean {
	return hasCurrency || /\d{3}|\d[.,]\d/.test(folded.slice(from, to));
}

/** A letter of size may be a unit, and a billion is not the same everywhere. */
function isCertain({ size, hasCurrency, core }: NumberMention, { text, facts }: Around): boolean {
	if (!size) return true;
	const language = facts?.language();
	if (/^(?:b|tr)illion/.test(size.word)) return !language || !LONG_SCALE.has(language);
	if (size.word === 'mil') return hasCurrency || language === 'es' || language === 'pt';
	if (!size.isLetter) return true;
	if (hasCurrency) return true;
	const letter = text.charAt(text.toLowerCase().lastIndexOf(size.word));
	const isAttached = size.end === core[1] + 1;
	return isAttached && letter === 'k';
}

function chosenOf(
	candidates: Candidate[],
	{ facts, wantsInteger, text }: NumberTerms & { text: string },
): Candidate[] {
	const distinct = new Set(candidates.map(({ value }) => decimalText(value)));
	if (distinct.size < 2) return candidates;
	// Arabic has signs of its own for both.
	if (/[٫٬]/.test(text)) return candidates.filter(({ style }) => style !== 'comma');
	const isForeign = facts !== undefined && !facts.says(text);
	if (isForeign) {
		const said = candidates.filter(({ value }) => facts.numbers().has(decimalText(value)));
		if (new Set(said.map(({ value }) => decimalText(value))).size === 1) return said;
	}
	const style = facts?.digitStyle();
	if (style === 'mixed') return candidates;
	if (style) return candidates.filter((candidate) => (candidate.style ?? style) === style);
	// The document does not have it like this: it is the model's own, as JSON writes it.
	if (isForeign && /^-?\d+\.\d+$/.test(text))
		return candidates.filter((candidate) => candidate.style !== 'comma');
	if (!wantsInteger) return candidates;
	return candidates.filter(({ value }) => !decimalText(value).includes('.'));
}
