import { z } from 'zod/v4';
import { assertShallow } from '../nesting';
import { readInput } from '../readInput';
import type { RequestBody } from '../ledger';
import { wellFormed } from '../text';
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
import { repairConversation, type RepairOptions } from './repair/repairConversation';

export const samplingShape = shapeOf(SAMPLING);
export const samplingSchema = z.object(samplingShape).refine(hasOneOfPair, PAIR_REFUSAL);
/** What steers the answer, as a caller gives it. */
type Sampling = z.input<typeof samplingSchema>;

/** The part of a request that steers the answer. */
export function samplingOf(request: Sampling): Sampling {
	const copy = { ...request };
	for (const key of Object.keys(copy)) {
		if (!Object.hasOwn(SAMPLING, key)) Reflect.deleteProperty(copy, key);
	}
	return copy;
}

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

/** Why the images of messages cannot go out together. */
function requestProblem(messages: readonly unknown[]): string | undefined {
	return imagesProblem(messages.flatMap(imageSharesIn));
}

/**
 * A request of `chat`, `answer` and `streamChat`. Only what is set is sent, `max_tokens` always.
 * @interface
 */
export type ChatRequest = z.input<typeof chatRequestSchema>;

/**
 * The body of a request, in OpenAI's own terms; tool messages may hold images as well, as TokenHub
 * documents. `stream` is set by the method that is called.
 */
export interface ChatBody
	extends RequestBody, Omit<WireValues, keyof RequestBody | 'response_format'> {
	messages: Message[];
	tools?: WireValues['tools'];
	response_format?: { type: 'json_object' };
}

/** Images in the form of another API are checked when they have OpenAI's. */
const imagesSchema = z.object({ messages: z.array(messageSchema) });

/** What is sent, and what was repaired for it. */
export interface ReadChatRequest {
	body: ChatBody;
	warnings: string[];
}

interface ReadTerms extends Pick<RepairOptions, 'isWhole' | 'offered'> {
	/** Of a loop, which was read as it grew. */
	isOurs?: boolean;
}

/**
 * The request in the gateway's own terms. Only what was set is sent, `max_tokens` always.
 * @throws TokenHubError `badConfig` for what TokenHub's contract forbids.
 */
export function readChatRequest(
	request: ChatRequest,
	{ isWhole = true, offered: names, isOurs }: ReadTerms = {},
): ReadChatRequest {
	if (!isOurs) assertReadable(request?.messages);
	assertShallow(request?.messages, 'The messages', { path: '/messages' });
	const read = readInput(chatRequestSchema, request, 'chat request');
	const tools = read.tools && read.tools.length > 0 ? read.tools : undefined;
	const offered = names ?? new Map(tools?.map(({ function: { name } }) => [name, name]));
	const terms = { hasTools: tools !== undefined, isWhole, offered };
	const repaired = repairConversation(read.messages, terms);
	const hasParts = repaired.messages.some(({ content }) => Array.isArray(content));
	const { messages } = hasParts ? readInput(imagesSchema, repaired, 'chat request') : repaired;
	const body = { model: read.model, messages, max_tokens: read.maxTokens };
	const responseFormat = FORMATS[read.responseFormat ?? 'text'];
	const sent = onTheWire({ ...read, responseFormat, toolChoice: tools && read.toolChoice });
	return { body: wellFormed(Object.assign(body, sent)), warnings: repaired.warnings };
}

/** The body alone. */
export function toRequestBody(request: ChatRequest): ChatBody {
	return readChatRequest(request).body;
}

const FORMATS = { text: undefined, jsonObject: { type: 'json_object' } } as const;

/** By the names on the wire: what is set, of lists those that hold something. */
export function onTheWire(values: Record<string, unknown>): object {
	const sent = Object.entries(PARAMETERS).map(([key, { wire }]) => [wire, values[key]] as const);
	const isSet = (value: unknown) =>
		value !== undefined && !(Array.isArray(value) && value.length === 0);
	return Object.fromEntries(sent.filter(([, value]) => isSet(value)));
}

/** Makes a request's body of it. */
export type ReadRequest = (request: ChatRequest) => ReadChatRequest;

interface Before {
	given: ChatRequest['messages'];
	sent: Message[];
	hasTools: boolean;
}

/**
 * Reads the requests of one conversation that grows from turn to turn: what stood in the request before
 * goes out as it did then, and only what has come since is read. Where that cannot be told apart, or is
 * not legal as it is, all of it is read again.
 */
export function growingRequests(): ReadRequest {
	let before: Before | undefined;
	return (request) => {
		const read =
			(before && readGrown(request, before)) ?? readChatRequest(request, { isOurs: true });
		const { messages: sent, tools } = read.body;
		// A repair may come out otherwise once more is known: an answer may come late.
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

/** Undefined for what is refused: read as a whole, it is told by its place there. */
function readPart(request: ChatRequest): ReadChatRequest | undefined {
	try {
		return readChatRequest(request, { isWhole: false, isOurs: true });
	} catch {
		return undefined;
	}
}

/** Whether messages that are legal alone are so behind those before them. */
function isOnItsOwn(added: readonly Message[], before: readonly Message[]): boolean {
	const used = usedIds(before);
	return (
		added.at(-1)?.role !== 'assistant' &&
		added.every(({ role }) => role !== 'system') &&
		![...usedIds(added)].some((id) => used.has(id))
	);
}
