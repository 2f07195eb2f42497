import { parseShallow } from './nesting';

/** The value of a JSON text, or undefined, which no JSON text stands for: also when it is too deep. */
export function tryJson(text: string): unknown {
	try {
		const { value, isDeep } = parseShallow(text);
		return isDeep ? undefined : value;
	} catch {
		return undefined;
	}
}

/** Whether a text that `tryJson` gives nothing for is JSON, but too deep. */
export function isDeepJson(text: string): boolean {
	try {
		return parseShallow(text).isDeep;
	} catch {
		return false;
	}
}
