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
