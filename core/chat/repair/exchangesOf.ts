import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { tryJson } from '../../json/tryJson';
import { toolArguments } from '../../wire/wireCalls';
import type { Notes } from './notes';
import {
	CALL_IDS,
	CALL_KEYS,
	failing,
	isCallType,
	isFailure,
	isResultType,
	idOf,
	wordOr,
	type Call,
	type Piece,
	type Result,
	type Said,
	textPart,
	saysNothing,
} from './pieces';

type Given = Record<string, unknown>;
/** Reads the content of a result. */
type Read = (content: unknown, notes: Notes) => Said;

/** The calls and results in a content part, in whatever format. */
export function exchangesOf(part: Given, read: Read, notes: Notes): Piece[] {
	const { toolInvocation } = part;
	const type = wordOr(part.type);
	if (isRecord(toolInvocation)) {
		notes.leaveOut(part, ['type', 'toolInvocation']);
		return bothOf(toolInvocation, read, notes.at('toolInvocation'));
	}
	if (isBoth(part, type)) return bothOf({ toolName: type.slice(5), ...part }, read, notes);
	const called = heldAs(part, HELD_CALLS, notes) ?? (isCallType(type) ? part : undefined);
	if (called) {
		// Some keep the result in the call.
		if ((called.output ?? null) !== null)
			return bothOf({ state: 'result', ...called }, read, notes);
		notes.leaveOut(called, CALL_KEYS);
		return [callOf(called, notes)];
	}
	const result = heldAs(part, HELD_RESULTS, notes) ?? (isResultType(type) ? part : undefined);
	if (result) {
		notes.leaveOut(result, RESULT_KEYS);
		return [resultOf(result, read, notes)];
	}
	return [];
}

/** In the AI SDK's own messages, the type names the tool, which may be called as parts are: `tool-call`. */
function isBoth({ toolCallId, toolName, state }: Given, type: string): boolean {
	if (!['string', 'number'].includes(typeof toolCallId)) return false;
	const isNamed =
		!(isCallType(type) || isResultType(type)) ||
		(typeof state === 'string' && toolName === undefined);
	return type === 'dynamic-tool' || (type.startsWith('tool-') && isNamed);
}

const HELD_CALLS = ['functionCall', 'function_call', 'toolUse', 'tool_call'];
const HELD_RESULTS = ['functionResponse', 'function_response', 'toolResult'];
const RESULT_KEYS = [
	...[
		...CALL_IDS,
		'type',
		'id',
		'name',
		'toolName',
		'content',
		'output',
		'response',
		'result',
		'status',
		'state',
		'approval',
	],
	...['is_error', 'isError', 'tool_call_error'],
];
const BOTH_KEYS = [...CALL_KEYS, ...RESULT_KEYS, 'rawInput', 'errorText', 'step'];

/** For Gemini and Bedrock, whose parts have no types. */
function heldAs(part: Given, keys: readonly string[], notes: Notes): Given | undefined {
	const key = keys.find((name) => isRecord(part[name]));
	const held = key === undefined ? undefined : part[key];
	if (key === undefined || !isRecord(held)) return undefined;
	notes.leaveOut(part, ['type', key]);
	return held;
}

/** A call about which nobody has decided. */
const WAITS = 'approval-requested';

const DONE = new Set(['result', 'output-available', 'output-error', WAITS]);

/** The AI SDK's own messages have call and result in one part. */
function bothOf(part: Given, read: Read, notes: Notes): Piece[] {
	const { output, result, errorText, state } = part;
	notes.leaveOut(part, BOTH_KEYS);
	const called = { ...part, input: part.input ?? part.rawInput };
	const isDone = DONE.has(wordOr(state)) || denialOf(part) !== undefined;
	const call = { ...callOf(called, notes), step: part.step };
	if (!isDone) return [call];
	const { content, isError } = ofServer(errorText ?? output ?? result);
	const done = { ...part, content, output: undefined, ...(isError && { isError }) };
	return [call, resultOf(done, read, notes)];
}

function callOf(part: Given, notes: Notes): Call {
	const { input, args, arguments: own, tool_kwargs: kwargs } = part;
	return {
		type: 'call',
		call: {
			id: idOf(part, notes),
			name: nameOf(part),
			arguments: toolArguments(input ?? args ?? own ?? kwargs ?? null),
		},
	};
}

const nameOf = ({ name, toolName, tool_name: own }: Given) =>
	wordOr(name, wordOr(toolName, wordOr(own)));

function resultOf(part: Given, read: Read, notes: Notes): Result {
	return {
		type: 'result',
		id: idOf(part, notes),
		name: nameOf(part),
		said: saidBy(part, read, notes),
	};
}

function saidBy(part: Given, read: Read, notes: Notes): Said {
	const name = wordOr(part.toolName);
	const denial = denialOf(part);
	const { approval, output } = part;
	const decided = ['id', 'approved', ...(denial === undefined ? [] : ['reason'])];
	if (isRecord(approval)) notes.at('approval').leaveOut(approval, decided);
	if (denial !== undefined) {
		if (isRecord(output)) notes.at('output').leaveOut(output, ['type', 'reason']);
		return denied(denial, name, notes);
	}
	if (part.state === WAITS) return waiting(name, notes);
	const { content, isError } = outcomeOf(part, notes);
	const said = read(content, notes.at('content'));
	return isError || isFailure(part) ? failing(said, notes) : said;
}

interface Outcome {
	content: unknown;
	isError?: boolean;
}

/** For the AI SDK: a tool's output may have a field named `value`, which is then not its wrapper. */
const OUTPUTS = ['text', 'json', 'content', 'error-text', 'error-json'];

function outcomeOf({ content, output, response, result }: Given, notes: Notes): Outcome {
	const isHere = !saysNothing(content) || [output, response, result].every(saysNothing);
	if (content !== undefined && content !== null && isHere) return { content };
	const isTyped = isRecord(output) && 'value' in output && OUTPUTS.includes(wordOr(output.type));
	if (!isTyped) return ofServer(response ?? output ?? result);
	notes.at('output').leaveOut(output, ['type', 'value']);
	return { content: output.type === 'content' ? output.value : asText(output.value) };
}

/** The result of an MCP server as its clients store it: its parts, and whether it failed. */
function ofServer(value: unknown): Outcome {
	if (!isRecord(value) || !Array.isArray(value.content)) return { content: asText(value) };
	const { content, isError, structuredContent, _meta, ...others } = value;
	const blocks: unknown[] = content;
	const isIts = blocks.every((block) => isRecord(block) && typeof block.type === 'string');
	if (!isIts || blocks.length === 0 || Object.keys(others).length > 0) {
		return { content: asText(value) };
	}
	const texts = blocks.map((block) => isRecord(block) && tryJson(wordOr(block.text)));
	const isTold =
		structuredContent === undefined || texts.some((said) => isSame(said, structuredContent));
	return {
		content: isTold ? blocks : [...blocks, textPart(JSON.stringify(structuredContent))],
		isError: isError === true,
	};
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
const MARK_KEYS = ['type', 'approvalId', 'toolCallId', 'approved'];

/**
 * The AI SDK asks a person in parts of their own, which are not calls: without those that ask, and with
 * the answer of each call that was turned down in place of the decision. By its place, each message or none.
 */
export function withoutApprovals(messages: readonly unknown[], notes: Notes): unknown[][] {
	const parts = messages.flatMap(partsOf);
	if (!parts.some((part) => MARKS.includes(wordOr(part.type)))) return messages.map((one) => [one]);
	const callOf = new Map(
		parts.flatMap(({ type, approvalId, toolCallId }) =>
			type === REQUEST ? [[approvalId, toolCallId] as const] : [],
		),
	);
	const answered = new Set(
		parts.flatMap(({ type, toolCallId }) => (type === 'tool-result' ? [toolCallId] : [])),
	);
	const decided = (part: unknown, at: Notes): unknown[] => {
		if (!isRecord(part) || !MARKS.includes(wordOr(part.type))) return [part];
		const toolCallId = callOf.get(part.approvalId);
		const isNo = part.type === RESPONSE && part.approved === false;
		at.leaveOut(part, [...MARK_KEYS, ...(isNo ? ['reason'] : [])]);
		if (!isNo || toolCallId === undefined || answered.has(toolCallId)) return [];
		const output = { type: 'execution-denied', reason: part.reason };
		return [{ type: 'tool-result', toolCallId, output }];
	};
	return messages.map((message, place): unknown[] => {
		if (!isRecord(message) || !Array.isArray(message.content)) return [message];
		const at = notes.at(place, 'content');
		const content = message.content.flatMap((part, index) => decided(part, at.at(index)));
		const isOver = content.length === 0 && message.content.length > 0;
		if (isOver) notes.at(place).leaveOut(message, ['role', 'content']);
		return isOver ? [] : [{ ...message, content }];
	});
}

function partsOf(message: unknown): Given[] {
	const content = isRecord(message) ? message.content : undefined;
	return Array.isArray(content) ? content.filter((part) => isRecord(part)) : [];
}
