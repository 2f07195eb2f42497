import { isRecord } from '../../core/isRecord';
import { findModel } from '../../core/models';
import { chatBodySchema, parametersSchema, type ChatBody } from './chatBody';
import { checkCombinations } from './checkCombinations';
import { checkContents } from './checkContents';
import { checkConversation } from './checkConversation';
import { checkWellFormed } from './checkWellFormed';
import { firstRefusal } from './firstRefusal';
import { messagesSchema } from './messages';
import { errorBody, refuse, type Refusal } from './refusal';

export type Checked = { body: ChatBody; refusal?: undefined } | { refusal: Refusal };

/** The contract, in its order: model, parameters, messages. */
export function checkBody(body: unknown): Checked {
	if (!isRecord(body)) {
		return { refusal: { status: 400, ...errorBody({ message: 'The body is no JSON object.' }) } };
	}
	const refusal =
		checkWellFormed(body) ?? checkModel(body) ?? checkParameters(body) ?? checkMessages(body);
	if (refusal) return { refusal };
	const read = chatBodySchema.safeParse(body);
	if (!read.success) return { refusal: firstRefusal(read.error) };
	const broken = checkContents(read.data.messages) ?? checkConversation(read.data);
	return broken ? { refusal: broken } : { body: read.data };
}

function checkModel({ model }: Record<string, unknown>): Refusal | undefined {
	if (typeof model !== 'string') return refuse('model', 'must be given, as a text');
	if (findModel(model)) return undefined;
	const message = `The model "${model}" does not exist or you do not have access to it.`;
	return { status: 404, ...errorBody({ message, param: 'model', code: 'model_not_found' }) };
}

function checkParameters(body: Record<string, unknown>): Refusal | undefined {
	const read = parametersSchema.safeParse(body);
	return read.success ? checkCombinations(read.data) : firstRefusal(read.error);
}

function checkMessages({ messages }: Record<string, unknown>): Refusal | undefined {
	const read = messagesSchema.safeParse(messages);
	return read.success ? undefined : firstRefusal(read.error, ['messages']);
}
