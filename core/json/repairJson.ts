import { jsonrepair } from 'jsonrepair';
import { isRecord } from '../isRecord';
import { tryJson } from '../tryJson';
import { lenientJson } from './lenientJson';

/**
 * The value that a broken JSON text means: read leniently, else repaired by jsonrepair. That guesses
 * where strings end: what it gives is refused when a string of it is not in the text, or has
 * swallowed the text's own punctuation, or has half a pair of quotes.
 */
export function repairJson(text: string): unknown {
	const lenient = lenientJson(text);
	if (lenient !== undefined) return lenient;
	const repaired = tryRepair(text);
	return stringsIn(repaired).every((string) => isInText(text, string)) ? repaired : undefined;
}

function tryRepair(text: string): unknown {
	try {
		return tryJson(jsonrepair(text));
	} catch {
		return undefined;
	}
}

/** A quote and what ends or parts values in JSON: the mark of a string that ran on. */
const SWALLOWED = /["']\s*[}\],:]|[,{[]\s*["']/;

/** Written as JSON writes it; or at least letter by letter, without the marks of a wrong guess. */
function isInText(text: string, string: string): boolean {
	if (text.includes(JSON.stringify(string))) return true;
	const isWhole = string.split('"').length % 2 === 1;
	return isWhole && text.includes(string) && !SWALLOWED.test(string);
}

function stringsIn(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (Array.isArray(value)) return value.flatMap(stringsIn);
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([key, entry]) => [key, ...stringsIn(entry)]);
}
