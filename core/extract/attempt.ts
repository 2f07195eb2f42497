import { completeChat } from '../chat/chat';
import { samplingOf, type ChatRequest } from '../chat/chatRequest';
import type { ChatResult } from '../chat/chatResult';
import type { Message, Content } from '../chat/messages';
import { chatEvents, collectStream } from '../chat/streamChat';
import type { CallOptions, TokenHubClient } from '../client/createClient';
import type { WireChunk } from '../wire/completion';
import type { Metered } from '../door';
import type { Failure } from '../errors';
import { uniqueIds, usedIds, parseArguments } from '../chat/toolCalls';
import type { Spending } from '../usage';
import {
	EXTRACT_TOOL,
	EXTRACT_TOOL_DESCRIPTION,
	jsonOnlyPrompt,
	repairPrompt,
	systemPrompt,
} from './prompts';
import type { ExtractRequest } from './extractRequest';
import type { Mode, TrackRecord } from './trackRecord';
import type { ReadAnswer } from './answer/validAnswer';
import { readTurn } from './answer/readTurn';
import type { Target } from './targetSchema';
import { imagePart } from '../chat/images';

/** A request, with everything known about it. */
export interface ExtractJob {
	client: TokenHubClient;
	request: ExtractRequest;
	target: Target;
	call: Metered<CallOptions>;
	trackRecord: TrackRecord;
	listen?: Listen;
}

/** One answer of a model: what it cost, and what was wrong with it. */
export interface Attempt extends Spending {
	/** The model that gave it. */
	model: string;
	/** The stage that asked for it. */
	stage: 'tool' | 'json' | 'repair' | 'escalation';
	/** Missing if it was valid. */
	failures?: Failure[];
}

export interface Conversation {
	isPart?: boolean;
	client: TokenHubClient;
	request: ExtractRequest;
	target: Target;
	model: string;
	mode: Mode;
	messages: Message[];
	call: Metered<CallOptions>;
	listen?: Listen;
}

/** Hears the pieces of one answer, and the text that each adds. */
export type Listen = (conversation: Conversation) => (chunk: WireChunk, text: string) => void;

export function converse(
	job: Omit<Conversation, 'model' | 'mode' | 'messages'>,
	model: string,
	mode: Mode,
): Conversation {
	return { ...job, model, mode, messages: openingMessages(job, mode) };
}

/** The same question again, asked in another mode. */
export function startOver(conversation: Conversation, mode: Mode): void {
	conversation.mode = mode;
	conversation.messages = openingMessages(conversation, mode);
}

function openingMessages(
	{ request, target, isPart }: Pick<Conversation, 'request' | 'target' | 'isPart'>,
	mode: Mode,
): Message[] {
	const system = systemPrompt(request, isPart);
	const full = mode === 'json' ? `${system}\n\n${jsonOnlyPrompt(target.schema)}` : system;
	return [
		{ role: 'system', content: full },
		{ role: 'user', content: userContent(request) },
	];
}

function userContent({ text, images }: ExtractRequest): Content {
	if (images.length === 0) return text ?? '';
	const parts = images.map(imagePart);
	return text?.trim() ? [...parts, { type: 'text' as const, text }] : parts;
}

/** An answer, and the value in it. */
export interface Asked {
	answer: ChatResult;
	read: ReadAnswer;
}

/** Asks once. The answer is added to the conversation, and if it is invalid, so is what was wrong. */
export async function ask(conversation: Conversation): Promise<Asked> {
	const answer = await answerOf(conversation);
	const read = await readTurn(conversation, answer);
	if (!read.ok) addRepairPrompt(conversation, answer, read.failures);
	return { answer, read };
}

async function answerOf(conversation: Conversation): Promise<ChatResult> {
	const { client, call, listen } = conversation;
	const request = toChatRequest(conversation);
	if (!listen) return await completeChat(client, request, call);
	// A stream that breaks off has already yielded entries that the next one yields again.
	const asked = { ...call, listen: () => listen(conversation), isUnseen: true };
	return await collectStream(chatEvents(client, request, asked));
}

export function toChatRequest({
	request,
	target,
	model,
	mode,
	messages,
}: Conversation): ChatRequest {
	const base = { ...samplingOf(request), model, messages };
	if (mode === 'json') return { ...base, responseFormat: 'jsonObject' };
	const parameters = target.form.schema;
	const tool = { name: EXTRACT_TOOL, description: EXTRACT_TOOL_DESCRIPTION, parameters };
	return {
		...base,
		tools: [{ type: 'function', function: tool }],
		toolChoice: { type: 'function', function: { name: EXTRACT_TOOL } },
	};
}

/** The repair continues the same conversation, in a form that a strict endpoint accepts. */
function addRepairPrompt(
	{ messages }: Conversation,
	answer: ChatResult,
	failures: readonly Failure[],
): void {
	const words = repairPrompt(failures);
	const calls = uniqueIds(answer.toolCalls ?? [], usedIds(messages));
	if (calls.length === 0) {
		if (answer.text !== '') messages.push({ role: 'assistant', content: answer.text });
		messages.push({ role: 'user', content: words });
		return;
	}
	const tool_calls = calls.map(({ id, arguments: text }) => ({
		id,
		type: 'function' as const,
		function: { name: EXTRACT_TOOL, arguments: legalArguments(text) },
	}));
	messages.push({ role: 'assistant', content: answer.text || null, tool_calls });
	for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: words });
}

/**
 * The history must contain JSON objects; the broken text is quoted, so that the model sees its mistake.
 */
function legalArguments(text: string): string {
	const parsed = parseArguments(text);
	return parsed.ok ? parsed.json : JSON.stringify({ invalid: text });
}
