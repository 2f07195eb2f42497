import { currencyEnd, currencyStart, percentEnd, sizeAt, type Size } from './amounts';
import type { NumberMention } from './numberMentions';
import type { Range } from './range';

/** A number with what stands around it in a folded text: signs, brackets, currencies, sizes. */
export function inContext(
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

/** Of `1.234,-`, the readings that have no decimals, and whose thousands another sign parts. */
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

/** The sign that ends right before a place, and its length. */
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
		// Scripts without spaces have signs and hyphens in the same place.
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
	/** The sign of decimals that were left out: `5,-`, `5.-`, `5:-`, `5/-`. */
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
