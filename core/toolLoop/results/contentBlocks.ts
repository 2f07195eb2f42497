import { dataUri } from '../../chat/images';
import { exactJson } from '../../json/exactJson';
import { strictJson } from '../../json/readJson';
import { entriesLeftOut, noTextPart } from '../messagesToModel';
import type { Reading, Image } from './parts';
import { readBlock, type Block, mayBeForm } from './blockForms';
import { addImage } from './files';
import { doesNotThrow, namesOf } from './members';
import { pictureType } from '../../chat/pictures';
import { isTextType, isUntyped, namedBytes, textAtStart, textOfBytes } from '../../lib/textType';
import { isRecord } from '../../lib/isRecord';

/** A part of a result: a text, or a value that is still to be read. */
export type Part = { text: string } | { value: unknown };

export interface ContentBlocks {
	parts: Part[];
	images: Image[];
	/** Whether an MCP server says that the call failed. */
	isError?: boolean;
	/** Servers mostly repeat it as text, for clients that know nothing else. */
	structured?: Part;
}

/**
 * Texts and images of a result in content blocks: a list of them, a single one, or what an MCP client
 * returns, also as JSON text. Undefined for everything else, such as rows with other fields.
 */
export function readContentBlocks(given: unknown, reading: Reading): ContentBlocks | undefined {
	if (typeof given !== 'string') {
		const partOf = (value: unknown) => ({ value });
		let blocks: ContentBlocks | undefined;
		// A value that cannot even be inspected is not a block, and the rest of the result is read anyway.
		doesNotThrow(() => (blocks = fromValue(given, { reading, partOf })));
		return blocks;
	}
	const parsed = mayHoldBlocks(given) ? strictJson(given) : undefined;
	if (!parsed) return undefined;
	const partOf = (value: unknown) => ({ text: exactJson(value, parsed.numbers) });
	return fromValue(parsed.value, { reading, partOf });
}

/** The form in which n8n's MCP tools return them. */
const BLOCKS_AS_TEXT =
	/"type"\s{0,9}:\s{0,9}"(?:text|input_text|output_text|image|image_url|input_image|audio|resource|resource_link|content)"|"isError"\s{0,9}:|"structuredContent"\s{0,9}:/;
const MOST_MARKS = 200_000;

/** The time to read it depends on its JSON punctuation; the data of a picture has none. */
function mayHoldBlocks(text: string): boolean {
	if (!/^\s{0,99}[[{]/.test(text) || !BLOCKS_AS_TEXT.test(text)) return false;
	let marks = 0;
	for (const mark of ['"', ',']) {
		for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
			marks += 1;
			if (marks > MOST_MARKS) return false;
		}
	}
	return true;
}

interface Source {
	reading: Reading;
	partOf: (value: unknown) => Part;
}

function fromValue(given: unknown, source: Source): ContentBlocks | undefined {
	const called = callResultOf(given);
	if (called) return fromCall(called, source);
	const list: unknown[] = Array.isArray(given) ? given : [given];
	if (list.length === 0) return undefined;
	const result: ContentBlocks = { parts: [], images: [] };
	// The first entry that is not a block decides: a result of a hundred thousand rows is not read to its
	// end.
	return addBlocks(result, list, { ...source, isMixed: false }) ? result : undefined;
}

function fromCall(called: CallResult, source: Source): ContentBlocks {
	const { content, structuredContent, isError, rest } = called;
	const result: ContentBlocks = { parts: [], images: [], isError };
	addBlocks(result, content, { ...source, isMixed: true });
	if (rest) result.parts.push(source.partOf(rest));
	if (structuredContent !== undefined) result.structured = source.partOf(structuredContent);
	return result;
}

/** More is not read: each takes microseconds, and nothing else runs meanwhile. */
const MOST_BLOCKS = 10_000;

/** False for a list that contains other entries, if that is not allowed. */
function addBlocks(
	result: ContentBlocks,
	list: readonly unknown[],
	{ reading, partOf, isMixed }: Source & { isMixed: boolean },
): boolean {
	let characters = 0;
	for (const [index, block] of list.slice(0, MOST_BLOCKS).entries()) {
		if (characters > reading.limit) return leaveOut(result, list.length - index);
		const read = readBlock(block);
		if (!read && !isMixed) return false;
		const part = read ? blockPart(result.images, read, reading) : partOf(block);
		if (!part) continue;
		result.parts.push(part);
		characters += 'text' in part ? part.text.length + 1 : 10;
	}
	return list.length <= MOST_BLOCKS || leaveOut(result, list.length - MOST_BLOCKS);
}

function leaveOut({ parts }: ContentBlocks, count: number): true {
	parts.push({ text: entriesLeftOut(count) });
	return true;
}

function blockPart(images: Image[], block: Block, reading: Reading): Part | undefined {
	if (block.kind === 'text') return { text: block.text };
	if (block.kind === 'other') return { value: block.value };
	if (block.kind === 'bytes') {
		const text = textOfBlock(images, block, reading);
		return text === '' ? undefined : { text };
	}
	const added = addImage(images, block.url);
	return 'leftOut' in added ? { text: added.leftOut } : undefined;
}

function textOfBlock(
	images: Image[],
	{ data, mimeType, uri }: Extract<Block, { kind: 'bytes' }>,
	{ limit }: Reading,
): string {
	const named = (isUntyped(mimeType) ? pictureType(data) : undefined) ?? mimeType;
	if (named.startsWith('image/') && !isTextType(named)) {
		const added = addImage(images, dataUri(named, data));
		return [uri, 'leftOut' in added ? added.leftOut : ''].filter((part) => part !== '').join('\n');
	}
	const size = Math.floor((data.replace(/={1,2}$/, '').length * 3) / 4);
	const shown = Buffer.from(data.slice(0, 16 * limit), 'base64');
	const isText = isTextType(mimeType) && !isUntyped(mimeType);
	const untyped = isUntyped(mimeType) ? textAtStart(shown) : undefined;
	const text = isText ? textOfBytes(shown, mimeType) : untyped;
	return [uri, text ?? noTextPart(namedBytes(size, mimeType))]
		.filter((part) => part !== '')
		.join('\n');
}

export interface CallResult {
	content: unknown[];
	structuredContent?: unknown;
	isError?: boolean;
	/** Fields that are not in the protocol. */
	rest?: object;
}

const CALL_KEYS = ['content', 'structuredContent', 'isError', '_meta'];

/**
 * What an MCP client returns for a call, with whatever it adds; and a failure, or a result in several
 * parts, as the AI SDK has them. Undefined for data with its own `content`.
 */
export function callResultOf(given: unknown): CallResult | undefined {
	if (!mayBeForm(given)) return undefined;
	const { _meta, type, value } = given;
	// Servers in Python write null for what is absent.
	const [content, structuredContent, isError] = [
		given.content ?? [],
		given.structuredContent ?? undefined,
		given.isError ?? undefined,
	];
	if (type === 'content' && isBlocks(value) && namesOf(given).length === 2)
		return { content: value };
	if (type === 'error-text' || type === 'error-json') {
		const isIts = 'value' in given && namesOf(given).length === 2;
		return isIts ? { content: [value], isError: true } : undefined;
	}
	const isAbsent = (name: string) => name === 'meta' && given[name] === null;
	const names = namesOf(given).filter((name) => !CALL_KEYS.includes(name) && !isAbsent(name));
	const isCall = Array.isArray(content) && (content.length === 0 || isBlocks(content));
	const isSaid = isError === undefined || typeof isError === 'boolean';
	if (!isCall || !isSaid) return undefined;
	// A field that no client would add means that it is not one, unless the call says whether it failed.
	if (names.length > 0 && !(content.length > 0 && typeof isError === 'boolean')) return undefined;
	const isOther = isError !== undefined || structuredContent !== undefined || isRecord(_meta);
	// A result without any content is one too, and rows without content are not.
	if (content.length === 0 && !isOther && !Array.isArray(given.content)) return undefined;
	const rest = Object.fromEntries(names.map((name) => [name, given[name]]));
	return { content, structuredContent, isError, ...(names.length > 0 && { rest }) };
}

/**
 * Only the first entries are checked: if a later one is not a block, the list is shown as the data that
 * it is.
 */
function isBlocks(list: unknown): list is unknown[] {
	return (
		Array.isArray(list) &&
		list.slice(0, 100).every((block) => isRecord(block) && typeof block.type === 'string')
	);
}
