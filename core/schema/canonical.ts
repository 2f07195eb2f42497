import { isRecord } from '../isRecord';

/** One text for all values that are equal as JSON Schema has it: the order of keys says nothing. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
	if (isRecord(value)) {
		const keys = Object.keys(value).sort();
		return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
	}
	// String(-0) is "0".
	return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
