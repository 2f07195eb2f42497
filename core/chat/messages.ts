import { z } from 'zod/v4';
import { imageProblem } from './imageProblem';

/** A link, or a data URI that Claude would not refuse. */
export const imageUrlSchema = z
	.string()
	.min(1, 'give a URL or a data URI')
	.superRefine((url, context) => {
		const message = imageProblem(url);
		if (message !== undefined) context.addIssue({ code: 'custom', message });
	});

const textPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const imagePart = z.strictObject({
	type: z.literal('image_url'),
	image_url: z.strictObject({
		url: imageUrlSchema,
		detail: z.enum(['auto', 'low', 'high']).optional(),
	}),
});

const toolCallSchema = z.strictObject({
	id: z.string(),
	type: z.literal('function'),
	function: z.strictObject({ name: z.string(), arguments: z.string() }),
});

const texts = z.union([z.string(), z.array(textPart).min(1)]);
/** Text, or text and images: what a user and a tool may say. */
export const contentSchema = z.union([
	z.string(),
	z.array(z.discriminatedUnion('type', [textPart, imagePart])).min(1),
]);

/** One message in OpenAI's form, as TokenHub documents it. */
export const messageSchema = z.discriminatedUnion('role', [
	z.strictObject({ role: z.literal('system'), content: texts }),
	z.strictObject({ role: z.literal('user'), content: contentSchema }),
	z.strictObject({
		role: z.literal('assistant'),
		content: texts.nullish(),
		tool_calls: z.array(toolCallSchema).min(1).optional(),
	}),
	z.strictObject({
		role: z.literal('tool'),
		tool_call_id: z.string().min(1),
		content: contentSchema,
	}),
]);

export type Message = z.output<typeof messageSchema>;
export type Content = z.output<typeof contentSchema>;
