import { z } from 'zod/v4';
import { tryJson } from '../tryJson';
import { imageLeftOut } from './messagesToModel';
import { dataUri, dataUriHead } from '../chat/imagePart';
import { imageProblem } from '../chat/imageProblem';

/** Of base64: what some models and gateways still refuse would end the whole loop. */
const MOST_MB = 5;

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
	const given = typeof value === 'string' && BLOCKS_AS_TEXT.test(value) ? tryJson(value) : value;
	const blocks: unknown[] = Array.isArray(given) ? given : [given];
	const result: ContentBlocks = { texts: [], images: [] };
	for (const block of blocks) {
		// One that is none decides: a result of a hundred thousand rows is not read to its end.
		const read = blockSchema.safeParse(block);
		if (!read.success) return undefined;
		addBlock(result, read.data);
	}
	return blocks.length > 0 ? result : undefined;
}

function addBlock({ texts, images }: ContentBlocks, block: Block): void {
	if (block.type === 'text') {
		texts.push(block.text);
	} else if (block.type === 'image' || block.type === 'image_url') {
		const read = readImage(urlOf(block));
		if ('refusal' in read) texts.push(read.refusal);
		else images.push(read);
	} else {
		texts.push(JSON.stringify(block));
	}
}

function urlOf(block: Extract<Block, { type: 'image' | 'image_url' }>): string {
	if (block.type === 'image') return dataUri(block.mimeType, block.data);
	return block.image_url.url;
}

function readImage(url: string): { url: string; title: string } | { refusal: string } {
	const data = dataUriHead(url);
	if (!data?.isBase64) return { url, title: `image ${url}` };
	const { type, length } = data;
	const bytes = Math.floor(((url.length - length) * 3) / 4);
	const title = `${type}, ${Math.ceil(bytes / 1024)} kB`;
	const problem = imageProblem(url, MOST_MB);
	return problem === undefined ? { url, title } : { refusal: imageLeftOut(title, problem) };
}
