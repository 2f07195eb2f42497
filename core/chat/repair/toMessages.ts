import { sameJson } from '../../lib/isSame';
import { tryJson } from '../../json/tryJson';
import { wellFormedJson } from '../../lib/text';
import type { Steps } from '../../lib/steps';
import {
	uniqueIds,
	parseArguments,
	legalToolName,
	sentToolNames,
	type SentNames,
} from '../toolCalls';
import type { ToolCall } from '../chatResult';
import type { AssistantMessage, Content, Message, TextPart } from '../messages';
import type { Notes } from './notes';
import { textPart, together, type Part, type Said } from './pieces';
import type { Draft, DraftCall } from './readMessage';

/** A message whose calls contain their results. */
export type Turn = Exclude<Draft, { role: 'tool' }>;

/** In OpenAI's format; every call with its own id, followed by its result. */
export function* toMessages(
	turns: readonly Turn[],
	offered: SentNames,
	notes: Notes,
): Steps<Message[]> {
	const ids = openIds(turns);
	const called = turns.flatMap((turn) =>
		turn.role === 'assistant' ? turn.calls.map(({ name }) => name) : [],
	);
	const names = sentToolNames(called, offered);
	const messages: Message[] = [];
	for (const turn of turns) {
		messages.push(...messagesOf(turn, { ids, names, notes }));
		yield;
	}
	return messages;
}

interface Sending {
	ids: ReturnType<typeof openIds>;
	names: SentNames;
	notes: Notes;
}

function messagesOf(turn: Turn, { ids, names, notes }: Sending): Message[] {
	if (turn.role === 'user') return [{ role: 'user', content: contentOf(turn.said) }];
	const content = textsOf(turn.said);
	if (turn.role !== 'assistant') return [{ role: 'system', content: content ?? '' }];
	if (turn.calls.length === 0) return [{ role: 'assistant', content }];
	const calls = ids(turn.calls, notes);
	const { isMissing } = turn.said;
	const said = content === null && isMissing ? {} : { content };
	return [
		{
			role: 'assistant',
			...said,
			tool_calls: calls.map((call) => repairCall(call, names, notes)),
		},
		...answersOf(turn.calls, notes).map((answer, index): Message => {
			return { role: 'tool', tool_call_id: calls[index]?.id ?? '', content: answer };
		}),
	];
}

/** Legal ids are kept; the others get ids that are the same each time the conversation is the same. */
function openIds(turns: readonly Turn[]) {
	const given = new Set(
		turns.flatMap((turn) => (turn.role === 'assistant' ? turn.calls.map(({ id }) => id) : [])),
	);
	const used = new Set<string>();
	let count = 0;
	const next = () => {
		do count += 1;
		while (given.has(`call_${count}`));
		return `call_${count}`;
	};
	return (calls: readonly ToolCall[], notes: Notes): ToolCall[] => {
		const made = uniqueIds(calls, used, next);
		for (const [index, { id }] of calls.entries()) {
			if (made[index]?.id !== id) notes.add('ids', JSON.stringify(id));
		}
		return made;
	};
}

function contentOf({ parts, isList }: Said): Content {
	const isText = !isList && parts.length > 0 && parts.every(({ type }) => type === 'text');
	return isText ? textIn(parts).join('\n\n') : parts;
}

const textIn = (parts: readonly Part[]) =>
	parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));

function textsOf({ parts, isList }: Said): string | TextPart[] | null {
	const texts = parts.flatMap((part) => (part.type === 'text' ? [part] : []));
	if (texts.length === 0) return null;
	return isList ? texts : texts.map(({ text }) => text).join('\n\n');
}

const LOST = 'The result of this call was not kept.';
const NOTHING = 'The tool returned nothing.';

function answersOf(calls: readonly DraftCall[], notes: Notes): Content[] {
	let place = -1;
	return calls.map(({ name, answers: [first, ...more] }) => {
		if (!first) {
			notes.add('unanswered', name);
			return LOST;
		}
		if (first.place < place) notes.add('moved', name);
		place = first.place;
		if (more.length > 0) notes.add('twice', name);
		const others = more.filter(({ parts }) => !sameJson(parts, first.parts));
		const said = together([first, ...others]);
		if (said.parts.length > 0) return contentOf(said);
		notes.add('emptyResult', name);
		return said.isList ? [textPart(NOTHING)] : NOTHING;
	});
}

type MessageCall = NonNullable<AssistantMessage['tool_calls']>[number];

function repairCall(call: ToolCall, names: SentNames, notes: Notes): MessageCall {
	const name = names.get(call.name) ?? legalToolName(call.name);
	if (name !== call.name) notes.add('names', JSON.stringify(call.name));
	const parsed = parseArguments(call.arguments);
	// Anything other than an object is kept inside of one; a duplicate key would lose a value.
	const value = () => (/^\s*\{/.test(call.arguments) ? undefined : tryJson(call.arguments));
	const kept = () => JSON.stringify({ arguments: value() ?? call.arguments });
	// PHP writes an empty object as a list.
	const isNone = /^\s*(?:null|\[\s*\])\s*$/.test(call.arguments);
	const given = isNone ? '{}' : kept();
	const args = wellFormedJson(parsed.ok ? parsed.json : given);
	if (args !== call.arguments) notes.add('arguments', call.name);
	return { id: call.id, type: 'function', function: { name, arguments: args } };
}
