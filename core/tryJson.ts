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
