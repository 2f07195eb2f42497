import { groupBy } from '../lib/own';
import { dateMentions, type DateMention, type DateReading } from './dateMentions';
import { decimalText, negated } from './decimal';
import {
	styleShown,
	type ShownStyle,
	DAY_FIRST_LANGUAGES,
	languageOf,
	YEAR_FIRST_LANGUAGES,
} from './shownStyle';
import { foldText } from './foldText';
import { inOneGo, once } from '../lib/steps';
import { numberMentions, type NumberMention } from './numberMentions';

type DateOrder = NonNullable<DateReading['order']>;

/** What a document shows about how its numbers and dates are to be read. */
export interface TextFacts {
	text: string;
	/**
	 * Whether the document contains a text; for numbers and dates, from their first digit to their last.
	 */
	says(text: string): boolean;
	language(): string | undefined;
	/** How it writes numbers; `mixed` when it does so in both ways. */
	digitStyle(): ShownStyle | undefined;
	/** The digits next to a currency. */
	money(): Set<string>;
	dateOrder(): DateOrder | 'mixed' | undefined;
	/** The years of its dates that are written in full. */
	years(): number[];
	/** Numbers and dates in the document that have only one reading. */
	numbers(): Set<string>;
	dates(): Set<string>;
}

/** Enough to see how a document is written, in a moment. */
const HEAD = 24_000;
const TAIL = 8_000;

export function textFacts(text: string): TextFacts {
	const sample = text.length <= HEAD + TAIL ? text : `${text.slice(0, HEAD)}\n${text.slice(-TAIL)}`;
	const folded = once(() => foldText(sample).text);
	const dates = once(() => inOneGo(dateMentions(folded())));
	const byPlace = once(() => [...groupBy(dates(), ({ range }) => range.join('-')).values()]);
	const numbers = once(() => {
		const inDates = new Set(dates().flatMap(({ range: [from, to] }) => span(from, to)));
		return inOneGo(numberMentions(folded())).filter(({ core: [from] }) => !inDates.has(from));
	});
	const language = once(() => languageOf(folded()));
	const digitStyle = once(() => styleShown(folded(), numbers(), language()));
	return {
		...{ text, says: saysIn(text), language, digitStyle },
		money: once(
			() =>
				new Set(
					numbers().flatMap(({ core, hasCurrency }) =>
						hasCurrency ? [folded().slice(...core)] : [],
					),
				),
		),
		dateOrder: once(() => orderOf(byPlace(), language())),
		years: once(() => [
			...new Set(
				dates().flatMap(({ readings }) =>
					readings.filter(({ isShort }) => !isShort).map(({ iso }) => Number(iso.slice(0, 4))),
				),
			),
		]),
		numbers: once(
			() => new Set(numbers().flatMap((mention) => onlyReading(mention, digitStyle()?.style))),
		),
		dates: once(() => new Set(byPlace().flatMap(onlyDate))),
	};
}

const MOST_DIGITS = 24;

/** One pass through the document for each length that is asked for, rather than for each text. */
function saysIn(document: string): TextFacts['says'] {
	const starts = once(() => Array.from(document.matchAll(/(?<!\d)\d/g), ({ index }) => index));
	const byLength = new Map<number, Set<string>>();
	const known = new Map<string, boolean>();
	return (text) => {
		const digits = /\d(?:.*\d)?/s.exec(text)?.[0].slice(0, MOST_DIGITS);
		if (digits !== undefined) {
			const { length } = digits;
			const said =
				byLength.get(length) ?? new Set(starts().map((at) => document.slice(at, at + length)));
			byLength.set(length, said);
			return said.has(digits);
		}
		const said = known.get(text) ?? document.includes(text);
		known.set(text, said);
		return said;
	};
}

const span = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

function orderOf(
	dates: readonly DateMention[][],
	language: string | undefined,
): ReturnType<TextFacts['dateOrder']> {
	const shown = new Set(
		dates.flatMap((mentions) => {
			const readings = mentions.flatMap((mention) => mention.readings);
			const orders = new Set(readings.map(({ order }) => order));
			return orders.size === 1 ? [...orders].filter((order) => order !== undefined) : [];
		}),
	);
	if (shown.size > 1) return 'mixed';
	const [order] = shown;
	if (order) return order;
	if (language && DAY_FIRST_LANGUAGES.has(language)) return 'dayFirst';
	return language && YEAR_FIRST_LANGUAGES.has(language) ? 'yearFirst' : undefined;
}

function onlyDate(mentions: readonly DateMention[]): string[] {
	const all = new Set(mentions.flatMap(({ readings }) => readings.map(({ iso }) => iso)));
	return all.size === 1 ? [...all] : [];
}

function onlyReading(
	{ readings, minus, isBracketed, size, percentEnd }: NumberMention,
	style: string | undefined,
): string[] {
	if (isBracketed || size || percentEnd !== undefined) return [];
	const meant =
		readings.length === 1 ? readings : readings.filter((reading) => reading.style === style);
	const [only, other] = meant;
	return only && !other ? [decimalText(minus ? negated(only.value) : only.value)] : [];
}
