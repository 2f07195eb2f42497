/** The value of a JSON text, or undefined, which no JSON text stands for. */
export function tryJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
