import { isRecord } from '../../core/lib/isRecord';
import type { ChatBody } from '../contract/chatBody';
import { parseJson } from '../parseJson';
import type { JsonSchema } from './field';
import { fillSchema, isEmpty } from './fillSchema';
import { firstSentence } from './phrases';
import { resultText, scopedText, type Turn } from './turn';
import { labelledPairs } from './words';

const ONLY_JSON = /\bonly\b[^.\n]*\bJSON\b|\bJSON\b[^.\n]*\bonly\b/i;

/** JSON filled from the user's text, if the request asks for JSON. */
export function jsonAnswer(body: ChatBody, turn: Turn): string | undefined {
	const inSystem = schemaInText(turn.instructions);
	const inUser = schemaInText(turn.userText);
	const schema = inSystem?.schema ?? inUser?.schema ?? schemaInText(turn.allUserText)?.schema;
	const prompt = `${turn.instructions}\n${turn.allUserText}`;
	const asked = body.response_format?.type === 'json_object';
	if (!asked && !(schema && ONLY_JSON.test(prompt))) return undefined;
	const results = turn.results.map((result) => resultText(result.text));
	const latest = [inUser?.rest ?? turn.userText, ...results].join('\n');
	const instructions = inSystem?.rest ?? turn.instructions;
	const value = schema ? fill(schema, latest, { ...turn, instructions }) : withoutSchema(latest);
	return JSON.stringify(value);
}

/** A correction contains no facts: in that case, everything the user said is read. */
function fill(schema: JsonSchema, latest: string, turn: Turn): unknown {
	const value = fillSchema(schema, scopedText(latest, turn.instructions));
	if (!isEmpty(value)) return value;
	const all = schemaInText(turn.allUserText)?.rest ?? turn.allUserText;
	return fillSchema(schema, scopedText(all, turn.instructions));
}

function withoutSchema(text: string): object {
	const pairs = labelledPairs(text).map(({ key, value }) => [key, value] as const);
	return pairs.length > 0 ? Object.fromEntries(pairs) : { text: firstSentence(text) };
}

const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean'];

interface Found {
	schema: JsonSchema;
	/** The text without the schema. */
	rest: string;
}

/** The first JSON object in the text that looks like a JSON Schema. */
function schemaInText(text: string): Found | undefined {
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

/** The position of the object's closing brace; braces inside strings do not count. */
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
