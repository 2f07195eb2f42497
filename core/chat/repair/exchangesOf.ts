import { isRecord } from '../../isRecord';
import { toolArguments } from '../../wire/wireCalls';
import { denialOf, denied, waiting, WAITS } from './denials';
import { failing, isFailure } from './failing';
import { idOf } from './idOf';
import type { Notes } from './notes';
import { wordOr, type Piece, type Result, type Said } from './pieces';

type Given = Record<string, unknown>;
/** Reads the content of a result. */
type Read = (content: unknown, notes: Notes) => Said;

const CALLS = new Set([
	...['tool_use', 'tool-call', 'tool_call', 'tool_call_chunk', 'invalid_tool_call'],
	'function_call',
]);
const RESULTS = new Set([
	...['tool_result', 'tool-result', 'function_call_output', 'function_call_result'],
]);

/** The calls and results that a part of a content holds, in whose form ever. */
export function exchangesOf(part: Given, read: Read, notes: Notes): Piece[] {
	const { toolInvocation } = part;
	const type = wordOr(part.type);
	if (isRecord(toolInvocation)) return bothOf({ ...toolInvocation }, read, notes);
	const called = inner(part, ['functionCall', 'function_call', 'toolUse']);
	if (called || CALLS.has(type)) return [callOf(called ?? part, notes)];
	const result = inner(part, ['functionResponse', 'function_response', 'toolResult']);
	if (result || RESULTS.has(type)) return [resultOf(result ?? part, read, notes)];
	if (
		!['string', 'number'].includes(typeof part.toolCallId) ||
		!/^(tool-|dynamic-tool$)/.test(type)
	)
		return [];
	return bothOf({ toolName: type.slice('tool-'.length), ...part }, read, notes);
}

function inner(part: Given, keys: readonly string[]): Given | undefined {
	return keys.map((key) => part[key]).find((value) => isRecord(value));
}

const DONE = new Set(['result', 'output-available', 'output-error', WAITS]);

/** The AI SDK's own messages have call and result in one part. */
function bothOf(part: Given, read: Read, notes: Notes): Piece[] {
	const { output, result, errorText, state } = part;
	const called = { ...part, input: part.input ?? part.rawInput };
	const isDone = DONE.has(wordOr(state)) || denialOf(part) !== undefined;
	if (!isDone) return [callOf(called, notes)];
	const content = asText(errorText ?? output ?? result);
	return [callOf(called, notes), resultOf({ ...part, content, output: undefined }, read, notes)];
}

function callOf(part: Given, notes: Notes): Piece {
	const { name, toolName, input, args } = part;
	return {
		type: 'call',
		call: {
			id: idOf(part, notes),
			name: wordOr(name, wordOr(toolName)),
			arguments: toolArguments(input ?? args ?? part.arguments ?? null),
		},
	};
}

function resultOf(part: Given, read: Read, notes: Notes): Result {
	const name = wordOr(part.toolName, wordOr(part.name));
	return { type: 'result', id: idOf(part, notes), name, said: saidBy(part, read, notes) };
}

function saidBy(part: Given, read: Read, notes: Notes): Said {
	const name = wordOr(part.toolName);
	const denial = denialOf(part);
	if (denial !== undefined) return denied(denial, name, notes);
	if (part.state === WAITS) return waiting(name, notes);
	const said = read(part.content ?? valueOf(part), notes);
	return isFailure(part) ? failing(said, notes) : said;
}

function valueOf({ output, response, result }: Given): unknown {
	if (!isRecord(output) || !('value' in output)) return asText(response ?? output ?? result);
	return output.type === 'content' ? output.value : asText(output.value);
}

function asText(value: unknown): unknown {
	return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
