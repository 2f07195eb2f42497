import { isRecord } from './isRecord';

/**
 * The same value without halves of surrogate pairs, in texts and in keys: no strict parser of JSON
 * takes them. What has none is handed back as it is.
 */
export function wellFormed<Value>(value: Value): Value;
export function wellFormed(value: unknown): unknown {
	if (typeof value === 'string') return value.toWellFormed();
	if (Array.isArray(value)) {
		const list: unknown[] = value;
		const made = list.map((entry) => wellFormed(entry));
		return made.every((entry, index) => entry === list[index]) ? list : made;
	}
	if (!isRecord(value)) return value;
	const entries = Object.entries(value);
	const made = entries.map(([key, inner]): [string, unknown] => [
		key.toWellFormed(),
		wellFormed(inner),
	]);
	const isSame = made.every(
		([key, inner], index) => key === entries[index]?.[0] && inner === entries[index]?.[1],
	);
	return isSame ? value : Object.fromEntries(made);
}

const ESCAPES =
	/\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\./g;
const PAIR = 12;

/** The same for a JSON text, in which a half may be spelled as an escape. */
export function wellFormedJson(text: string): string {
	const raw = text.toWellFormed();
	if (!/\\u[dD][89a-fA-F]/.test(raw)) return raw;
	return raw.replace(ESCAPES, (escape) =>
		/^\\u[dD]/.test(escape) && escape.length > 2 && escape.length < PAIR ? '\ufffd' : escape,
	);
}
