import { leftOut, restNotRead } from '../messagesToModel';

/**
 * Head and tail of a text that is longer than `limit` characters, with a note about what is missing.
 */
export function capText(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const head = text.slice(0, Math.ceil(limit * 0.7)).replace(LONE_HIGH, '');
	const tail = text.slice(text.length - Math.floor(limit * 0.3)).replace(LONE_LOW, '');
	const missing = text.length - head.length - tail.length;
	return `${head}\n${leftOut(missing, text.length)}\n${tail}`;
}

/** The head of a text of which the rest was not read. */
export function cutEnd(text: string, limit: number): string {
	if (text.length <= limit) return text;
	const mark = `\n${restNotRead(limit)}`;
	return text.slice(0, Math.max(0, limit - mark.length)) + mark;
}

// A cut may fall between the two halves of a surrogate pair.
const LONE_HIGH = /[\uD800-\uDBFF]$/;
const LONE_LOW = /^[\uDC00-\uDFFF]/;
