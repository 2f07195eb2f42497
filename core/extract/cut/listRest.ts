import type { ChatResult } from '../../chat/chatResult';
import type { Message } from '../../chat/messages';
import { isRecord } from '../../lib/isRecord';
import type { Conversation } from '../attempt';
import { recordKey } from '../parts/compareRecords';
import { partSchema } from '../parts/partSchema';
import { EXTRACT_TOOL, restPrompt } from '../prompts';
import type { ValidAnswer } from '../answer/validAnswer';
import { readAnswer } from '../answer/readAnswer';
import { readText } from '../answer/readTurn';
import { readTarget } from '../targetSchema';
import { wholeText, type Ask } from './continueText';
import { cutList, joinRest, listAt, type Unfinished } from './joinRest';

const MOST_REQUESTS = 10;

/** The complete entries of a list that was cut off, and those that follow when they are requested. */
export async function listRest(
	conversation: Conversation,
	cut: ChatResult,
	ask: Ask,
): Promise<ValidAnswer | undefined> {
	const { target, request } = conversation;
	const partial = ofPart(conversation);
	const terms = { text: request.text ?? '', schema: target.schema };
	let [known, last] = [unfinished(partial, answerText(cut)), cut];
	const warnings: string[] = [];
	for (let count = 0; known && count < MOST_REQUESTS; count += 1) {
		const { answer, read } = await ask({ ...partial, messages: restMessages(partial, known) });
		const isCut = answer.finishReason === 'length';
		const more = isCut ? unfinished(partial, answerText(answer)) : undefined;
		const rest = more?.value ?? (read.ok ? read.value : undefined);
		const joined = rest === undefined ? undefined : joinRest(known, rest, terms);
		if (!joined) return isCut ? undefined : await wholeText(conversation, last, answer);
		warnings.push(...(read.ok ? read.warnings : []), ...joined.warnings);
		if (!isCut) {
			const whole = await readText(conversation, JSON.stringify(joined.value));
			return whole.ok ? { ...whole, warnings: [...warnings, ...whole.warnings] } : undefined;
		}
		const before = listAt(known.value, known.path)?.length ?? 0;
		known = { value: joined.value, path: known.path, begun: more?.begun ?? '' };
		last = answer;
		if ((listAt(known.value, known.path)?.length ?? 0) <= before) return undefined;
	}
	return undefined;
}

function ofPart(conversation: Conversation): Conversation {
	return { ...conversation, target: readTarget(partSchema(conversation.target.schema)) };
}

/** Whether a value has at least the entries that were complete in an answer that was cut off. */
export function hasEntriesOf(value: unknown, cut: ChatResult, conversation: Conversation): boolean {
	const partial = ofPart(conversation);
	const [call, ...others] = (cut.toolCalls ?? []).map((one) => one.arguments);
	const known =
		call !== undefined && others.length > 0
			? [call, ...others].flatMap((text) => unfinished(partial, text) ?? wholeLists(partial, text))
			: [unfinished(partial, answerText(cut)) ?? []].flat();
	return known.every(({ path }) => {
		const lists = known.map((one) => listAt(one.value, path) ?? []);
		// Calls may repeat each other's entries.
		const count = Math.max(
			new Set(lists.flat().map(recordKey)).size,
			...lists.map((list) => list.length),
		);
		return (listAt(value, path)?.length ?? 0) >= count;
	});
}

/** The lists at the top of a complete value. */
function wholeLists({ target, request }: Conversation, text: string): Omit<Unfinished, 'begun'>[] {
	const read = readAnswer(text, target, request);
	if (!read.ok) return [];
	const keys = isRecord(read.value) ? Object.keys(read.value) : [];
	return [[], ...keys.map((key) => [key])]
		.filter((path) => listAt(read.value, path) !== undefined)
		.map((path) => ({ value: read.value, path }));
}

/** The first open list of an answer that is still arriving, as far as it is valid. */
export function unfinishedAnswer(conversation: Conversation, text: string) {
	const found = unfinished(ofPart(conversation), text);
	const entries = found && listAt(found.value, found.path);
	return entries && { value: found.value, path: found.path, entries };
}

function answerText({ text, toolCalls = [] }: ChatResult): string {
	const [call, another] = toolCalls;
	return another ? '' : (call?.arguments ?? text);
}

/** The complete part of the answer, in the form of the schema. */
function unfinished({ target, request }: Conversation, text: string): Unfinished | undefined {
	const found = cutList(text);
	const read = found && readAnswer(found.json, target, request);
	if (!found || !read?.ok) return undefined;
	const way = found.path.map((key) => target.form.ownName(key));
	// Without wrappers.
	const path = way
		.map((_key, at) => way.slice(at))
		.concat([[]])
		.find((one) => listAt(read.value, one) !== undefined);
	return path && { value: read.value, path, begun: found.begun };
}

const SHOWN = 2;

function restMessages({ messages, mode }: Conversation, { value, path }: Unfinished): Message[] {
	const opening = messages.slice(0, OPENING);
	const list = listAt(value, path) ?? [];
	const name = path.length > 0 ? `"${path.map(String).join('.')}"` : 'the list';
	const words = restPrompt(list.length, list.slice(-SHOWN), name);
	const said = JSON.stringify(path.length > 0 ? value : { value });
	if (mode === 'json') {
		const content = JSON.stringify(value);
		return [...opening, { role: 'assistant', content }, { role: 'user', content: words }];
	}
	const call = { name: EXTRACT_TOOL, arguments: said };
	const tool_calls = [{ id: CALL_ID, type: 'function' as const, function: call }];
	return [
		...opening,
		{ role: 'assistant', content: null, tool_calls },
		{ role: 'tool', tool_call_id: CALL_ID, content: words },
	];
}

/** The rules and the text: earlier attempts are not needed. */
const OPENING = 2;
const CALL_ID = 'call_cut';
