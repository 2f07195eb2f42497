import { readCrossReference, type CrossReference, type Entry } from './crossReference';
import { openDecryption } from './decryption';
import { findObjects } from './findObjects';
import { follow, whole, type Objects } from './objects';
import { membersOf, readPacked } from './packs';
import { broken, isRefusal, type Pace } from './refusal';
import { streamEnds } from './streamEnds';
import { unpack } from './unpack';
import {
	dictOf,
	isDict,
	isList,
	isText,
	type PdfDict,
	type PdfStream,
	type PdfValue,
} from './values';

export interface PdfFile {
	objects: Objects;
	root: PdfDict;
}

/**
 * Reads from a PDF by its own table of objects, and once more by looking for them when that table, or
 * what it leads to, is broken.
 * @throws Refusal when the bytes are no PDF, a broken one, or one that asks for a password.
 */
export async function fromFile<Result>(
	bytes: Uint8Array,
	pace: Pace,
	read: (file: PdfFile) => Promise<Result>,
): Promise<Result> {
	const head = Buffer.from(bytes.subarray(0, 1_024)).indexOf('%PDF-');
	const file = head > 0 ? bytes.subarray(head) : bytes;
	try {
		return await read(await byTable(file, pace));
	} catch (thrown) {
		if (!isRefusal(thrown) || thrown.problem !== 'broken') throw thrown;
		return await read(await bySearch(file, pace));
	}
}

async function byTable(bytes: Uint8Array, pace: Pace): Promise<PdfFile> {
	const unpacked = (stream: PdfStream) => unpack(stream.packed, stream.dict, pace);
	const found = await readCrossReference(bytes, { pace, unpack: unpacked });
	return await rooted(await unlocked(bytes, found, pace), found);
}

async function bySearch(bytes: Uint8Array, pace: Pace): Promise<PdfFile> {
	const found = await findObjects(bytes, pace);
	const objects = await unlocked(bytes, found, pace);
	for (const [number, entry] of await membersOf(objects, found.packs)) {
		if (!found.entries.has(number)) found.entries.set(number, entry);
	}
	return await rooted(objects, found);
}

const openObjects = (bytes: Uint8Array, entries: Map<number, Entry>, pace: Pace): Objects => ({
	...{ bytes, entries, pace, ends: streamEnds(bytes), readPacked },
	...{ kept: new Map(), weight: 0, packs: new Map(), busy: new Set() },
});

async function unlocked(bytes: Uint8Array, found: CrossReference, pace: Pace): Promise<Objects> {
	const objects = openObjects(bytes, found.entries, pace);
	const lock = await whole(objects, found.trailer.get('Encrypt'));
	if (!isDict(lock)) return objects;
	const ids = await follow(objects, found.trailer.get('ID'));
	const first = isList(ids) ? await follow(objects, ids[0]) : null;
	const id = isText(first) ? first.text : new Uint8Array();
	const decryption = await openDecryption(lock, id, pace);
	return { ...openObjects(bytes, found.entries, pace), decryption };
}

/** @throws Refusal when the root is not there: the places of the objects are wrong then. */
async function rooted(
	objects: Objects,
	{ trailer, catalog }: CrossReference & { catalog?: PdfValue },
): Promise<PdfFile> {
	for (const place of [trailer.get('Root'), catalog]) {
		const root = dictOf(await follow(objects, place));
		const pages = dictOf(await follow(objects, root.get('Pages')));
		if (pages.size > 0) return { objects, root };
	}
	throw broken('it has no pages');
}
