import { readWholeJson, type ReadJson } from './readJson';

/** A text that is JSON as the standard has it. */
export function strictJson(text: string): ReadJson | undefined {
	const read = readWholeJson(text);
	return read.ok && read.notes.length === 0 ? read : undefined;
}

/** The value of a JSON text, or the text itself where it is none or a number would lose digits. */
export function jsonOrText(text: string): unknown {
	const read = strictJson(text);
	return read && !read.numbers?.lossy.size ? read.value : text;
}
