/** Where a text says a value: `text.slice(start, end) === quote`. */
export interface Span {
	start: number;
	end: number;
	quote: string;
	/** 1 for the value itself, also in another spelling; less for a text that is only similar. */
	score: number;
}
