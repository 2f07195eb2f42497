import { z } from 'zod/v4';

const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
export const toolNameSchema = z.string().regex(TOOL_NAME, 'must match ^[a-zA-Z0-9_-]{1,64}$');

const textPart = (text: z.ZodString) => z.strictObject({ type: z.literal('text'), text });
const imagePart = z.strictObject({
	type: z.literal('image_url'),
	image_url: z.strictObject({
		url: z.string().regex(/^(https?:\/\/|data:image\/[a-z+.-]+;base64,)/i, {
			error: 'must be an http(s) URL or a base64 data URI of an image',
		}),
		detail: z.enum(['auto', 'low', 'high']).optional(),
	}),
});

const filled = z.string().min(1, 'must not be an empty text');
const partsError = 'must be a text or a list of content parts';
const notEmpty = 'must not be an empty list';
const name = z.string().optional();

const textContent = z.union(
	[z.string(), z.array(textPart(z.string())).min(1, notEmpty)],
	partsError,
);
const anyPart = (text: z.ZodString) =>
	z.discriminatedUnion('type', [textPart(text), imagePart], 'must be a text or image_url part');

const systemMessage = z.strictObject({ role: z.literal('system'), content: textContent, name });
const userMessage = z.strictObject({
	role: z.literal('user'),
	content: z.union([filled, z.array(anyPart(filled)).min(1, notEmpty)], partsError),
	name,
});
const toolMessage = z.strictObject({
	role: z.literal('tool'),
	content: z.union([z.string(), z.array(anyPart(z.string())).min(1, notEmpty)], partsError),
	tool_call_id: z.string().min(1, 'must not be empty'),
	name,
});

const toolCall = z.strictObject({
	id: z.string().min(1, 'must not be empty'),
	type: z.literal('function'),
	function: z.strictObject({ name: toolNameSchema, arguments: z.string() }),
});
const assistantMessage = z
	.strictObject({
		role: z.literal('assistant'),
		content: textContent.nullable().optional(),
		refusal: z.string().nullable().optional(),
		tool_calls: z.array(toolCall).min(1, notEmpty).optional(),
		name,
	})
	.refine((message) => message.tool_calls || message.content || message.refusal, {
		path: ['content'],
		message: 'must not be empty without tool_calls',
	});

const messageSchema = z.discriminatedUnion(
	'role',
	[systemMessage, userMessage, assistantMessage, toolMessage],
	'must be an object whose role is "system", "user", "assistant" or "tool"',
);
export const messagesSchema = z
	.array(messageSchema, 'must be a list of messages')
	.min(1, 'must hold at least one message');

export type Message = z.output<typeof messageSchema>;
