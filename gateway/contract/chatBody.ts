import { z } from 'zod/v4';

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.strictObject({
	type: z.literal('image_url'),
	image_url: z.strictObject({
		url: z.string(),
		detail: z.enum(['auto', 'low', 'high']).optional(),
	}),
});

const partsError = 'must be a text or a list of content parts';
const notEmpty = 'must not be an empty list';

const textContent = z.union([z.string(), z.array(textPart).min(1, notEmpty)], partsError);
const anyPart = z.discriminatedUnion(
	'type',
	[textPart, imagePart],
	'must be a text or image_url part',
);
const anyContent = z.union([z.string(), z.array(anyPart).min(1, notEmpty)], partsError);

const systemMessage = z.strictObject({ role: z.literal('system'), content: textContent });
const userMessage = z.strictObject({ role: z.literal('user'), content: anyContent });
const toolMessage = z.strictObject({
	role: z.literal('tool'),
	content: anyContent,
	tool_call_id: z.string(),
});

const toolCall = z.strictObject({
	id: z.string(),
	type: z.literal('function'),
	function: z.strictObject({ name: z.string(), arguments: z.string() }),
});
const assistantMessage = z.strictObject({
	role: z.literal('assistant'),
	content: textContent.nullable().optional(),
	tool_calls: z.array(toolCall).min(1, notEmpty).optional(),
});

const messageSchema = z.discriminatedUnion(
	'role',
	[systemMessage, userMessage, assistantMessage, toolMessage],
	'must be an object whose role is "system", "user", "assistant" or "tool"',
);
/** The documented format; `checkContents` and `checkConversation` check what Claude itself requires. */
export const messagesSchema = z
	.array(messageSchema, 'must be a list of messages')
	.min(1, 'must hold at least one message');

export type Message = z.output<typeof messageSchema>;

const UNIT_RANGE = 'must be a number between 0 and 1';
const unitNumber = z.number(UNIT_RANGE).min(0, UNIT_RANGE).max(1, UNIT_RANGE);
const WHOLE = 'must be a whole number of at least 1';
const STOP = 'must be a list of at most 4 texts that are not empty';

const toolSchema = z.strictObject({
	type: z.literal('function'),
	function: z.strictObject({
		name: z.string(),
		description: z.string().optional(),
		parameters: z.record(z.string(), z.unknown(), 'must be a JSON Schema object').optional(),
	}),
});
export type OfferedTool = z.output<typeof toolSchema>;

const toolChoiceSchema = z.union(
	[
		z.enum(['auto', 'none', 'required']),
		z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
	],
	'must be "auto", "none", "required" or { type: "function", function: { name } }',
);

/** Everything that the provider documents, without the messages, which are checked last. */
export const parametersSchema = z.strictObject({
	model: z.string(),
	messages: z.unknown().optional(),
	max_tokens: z.int(WHOLE).min(1, WHOLE).optional(),
	temperature: unitNumber.optional(),
	top_p: unitNumber.optional(),
	stream: z.boolean('must be true or false').optional(),
	stream_options: z.strictObject({ include_usage: z.boolean().optional() }).optional(),
	stop: z.array(z.string(STOP).min(1, STOP), STOP).max(4, STOP).optional(),
	tools: z.array(toolSchema).min(1, 'must not be an empty list').optional(),
	tool_choice: toolChoiceSchema.optional(),
	response_format: z
		.strictObject(
			{ type: z.enum(['text', 'json_object'], 'must be "text" or "json_object"') },
			'must be { type: "text" } or { type: "json_object" }',
		)
		.optional(),
	user: z.string('must be a text').optional(),
});
export type Parameters = z.output<typeof parametersSchema>;

export const chatBodySchema = parametersSchema.extend({ messages: messagesSchema });
/** A request body that follows the contract. */
export type ChatBody = z.output<typeof chatBodySchema>;
