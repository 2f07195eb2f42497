import { z } from 'zod/v4';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { wordOf } from '../messageOf';
import { answerError, markForeign } from './refusalError';
import { isPage, oneLineOf, errorInAnswer, isForeign } from './statedError';
import { readCalls, readDeltaCalls, type WireCall } from './wireCalls';
import { finishReason, laterFinish } from './finishReason';
import { readUsage, type WireUsage } from './wireUsage';

/** An id that cannot be used is replaced like a missing one. */
const idSchema = z
	.union([z.string(), z.number().transform(String)])
	.optional()
	.catch(undefined);

const messageShape = z.looseObject({
	tool_calls: z.union([z.array(z.unknown()), z.looseObject({})]).nullish(),
});

/** A message, or a piece of one, in any format that gateways use. */
function readMessage(message: Record<string, unknown>) {
	const { text, refusal, calls } = readContent(message.content);
	const said = typeof message.refusal === 'string' ? message.refusal : '';
	return { message, content: text, refusal: said || refusal, calls };
}

/** What cannot be read is refused: it may be a call, or the reason why an answer was cut off. */
const choiceShape = z.looseObject({
	index: z.number().optional().catch(undefined),
	finish_reason: z.string().nullish(),
	message: messageShape.nullish(),
	delta: messageShape.nullish(),
	text: z.string().nullish(),
});

const choiceSchema = choiceShape
	.refine(
		({ message, delta, text, ...choice }) =>
			message ?? delta ?? text ?? finishReason(choice) === 'content_filter',
		{ message: 'it has no message' },
	)
	.transform(({ message, delta, text, ...choice }) => {
		const given = readMessage(message ?? delta ?? { content: text });
		const { content, refusal, calls } = given;
		return {
			index: choice.index,
			finish_reason: finishReason(choice),
			message: { content, refusal, tool_calls: readCalls(given.message, calls) },
		};
	});

type Choice = z.output<typeof choiceSchema>;

/**
 * One answer that is split into several choices, such as its text and its calls, is joined; other
 * answers are left out.
 */
function oneChoice(choices: Choice[]): Array<Omit<Choice, 'index'>> {
	const same = choices.filter(({ index }) => index === choices[0]?.index);
	const messages = same.map(({ message }) => message);
	return [
		{
			finish_reason: same.map(({ finish_reason: said }) => said).reduce(laterFinish, undefined),
			message: {
				content: messages.map(({ content }) => content).join(''),
				refusal: messages.map(({ refusal }) => refusal).join(''),
				tool_calls: messages.flatMap(({ tool_calls: calls }) => calls),
			},
		},
	];
}

/** An answer that says nothing at all has not ended: it is not an answer. */
function isAnswer({ finish_reason: reason, message }: Omit<Choice, 'index'>): boolean {
	const { content, refusal, tool_calls: calls } = message;
	return reason !== undefined || content !== '' || refusal !== '' || calls.length > 0;
}

const completionSchema = z.object({
	id: idSchema.transform((id = '') => id),
	model: z.string().catch(''),
	choices: z
		.array(choiceSchema)
		.min(1)
		.transform(oneChoice)
		.refine((choices) => choices.some(isAnswer), { message: 'it is empty and gives no reason' }),
});

const deltaSchema = choiceShape
	.nullish()
	.transform((choice) => choice ?? {})
	.transform(({ message, delta, text, ...choice }) => {
		// Some gateways repeat the whole message at the end of the stream, or with each piece.
		const isWhole = !delta && Boolean(message);
		const given = readMessage(delta ?? message ?? { content: text });
		const { content, refusal, calls } = given;
		return {
			index: choice.index,
			finish_reason: finishReason(choice),
			isWhole,
			delta: { content, refusal, tool_calls: readDeltaCalls(given.message, calls) },
		};
	});

const chunkSchema = z.object({
	id: idSchema,
	model: z.string().optional().catch(undefined),
	choices: z
		.array(deltaSchema)
		.nullish()
		.transform((choices) => choices ?? []),
});

/** An answer of `/chat/completions`: the parts that are relied on. */
export type WireCompletion = z.output<typeof completionSchema> & { usage?: WireUsage };
/** A piece of an answer. */
export type WireChunk = z.output<typeof chunkSchema> & { usage?: WireUsage; isEnd?: true };
/** What an answer says about its cost. */
export type WireBill = Pick<WireCompletion, 'model' | 'usage'>;

/** Marks the proper end of a stream among its events. */
export const STREAM_END: object = Object.freeze({});

/** @throws TokenHubError `badResponse`, or the kind of the error inside a 200 answer. */
export function readCompletion(answer: unknown): WireCompletion {
	const stated = errorInAnswer(answer);
	if (stated) throw answerError(stated, textIn(answer));
	const plain = plainCompletion(answer);
	if (plain) return { ...plain, usage: readUsage(answer) };
	const read = completionSchema.safeParse(answer);
	if (read.success) return { ...read.data, usage: readUsage(answer) };
	throw noCompletion(answer, read.error);
}

/** Text that was written before an error is not lost. */
function textIn(answer: unknown): string {
	const choices = completionSchema.safeParse(answer).data?.choices ?? [];
	return choices.map(({ message }) => message.content).join('');
}

/** Also for an answer that is not a completion. */
export function readBill(answer: unknown): WireBill | undefined {
	if (!isRecord(answer)) return undefined;
	return { model: wordOf(answer.model ?? ''), usage: readUsage(answer) };
}

/** @throws TokenHubError as `readCompletion` does. */
export function readChunk(answer: unknown): WireChunk {
	if (answer === STREAM_END) return { choices: [], isEnd: true };
	const stated = errorInAnswer(answer);
	if (stated) throw answerError(stated);
	const plain = plainChunk(answer);
	if (plain) return plain;
	const read = chunkSchema.safeParse(answer);
	if (read.success) return { ...read.data, usage: readUsage(answer) };
	throw noCompletion(answer, read.error);
}

/** @throws nothing: returns the error for an answer that does not come from a chat completion API. */
export function noCompletion(answer: unknown, cause?: z.ZodError): TokenHubError {
	const raw = wordOf(answer).slice(0, 2_000);
	const error = new TokenHubError('badResponse', whyNone(answer, cause), { raw, cause });
	return isForeign(answer) ? markForeign(error) : error;
}

function whyNone(answer: unknown, cause?: z.ZodError): string {
	const none = 'The answer is not a chat completion';
	if (typeof answer === 'string') {
		const words = oneLineOf(answer);
		if (words === '') return isPage(answer) ? `${none} but a web page.` : 'The answer is empty.';
		return isPage(answer) ? `${none} but a web page: ${words}` : `${none}: ${words}`;
	}
	const problem = cause?.issues[0];
	const at = problem && problem.path.length > 0 ? `${problem.path.join('.')}: ` : '';
	return `${none} (${problem ? `${at}${problem.message}` : isRecord(answer) ? 'no choices' : 'no JSON'}).`;
}

/** The content of an answer, whatever its format. */
interface Content {
	text: string;
	refusal: string;
	/** Calls in Claude's own format among the parts. */
	calls: unknown[];
}

/**
 * A text; a list of parts, of which only text, refusals and calls are kept, not reasoning; or a value
 * that the gateway has already parsed, which becomes JSON text again.
 */
function readContent(content: unknown): Content {
	if (content === undefined || content === null) return { text: '', refusal: '', calls: [] };
	if (typeof content === 'string') return { text: content, refusal: '', calls: [] };
	const parts: unknown[] = Array.isArray(content) ? content : [content];
	if (parts.length > 0 && !parts.some(isPart)) {
		return { text: JSON.stringify(content), refusal: '', calls: [] };
	}
	const records = parts.filter(isRecord);
	return {
		text: parts.map(textOf).join(''),
		refusal: records.map(({ refusal }) => (typeof refusal === 'string' ? refusal : '')).join(''),
		calls: records.filter(({ type }) => type === 'tool_use'),
	};
}

function isPart(part: unknown): boolean {
	if (typeof part === 'string') return true;
	return isRecord(part) && (typeof part.type === 'string' || isText(part.text));
}

function isText(text: unknown): boolean {
	return typeof text === 'string' || (isRecord(text) && typeof text.value === 'string');
}

const TEXT_TYPES = ['text', 'output_text', 'text_delta', undefined];

function textOf(part: unknown): string {
	if (typeof part === 'string') return part;
	if (!isRecord(part) || !TEXT_TYPES.some((type) => type === part.type)) return '';
	const { text } = part;
	if (typeof text === 'string') return text;
	return isRecord(text) && typeof text.value === 'string' ? text.value : '';
}

/** For an answer that does not say why it ended. */
export function usualReason(calls: readonly WireCall[]): string {
	return calls.length > 0 ? 'tool_calls' : 'stop';
}

/**
 * Nearly all chunks of a stream are just a piece of text: those are read here in a fraction of the
 * time, with the same result as the schema's; undefined for all others.
 */
export function plainChunk(answer: unknown): WireChunk | undefined {
	if (!isRecord(answer) || !hasOnly(answer, HEAD) || !Array.isArray(answer.choices))
		return undefined;
	const { id, model, choices, usage } = answer;
	const choice: unknown = choices[0];
	if (!isName(id) || !isName(model) || usage || choices.length !== 1 || !isRecord(choice))
		return undefined;
	const { delta, finish_reason: reason, index } = choice;
	const isOpen = hasOnly(choice, CHOICE) && (reason === null || reason === undefined);
	if (!isOpen || !isRecord(delta) || !hasOnly(delta, DELTA)) return undefined;
	const { content } = delta;
	if (typeof content !== 'string' || !isIndex(index)) return undefined;
	const piece = { content, refusal: '', tool_calls: [] };
	return { id, model, choices: [{ ...OPEN, index, delta: piece }] };
}

/** The same for an answer with a single message in OpenAI's own format, like nearly all answers. */
export function plainCompletion(answer: unknown): WireCompletion | undefined {
	if (!isRecord(answer) || !Array.isArray(answer.choices) || answer.choices.length !== 1)
		return undefined;
	const { id, model } = answer;
	const choice: unknown = answer.choices[0];
	if (typeof id !== 'string' || typeof model !== 'string' || !isRecord(choice)) return undefined;
	const { message, index } = choice;
	const reason = finishReason(choice);
	if (!hasOnly(choice, WHOLE_CHOICE) || reason === undefined || !isIndex(index)) return undefined;
	if (!isRecord(message) || !hasOnly(message, MESSAGE)) return undefined;
	const { content, refusal, tool_calls: calls } = message;
	const isPlain = content === null || typeof content === 'string';
	if (!isPlain || !isNothing(refusal) || !(calls === undefined || Array.isArray(calls)))
		return undefined;
	const said = { content: content ?? '', refusal: '', tool_calls: readCalls(message, []) };
	return { id, model, choices: [{ finish_reason: reason, message: said }] };
}

const WHOLE_CHOICE = new Set(['index', 'message', 'finish_reason', 'logprobs']);
const MESSAGE = new Set(['role', 'content', 'refusal', 'tool_calls']);
const isNothing = (value: unknown) => value === undefined || value === null;

const OPEN = { finish_reason: undefined, isWhole: false };
const HEAD = new Set([
	'id',
	'object',
	'created',
	'model',
	'system_fingerprint',
	'choices',
	'usage',
]);
const CHOICE = new Set(['index', 'delta', 'finish_reason', 'logprobs']);
const DELTA = new Set(['role', 'content']);

function hasOnly(record: Record<string, unknown>, known: ReadonlySet<string>): boolean {
	for (const key in record) if (!known.has(key)) return false;
	return true;
}

const isName = (name: unknown): name is string | undefined =>
	name === undefined || typeof name === 'string';
const isIndex = (index: unknown): index is number | undefined =>
	index === undefined || Number.isInteger(index);
