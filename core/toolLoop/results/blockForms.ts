import { z } from 'zod/v4';
import { own } from '../../lib/own';
import { isRecord } from '../../lib/isRecord';
import { dataUri } from '../../chat/images';
import { isPlain, namesOf } from './members';

/** A failed check names every key that it does not know, and data may have hundreds of thousands. */
const small = z.custom<Record<string, unknown>>(mayBeForm);
const anyRecord = z.custom<object>(isRecord).nullish();

/**
 * The formats of content blocks, each with all keys that it may have: a row of data that looks like one
 * has other keys too, and must keep them.
 */
const extra = {
	annotations: z
		.union([
			small.pipe(
				z.strictObject({
					audience: z.array(z.string()).nullish(),
					priority: z.number().nullish(),
					lastModified: z.string().nullish(),
				}),
			),
			z.array(z.unknown()).max(0),
		])
		.nullish(),
	...{ _meta: anyRecord, meta: z.null().optional() },
	cache_control: anyRecord,
	...{ providerOptions: anyRecord, providerMetadata: anyRecord },
	...{ citations: z.union([z.null(), z.array(z.unknown()).max(0)]).optional() },
	logprobs: z.array(z.unknown()).max(0).optional(),
};

const text = z
	.strictObject({
		type: z.enum(['text', 'input_text', 'output_text']),
		text: z.string(),
		...extra,
	})
	.transform(({ text: said }) => ({ kind: 'text' as const, text: said }));

/** MCP's form, OpenAI's and Claude's. */
const image = (url: string) => ({ kind: 'image' as const, url });

const mcpImage = z
	.strictObject({ type: z.literal('image'), data: z.string(), mimeType: z.string(), ...extra })
	.transform(({ mimeType, data }) => image(dataUri(mimeType, data)));

const openAiImage = z
	.strictObject({
		type: z.literal('image_url'),
		image_url: z.union([
			z.string(),
			z.strictObject({ url: z.string(), detail: z.string().optional() }),
		]),
		...extra,
	})
	.transform(({ image_url: given }) => image(typeof given === 'string' ? given : given.url));

const claudeImage = z
	.strictObject({
		type: z.literal('image'),
		source: z.discriminatedUnion('type', [
			z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.string() }),
			z.strictObject({ type: z.literal('url'), url: z.string() }),
		]),
		...extra,
	})
	.transform(({ source }) =>
		image(source.type === 'url' ? source.url : dataUri(source.media_type, source.data)),
	);

const openAiInput = z
	.strictObject({
		type: z.literal('input_image'),
		image_url: z.string(),
		...{ detail: z.string().nullish(), file_id: z.null().optional() },
		...extra,
	})
	.transform(({ image_url: url }) => image(url));

/** LangChain's older format. */
const langChainImage = z
	.discriminatedUnion('source_type', [
		z.strictObject({
			...{ type: z.literal('image'), source_type: z.literal('base64') },
			...{ data: z.string(), mime_type: z.string(), id: z.string().optional() },
			metadata: anyRecord,
		}),
		z.strictObject({
			...{ type: z.literal('image'), source_type: z.literal('url'), url: z.string() },
			...{ id: z.string().optional(), metadata: anyRecord, mime_type: z.string().optional() },
		}),
	])
	.transform((block) =>
		image(block.source_type === 'url' ? block.url : dataUri(block.mime_type, block.data)),
	);

/** The AI SDK's formats, and LangChain's current one. */
const media = z
	.strictObject({
		type: z.enum(['media', 'image', 'file', 'audio', 'image-data', 'file-data']),
		data: z.string(),
		mediaType: z.string(),
		filename: z.string().optional(),
		...extra,
	})
	.transform(({ data, mediaType, filename = '' }) => ({
		...{ kind: 'bytes' as const, data, mimeType: mediaType, uri: filename },
	}));

const imageLink = z
	.strictObject({ type: z.literal('image-url'), url: z.string(), ...extra })
	.transform(({ url }) => image(url));

/** Claude's files. */
const document = z
	.strictObject({
		type: z.literal('document'),
		source: z.discriminatedUnion('type', [
			z.strictObject({ type: z.literal('base64'), media_type: z.string(), data: z.string() }),
			z.strictObject({ type: z.literal('text'), media_type: z.string(), data: z.string() }),
		]),
		...{ title: z.string().nullish(), context: z.string().nullish() },
		...extra,
		citations: anyRecord,
	})
	.transform(({ source, title, context }) => {
		const uri = [title, context].filter(Boolean).join('\n');
		const { type, media_type: mimeType, data } = source;
		if (type === 'base64') return { kind: 'bytes' as const, data, mimeType, uri };
		return { kind: 'text' as const, text: [uri, data].filter(Boolean).join('\n') };
	});

const audio = z
	.strictObject({ type: z.literal('audio'), data: z.string(), mimeType: z.string(), ...extra })
	.transform(({ data, mimeType }) => ({ kind: 'bytes' as const, data, mimeType, uri: '' }));

const resource = z
	.strictObject({
		type: z.literal('resource'),
		resource: z.strictObject({
			uri: z.string(),
			mimeType: z.string().nullish(),
			text: z.string().nullish(),
			blob: z.string().nullish(),
			name: z.string().nullish(),
			title: z.string().nullish(),
			_meta: extra._meta,
		}),
		...extra,
	})
	.refine(({ resource: { text: said, blob } }) => (said ?? blob) !== undefined)
	.transform(({ resource: { uri, mimeType, text: said, blob } }) => {
		if (typeof said === 'string') return { kind: 'text' as const, text: `${uri}\n${said}` };
		return { kind: 'bytes' as const, data: blob ?? '', mimeType: mimeType ?? '', uri };
	});

const link = z
	.strictObject({
		type: z.literal('resource_link'),
		uri: z.string(),
		name: z.string().nullish(),
		title: z.string().nullish(),
		description: z.string().nullish(),
		mimeType: z.string().nullish(),
		size: z.number().nullish(),
		icons: z.array(z.unknown()).nullish(),
		...extra,
	})
	.transform((value) => ({ kind: 'other' as const, value }));

export type Block = z.output<(typeof forms)[keyof typeof forms]>;

const forms = {
	text,
	input_text: text,
	output_text: text,
	image: z.union([mcpImage, claudeImage, langChainImage, media]),
	image_url: openAiImage,
	input_image: openAiInput,
	audio: z.union([audio, media]),
	...{ media, file: media, 'image-data': media, 'file-data': media, 'image-url': imageLink },
	document,
	resource,
	resource_link: link,
};

const MOST_KEYS = 12;

export function mayBeForm(value: unknown): value is Record<string, unknown> {
	return isRecord(value) && isPlain(value) && namesOf(value).length <= MOST_KEYS;
}

/** Undefined for anything that is not exactly a content block. */
export function readBlock(value: unknown): Block | undefined {
	if (!mayBeForm(value) || typeof value.type !== 'string') return undefined;
	return own<z.ZodType<Block>>(forms, value.type)?.safeParse(value).data;
}
