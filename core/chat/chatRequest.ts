import { z } from 'zod/v4';
import { assertShallow } from '../nesting';
import { readInput } from '../readInput';
import type { RequestBody } from '../ledger';
import { wellFormed } from '../lib/text';
import { inOneGo, inTurns, type Steps } from '../lib/steps';
import { usedIds } from './toolCalls';
import { imagesProblem } from './images';
import { imageSharesIn, messageSchema, type Message } from './messages';
import { assertReadable, givenMessageSchema } from './repair/givenMessage';
import {
	hasOneOfPair,
	PAIR_REFUSAL,
	PARAMETERS,
	SAMPLING,
	shapeOf,
	unknownKeys,
	type WireValues,
} from './parameters';
import { repairSteps, type RepairOptions } from './repair/repairConversation';

export const samplingShape = shapeOf(SAMPLING);
export const samplingSchema = z.object(samplingShape).refine(hasOneOfPair, PAIR_REFUSAL);
/** The sampling parameters as a caller gives them. */
type Sampling = z.input<typeof samplingSchema>;

/** The sampling parameters of a request. */
export function samplingOf(request: Sampling): Sampling;
export function samplingOf(request: Record<string, unknown>): object {
	const given = SAMPLING_KEYS.filter((key) => Object.hasOwn(request, key));
	return Object.fromEntries(given.map((key) => [key, request[key]]));
}

const SAMPLING_KEYS = Object.keys(SAMPLING);

export const chatRequestSchema = z
	.strictObject(
		{
			...shapeOf(PARAMETERS),
			/**
			 * The conversation, at least one message; images of at most 32 MB together. What Claude would
			 * refuse is repaired: `warnings` of the result say how.
			 */
			messages: z.array(givenMessageSchema).min(1, 'give at least one message'),
		},
		{ error: unknownKeys },
	)
	.refine(hasOneOfPair, PAIR_REFUSAL)
	.superRefine(({ messages }, context) => {
		const message = requestProblem(messages);
		if (message !== undefined) context.addIssue({ code: 'custom', path: ['messages'], message });
	});

/** Why the images of messages cannot be sent together. */
function requestProblem(messages: readonly unknown[]): string | undefined {
	return imagesProblem(messages.flatMap(imageSharesIn));
}

/**
 * A request of `chat`, `answer` and `streamChat`. Only what is set is sent, `max_tokens` always.
 * @interface
 */
export type ChatRequest = z.input<typeof chatRequestSchema>;

/**
 * The body of a request, in OpenAI's terms; tool messages may contain images too, as TokenHub
 * documents. `stream` is set by the function that is called.
 */
export interface ChatBody
	extends RequestBody, Omit<WireValues, keyof RequestBody | 'response_format'> {
	messages: Message[];
	tools?: WireValues['tools'];
	response_format?: { type: 'json_object' };
}

/** Images in another API's format are checked once they have OpenAI's. */
const imagesSchema = z.object({ messages: z.array(messageSchema) });

/** What is sent, and which repairs were made. */
export interface ReadChatRequest {
	body: ChatBody;
	warnings: string[];
}

interface ReadTerms extends Pick<RepairOptions, 'isWhole' | 'offered'> {
	/** Set by a loop, whose messages were read as it grew. */
	isOurs?: boolean;
}

/**
 * The request in the gateway's terms. Only what was set is sent, `max_tokens` always.
 * @throws TokenHubError `badConfig` for anything that TokenHub's contract forbids.
 */
export function readChatRequest(request: ChatRequest, terms: ReadTerms = {}): ReadChatRequest {
	return inOneGo(readSteps(request, terms));
}

function* readSteps(
	request: ChatRequest,
	{ isWhole = true, offered: names, isOurs }: ReadTerms,
): Steps<ReadChatRequest> {
	if (!isOurs) assertReadable(request?.messages);
	assertShallow(request?.messages, 'The messages', { path: '/messages' });
	yield;
	const read = readInput(chatRequestSchema, request, 'chat request');
	const tools = read.tools && read.tools.length > 0 ? read.tools : undefined;
	const offered = names ?? new Map(tools?.map(({ function: { name } }) => [name, name]));
	const terms = { hasTools: tools !== undefined, isWhole, offered };
	yield;
	const repaired = yield* repairSteps(read.messages, terms);
	const hasParts = repaired.messages.some(({ content }) => Array.isArray(content));
	const { messages } = hasParts ? readInput(imagesSchema, repaired, 'chat request') : repaired;
	const body = { model: read.model, messages, max_tokens: read.maxTokens };
	const responseFormat = FORMATS[read.responseFormat ?? 'text'];
	const sent = onTheWire({ ...read, responseFormat, toolChoice: tools && read.toolChoice });
	return { body: wellFormed(Object.assign(body, sent)), warnings: repaired.warnings };
}

/** Only the body. */
export function toRequestBody(request: ChatRequest): ChatBody {
	return readChatRequest(request).body;
}

const FORMATS = { text: undefined, jsonObject: { type: 'json_object' } } as const;

/** By the names on the wire: what is set, and lists only if they have entries. */
export function onTheWire(values: Record<string, unknown>): object {
	const sent = Object.entries(PARAMETERS).map(([key, { wire }]) => [wire, values[key]] as const);
	const isSet = (value: unknown) =>
		value !== undefined && !(Array.isArray(value) && value.length === 0);
	return Object.fromEntries(sent.filter(([, value]) => isSet(value)));
}

/** Turns a request into its body. */
export type ReadRequest = (request: ChatRequest) => ReadChatRequest | Promise<ReadChatRequest>;

interface Before {
	given: ChatRequest['messages'];
	sent: Message[];
	hasTools: boolean;
}

/**
 * Reads the requests of a conversation that grows from turn to turn: what the previous request
 * contained is sent again unchanged, and only what is new is read. If the two cannot be told apart, or
 * the conversation is not legal as it is, all of it is read again.
 */
export function growingRequests(): (request: ChatRequest) => Promise<ReadChatRequest> {
	let before: Before | undefined;
	return async (request) => {
		const read =
			(before && readGrown(request, before)) ??
			(await inTurns(readSteps(request, { isOurs: true })));
		const { messages: sent, tools } = read.body;
		// A repair may turn out differently once more is known: an answer may come late.
		const isLegal = read.warnings.length === 0;
		before = isLegal
			? { given: [...request.messages], sent, hasTools: tools !== undefined }
			: undefined;
		return read;
	};
}

function readGrown(request: ChatRequest, before: Before): ReadChatRequest | undefined {
	const { given, sent, hasTools } = before;
	const added = request.messages.slice(given.length);
	const isGrown = given.every((message, index) => message === request.messages[index]);
	if (!isGrown || added.length === 0 || (request.tools ?? []).length > 0 !== hasTools) {
		return undefined;
	}
	const { body, warnings } = readPart({ ...request, messages: added }) ?? {};
	if (!body || !warnings || warnings.length > 0 || !isOnItsOwn(body.messages, sent)) {
		return undefined;
	}
	const messages = [...sent, ...body.messages];
	return requestProblem(messages) !== undefined
		? undefined
		: { body: { ...body, messages }, warnings };
}

/** Undefined if it is refused: reading the whole conversation then gives the right place. */
function readPart(request: ChatRequest): ReadChatRequest | undefined {
	try {
		return readChatRequest(request, { isWhole: false, isOurs: true });
	} catch {
		return undefined;
	}
}

/** Whether messages that are legal by themselves are also legal after those before them. */
function isOnItsOwn(added: readonly Message[], before: readonly Message[]): boolean {
	const used = usedIds(before);
	return (
		added.at(-1)?.role !== 'assistant' &&
		added.every(({ role }) => role !== 'system') &&
		![...usedIds(added)].some((id) => used.has(id))
	);
}
