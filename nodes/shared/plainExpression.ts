/** Fills an expression in for an item; undefined where only n8n can say what it means. */
export type Fill = (json: unknown) => string | undefined;

const PART = /\{\{\s*\$json((?:\.[A-Za-z_$][\w$]*|\["[^"\\]*"\]|\['[^'\\]*'\])+)\s*\}\}/g;
const STEP = /\.([\w$]+)|\["([^"]*)"\]|\['([^']*)'\]/g;

/**
 * Expressions that only name fields of the item, such as `=Sum up: {{ $json.text }}`, filled in here:
 * n8n takes longer for one of them in its sandbox than for the whole request. The text is the same as
 * n8n's, or it is left to n8n.
 */
export function plainExpression(raw: string): Fill | undefined {
	if (!raw.startsWith('=') || raw.includes('\\')) return undefined;
	const template = raw.slice(1);
	const texts: string[] = [];
	const paths: string[][] = [];
	let end = 0;
	for (const part of template.matchAll(PART)) {
		texts.push(template.slice(end, part.index));
		paths.push([...(part[1] ?? '').matchAll(STEP)].map(([, a, b, c]) => a ?? b ?? c ?? ''));
		end = part.index + part[0].length;
	}
	texts.push(template.slice(end));
	if (paths.length === 0 || texts.some((text) => /[{}]/.test(text))) return undefined;
	const isAlone = paths.length === 1 && texts.every((text) => text === '');
	return (json) => {
		// Alone, a value keeps its type; among words, n8n has ways of its own to write the others.
		const values = paths.map((path) => wordOf(valueAt(json, path), isAlone));
		if (values.includes(undefined)) return undefined;
		return texts.map((text, index) => text + (values[index] ?? '')).join('');
	};
}

function wordOf(value: unknown, isAlone: boolean): string | undefined {
	if (typeof value === 'string') return value;
	if (isAlone || typeof value !== 'number' || !Number.isSafeInteger(value)) return undefined;
	return String(value);
}

/** Own fields alone: n8n forbids the others. */
function valueAt(json: unknown, path: readonly string[]): unknown {
	let value = json;
	for (const step of path) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
			return undefined;
		value = Reflect.get(value, step);
	}
	return value;
}
