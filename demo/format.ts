/** `$0.0027`: cents are too coarse for one call. */
export function usd(amount: number | null): string {
	if (amount === null) return 'unknown';
	return `$${amount.toFixed(amount >= 1 ? 2 : amount === 0 ? 0 : 5)}`;
}

export const seconds = (ms: number): string =>
	ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;

export const counted = (count: number, noun: string): string =>
	`${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
