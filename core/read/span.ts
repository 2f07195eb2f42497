/** A range of a text: its first character, and the one behind its last. */
export type Range = [start: number, end: number];

/** Where a text says a value: `text.slice(start, end) === quote`. */
export interface Span {
	/** Its first character, in characters of JavaScript. */
	start: number;
	/** The one behind its last. */
	end: number;
	/** The words of the text. */
	quote: string;
	/** 1 for the value itself, also in another spelling; less for a text that is only similar. */
	score: number;
}
