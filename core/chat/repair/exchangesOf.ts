import { isRecord } from '../../lib/isRecord';
import { toolArguments } from '../../wire/wireCalls';
import type { Notes } from './notes';
import {
	failing,
	isFailure,
	idOf,
	wordOr,
	type Piece,
	type Result,
	type Said,
	textPart,
} from './pieces';

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

/** The calls and results in a content part, in whatever format. */
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

/** A call about which nobody has decided. */
const WAITS = 'approval-requested';

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

/** Why somebody denied a call; undefined if nobody did. */
function denialOf({ state, approval, output }: Given): string | undefined {
	const decision = isRecord(approval) ? approval : {};
	if (isRecord(output) && output.type === 'execution-denied') return wordOr(output.reason);
	const isDenied = state === 'output-denied' || decision.approved === false;
	return isDenied ? wordOr(decision.reason) : undefined;
}

/** The answer to a call that was never run. */
function denied(reason: string, name: string, notes: Notes): Said {
	notes.add('denied', name || 'a call');
	const why = reason === '' ? '' : ` They said: ${JSON.stringify(reason)}.`;
	return { parts: [textPart(`Not run: a person said no to this call.${why}`)], isList: false };
}

function waiting(name: string, notes: Notes): Said {
	notes.add('unanswered', name);
	return { parts: [textPart('Not run: nobody has approved this call yet.')], isList: false };
}

const REQUEST = 'tool-approval-request';
const RESPONSE = 'tool-approval-response';
const MARKS = [REQUEST, RESPONSE];

/**
 * The AI SDK asks a person in separate parts, which are not calls. Returns the messages without those
 * questions, with the answer to each denied call in place of the decision.
 */
export function withoutApprovals(messages: readonly unknown[]): readonly unknown[] {
	const parts = messages.flatMap(partsOf);
	if (!parts.some((part) => MARKS.includes(wordOr(part.type)))) return messages;
	const callOf = new Map(
		parts.flatMap(({ type, approvalId, toolCallId }) =>
			type === REQUEST ? [[approvalId, toolCallId] as const] : [],
		),
	);
	const answered = new Set(
		parts.flatMap(({ type, toolCallId }) => (type === 'tool-result' ? [toolCallId] : [])),
	);
	const decided = (part: unknown): unknown[] => {
		if (!isRecord(part) || !MARKS.includes(wordOr(part.type))) return [part];
		const toolCallId = callOf.get(part.approvalId);
		const isNo = part.type === RESPONSE && part.approved === false;
		if (!isNo || toolCallId === undefined || answered.has(toolCallId)) return [];
		const output = { type: 'execution-denied', reason: part.reason };
		return [{ type: 'tool-result', toolCallId, output }];
	};
	return messages.flatMap((message): unknown[] => {
		if (!isRecord(message) || !Array.isArray(message.content)) return [message];
		const content: unknown[] = message.content.flatMap(decided);
		const isOver = content.length === 0 && message.content.length > 0;
		return isOver ? [] : [{ ...message, content }];
	});
}

function partsOf(message: unknown): Given[] {
	const content = isRecord(message) ? message.content : undefined;
	return Array.isArray(content) ? content.filter((part) => isRecord(part)) : [];
}
