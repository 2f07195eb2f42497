import { TokenHubError } from '../../core/errors';
import { isRecord } from '../../core/isRecord';
import { nearestName } from '../../core/names';
import { own } from '../../core/own';
import type { ItemRun } from './runItems';

type Item = Pick<ItemRun, 'context' | 'itemIndex'>;

/** What a binary field of an item holds. */
export interface BinaryFile {
	/** Of the field. */
	name: string;
	/** Of the file itself, where it has one; else of the field. */
	fileName: string;
	/** By the first bytes where those tell, else as the field says. */
	mimeType: string;
	bytes: Buffer;
}

/** @throws TokenHubError `badConfig` that names the fields which are there. */
export async function readBinary(
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
export function binaryNames({ context, itemIndex }: Item): string[] {
	return Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
}

/** The files that came with the message of a chat, as n8n's Chat Trigger names them in the item. */
export function chatFiles({ context, itemIndex }: Item): string[] {
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
	const hint =
		names.length === 0
			? 'The item has no binary data: the node before must hand it on, or use a URL.'
			: `${nearest === undefined ? '' : `Did you mean "${nearest}"? `}The binary fields of the item: ${known}.`;
	return new TokenHubError('badConfig', `${option}: the item has no binary field "${name}".`, {
		hint,
	});
}

/** Downloads often come as `application/octet-stream`. */
const SIGNATURES: Array<[mimeType: string, start: RegExp]> = [
	['image/png', /^\x89PNG/],
	['image/jpeg', /^\xFF\xD8\xFF/],
	['image/gif', /^GIF8/],
	['image/webp', /^RIFF.{4}WEBP/s],
	['application/pdf', /^%PDF-/],
];

function typeOf(bytes: Buffer): string | undefined {
	const start = bytes.toString('latin1', 0, 12);
	return SIGNATURES.find(([, signature]) => signature.test(start))?.[0];
}
