import { datesIn } from './datesIn';
import { foldText, type FoldedText } from './foldText';
import { numbersIn } from './numbersIn';
import { once } from './once';
import type { Range, Span } from './span';

/** A text to find values in. What is asked of it is read once. */
export interface Source {
	text: string;
	folded(): FoldedText;
	/** By value: the places of each number. */
	numbers(): Map<number, Range[]>;
	/** By ISO date, or year and month: the places of each date. */
	dates(): Map<string, Range[]>;
	dateRanges(): Range[];
	/** The places of a value that was looked for before. */
	known: Map<string, Span[]>;
	/** By field name and place: how far before the place the name stands. */
	labelGaps: Map<string, number | undefined>;
}

export function openSource(text: string): Source {
	const folded = once(() => foldText(text));
	const dates = once(() => datesIn(folded().text));
	return {
		...{ text, folded, dates },
		numbers: once(() => numbersIn(folded().text)),
		dateRanges: once(() => [...dates().values()].flat()),
		known: new Map(),
		labelGaps: new Map(),
	};
}

/** A range of the folded text as a span of the original. */
export function toSpan(source: Source, [from, to]: Range, score = 1): Span {
	const { starts, ends } = source.folded();
	const start = starts[from] ?? 0;
	const end = ends[to - 1] ?? start;
	return { start, end, quote: source.text.slice(start, end), score };
}
