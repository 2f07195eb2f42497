import type { ChatResult } from '../../chat/chatResult';
import { askToGoOn, joinedAnswers, repeatedLength } from '../../chat/seam';
import { tryJson } from '../../json/tryJson';
import type { Asked, Conversation } from '../attempt';
import { placesIn } from '../parts/wordPlaces';
import type { ValidAnswer } from '../answer/validAnswer';
import { readText } from '../answer/readTurn';

/** Asks and records the answer. For a `piece`, only what it adds to others can be judged. */
export type Ask = (conversation: Conversation, isPiece?: 'piece') => Promise<Asked>;

const MOST_REQUESTS = 10;

/** Continues a text that was cut off: only in JSON mode, because a tool call cannot be continued. */
export async function continueText(
	conversation: Conversation,
	cut: ChatResult,
	ask: Ask,
): Promise<ValidAnswer | undefined> {
	let { text } = cut;
	if (conversation.mode !== 'json' || cut.toolCalls || text.trim() === '') return undefined;
	const opening = conversation.messages.slice(0, 2);
	for (let count = 0; count < MOST_REQUESTS; count += 1) {
		const messages = askToGoOn(opening, text);
		const { answer } = await ask({ ...conversation, messages }, 'piece');
		const joined = joinedText(conversation, text, answer);
		if (joined === undefined) return undefined;
		text = joined;
		if (answer.finishReason !== 'length') return await valueOf(conversation, text);
	}
	return undefined;
}

/** The joined text, with its value, of an answer that was cut off and the one that followed. */
export async function wholeText(
	conversation: Conversation,
	cut: ChatResult,
	next: ChatResult,
): Promise<ValidAnswer | undefined> {
	if (conversation.mode !== 'json' || cut.toolCalls || next.toolCalls) return undefined;
	const text = joinedText(conversation, cut.text, next);
	return text === undefined ? undefined : await valueOf(conversation, text);
}

async function valueOf(conversation: Conversation, text: string): Promise<ValidAnswer | undefined> {
	if (tryJson(text.trim()) === undefined) return undefined;
	const read = await readText(conversation, text);
	return read.ok ? read : undefined;
}

/** Without a repetition that marks the seam, a value that crosses it has to be in the text. */
function joinedText(
	{ client, request }: Conversation,
	text: string,
	next: ChatResult,
): string | undefined {
	const repeated = repeatedLength(text, next.text);
	const joined = joinedAnswers(client, text, next.text);
	if (repeated > 0) return joined;
	const value = scalarAt(joined, text.length);
	const isSaid = value === undefined || placesIn(request.text ?? '')(value).length > 0;
	return isSaid ? joined : undefined;
}

const SCALARS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

/** The text or number of a JSON text that contains a position. */
function scalarAt(json: string, at: number): string | number | undefined {
	for (const { 0: token, index } of json.matchAll(SCALARS)) {
		if (index >= at) return undefined;
		// A number that ends right there may have lost its last digits.
		const isCut =
			index + token.length > at || (index + token.length === at && !token.endsWith('"'));
		const value = isCut ? tryJson(token) : undefined;
		if (typeof value === 'string' || typeof value === 'number') return value;
	}
	return undefined;
}
