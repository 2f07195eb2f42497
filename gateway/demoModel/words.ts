const STOP_WORDS = new Set(
	(
		'a an and any are as at be been but by can could did do does for from get give given had has have ' +
		'he her his how i if in into is it its just let like may me my no not of on or our out please ' +
		'return returns she should so some such tell than that the their them then there these they this ' +
		'to tool up us use used using was we were what when where which who whom why will with would you your'
	).split(' '),
);

export interface Word {
	stem: string;
	start: number;
	end: number;
}

/** Cuts the commonest English endings: "dated", "date" and "dates" meet. */
export function stem(word: string): string {
	return word.toLowerCase().replace(/(?<=\p{L}{3})(?:ings?|ed|es|s|e)$/u, '');
}

export function isStopWord(word: string): boolean {
	return STOP_WORDS.has(word.toLowerCase());
}

/** `invoiceDate`, `invoice_date` and `invoice-date` as words. */
export function spaced(name: string): string {
	return name.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})/gu, ' ').replace(/[_-]+/g, ' ');
}

/** The words that carry meaning, stemmed, with their places. */
export function wordsOf(text: string): Word[] {
	return [...text.matchAll(/[\p{L}\p{N}]+/gu)]
		.filter(([word]) => !isStopWord(word))
		.map((match) => ({
			stem: stem(match[0]),
			start: match.index,
			end: match.index + match[0].length,
		}));
}

export function stemsOf(text: string): Set<string> {
	return new Set(wordsOf(text).map((word) => word.stem));
}
