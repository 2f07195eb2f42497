const SIGNS = new Map([
	['｛', '{'],
	['｝', '}'],
	['［', '['],
	['］', ']'],
	['，', ','],
	['：', ':'],
]);
const CLOSERS = new Map([
	['"', '"'],
	['“', '”'],
	['「', '」'],
	['『', '』'],
	['＂', '＂'],
]);
const WIDE = /[｛｝［］，：]/;

/**
 * A text with the full-width signs of its JSON in ASCII, each where it stood; those in its strings and
 * around it stay. Undefined where it has none, or where nobody can tell what is a string.
 */
export function asciiSigns(text: string): string | undefined {
	if (!WIDE.test(text)) return undefined;
	let depth = 0;
	let closer: string | undefined;
	let hasChanged = false;
	const parts: string[] = [];
	for (let at = 0; at < text.length; at += 1) {
		const char = text.charAt(at);
		const sign = closer === undefined ? (SIGNS.get(char) ?? char) : char;
		if (closer !== undefined) {
			if (char === '\\') return undefined;
			if (char === closer) closer = undefined;
		} else if (sign === '{' || sign === '[') depth += 1;
		else if (depth > 0 && (sign === '}' || sign === ']')) depth -= 1;
		else if (depth > 0 && (char === "'" || char === '`')) return undefined;
		else if (depth > 0) closer = CLOSERS.get(char);
		const isSign = depth > 0 || sign === '}' || sign === ']';
		parts.push(isSign ? sign : char);
		hasChanged ||= isSign && sign !== char;
	}
	return hasChanged && closer === undefined && depth === 0 ? parts.join('') : undefined;
}
