import { uniqueIds } from './callIds';
import type { ToolCall } from './chatResult';
import type { Message } from './messages';
import { parseArguments } from './parseArguments';
import { legalToolName } from './toolName';

export interface Healed {
	messages: Message[];
	/** What was left out or added, one line each. */
	warnings: string[];
}

type Assistant = Extract<Message, { role: 'assistant' }>;
type ToolMessage = Extract<Message, { role: 'tool' }>;

const LOST = 'The result of this call was not kept.';

/**
 * A conversation that a strict endpoint takes: a window that memory has cut anywhere may begin with
 * answers to calls that are gone, or end with calls that nobody answered.
 */
export function healConversation(messages: readonly Message[]): Healed {
	const healed: Healed = { messages: [], warnings: [] };
	const used = new Set<string>();
	// The calls that the tool messages here may answer.
	let ids: ReadonlySet<string> = new Set();
	for (const [index, message] of messages.entries()) {
		if (message.role === 'tool') {
			// Taken in with its calls; any other answers nothing.
			if (!ids.has(message.tool_call_id)) drop(healed, 'a tool message without its call');
			continue;
		}
		const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : [];
		ids = new Set(calls.map(({ id }) => id));
		if (message.role === 'assistant' && calls.length > 0) {
			addTurn(healed, { message, answers: answersAfter(messages, index), used });
		} else if (isEmpty(message)) {
			drop(healed, `an empty ${message.role} message`);
		} else {
			healed.messages.push(message);
		}
	}
	return fromFirstUser(healed);
}

function drop({ warnings }: Healed, what: string): void {
	warnings.push(`Left out ${what}.`);
}

function isEmpty({ content }: Message): boolean {
	return !content || (typeof content === 'string' && content.trim() === '');
}

/** The tool messages that follow a message at once; the first that answers a call counts. */
function answersAfter(messages: readonly Message[], index: number): Map<string, ToolMessage> {
	const answers = new Map<string, ToolMessage>();
	for (let at = index + 1; at < messages.length; at += 1) {
		const next = messages[at];
		if (next?.role !== 'tool') break;
		if (!answers.has(next.tool_call_id)) answers.set(next.tool_call_id, next);
	}
	return answers;
}

function addTurn(
	healed: Healed,
	turn: { message: Assistant; answers: Map<string, ToolMessage>; used: Set<string> },
): void {
	const { message, answers, used } = turn;
	const sent = (message.tool_calls ?? []).map(toToolCall);
	const calls = uniqueIds(sent, used);
	const content = isEmpty(message) ? null : message.content;
	healed.messages.push({ ...message, content, tool_calls: calls.map(toMessageCall) });
	for (const [index, { id, name }] of calls.entries()) {
		const answer = answers.get(sent[index]?.id ?? '');
		if (!answer) healed.warnings.push(`Added an answer to the call of "${name}", which had none.`);
		healed.messages.push({ role: 'tool', tool_call_id: id, content: answer?.content ?? LOST });
	}
}

type MessageCall = NonNullable<Assistant['tool_calls']>[number];

export function toToolCall({ id, function: { name, arguments: text } }: MessageCall): ToolCall {
	return { id, name, arguments: text };
}

/** A history whose arguments are no JSON object, or whose names are illegal, is refused by Claude. */
export function toMessageCall({ id, name, arguments: text }: ToolCall): MessageCall {
	const parsed = parseArguments(text);
	const args = JSON.stringify(parsed.ok ? parsed.value : {});
	return { id, type: 'function', function: { name: legalToolName(name), arguments: args } };
}

/** Claude wants a user to speak first. */
function fromFirstUser({ messages, warnings }: Healed): Healed {
	const system = messages.filter(({ role }) => role === 'system');
	const spoken = messages.filter(({ role }) => role !== 'system');
	const first = spoken.findIndex(({ role }) => role === 'user');
	const left = first === -1 ? spoken.length : first;
	if (left > 0)
		warnings.push(`Left out what came before the user's first message: ${left} in all.`);
	return { messages: [...system, ...spoken.slice(left)], warnings };
}
