import { type Size, currencyEnd, currencyStart, percentEnd, sizeAt } from './amounts';
import { CJK_NUMERAL, cjkReadings } from './cjkNumerals';
import { decimal, sumOf, type Decimal, digitReadings, DIGITS } from './decimal';
import { eachMatch, type Steps, type Range } from '../lib/steps';
import { wordedNumbers, type NumberReading } from './wordedNumbers';

/** A number as a folded text writes it, with its possible values. */
export interface NumberMention {
	/** Only the digits or words. */
	core: Range;
	/** With its sign, and everything that belongs to it on both sides. */
	whole: Range;
	readings: NumberReading[];
	kind: 'digits' | 'cjk' | 'words' | 'fraction';
	/** With its sign; missing for a positive one. */
	minus?: Range;
	/** Whether the sign may be something else: an arrow, or the dash that ends an amount in yen. */
	isSignOpen: boolean;
	isBracketed: boolean;
	hasCurrency: boolean;
	percentEnd?: number;
	size?: Size;
}

/** Not in a word or in a longer number; a currency, or a script without spaces, may precede it. */
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

/** For a proper fraction with a finite decimal form. */
function quotient(top: number, bottom: number): string | undefined {
	const isExact = [2, 4, 5, 8, 10, 16, 20].includes(bottom) && top > 0 && top < bottom;
	return isExact ? String(top / bottom) : undefined;
}

/** A number with its surroundings in a folded text: signs, brackets, currencies, sizes. */
function inContext(
	text: string,
	{ core, kind, readings }: Pick<NumberMention, 'core' | 'kind' | 'readings'>,
): NumberMention {
	const before = signBefore(text, core[0]);
	const behind = unitsBehind(text, core[1]);
	const isOpen = text[before.start - 1] === '(';
	const isBracketed = isOpen && text[behind.end] === ')';
	const brackets = isBracketed
		? aroundBrackets(text, [before.start - 1, behind.end + 1])
		: undefined;
	const hasCurrency = before.hasCurrency || behind.hasCurrency || brackets?.hasCurrency === true;
	const [start, end] = brackets?.range ?? [before.start, behind.end];
	const minus: Range | undefined =
		before.minusAt !== undefined
			? [before.minusAt, core[1]]
			: behind.minusEnd !== undefined
				? [core[0], behind.minusEnd]
				: undefined;
	// `¥1,200-` is 1200: the dash keeps others from adding digits.
	const isYen =
		hasCurrency && behind.minusEnd !== undefined && /[¥円圓]/.test(text.slice(start, end));
	return {
		...{ core, kind, isBracketed, size: behind.size, percentEnd: behind.percent },
		readings: behind.noCents === undefined ? readings : withoutCents(readings, behind.noCents),
		whole: [hasCurrency ? formalStart(text, start) : start, end],
		...(minus ? { minus } : {}),
		...{ hasCurrency, isSignOpen: isYen || before.isOpen },
	};
}

/** `$ (1,234.50)`, `(1,234.50) EUR`. */
function aroundBrackets(text: string, [from, to]: Range) {
	const start = currencyStart(text, from);
	const end = currencyEnd(text, to);
	const range: Range = [start ?? from, end ?? to];
	return { range, hasCurrency: start !== undefined || end !== undefined };
}

/** `金12,000円`, `人民币壹万元`, `일금 25,000원`. */
function formalStart(text: string, start: number): number {
	const [found = ''] =
		/(?:人民[币幣]|日本円|일금|[金금]) ?$/u.exec(text.slice(Math.max(0, start - 5), start)) ?? [];
	return start - found.length;
}

/**
 * The readings of `1.234,-` that have no decimals, and whose thousands are separated by another sign.
 */
function withoutCents(
	readings: NumberMention['readings'],
	sign: string,
): NumberMention['readings'] {
	const style = sign === ',' ? 'comma' : 'dot';
	return readings.filter(
		({ value, style: own }) =>
			value.scale <= 0 && (own === undefined || sign === ':' || own === style),
	);
}

interface Before {
	start: number;
	minusAt?: number;
	hasCurrency: boolean;
	/** The sign may be an arrow, or a hyphen. */
	isOpen: boolean;
}

const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

const MINUS_WORD =
	/(?<![\p{L}\p{N}])(?:minus|negative|negativ|moins|menos|meno|минус|سالب|ناقص) $|(?:マイナス|마이너스|負の|[負负]) ?$/u;

/** The sign that ends right before a position, and its length. */
function signAt(
	text: string,
	at: number,
): { sign: '-' | '+' | 'arrow'; length: number } | undefined {
	const mark = text[at - 1];
	if (mark === '-' || mark === '+') return { sign: mark, length: 1 };
	// In Japanese papers a loss; elsewhere often a rise.
	if (mark === '▲' || mark === '△') return { sign: 'arrow', length: 1 };
	const [word] = MINUS_WORD.exec(text.slice(Math.max(0, at - 10), at)) ?? [];
	return word === undefined ? undefined : { sign: '-', length: word.length };
}

/** `-5`, `-$5`, `$-5`, `$ 5`, `+5`, `minus 5`, from the digits to the left. */
function signBefore(text: string, at: number): Before {
	const found: Before = { start: at, hasCurrency: false, isOpen: false };
	let hasSign = false;
	const sign = () => {
		const mark = hasSign ? undefined : signAt(text, found.start);
		if (!mark) return;
		const start = found.start - mark.length;
		const last = mark.length === 1 && mark.sign !== 'arrow' ? (text[start - 1] ?? ' ') : ' ';
		const isJoint = /[\p{L}\p{N}]/u.test(last) && currencyStart(text, start) === undefined;
		// Scripts without spaces use the same place for signs and hyphens.
		if (isJoint && !UNSPACED.test(last)) return;
		found.start = start;
		hasSign = true;
		found.isOpen = mark.sign === 'arrow' || isJoint;
		if (mark.sign !== '+') found.minusAt = start;
	};
	sign();
	const currency = currencyStart(text, found.start);
	if (currency === undefined) return found;
	[found.start, found.hasCurrency] = [currency, true];
	sign();
	return found;
}

interface Behind {
	end: number;
	percent?: number;
	size?: Size;
	minusEnd?: number;
	/** The sign for omitted decimals: `5,-`, `5.-`, `5:-`, `5/-`. */
	noCents?: string;
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
	const noCents = /^([,.:])--?(?![\p{L}\p{N}-])|^\/[-=](?![\p{L}\p{N}])/u.exec(
		text.slice(at, at + 4),
	);
	if (noCents) [found.end, found.noCents] = [at + noCents[0].length, noCents[1] ?? '/'];
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
