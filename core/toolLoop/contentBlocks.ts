import { z } from 'zod/v4';
import { exactJson } from '../json/exactJson';
import { strictJson } from '../json/faithfulJson';
import { imageLeftOut } from './messagesToModel';
import { dataUri, dataUriHead } from '../chat/imagePart';
import { imageProblem } from '../chat/imageProblem';

/**
 * Of base64, and of a whole result: what some models and gateways still refuse would end the whole
 * loop, and a result that somebody else has written must not fill the conversation with pictures.
 */
const MOST_MB = 5;
const MOST_IMAGES = 20;
const MOST_MB_TOGETHER = 20;
const LONGEST_LINK = 2_048;

const blockSchema = z.union([
	z.object({ type: z.literal('text'), text: z.string() }),
	// MCP's form …
	z.object({ type: z.literal('image'), data: z.string(), mimeType: z.string() }),
	// … and OpenAI's.
	z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
	z.looseObject({ type: z.enum(['audio', 'resource', 'resource_link']) }),
]);
type Block = z.output<typeof blockSchema>;

const BLOCKS_AS_TEXT = /^\[\{"type":"(text|image|audio|resource)/;

export interface ContentBlocks {
	texts: string[];
	images: Array<{ url: string; title: string }>;
}

/** Texts and images of a result in content blocks, as MCP servers give them; undefined for others. */
export function readContentBlocks(value: unknown): ContentBlocks | undefined {
	// n8n's MCP tools hand their blocks over as JSON text.
	const source = typeof value === 'string' && BLOCKS_AS_TEXT.test(value) ? value : undefined;
	const parsed = source === undefined ? undefined : strictJson(source);
	const given = parsed ? parsed.value : value;
	const blocks: unknown[] = Array.isArray(given) ? given : [given];
	const result: ContentBlocks = { texts: [], images: [] };
	for (const [index, block] of blocks.entries()) {
		// One that is none decides: a result of a hundred thousand rows is not read to its end.
		const read = blockSchema.safeParse(block);
		if (!read.success) return undefined;
		addBlock(result, read.data, () => exactJson(blocks[index], parsed?.numbers));
	}
	return blocks.length > 0 ? result : undefined;
}

function addBlock({ texts, images }: ContentBlocks, block: Block, toJson: () => string): void {
	if (block.type === 'text') {
		texts.push(block.text);
	} else if (block.type === 'image' || block.type === 'image_url') {
		const read = readImage(urlOf(block));
		const refusal = 'refusal' in read ? read.refusal : tooMany(images, read);
		if (refusal !== undefined) texts.push(imageLeftOut(read.title, refusal));
		else if ('url' in read) images.push(read);
	} else {
		texts.push(toJson());
	}
}

function urlOf(block: Extract<Block, { type: 'image' | 'image_url' }>): string {
	if (block.type === 'image') return dataUri(block.mimeType, block.data);
	return block.image_url.url;
}

type Image = ContentBlocks['images'][number];

function tooMany(images: readonly Image[], next: Image): string | undefined {
	if (images.length >= MOST_IMAGES) return `a result has ${MOST_IMAGES} at most`;
	const characters = [...images, next].reduce((sum, { url }) => sum + url.length, 0);
	if (characters <= MOST_MB_TOGETHER * 1024 * 1024) return undefined;
	return `the images of a result have ${MOST_MB_TOGETHER} MB as base64 at most`;
}

function readImage(url: string): Image | { refusal: string; title: string } {
	const data = dataUriHead(url);
	if (!data?.isBase64) return readLink(url);
	const { type, length } = data;
	const bytes = Math.floor(((url.length - length) * 3) / 4);
	const title = `${type}, ${Math.ceil(bytes / 1024)} kB`;
	const refusal = imageProblem(url, MOST_MB);
	return refusal === undefined ? { url, title } : { refusal, title };
}

/** A link is the endpoint's to read: what is none would be refused with the whole conversation. */
function readLink(url: string): Image | { refusal: string; title: string } {
	const title = `image ${url.length > 200 ? `${url.slice(0, 200)}…` : url}`;
	const isLink = url.length <= LONGEST_LINK && /^https?:\/\//i.test(url) && URL.canParse(url);
	return isLink
		? { url, title }
		: { refusal: 'it is neither a link nor base64 of a picture', title };
}
