import type { ChatResult } from '../../chat/chatResult';
import { isRequestRefused } from '../../errors';
import { widerMaxTokens } from '../../models';
import { converse, type Asked, type Conversation } from '../attempt';
import type { ValidAnswer } from '../answer/validAnswer';
import { continueText, type Ask } from './continueText';
import { hasEntriesOf, listRest } from './listRest';

/**
 * Completes an answer that `maxTokens` has cut off: with the entries that follow those of its list,
 * otherwise with the text that follows, otherwise by asking again with more room. Undefined if none of
 * them gives a valid value.
 */
export async function finishCut(
	conversation: Conversation,
	cut: ChatResult,
	ask: Ask,
): Promise<ValidAnswer | undefined> {
	let requests = 0;
	const counted: Ask = (...asked) => {
		requests += 1;
		return ask(...asked);
	};
	const value =
		(await listRest(conversation, cut, counted)) ??
		(await continueText(conversation, cut, counted)) ??
		(await askForMore(conversation, cut, counted));
	if (!value) return undefined;
	const more = requests === 1 ? '1 more request' : `${requests} more requests`;
	const finished = `finished: the answer was cut off by Maximum Number of Tokens, and completed by ${more}`;
	return { ...value, warnings: [finished, ...value.warnings] };
}

/** The room stays this large for the repairs that may follow. */
async function askForMore(
	conversation: Conversation,
	cut: ChatResult,
	ask: Ask,
): Promise<ValidAnswer | undefined> {
	const { model, mode } = conversation;
	for (;;) {
		const maxTokens = widerMaxTokens(conversation.request.maxTokens);
		if (maxTokens === conversation.request.maxTokens) return undefined;
		const request = { ...conversation.request, maxTokens };
		const wider = converse({ ...conversation, request }, model, mode);
		const asked = await unlessRefused(() => ask(wider));
		if (!asked) return undefined;
		conversation.request = request;
		conversation.messages = wider.messages;
		const { answer, read } = asked;
		if (answer.finishReason === 'length') continue;
		if (!read.ok) return undefined;
		if (hasEntriesOf(read.value, cut, conversation)) return read;
	}
}

/** A model may allow less: then the answer that was cut off is all there is. */
async function unlessRefused(ask: () => Promise<Asked>): Promise<Asked | undefined> {
	try {
		return await ask();
	} catch (error) {
		if (isRequestRefused(error)) return undefined;
		throw error;
	}
}
