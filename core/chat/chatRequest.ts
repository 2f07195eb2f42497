import { z } from 'zod/v4';
import { DEFAULT_MODEL } from '../models';
import { assertShallow, isTooDeep, TOO_DEEP } from '../nesting';
import { readInput } from '../readInput';
import { imagesProblem } from './imageProblem';
import { givenMessageSchema, imagesIn, messageSchema, type Message } from './messages';
import { repairConversation } from './repair/repairConversation';
import { toolNameSchema } from './toolName';
import { wellFormed } from '../wellFormed';

/** TokenHub's documented limits: the form's number fields and this schema share them. */
export const SAMPLING_LIMITS = {
	maxTokens: 1024,
	temperature: { min: 0, max: 1 },
	topP: { min: 0, max: 1 },
	stop: 4,
} as const;

const { temperature, topP, stop } = SAMPLING_LIMITS;
const between = (name: string, { min, max }: { min: number; max: number }) => {
	const message = `${name} must be between ${min} and ${max}`;
	return z.number({ error: message }).min(min, message).max(max, message);
};

export const functionToolSchema = z.strictObject({
	type: z.literal('function'),
	/** What the model is told of it. */
	function: z.strictObject({
		/** 1 to 64 letters, digits, `_` or `-`. */
		name: toolNameSchema,
		/** Tells the model when to call it. */
		description: z.string().optional(),
		/** JSON Schema of its arguments. */
		parameters: z
			.record(z.string(), z.unknown())
			.refine((schema) => !isTooDeep(schema), `the parameters are ${TOO_DEEP}`)
			.optional(),
	}),
});
/**
 * A function tool in OpenAI's form.
 * @interface
 */
export type FunctionTool = z.output<typeof functionToolSchema>;

const forcedTool = z.strictObject({
	type: z.literal('function'),
	/** The tool's name. */
	function: z.strictObject({ name: toolNameSchema }),
});
/**
 * The one tool that the model must call.
 * @interface
 */
export type ForcedTool = z.output<typeof forcedTool>;

const toolChoiceSchema = z.union(
	[z.enum(['auto', 'none', 'required']), forcedTool],
	'use "auto", "none", "required" or { type: "function", function: { name } }',
);
/** What the model may or must call: as it likes, nothing, any tool, or one of them. */
export type ToolChoice = 'auto' | 'none' | 'required' | ForcedTool;

/** What steers the answer, common to chat, tool loop and extraction. */
export const samplingShape = {
	/** An id of the price list, with or without `anthropic/`, or any other id: it is sent as it is. */
	model: z.string().min(1, 'choose a model').default(DEFAULT_MODEL),
	/** The longest answer allowed, in tokens. Always sent. */
	maxTokens: z
		.number()
		.int('maxTokens is a whole number')
		.min(1, 'maxTokens is at least 1')
		.default(SAMPLING_LIMITS.maxTokens),
	/** Lower is more predictable. With `topP` it is refused. */
	temperature: between('temperature', temperature).optional(),
	/** Only the likeliest words, up to this share. With `temperature` it is refused. */
	topP: between('topP', topP).optional(),
	/** The answer ends before any of these texts: at most 4, none empty. */
	stop: z
		.array(z.string().min(1, 'a stop sequence is empty'))
		.max(stop, `at most ${stop} stop sequences`)
		.optional(),
	/** Your own id of the end user, for tracking in TokenHub. */
	user: z.string().optional(),
};

export const chatRequestSchema = z
	.strictObject({
		...samplingShape,
		/**
		 * The conversation, at least one message; images of at most 32 MB together. What Claude would
		 * refuse is repaired: `warnings` of the result say how.
		 */
		messages: z.array(givenMessageSchema).min(1, 'give at least one message'),
		/** Tools that the model may call; the calls come out as `toolCalls`. */
		tools: z.array(functionToolSchema).optional(),
		/** Sent with `tools` only; without it, the model decides. */
		toolChoice: toolChoiceSchema.optional(),
		/** `jsonObject` asks for JSON; say in a message which. */
		responseFormat: z.enum(['text', 'jsonObject']).optional(),
	})
	.refine((request) => request.temperature === undefined || request.topP === undefined, {
		path: ['topP'],
		message: 'set temperature or topP, never both',
	})
	.superRefine(({ messages }, context) => {
		const message = imagesProblem(messages.flatMap(imagesIn).map(({ url }) => url));
		if (message !== undefined) context.addIssue({ code: 'custom', path: ['messages'], message });
	});

/**
 * A request of `chat`, `answer` and `streamChat`. Only what is set is sent, `max_tokens` always.
 * @interface
 */
export type ChatRequest = z.input<typeof chatRequestSchema>;

/**
 * The body of a request, in OpenAI's own terms; tool messages may hold images as well, as TokenHub
 * documents. `stream` is set by the method that is called.
 */
export interface RequestBody {
	model: string;
	messages: Message[];
	max_tokens: number;
	temperature?: number;
	top_p?: number;
	stop?: string[];
	user?: string;
	tools?: FunctionTool[];
	tool_choice?: ToolChoice;
	response_format?: { type: 'json_object' };
}

/** Images in the form of another API are checked when they have OpenAI's. */
const imagesSchema = z.object({ messages: z.array(messageSchema) });

/** What is sent, and what was repaired for it. */
export interface ReadChatRequest {
	body: RequestBody;
	warnings: string[];
}

/**
 * The request in the gateway's own terms. Only what was set is sent, `max_tokens` always.
 * @throws TokenHubError `badConfig` for what TokenHub's contract forbids.
 */
export function readChatRequest(
	request: ChatRequest,
	{ isWhole = true }: { isWhole?: boolean } = {},
): ReadChatRequest {
	assertShallow(request?.messages, 'The messages');
	const read = readInput(chatRequestSchema, request, 'chat request');
	const tools = read.tools && read.tools.length > 0 ? read.tools : undefined;
	const offered = new Map(tools?.map(({ function: { name } }) => [name, name]));
	const terms = { hasTools: tools !== undefined, isWhole, offered };
	const repaired = repairConversation(read.messages, terms);
	const { messages } = readInput(imagesSchema, repaired, 'chat request');
	const body = dropUndefined({
		model: read.model,
		messages,
		max_tokens: read.maxTokens,
		temperature: read.temperature,
		top_p: read.topP,
		stop: read.stop && read.stop.length > 0 ? read.stop : undefined,
		user: read.user,
		tools,
		tool_choice: tools ? read.toolChoice : undefined,
		response_format: FORMATS[read.responseFormat ?? 'text'],
	});
	return { body: wellFormed(body), warnings: repaired.warnings };
}

/** The body alone. */
export function toRequestBody(request: ChatRequest): RequestBody {
	return readChatRequest(request).body;
}

const FORMATS = { text: undefined, jsonObject: { type: 'json_object' } } as const;

function dropUndefined<Body extends object>(body: Body): Body {
	for (const key of Object.keys(body)) {
		if (Reflect.get(body, key) === undefined) Reflect.deleteProperty(body, key);
	}
	return body;
}
