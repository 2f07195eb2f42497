import { isRecord } from '../../core/lib/isRecord';
import { parseJson } from '../parseJson';
import type { ChatBody, Message } from './chatBody';
import { TOOL_NAME } from './checkTools';
import { refuseAsClaude, type Refusal } from './refusal';

interface Progress {
	/** Every call id so far. */
	known: Set<string>;
	/** Calls of the last assistant message that wait for their tool message, in order. */
	open: string[];
	/** Those that have one. */
	answered: Set<string>;
}

const CALL_ID = /^[a-zA-Z0-9_-]+$/;

/** Claude's own rules: who speaks when, and that each tool call is answered at once, exactly once. */
export function checkConversation({ messages, tools }: ChatBody): Refusal | undefined {
	const progress: Progress = { known: new Set(), open: [], answered: new Set() };
	for (const [index, message] of messages.entries()) {
		const refusal =
			checkRole(messages, index) ??
			checkToolMessage(message, progress, index) ??
			checkCalls(message, progress, index);
		if (refusal) return refusal;
		if (!tools && (message.role === 'tool' || callsOf(message).length > 0)) {
			const rule = 'Requests which include `tool_use` or `tool_result` blocks must define tools';
			return refuseAsClaude('tools', `messages.${index}: ${rule}`);
		}
	}
	const last = messages.length - 1;
	if (progress.open.length > 0) return unanswered(last, progress.open);
	if (messages[last]?.role !== 'assistant') return undefined;
	const rule = 'The conversation must end with a user message.';
	const message = `This model does not support assistant message prefill. ${rule}`;
	return refuseAsClaude(`messages[${last}]`, message);
}

function checkRole(messages: readonly Message[], index: number): Refusal | undefined {
	const role = messages[index]?.role;
	if (role === 'system') return index === 0 ? onlySystem(messages) : lateSystem(index);
	const first = messages[0]?.role === 'system' ? 1 : 0;
	if (index > first || role !== 'assistant') return undefined;
	const rule = 'first message must use the "user" role';
	return refuseAsClaude(`messages[${index}]`, `messages: ${rule}`);
}

function onlySystem(messages: readonly Message[]): Refusal | undefined {
	if (messages.length > 1) return undefined;
	return refuseAsClaude('messages', 'messages: at least one message is required');
}

function lateSystem(index: number): Refusal {
	return refuseAsClaude(
		`messages[${index}].role`,
		`messages.${index}: Unexpected role "system". The Messages API accepts a top-level \`system\` parameter, not "system" as an input message role.`,
	);
}

function checkToolMessage(
	message: Message,
	{ open, answered }: Progress,
	index: number,
): Refusal | undefined {
	if (message.role !== 'tool') return open.length > 0 ? unanswered(index, open) : undefined;
	const id = message.tool_call_id;
	const say = (words: string) =>
		refuseAsClaude(`messages[${index}]`, `messages.${index}.content.0${words}`);
	if (!CALL_ID.test(id)) {
		return say(`.tool_result.tool_use_id: String should match pattern '${CALL_ID.source}'`);
	}
	if (open[0] === id) {
		open.shift();
		answered.add(id);
		return undefined;
	}
	if (answered.has(id)) {
		return say(
			`: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
		);
	}
	if (open.includes(id)) {
		return say(`: tool_call_id "${id}" is out of order: "${open[0]}" was issued before it`);
	}
	return say(
		`: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
	);
}

function unanswered(index: number, open: string[]): Refusal {
	return refuseAsClaude(
		`messages[${index}]`,
		`messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
	);
}

function checkCalls(message: Message, progress: Progress, index: number): Refusal | undefined {
	if (message.role !== 'tool') progress.answered.clear();
	for (const [place, call] of callsOf(message).entries()) {
		const rule = callProblem(call, progress.known);
		if (rule) {
			const where = `messages[${index}].tool_calls[${place}].${rule.at}`;
			return refuseAsClaude(where, `messages.${index}.content.${place}${rule.words}`);
		}
		progress.known.add(call.id);
		progress.open.push(call.id);
	}
	return undefined;
}

function callProblem({ id, function: called }: Call, known: ReadonlySet<string>) {
	const pattern = (source: string) => `String should match pattern '${source}'`;
	if (!CALL_ID.test(id)) {
		return { at: 'id', words: `.tool_use.id: ${pattern(CALL_ID.source)}` };
	}
	if (known.has(id)) return { at: 'id', words: ': `tool_use` ids must be unique' };
	if (!TOOL_NAME.test(called.name)) {
		return { at: 'function.name', words: `.tool_use.name: ${pattern(TOOL_NAME.source)}` };
	}
	if (isRecord(parseJson(called.arguments))) return undefined;
	return {
		at: 'function.arguments',
		words: '.tool_use.input: Input should be a valid dictionary, the text of a JSON object',
	};
}

type Call = ReturnType<typeof callsOf>[number];

function callsOf(message: Message) {
	return message.role === 'assistant' ? (message.tool_calls ?? []) : [];
}
