/**
 * How long a gateway asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date.
 * Undefined when it does not say, or not in a form that can be meant.
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
	const milliseconds = readNumber(headers?.get('retry-after-ms'));
	if (milliseconds !== undefined) return milliseconds;
	const text = headers?.get('retry-after');
	const seconds = readNumber(text);
	if (seconds !== undefined) return seconds * 1000;
	const date = Date.parse(text ?? '');
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function readNumber(text: string | null | undefined): number | undefined {
	const number = text?.trim() ? Number(text) : Number.NaN;
	return Number.isFinite(number) && number >= 0 ? number : undefined;
}
