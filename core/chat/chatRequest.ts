import { z } from 'zod/v4';
import { DEFAULT_MODEL } from '../models';
import { readInput } from '../readInput';
import { imagesProblem } from './imageProblem';
import { messageSchema, type Message } from './messages';
import { toolNameSchema } from './toolName';

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

/** A function tool in OpenAI's form. */
export const functionToolSchema = z.strictObject({
	type: z.literal('function'),
	function: z.strictObject({
		name: toolNameSchema,
		description: z.string().optional(),
		parameters: z.record(z.string(), z.unknown()).optional(),
	}),
});
export type FunctionTool = z.output<typeof functionToolSchema>;

const toolChoiceSchema = z.union(
	[
		z.enum(['auto', 'none', 'required']),
		z.strictObject({
			type: z.literal('function'),
			function: z.strictObject({ name: toolNameSchema }),
		}),
	],
	'use "auto", "none", "required" or { type: "function", function: { name } }',
);
export type ToolChoice = z.output<typeof toolChoiceSchema>;

/** What steers the answer, common to chat, tool loop and extraction. */
export const samplingShape = {
	model: z.string().min(1, 'choose a model').default(DEFAULT_MODEL),
	maxTokens: z
		.number()
		.int('maxTokens is a whole number')
		.min(1, 'maxTokens is at least 1')
		.default(SAMPLING_LIMITS.maxTokens),
	temperature: between('temperature', temperature).optional(),
	topP: between('topP', topP).optional(),
	stop: z
		.array(z.string().min(1, 'a stop sequence is empty'))
		.max(stop, `at most ${stop} stop sequences`)
		.optional(),
	user: z.string().optional(),
};

const chatRequestSchema = z
	.strictObject({
		...samplingShape,
		messages: z.array(messageSchema).min(1, 'give at least one message'),
		tools: z.array(functionToolSchema).optional(),
		toolChoice: toolChoiceSchema.optional(),
		responseFormat: z.enum(['text', 'jsonObject']).optional(),
	})
	.refine((request) => request.temperature === undefined || request.topP === undefined, {
		path: ['topP'],
		message: 'set temperature or topP, never both',
	})
	.superRefine(({ messages }, context) => {
		const message = imagesProblem(messages.flatMap(imageUrls));
		if (message !== undefined) context.addIssue({ code: 'custom', path: ['messages'], message });
	});

function imageUrls({ content }: Message): string[] {
	if (!Array.isArray(content)) return [];
	return content.flatMap((part) => (part.type === 'image_url' ? part.image_url.url : []));
}

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

/**
 * The request in the gateway's own terms. Only what was set is sent, `max_tokens` always.
 * @throws TokenHubError `badConfig` for what TokenHub's contract forbids.
 */
export function toRequestBody(request: ChatRequest): RequestBody {
	const read = readInput(chatRequestSchema, request, 'chat request');
	const tools = read.tools && read.tools.length > 0 ? read.tools : undefined;
	return dropUndefined({
		model: read.model,
		messages: read.messages,
		max_tokens: read.maxTokens,
		temperature: read.temperature,
		top_p: read.topP,
		stop: read.stop && read.stop.length > 0 ? read.stop : undefined,
		user: read.user,
		tools,
		tool_choice: tools ? read.toolChoice : undefined,
		response_format: FORMATS[read.responseFormat ?? 'text'],
	});
}

const FORMATS = { text: undefined, jsonObject: { type: 'json_object' } } as const;

function dropUndefined<Body extends object>(body: Body): Body {
	for (const key of Object.keys(body)) {
		if (Reflect.get(body, key) === undefined) Reflect.deleteProperty(body, key);
	}
	return body;
}
