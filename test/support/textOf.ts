/** A value of unknown type as text: texts as they are, the rest as JSON. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}
