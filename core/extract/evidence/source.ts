import { datesIn } from '../../read/datesIn';
import { foldSteps, type FoldedText } from '../../read/foldText';
import type { Steps } from '../../read/inSteps';
import { numbersIn } from '../../read/numbersIn';
import type { Range } from '../../read/range';
import type { Span } from './span';
import type { CompactText } from './compactText';
import type { Label } from './labelGap';
import { wordIndex, type WordIndex } from './wordIndex';

/** A text to find values in. What is asked of it is read once. */
export interface Source {
	text: string;
	folded: FoldedText;
	/** Where the words of the folded text stand. */
	words: WordIndex;
	/** By value: the places of each number. */
	numbers: Map<number, Range[]>;
	/** By ISO date, or year and month: the places of each date. */
	dates: Map<string, Range[]>;
	/** Where dates stand, in order and without overlaps. */
	dateRanges: Range[];
	/** Read when a value needs it. */
	compact?: CompactText;
	/** The places of a value that was looked for before. */
	known: Map<string, Span[]>;
	/** By field name. */
	labels: Map<string, Label>;
}

/** Merging asks the same texts many times in one go; nothing is kept for longer. */
const recent: Source[] = [];
const MOST_RECENT = 4;

export function* openSource(text: string): Steps<Source> {
	const known = recent.find((source) => source.text === text);
	if (known) return known;
	const folded = yield* foldSteps(text);
	const words = yield* wordIndex(folded.text);
	const dates = yield* datesIn(folded.text);
	const numbers = yield* numbersIn(folded.text);
	const source: Source = {
		...{ text, folded, words, dates, numbers },
		dateRanges: mergedRanges([...dates.values()].flat()),
		known: new Map(),
		labels: new Map(),
	};
	// A weak reference would keep each of them until the end of the job: a text in parts has hundreds.
	if (recent.length === 0) queueMicrotask(() => void (recent.length = 0));
	recent.unshift(source);
	recent.length = Math.min(recent.length, MOST_RECENT);
	return source;
}

function mergedRanges(ranges: Range[]): Range[] {
	const merged: Range[] = [];
	for (const [from, to] of ranges.sort(([a], [b]) => a - b)) {
		const last = merged.at(-1);
		if (last && from <= last[1]) last[1] = Math.max(last[1], to);
		else merged.push([from, to]);
	}
	return merged;
}

/** A range of the folded text as a span of the original. */
export function toSpan(source: Source, [from, to]: Range, score = 1): Span {
	const { starts, ends } = source.folded;
	const start = starts[from] ?? 0;
	const end = ends[to - 1] ?? start;
	return { start, end, quote: source.text.slice(start, end), score };
}
