const STOP_WORDS = new Set(
	(
		'a an and any are as at be been but by can could did do does for from get give given had has have ' +
		'he her his how i if in into is it its just let like may me my no not of on or our out please ' +
		'return returns she should so some such tell than that the their them then there these they this ' +
		'to tool up us use used using was we were what when where which who whom why will with would you your'
	).split(' '),
);

interface Word {
	stem: string;
	start: number;
	end: number;
}

/** Cuts the most common English endings: "dated", "date" and "dates" become the same. */
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

/** The words that carry meaning, stemmed, with their positions. */
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

const SYMBOLS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };
const CURRENCY = /\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|CNY|INR)\b|[€$£¥]/;

export function isCurrency(name: string): boolean {
	return /currency/i.test(name);
}

/** The first currency in the text, as a code. */
export function findCurrency(text: string): string | undefined {
	const found = CURRENCY.exec(text)?.[0];
	return found === undefined ? undefined : (SYMBOLS[found] ?? found);
}

/** Whether this is an amount of money, with a currency before or after it. */
export function isMoney(text: string, start: number, end: number): boolean {
	const around = [text.slice(Math.max(0, start - 4), start), text.slice(end, end + 4)];
	return around.some((part) => CURRENCY.test(part));
}

const GOOD =
	/\b(good|great|love|loved|excellent|happy|perfect|thanks|fast|wonderful|best|nice)\b/gi;
const BAD = /\b(bad|broken|hate|terrible|angry|slow|late|awful|worst|refund|poor|wrong|never)\b/gi;

/** A crude count of kind and unkind words, for options that are moods. */
export function moodOf(text: string, options: unknown[]): string | undefined {
	const balance = (text.match(GOOD) ?? []).length - (text.match(BAD) ?? []).length;
	const mood = balance > 0 ? 'positive' : balance < 0 ? 'negative' : 'neutral';
	return options.includes(mood) ? mood : undefined;
}

const PAIR =
	/(?:^|[\n,;(|]|\.\s)[ \t>*#-]*(?<key>[\p{L}][\p{L}\p{N} _/-]{0,40}?)\**\s*[:=]\s*(?<value>(?:(?![,;]\s*[\p{L} ]{1,30}:)[^\n])+)/gu;
const ENOUGH = 0.3;

/** How much each word says about a field: most in its name, less in its description. */
export type Label = Map<string, number>;

/** The value of the `label: value` line whose label fits best. */
export function labelledValue(text: string, label: Label): string | undefined {
	const pairs = labelledPairs(text).map(({ key, value }) => ({ value, score: fit(key, label) }));
	const [best] = pairs.toSorted((a, b) => b.score - a.score);
	return best && best.score >= ENOUGH ? best.value : undefined;
}

export function labelledPairs(text: string): { key: string; value: string }[] {
	return [...text.matchAll(PAIR)].map(({ groups = {} }) => ({
		key: (groups.key ?? '').trim(),
		value: unquoted((groups.value ?? '').trim()),
	}));
}

function fit(key: string, label: Label): number {
	const words = [...stemsOf(key)];
	const weight = words.reduce((sum, word) => sum + (label.get(word) ?? 0), 0);
	return words.length > 0 ? weight / words.length : 0;
}

function unquoted(text: string): string {
	return text.replace(/[.;]$/, '').replace(/^(["'“*])(.*)["'”*]$/, '$2');
}
