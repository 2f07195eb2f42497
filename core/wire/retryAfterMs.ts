/**
 * How long a gateway asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date, which
 * the gateway's own clock measures where it tells the time. Of several, the longest. Undefined when it
 * does not say, or not in a form that can be meant: what cannot be read never means "at once".
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
	const milliseconds = longest(headers?.get('retry-after-ms'), 1);
	if (milliseconds !== undefined) return milliseconds;
	const text = headers?.get('retry-after');
	const wait = longest(text, 1000) ?? dateOf(text) - (dateOf(headers?.get('date')) || now);
	// A date that is over says that two clocks differ, not that the gateway is ready.
	return wait >= 0 ? wait : undefined;
}

/** Seconds stand there without a unit by the standard; some gateways add one. */
const UNITS: Record<string, number> = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000 };
const AMOUNT = /^(\d{1,15}(?:\.\d{1,9})?) ?(ms|sec|min|s|m)?$/i;

/** In milliseconds; a header that came several times is a list. */
function longest(text: string | null | undefined, unit: number): number | undefined {
	const amounts = (text ?? '').split(',').map((part) => AMOUNT.exec(part.trim()));
	const waits = amounts.map(
		(amount) => Number(amount?.[1]) * (UNITS[amount?.[2]?.toLowerCase() ?? ''] ?? unit),
	);
	return waits.some(Number.isNaN) ? undefined : Math.max(...waits);
}

/** The three forms of HTTP; `Date.parse` alone finds a date in almost any text. */
const DATE =
	/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?:\d{1,2}[ -][a-z]{3}[ -]\d{2,4} [\d:]{8}|[a-z]{3} [ \d]\d [\d:]{8} \d{4})(?: GMT| UTC)?$/i;

function dateOf(text: string | null | undefined): number {
	return text && DATE.test(text.trim()) ? Date.parse(text) : Number.NaN;
}
