import { readBoolean } from '../../read/words';

/**
 * What `z.coerce` reads behind a pipe, where no schema has told the model which type is wanted: only
 * what says the type itself. JavaScript's own conversions make 0 of nothing and true of "no".
 */
export function readBehind(kind: string, value: unknown): unknown {
	switch (kind) {
		case 'number':
			return typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value;
		case 'boolean':
			return typeof value === 'string' ? (readBoolean(value) ?? value) : value;
		case 'string':
			return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
		default:
			return value;
	}
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

const DATE_TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:\d\d))?$/i;

/** Of a date-time with its offset, or a date, which is its midnight in UTC; anything else as it is. */
export function dateFrom(value: unknown): unknown {
	if (typeof value !== 'string' || !DATE_TIME.test(value)) return value;
	const date = new Date(value);
	if (Number.isNaN(date.getTime())) return value;
	// JavaScript makes the 3rd of March of the 31st of February.
	const [day] = value.split(/t/i);
	return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day ?? '') ? date : value;
}

/** Of digits, or of a number that has all of its digits; anything else as it is. */
export function bigIntFrom(value: unknown): unknown {
	const isWhole = Number.isSafeInteger(value) || (typeof value === 'string' && DIGITS.test(value));
	return isWhole ? BigInt(String(value)) : value;
}

const DIGITS = /^-?\d+$/;
