import { readCrossReference, type CrossReference } from './crossReference';
import { openDecryption } from './decryption';
import {
	follow,
	whole,
	type Objects,
	streamEnds,
	readObject,
	dataOf,
	load,
	type Pack,
	type Packed,
	type Entry,
} from './objects';
import { readValue, cursorAt, readToken, refill, weightOf } from './tokens';
import { unpack } from './unpack';
import {
	broken,
	isRefusal,
	type Pace,
	dictOf,
	isDict,
	isList,
	isText,
	type PdfDict,
	type PdfStream,
	type PdfValue,
	PDF_LIMITS,
	refusal,
	isRef,
	isStream,
	isWord,
	numberOf,
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

/** As far as the start of an object tells what it is. */
const HEAD = 400;

/**
 * The places of all objects of a file whose own table is broken, by looking for them. `packs` are the
 * streams that hold further objects, `catalog` is the last root that was seen.
 * @throws Refusal when there is no document.
 */
async function findObjects(
	bytes: Uint8Array,
	pace: Pace,
): Promise<CrossReference & { packs: number[]; catalog?: PdfValue }> {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries = new Map<number, Entry>();
	const packs = new Set<number>();
	let trailer = new Map<string, PdfValue>();
	let catalog: PdfValue | undefined;
	for await (const at of placesOf(file, 'obj', pace)) {
		const number = numberBefore(file, at);
		if (number === undefined) continue;
		entries.set(number.value, { at: number.at });
		if (entries.size > PDF_LIMITS.objects) throw refusal('objects');
		const head =
			file
				.subarray(at, at + HEAD)
				.toString('latin1')
				.split('endobj')[0] ?? '';
		if (/\/Type\s*\/ObjStm/.test(head)) packs.add(number.value);
		if (/\/Type\s*\/XRef/.test(head)) {
			await pace();
			trailer = merged(trailer, readObject(bytes, number.at)?.value);
		}
		if (/\/Type\s*\/Catalog/.test(head)) catalog = { ref: number.value };
	}
	for await (const at of placesOf(file, 'trailer', pace)) {
		await pace();
		const found = readValue(cursorAt(bytes, at + 'trailer'.length));
		if (isDict(found)) trailer = merged(trailer, found);
	}
	if (entries.size === 0) throw broken('it holds no objects');
	return { entries, trailer, packs: [...packs], catalog };
}

/** What the last one says holds, as far as it leads anywhere. */
function merged(before: PdfDict, found: PdfValue | undefined): Map<string, PdfValue> {
	const dict = new Map(before);
	for (const key of ['Root', 'Encrypt', 'ID', 'Info']) {
		const value = dictOf(found).get(key);
		const isRoot = key !== 'Root' || isRef(value) || isDict(value);
		if (value !== undefined && isRoot) dict.set(key, value);
	}
	return dict;
}

async function* placesOf(file: Buffer, word: string, pace: Pace): AsyncGenerator<number> {
	let since = 0;
	for (let at = file.indexOf(word); at !== -1; at = file.indexOf(word, at + word.length)) {
		since += 1;
		if (since % 500 === 0) await pace();
		yield at;
	}
	await pace();
}

/** The number of an object before the word `obj`; no regular expression, for a file may be one long number. */
function numberBefore(file: Buffer, word: number): { value: number; at: number } | undefined {
	const text = file.subarray(Math.max(0, word - 24), word).toString('latin1');
	const found = /(?<![0-9])(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+$/.exec(text);
	if (!found) return undefined;
	return { value: Number(found[1]), at: Math.max(0, word - 24) + found.index };
}

/** Unpacked bytes that are kept, because their objects are asked for one after another. */
const MOST_KEPT = 64 * 1024 * 1024;

async function readPacked(
	objects: Objects,
	number: number,
	{ within, index }: Packed,
): Promise<PdfValue> {
	const { bytes, places } = await openPack(objects, within);
	const stated = places[index];
	const place = stated?.[0] === number ? stated : places.find(([other]) => other === number);
	if (!place) return null;
	const cursor = cursorAt(bytes, place[1]);
	const value = readValue(cursor);
	objects.weight += weightOf(cursor);
	return value === undefined || isWord(value) ? null : value;
}

/** The entries of all objects in these streams. */
async function membersOf(objects: Objects, packs: readonly number[]): Promise<Map<number, Entry>> {
	const found = new Map<number, Entry>();
	for (const within of packs) {
		const { places } = await openPack(objects, within);
		places.forEach(([number], index) => found.set(number, { within, index }));
		if (found.size > PDF_LIMITS.objects) throw refusal('objects');
	}
	return found;
}

async function openPack(objects: Objects, within: number): Promise<Pack> {
	const { packs } = objects;
	const known = packs.get(within);
	if (known) return known;
	const pack = await readPack(objects, within);
	const size = [...packs.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
	if (size + pack.bytes.length > MOST_KEPT) packs.clear();
	packs.set(within, pack);
	return pack;
}

async function readPack(objects: Objects, within: number): Promise<Pack> {
	const stream = await load(objects, within);
	if (!isStream(stream)) throw broken('its table is wrong');
	const first = numberOf(await follow(objects, stream.dict.get('First'))) ?? 0;
	const count = numberOf(await follow(objects, stream.dict.get('N'))) ?? 0;
	if (count > PDF_LIMITS.objects) throw refusal('objects');
	const bytes = await dataOf(objects, stream);
	const cursor = cursorAt(bytes);
	const places: Pack['places'] = [];
	for (let index = 0; index < count; index += 1) {
		if (index % 1_000 === 0) await objects.pace();
		refill(cursor);
		const number = readToken(cursor);
		const at = readToken(cursor);
		if (typeof number !== 'number' || typeof at !== 'number') break;
		places.push([number, first + at]);
	}
	return { bytes, places };
}
