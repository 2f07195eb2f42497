import { isRecord } from '../../isRecord';
import { toolArguments } from '../../wire/toolArguments';
import { failing, isFailure } from './failing';
import type { Notes } from './notes';
import { wordOr, type Piece, type Result, type Said } from './pieces';

type Given = Record<string, unknown>;
/** Reads the content of a result. */
type Read = (content: unknown, notes: Notes) => Said;

/** The calls and results that a part of a content holds, in whose form ever. */
export function exchangesOf(part: Given, read: Read, notes: Notes): Piece[] {
	const { toolInvocation } = part;
	const type = wordOr(part.type);
	if (isRecord(toolInvocation)) return bothOf({ ...toolInvocation }, read, notes);
	const called = inner(part, ['functionCall', 'function_call', 'toolUse']);
	if (called || type === 'tool_use' || type === 'tool-call') return [callOf(called ?? part)];
	const result = inner(part, ['functionResponse', 'function_response', 'toolResult']);
	if (result || type === 'tool_result' || type === 'tool-result')
		return [resultOf(result ?? part, read, notes)];
	if (typeof part.toolCallId !== 'string' || !/^(tool-|dynamic-tool$)/.test(type)) return [];
	return bothOf({ toolName: type.slice('tool-'.length), ...part }, read, notes);
}

function inner(part: Given, keys: readonly string[]): Given | undefined {
	return keys.map((key) => part[key]).find((value) => isRecord(value));
}

/** The AI SDK's own messages have call and result in one part. */
function bothOf(part: Given, read: Read, notes: Notes): Piece[] {
	const { output, result, errorText, state } = part;
	const called = { ...part, input: part.input ?? part.rawInput };
	const isDone = state === 'result' || state === 'output-available' || state === 'output-error';
	if (!isDone) return [callOf(called)];
	const content = asText(errorText ?? output ?? result);
	return [callOf(called), resultOf({ ...part, content, output: undefined }, read, notes)];
}

function callOf(part: Given): Piece {
	const { name, toolName, input, args } = part;
	return {
		type: 'call',
		call: {
			id: idOf(part),
			name: wordOr(name, wordOr(toolName)),
			arguments: toolArguments(input ?? args ?? null),
		},
	};
}

function resultOf(part: Given, read: Read, notes: Notes): Result {
	const said = read(part.content ?? valueOf(part), notes);
	return {
		type: 'result',
		id: idOf(part),
		name: wordOr(part.toolName, wordOr(part.name)),
		said: isFailure(part) ? failing(said, notes) : said,
	};
}

function idOf({ id, toolCallId, tool_use_id: claudes, toolUseId }: Given): string {
	return wordOr(claudes, wordOr(toolUseId, wordOr(toolCallId, wordOr(id))));
}

function valueOf({ output, response, result }: Given): unknown {
	if (!isRecord(output) || !('value' in output)) return asText(response ?? output ?? result);
	return output.type === 'content' ? output.value : asText(output.value);
}

function asText(value: unknown): unknown {
	return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}
