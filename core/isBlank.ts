/** Whether Claude would call it whitespace: it is checked in Python, which strips some controls as well. */
export function isBlank(text: string): boolean {
	return /^[\s\u001c-\u001f\u0085]*$/.test(text);
}
