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
/** The documented form; what Claude itself asks of it is `checkContents` and `checkConversation`. */
export const messagesSchema = z
	.array(messageSchema, 'must be a list of messages')
	.min(1, 'must hold at least one message');

export type Message = z.output<typeof messageSchema>;
