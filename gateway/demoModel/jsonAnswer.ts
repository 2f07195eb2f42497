import type { ChatBody } from '../contract/chatBody';
import type { JsonSchema } from './field';
import { fillSchema, isEmpty } from './fillSchema';
import { labelledPairs } from './labelled';
import { firstSentence } from './phrases';
import { resultText } from './resultText';
import { schemaInText } from './schemaInText';
import { scopedText } from './scopedText';
import type { Turn } from './turn';

const ONLY_JSON = /\bonly\b[^.\n]*\bJSON\b|\bJSON\b[^.\n]*\bonly\b/i;

/** JSON filled from the user's text, when the request asks for JSON. */
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

/** A correction holds no facts: then all that the user said is read. */
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
