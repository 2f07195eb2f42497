import { dataUri, imageProblem } from '../../../core/chat/images';
import { pictureType } from '../../../core/chat/pictures';
import { TokenHubError } from '../../../core/errors';
import { pdfText } from '../../../core/pdf/pdfText';
import { valueOrReason } from '../../../core/messageOf';
import { looksLikeText, decoderOf } from '../../../core/lib/textType';
import { nodeOf, type ItemRun } from './itemRun';
import { isRecord } from '../../../core/lib/isRecord';
import { nearestName } from '../../../core/lib/names';
import { own } from '../../../core/lib/own';

type Item = Pick<ItemRun, 'context' | 'itemIndex'>;

/** An item's files, as a model gets them. */
export interface Files {
	/** URLs and data URIs, for the model to look at. */
	images: string[];
	/** The text of PDFs and text files. */
	texts: Array<{ name: string; text: string }>;
	/** Files that nobody named and that no model reads, with the reason. */
	unsent: Array<{ name: string; reason: string }>;
}

export const NO_FILES: Files = { images: [], texts: [], unsent: [] };

interface Asked {
	/** Binary field names and URLs; ALL_FILES for every binary field. Without it, the files of a chat. */
	sources?: readonly string[];
	/** The label of the field, for errors. */
	option: string;
}

/** Selects every binary field of the item. */
const ALL_FILES = '*';

/**
 * The files to send: those that the option names, or those of a chat.
 * @throws TokenHubError `badConfig` for a named file that cannot be read.
 */
export async function askedFiles(
	item: Item,
	{ options }: { options: { images?: readonly string[] } },
): Promise<Files> {
	// A node saved by 1.0.0 only sends what it names.
	const isFirst = nodeOf(item.context).typeVersion === 1;
	const sources = options.images ?? (isFirst ? [] : undefined);
	return await readFiles(item, { sources, option: 'Images and Files' });
}

/** @throws TokenHubError `badConfig` for a named file that cannot be read. */
export async function readFiles(item: Item, { sources, option }: Asked): Promise<Files> {
	const names = binaryNames(item);
	const named = (sources ?? [])
		.flatMap((source) => apart(source.trim(), names))
		.filter((name) => name !== ALL_FILES);
	const all = sources?.some((source) => source.trim() === ALL_FILES) ? names : [];
	const unnamed = sources === undefined ? chatFiles(item) : all;
	const read = await Promise.all([
		...named.map((source) => readSource(item, source, option)),
		...unnamed
			.filter((name) => !named.includes(name))
			.map(async (name) => {
				const found = await valueOrReason(() => readSource(item, name, option));
				const { fileName = name } =
					item.context.getInputData()[item.itemIndex]?.binary?.[name] ?? {};
				return found.ok ? found.value : { unsent: { name: fileName, reason: found.reason } };
			}),
	]);
	return {
		images: read.flatMap(({ image }) => image ?? []),
		texts: read.flatMap(({ text }) => text ?? []),
		unsent: read.flatMap(({ unsent }) => unsent ?? []),
	};
}

/** Several fields in one entry have commas between them, as in n8n's own nodes. */
function apart(source: string, names: readonly string[]): string[] {
	const parts = source.split(',').map((part) => part.trim());
	return parts.every((part) => names.includes(part)) ? parts : [source];
}

interface ReadFile {
	image?: string;
	text?: Files['texts'][number];
	unsent?: Files['unsent'][number];
}

async function readSource(item: Item, source: string, option: string): Promise<ReadFile> {
	if (/^(https?:\/\/|data:)/i.test(source)) return { image: imageSource(source, option) };
	const file = await readBinary(item, source, option);
	const { fileName: name, mimeType, bytes } = file;
	if (bytes.length === 0) throw emptyFile(source, option);
	if (mimeType === 'application/pdf') {
		return { text: { name, text: await pdfText(bytes, `${option}: the PDF "${source}"`) } };
	}
	const text = mimeType.startsWith('image/') && !isSvg(mimeType) ? undefined : textOf(file);
	return text === undefined ? { image: imageUrl(file, option) } : { text: { name, text } };
}

function imageSource(url: string, option: string): string {
	const isDocument = /^https?:[^?#]+\.(?:pdf|docx?|xlsx?|pptx?|csv|txt|html?)$/i.test(url);
	const problem = isDocument ? 'a link can only lead to an image' : imageProblem(url);
	if (problem === undefined) return url;
	const hint = isDocument
		? 'Download it with the HTTP Request node, and name its binary field.'
		: undefined;
	throw new TokenHubError('badConfig', `${option}: "${url.slice(0, 40)}…": ${problem}.`, { hint });
}

function emptyFile(name: string, option: string): TokenHubError {
	return new TokenHubError(
		'badConfig',
		`${option}: the binary field "${name}": it contains no data.`,
		{
			hint: 'Look at the node that made the file: it has 0 bytes.',
		},
	);
}

/** A picture that is a text. */
const isSvg = (mimeType: string) => mimeType.startsWith('image/svg');

/** Undefined if it is not text, whatever its type says: office documents call themselves XML. */
function textOf({ bytes, mimeType }: BinaryFile): string | undefined {
	if (bytes.length > TEXT_MB * 1024 * 1024) return undefined;
	const text = decoderOf(mimeType, bytes).decode(bytes);
	return looksLikeText(text, '') ? text : undefined;
}

/** A larger text is not read. */
const TEXT_MB = 10;
const NEITHER = `neither an image, nor a PDF, nor UTF-8 text of up to ${TEXT_MB} MB`;

/** @throws TokenHubError `badConfig` for a file that is not an image, or that would be refused. */
function imageUrl({ name, mimeType, bytes }: BinaryFile, option: string): string {
	const url = dataUri(mimeType, bytes.toString('base64'));
	const problem = imageProblem(url);
	if (problem === undefined) return url;
	const isImage = mimeType.startsWith('image/');
	const kinds = isImage ? problem : `it is ${mimeType}, ${NEITHER}`;
	throw new TokenHubError('badConfig', `${option}: the binary field "${name}": ${kinds}.`, {
		hint: isImage
			? 'Change its size or type first, for example with the Edit Image node.'
			: 'Read it first, for example with n8n’s Extract from File node, and put its text into the prompt.',
	});
}

/** The content of a binary field of an item. */
interface BinaryFile {
	/** The name of the field. */
	name: string;
	/** The name of the file itself if it has one, otherwise of the field. */
	fileName: string;
	/** According to the first bytes if they tell, otherwise as the field says. */
	mimeType: string;
	bytes: Buffer;
}

/** @throws TokenHubError `badConfig` that names the fields that exist. */
async function readBinary(
	{ context, itemIndex }: Item,
	name: string,
	option: string,
): Promise<BinaryFile> {
	const names = binaryNames({ context, itemIndex });
	if (!names.includes(name)) throw unknownField(name, names, option);
	const { mimeType, fileName = name } = context.helpers.assertBinaryData(itemIndex, name);
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, name);
	return { name, fileName, mimeType: typeOf(bytes) ?? mimeType, bytes };
}

/** The binary fields of an item. */
function binaryNames({ context, itemIndex }: Item): string[] {
	return Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
}

/** The files that came with a chat message, as n8n's Chat Trigger names them in the item. */
function chatFiles({ context, itemIndex }: Item): string[] {
	const { json = {} } = context.getInputData()[itemIndex] ?? {};
	const files = own(json, 'chatInput') === undefined ? [] : own(json, 'files');
	const names = binaryNames({ context, itemIndex });
	if (!Array.isArray(files)) return [];
	const named = files.map((file: unknown) => (isRecord(file) ? own(file, 'binaryKey') : undefined));
	return names.filter((name) => named.includes(name));
}

function unknownField(name: string, names: readonly string[], option: string): TokenHubError {
	const nearest = nearestName(name, names);
	const known = names.map((field) => `"${field}"`).join(', ');
	// Paths, and addresses without their scheme.
	const hint = /^(?!\w+$).*[/\\]|^www\./.test(name)
		? 'An image on the web starts with https://. To use a file of the server, read it with Read/Write Files from Disk first.'
		: names.length === 0
			? 'The item has no binary data: the previous node must pass it on, or use a URL.'
			: `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}The binary fields of the item: ${known}.`;
	return new TokenHubError('badConfig', `${option}: the item has no binary field "${name}".`, {
		hint,
	});
}

/** Downloads often come as `application/octet-stream`. */
function typeOf(bytes: Buffer): string | undefined {
	const start = bytes.subarray(0, 18);
	return start.toString('latin1').startsWith('%PDF-')
		? 'application/pdf'
		: pictureType(start.toString('base64'));
}
