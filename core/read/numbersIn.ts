import { dateMentions } from './dateMentions';
import { decimalText, negated, timesTen, type Decimal } from './decimal';
import type { Steps, Range } from '../lib/steps';
import { numberMentions, type NumberMention } from './numberMentions';

/** By value: each number of a folded text, with all of its possible values. */
export function* numbersIn(text: string): Steps<Map<number, Range[]>> {
	const places = openPlaceIndex<number>();
	const mentions = yield* numberMentions(text);
	for (const [index, mention] of mentions.entries()) {
		if (index % 1000 === 0) yield;
		if (isClaimed(text, mention)) addMeanings(mention, places.add);
	}
	return yield* places.inOrder();
}

/** Sums of binary fractions differ in the last digits. */
export function rounded(value: number): number {
	return Number(value.toPrecision(12));
}

/** Counters of Chinese, Japanese and Korean, or currencies. */
const COUNTERS =
	/^ ?[個个件名人台本枚回歳岁点點円圓圆元원개명대번살년월일年月日号號階楼層倍割歩匹頭冊通社店室席泊週時小分秒度条條項项]/;

/** A numeral that is also a word is only recognized by what follows it. */
function isClaimed(text: string, { kind, core, readings }: NumberMention): boolean {
	if (kind === 'words') {
		// One is an article, or a word for somebody.
		return readings.some(({ value, language }) => language === undefined && value.units !== 1n);
	}
	const [start, end] = core;
	const quote = text.slice(start, end);
	if (kind !== 'cjk' || /\d/.test(quote)) return true;
	return COUNTERS.test(text.slice(end, end + 2)) || (quote.length > 1 && !/[가-힣]/.test(quote));
}

type Add = (key: number, range: Range) => void;

function addMeanings(mention: NumberMention, add: Add): void {
	const { core, minus, isBracketed, isSignOpen, size, percentEnd, whole, kind } = mention;
	const [start] = minus ?? core;
	for (const { value, language } of mention.readings) {
		if (kind === 'words' && language !== undefined) continue;
		const put = (meant: Decimal, range: Range) => add(rounded(Number(decimalText(meant))), range);
		const signed = minus ? negated(value) : value;
		const isBehind = minus !== undefined && minus[0] === core[0];
		// `5-` may be the beginning of a range; with decimals, it is a sign.
		if (isSignOpen || (isBehind && value.scale === 0)) put(value, core);
		put(signed, minus ?? core);
		if (isBracketed && !minus) put(negated(value), [whole[0], whole[1]]);
		if (percentEnd !== undefined) put(timesTen(signed, -2), [start, percentEnd]);
		if (size) put(timesTen(signed, size.power), [start, size.end]);
	}
}

/** By ISO date, or year and month: each date of a folded text, in whatever notation. */
export function* datesIn(text: string): Steps<Map<string, Range[]>> {
	const places = openPlaceIndex<string>();
	for (const { range, readings } of yield* dateMentions(text)) {
		yield;
		for (const { iso } of readings) places.add(iso, range);
	}
	return yield* places.inOrder();
}

/** By value: the places where a text writes it. */
interface PlaceIndex<Key> {
	/** Of several readings that begin at one place, the first counts. */
	add: (key: Key, range: Range) => void;
	/** In the order of the text. */
	inOrder: () => Steps<Map<Key, Range[]>>;
}

function openPlaceIndex<Key>(): PlaceIndex<Key> {
	const found = new Map<Key, Range[]>();
	return {
		add(key, range) {
			const ranges = found.get(key);
			if (ranges) ranges.push(range);
			else found.set(key, [range]);
		},
		*inOrder() {
			const ordered = new Map<Key, Range[]>();
			for (const [key, ranges] of found) {
				yield;
				const sorted = ranges.sort(([a], [b]) => a - b);
				ordered.set(
					key,
					sorted.filter(([start], index) => sorted[index - 1]?.[0] !== start),
				);
			}
			return ordered;
		},
	};
}
