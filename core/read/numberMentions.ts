import type { Size } from './amounts';
import { CJK_NUMERAL, cjkReadings } from './cjkNumerals';
import { decimal, sumOf, type Decimal } from './decimal';
import { digitReadings, DIGITS, type DigitStyle } from './digits';
import { eachMatch } from './eachMatch';
import type { Steps } from './inSteps';
import { inContext } from './numberContext';
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
	/** The sign may be something else: an arrow, or the dash that ends an amount in yen. */
	isSignOpen: boolean;
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
		add([index, index + run.length], 'cjk', cjkReadings(run));
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
