const SYMBOLS: Record<string, string> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' };
const CURRENCY = /\b(?:EUR|USD|GBP|CHF|JPY|CAD|AUD|SEK|NOK|DKK|PLN|CNY|INR)\b|[€$£¥]/;

export function isCurrency(name: string): boolean {
	return /currency/i.test(name);
}

/** The first currency of the text, as a code. */
export function findCurrency(text: string): string | undefined {
	const found = CURRENCY.exec(text)?.[0];
	return found === undefined ? undefined : (SYMBOLS[found] ?? found);
}

/** Does an amount of money stand here, with its currency before or after? */
export function isMoney(text: string, start: number, end: number): boolean {
	const around = [text.slice(Math.max(0, start - 4), start), text.slice(end, end + 4)];
	return around.some((part) => CURRENCY.test(part));
}
