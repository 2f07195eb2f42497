import { isRecord } from '../../isRecord';
import type { Notes } from './notes';
import { textPart, wordOr, type Said } from './pieces';

type Given = Record<string, unknown>;

/** Why somebody would not let a call run; undefined where nobody has said no. */
export function denialOf({ state, approval, output }: Given): string | undefined {
	const decision = isRecord(approval) ? approval : {};
	if (isRecord(output) && output.type === 'execution-denied') return wordOr(output.reason);
	const isDenied = state === 'output-denied' || decision.approved === false;
	return isDenied ? wordOr(decision.reason) : undefined;
}

/** The answer of a call that was never run. */
export function denied(reason: string, name: string, notes: Notes): Said {
	notes.add('denied', name || 'a call');
	const why = reason === '' ? '' : ` They said: ${JSON.stringify(reason)}.`;
	return { parts: [textPart(`Not run: a person said no to this call.${why}`)], isList: false };
}

/** A call about which nobody has decided. */
export const WAITS = 'approval-requested';

export function waiting(name: string, notes: Notes): Said {
	notes.add('unanswered', name);
	return { parts: [textPart('Not run: nobody has approved this call yet.')], isList: false };
}

const REQUEST = 'tool-approval-request';
const RESPONSE = 'tool-approval-response';
const MARKS = [REQUEST, RESPONSE];

/**
 * The AI SDK asks a person in parts of their own, which are no calls: without those that ask, and with
 * the answer of each call that was turned down in place of the decision.
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
