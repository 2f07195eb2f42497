import { z } from 'zod/v4';
import { isRecord } from '../lib/isRecord';
import { imageProblem, imageShare, type ImageShare } from './images';

export const NO_URL = 'give a URL or a data URI';

/** A link, or a data URI that Claude accepts. */
export const imageUrlSchema = z
	.string()
	.min(1, NO_URL)
	.superRefine((url, context) => {
		const message = imageProblem(url);
		if (message !== undefined) context.addIssue({ code: 'custom', message });
	});

const textPart = z.strictObject({
	type: z.literal('text'),
	/** Its text. */
	text: z.string(),
});
/**
 * A text in a list of parts.
 * @interface
 */
export type TextPart = z.output<typeof textPart>;

const imagePart = z.strictObject({
	type: z.literal('image_url'),
	/** Its address. */
	image_url: z.strictObject({
		/** A link, or a data URI (PNG, JPEG, GIF or WebP, at most 10 MB of base64). */
		url: imageUrlSchema,
		/** How closely the model looks. */
		detail: z.enum(['auto', 'low', 'high']).optional(),
	}),
});

/**
 * An image in a list of parts.
 * @interface
 */
export type ImagePart = z.output<typeof imagePart>;

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

const systemMessage = z.strictObject({
	role: z.literal('system'),
	/** A text, or a list of text parts. */
	content: texts,
});
/**
 * What the model is and how it answers.
 * @interface
 */
export type SystemMessage = z.output<typeof systemMessage>;

const userMessage = z.strictObject({
	role: z.literal('user'),
	/** A text, or a list of text and image parts. */
	content: contentSchema,
});
/**
 * What a user says, with or without images.
 * @interface
 */
export type UserMessage = z.output<typeof userMessage>;

const assistantMessage = z.strictObject({
	role: z.literal('assistant'),
	/** A text, or a list of text parts; null or missing if there are calls. */
	content: texts.nullish(),
	/** Calls that the model made; each needs a tool message with its id. */
	tool_calls: z.array(toolCallSchema).min(1).optional(),
});
/**
 * What the model said before.
 * @interface
 */
export type AssistantMessage = z.output<typeof assistantMessage>;

const toolMessage = z.strictObject({
	role: z.literal('tool'),
	/** The id of the call that it answers. */
	tool_call_id: z.string().min(1),
	/** A text, or a list of text and image parts. */
	content: contentSchema,
});
/**
 * The result of a tool call.
 * @interface
 */
export type ToolMessage = z.output<typeof toolMessage>;

export const messageSchema = z.discriminatedUnion('role', [
	systemMessage,
	userMessage,
	assistantMessage,
	toolMessage,
]);

/** The images of a message in OpenAI's format, with their positions in its content. */
export function imagesIn(message: unknown): Array<{ url: string; path: Array<string | number> }> {
	const content = isRecord(message) ? message.content : undefined;
	const parts: unknown[] = Array.isArray(content) ? content : [];
	return parts.flatMap((part, index) => {
		const image = isRecord(part) && part.type === 'image_url' ? part.image_url : undefined;
		const url = isRecord(image) ? image.url : image;
		return typeof url === 'string' ? [{ url, path: [index, 'image_url', 'url'] }] : [];
	});
}

/** What each of them contributes to a request. */
export function imageSharesIn(message: unknown): ImageShare[] {
	return imagesIn(message).map(({ url }) => imageShare(url));
}

/** One message in OpenAI's format, as TokenHub documents it. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;
export type Content = z.output<typeof contentSchema>;
