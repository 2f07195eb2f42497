import { isRecord } from './isRecord';

/**
 * The same value without unpaired surrogates, in texts and in keys: strict JSON parsers refuse them. A
 * value without any is returned unchanged.
 */
export function wellFormed<Value>(value: Value): Value;
export function wellFormed(value: unknown): unknown {
	if (isWellFormed(value)) return value;
	if (typeof value === 'string') return value.toWellFormed();
	if (Array.isArray(value)) return value.map((entry) => wellFormed<unknown>(entry));
	if (!isRecord(value)) return value;
	const entries = Object.entries(value);
	return Object.fromEntries(entries.map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]));
}

/** Nearly all values are well-formed, so checking must not create anything. */
function isWellFormed(value: unknown): boolean {
	if (typeof value === 'string') return value.isWellFormed();
	if (Array.isArray(value)) return value.every(isWellFormed);
	if (!isRecord(value)) return true;
	return Object.keys(value).every((key) => key.isWellFormed() && isWellFormed(value[key]));
}

const ESCAPES =
	/\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\./g;
const PAIR = 12;

/** The same for a JSON text, in which a surrogate may be written as an escape. */
export function wellFormedJson(text: string): string {
	const raw = text.toWellFormed();
	if (!/\\u[dD][89a-fA-F]/.test(raw)) return raw;
	return raw.replace(ESCAPES, (escape) =>
		/^\\u[dD]/.test(escape) && escape.length > 2 && escape.length < PAIR ? '\ufffd' : escape,
	);
}

/**
 * Whether Claude would call it whitespace: Claude's API checks it in Python, which also strips some
 * control characters.
 */
export function isBlank(text: string): boolean {
	return /^[\s\u001c-\u001f\u0085]*$/.test(text);
}

/**
 * About how many tokens a text has: four characters each, fewer in scripts that tokenizers know less
 * well. Good to about a tenth for prose; the actual number is in `usage`.
 */
export function estimateTokens(text: string): number {
	const ideographs = text.match(IDEOGRAPHS)?.length ?? 0;
	const others = text.match(OTHERS)?.length ?? 0;
	const latin = text.length - ideographs - others;
	return Math.ceil(latin / 4 + others / 2 + ideographs);
}

/** For an image of the usual size, whatever its bytes. */
export const IMAGE_TOKENS = 1600;

const IDEOGRAPHS = /[\u3040-\u30FF\u3400-\u9FFF\uAC00-\uD7AF\uF900-\uFAFF]/g;
const OTHERS = /[\u0370-\u303F\u3100-\u33FF\uA000-\uABFF\uD800-\uF8FF\uFB00-\uFFFF]/g;

/** About how many tokens a request's messages and tools have. */
export function promptTokens({ messages, tools }: { messages: unknown; tools?: unknown }): number {
	let images = 0;
	const words = JSON.stringify([messages, tools], (key, value: unknown) => {
		if (key === 'image_url') images += 1;
		return key === 'image_url' ? undefined : value;
	});
	return estimateTokens(words) + images * IMAGE_TOKENS;
}

/** A text as a part of a pattern that finds it, with every flag: `-` is escaped in no such place. */
export function escapeRegExp(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
