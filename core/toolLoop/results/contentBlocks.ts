import type { z } from 'zod/v4';
import { exactJson } from '../../json/exactJson';
import { strictJson } from '../../json/faithfulJson';
import { imageLeftOut, noTextPart } from '../messagesToModel';
import { callResultSchema, mayBeForm, readBlock, type Block } from './blockForms';
import { isTextType, namedBytes, textOfBytes } from './textType';
import { sameJson } from '../../sameJson';
import { tryJson } from '../../tryJson';
import { dataUri, dataUriHead } from '../../chat/imagePart';
import { imageProblem } from '../../chat/imageProblem';

/**
 * Of base64, and of a whole result: what some models and gateways still refuse would end the whole
 * loop, and a result that somebody else has written must not fill the conversation with pictures.
 */
const MOST_MB = 5;
const MOST_IMAGES = 20;
const MOST_MB_TOGETHER = 20;
const LONGEST_LINK = 2_048;

/** As n8n's MCP tools hand them over. */
const BLOCKS_AS_TEXT = /^(?:\[|\{"content":\[)\{"type":"(?:text|image|audio|resource)/;

export interface ContentBlocks {
	texts: string[];
	images: Array<{ url: string; title: string }>;
	/** An MCP server says that the call has failed. */
	isError?: boolean;
}

/**
 * Texts and images of a result in content blocks: a list of them, one alone, or what an MCP client
 * gives. Undefined for all others, such as rows with fields of their own.
 */
export function readContentBlocks(value: unknown): ContentBlocks | undefined {
	const source = typeof value === 'string' && BLOCKS_AS_TEXT.test(value) ? value : undefined;
	const parsed = source === undefined ? undefined : strictJson(source);
	const given = parsed ? parsed.value : value;
	const toJson = (block: unknown) => exactJson(block, parsed?.numbers);
	if (typeof given !== 'object' || given === null) return undefined;
	const called = mayBeForm(given) ? callResultSchema.safeParse(given).data : undefined;
	if (called) return fromCall(called, toJson);
	const list: unknown[] = Array.isArray(given) ? given : [given];
	const result: ContentBlocks = { texts: [], images: [] };
	for (const block of list) {
		const read = readBlock(block);
		// One that is none decides: a result of a hundred thousand rows is not read to its end.
		if (!read) return undefined;
		addBlock(result, read, () => toJson(block));
	}
	return list.length > 0 ? result : undefined;
}

function fromCall(
	{ content, structuredContent, isError }: z.output<typeof callResultSchema>,
	toJson: (block: unknown) => string,
): ContentBlocks {
	const result: ContentBlocks = { texts: [], images: [], isError };
	for (const block of content) {
		const read = readBlock(block);
		if (read) addBlock(result, read, () => toJson(block));
		else result.texts.push(toJson(block));
	}
	// Servers repeat it as text, for clients that know no other.
	const isSaid = result.texts.some((text) => sameJson(tryJson(text), structuredContent));
	if (structuredContent !== undefined && !isSaid) result.texts.push(toJson(structuredContent));
	return result;
}

function addBlock({ texts, images }: ContentBlocks, block: Block, toJson: () => string): void {
	if (block.kind === 'text') {
		texts.push(block.text);
	} else if (block.kind === 'image') {
		addImage({ texts, images }, block.url);
	} else if (block.kind === 'bytes') {
		addBytes({ texts, images }, block);
	} else {
		texts.push(toJson());
	}
}

function addImage({ texts, images }: ContentBlocks, url: string): void {
	const read = readImage(url);
	const refusal = 'refusal' in read ? read.refusal : tooMany(images, read);
	if (refusal !== undefined) texts.push(imageLeftOut(read.title, refusal));
	else if ('url' in read) images.push(read);
}

function addBytes(result: ContentBlocks, block: Extract<Block, { kind: 'bytes' }>): void {
	const { data, mimeType, uri } = block;
	if (mimeType.startsWith('image/') && !isTextType(mimeType)) {
		if (uri !== '') result.texts.push(uri);
		addImage(result, dataUri(mimeType, data));
		return;
	}
	const bytes = Buffer.from(data, 'base64');
	const text = isTextType(mimeType) ? textOfBytes(bytes, mimeType) : undefined;
	const named = noTextPart(namedBytes(bytes.length, mimeType));
	result.texts.push([uri, text ?? named].filter((part) => part !== '').join('\n'));
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
