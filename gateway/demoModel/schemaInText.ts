import { isRecord } from '../../core/isRecord';
import { parseJson } from '../parseJson';
import type { JsonSchema } from './field';

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean'];

interface Found {
	schema: JsonSchema;
	/** The text without the schema. */
	rest: string;
}

/** The first JSON object in the text that looks like a JSON Schema. */
export function schemaInText(text: string): Found | undefined {
	for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
		const end = endOfObject(text, start);
		const value = end === undefined ? undefined : parseJson(text.slice(start, end));
		if (isSchema(value)) return { schema: value, rest: text.slice(0, start) + text.slice(end) };
	}
	return undefined;
}

function isSchema(value: unknown): value is JsonSchema {
	if (!isRecord(value)) return false;
	const { type, properties } = value;
	return isRecord(properties) || (typeof type === 'string' && TYPES.includes(type));
}

/** Where the object's closing brace is; braces inside of strings do not count. */
function endOfObject(text: string, start: number): number | undefined {
	const tokens = /"(?:[^"\\]|\\.)*"|[{}]/g;
	tokens.lastIndex = start;
	let depth = 0;
	for (let token = tokens.exec(text); token; token = tokens.exec(text)) {
		if (token[0] === '{') depth += 1;
		if (token[0] === '}') depth -= 1;
		if (depth === 0) return tokens.lastIndex;
	}
	return undefined;
}
