import { currencyEnd, currencyStart, percentEnd, sizeAt, type Size } from './amounts';
import { CJK_NUMERAL, cjkReadings } from './cjkNumerals';
import { decimal, sumOf, type Decimal } from './decimal';
import { digitReadings, DIGITS, type DigitStyle } from './digits';
import { eachMatch } from './eachMatch';
import type { Steps } from './inSteps';
import type { Range } from './range';
import { wordedNumbers } from './wordedNumbers';

/** One number as a folded text writes it, with what it may stand for. */
export interface NumberMention {
	/** The digits or words alone. */
	core: Range;
	/** With its sign, and what belongs to it on both sides. */
	whole: Range;
	readings: NumberReading[];
	kind: 'digits' | 'cjk' | 'words' | 'fraction';
	/** With its sign; missing for a positive one. */
	minus?: Range;
	isBracketed: boolean;
	hasCurrency: boolean;
	percentEnd?: number;
	size?: Size;
}

export interface NumberReading {
	value: Decimal;
	style?: DigitStyle;
	/** Only in a text of this language is it certainly a number. */
	language?: string;
}

/** Not in a word or in a longer number; a currency, or a script without spaces, may stand before it. */
const BEFORE = String.raw`(?<!\d|\d[.,'])(?<!(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])\p{L}(?<!eur|usd|gbp|chf|jpy|cny|inr|cad|aud|rs|r))`;
const AFTER = String.raw`(?!\d|[.,']\d)`;
const DIGIT_SHAPES = DIGITS.map((shape) => new RegExp(BEFORE + shape + AFTER, 'gu'));
const CJK_SHAPE = new RegExp(String.raw`(?<!\d[.,]?)${CJK_NUMERAL}`, 'gu');
const FRACTION_SHAPE =
	/(?<![\d.,])(?:(\d{1,9}) ?)?(?:([¼-¾⅐-⅞])|(?<=\d )(\d{1,2})\/(\d{1,2})(?!\d|\/))/gu;

/** Every number of a folded text, in every way in which it may be read. */
export function* numberMentions(text: string): Steps<NumberMention[]> {
	const mentions: NumberMention[] = [];
	const add = (core: Range, kind: NumberMention['kind'], readings: NumberReading[]) => {
		if (readings.length > 0) mentions.push(inContext(text, { core, kind, readings }));
	};
	for (const shape of DIGIT_SHAPES) {
		yield* eachMatch(text, shape, ([digits], index) =>
			add([index, index + digits.length], 'digits', digitReadings(digits)),
		);
	}
	yield* eachMatch(text, CJK_SHAPE, ([run], index) => {
		const readings = cjkReadings(run).map((value) => ({ value }));
		add([index, index + run.length], 'cjk', readings);
	});
	yield* eachMatch(text, FRACTION_SHAPE, (match, index) => {
		const value = fractionIn(match);
		if (value) add([index, index + match[0].length], 'fraction', [{ value }]);
	});
	for (const { range, readings } of yield* wordedNumbers(text)) add(range, 'words', readings);
	return mentions;
}

const VULGAR = new Map(
	Object.entries({
		'½': '0.5',
		'¼': '0.25',
		'¾': '0.75',
		'⅕': '0.2',
		'⅖': '0.4',
		'⅗': '0.6',
		'⅘': '0.8',
		'⅛': '0.125',
		'⅜': '0.375',
		'⅝': '0.625',
		'⅞': '0.875',
	}),
);

function fractionIn([, whole = '0', vulgar, top, bottom]: RegExpExecArray): Decimal | undefined {
	const part = vulgar === undefined ? quotient(Number(top), Number(bottom)) : VULGAR.get(vulgar);
	const value = part === undefined ? undefined : decimal(part);
	const units = decimal(whole);
	return value && units && sumOf(units, value);
}

/** Of a proper fraction that has an end. */
function quotient(top: number, bottom: number): string | undefined {
	const isExact = [2, 4, 5, 8, 10, 16, 20].includes(bottom) && top > 0 && top < bottom;
	return isExact ? String(top / bottom) : undefined;
}

function inContext(
	text: string,
	{ core, kind, readings }: Pick<NumberMention, 'core' | 'kind' | 'readings'>,
): NumberMention {
	const before = signBefore(text, core[0]);
	const behind = unitsBehind(text, core[1]);
	const isOpen = text[before.start - 1] === '(';
	const isBracketed = isOpen && text[behind.end] === ')';
	const start = isBracketed ? before.start - 1 : before.start;
	const end = isBracketed ? behind.end + 1 : behind.end;
	const minus: Range | undefined =
		before.minusAt !== undefined
			? [before.minusAt, core[1]]
			: behind.minusEnd !== undefined
				? [core[0], behind.minusEnd]
				: undefined;
	return {
		...{ core, kind, readings, isBracketed, size: behind.size, percentEnd: behind.percent },
		whole: [start, end],
		...(minus ? { minus } : {}),
		hasCurrency: before.hasCurrency || behind.hasCurrency,
	};
}

interface Before {
	start: number;
	minusAt?: number;
	hasCurrency: boolean;
}

/** `-5`, `-$5`, `$-5`, `$ 5`, `+5`, from the digits to the left. */
function signBefore(text: string, at: number): Before {
	let start = at;
	let minusAt: number | undefined;
	let hasSign = false;
	const sign = () => {
		const mark = text[start - 1];
		if (hasSign || (mark !== '-' && mark !== '+')) return;
		if (/[\p{L}\p{N}]/u.test(text[start - 2] ?? ' ') && !isCurrencyBefore(text, start - 1)) return;
		start -= 1;
		hasSign = true;
		if (mark === '-') minusAt = start;
	};
	sign();
	const currency = currencyStart(text, start);
	if (currency !== undefined) start = currency;
	if (currency !== undefined) sign();
	return {
		start,
		hasCurrency: currency !== undefined,
		...(minusAt === undefined ? {} : { minusAt }),
	};
}

const isCurrencyBefore = (text: string, at: number) => currencyStart(text, at) !== undefined;

interface Behind {
	end: number;
	percent?: number;
	size?: Size;
	minusEnd?: number;
	hasCurrency: boolean;
}

/** `5 %`, `5 Mio. €`, `5,- €`, `5,00-`, `5,00- EUR`, `5,00 EUR-`, from the digits to the right. */
function unitsBehind(text: string, at: number): Behind {
	const found: Behind = { end: at, hasCurrency: false };
	const minus = () => {
		if (
			found.minusEnd !== undefined ||
			!/^-(?![\p{L}\p{N}(-])/u.test(text.slice(found.end, found.end + 2))
		)
			return;
		found.end += 1;
		found.minusEnd = found.end;
	};
	const noCents = /^,--?(?![\p{L}\p{N}])/u.exec(text.slice(at, at + 4))?.[0];
	if (noCents) found.end += noCents.length;
	else minus();
	found.percent = percentEnd(text, found.end);
	if (found.percent !== undefined) {
		found.end = found.percent;
		return found;
	}
	found.size = sizeAt(text, found.end);
	if (found.size) found.end = found.size.end + (text[found.size.end] === '.' ? 1 : 0);
	const currency = currencyEnd(text, found.end);
	if (currency !== undefined) {
		[found.end, found.hasCurrency] = [currency, true];
		if (!noCents) minus();
	}
	return found;
}
