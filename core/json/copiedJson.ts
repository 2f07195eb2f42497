import { isRecord } from '../isRecord';

/** The same JSON value in objects of its own. */
export function copiedJson(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(copiedJson);
	if (!isRecord(value)) return value;
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copiedJson(inner)]));
}
