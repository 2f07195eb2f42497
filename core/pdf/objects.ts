import { type Decryption } from './decryption';
import {
	type Cursor,
	cursorAt,
	readToken,
	readValue,
	refill,
	skipBlanks,
	weightOf,
} from './tokens';
import { unpack } from './unpack';
import {
	broken,
	bufferOf,
	dictOf,
	isDict,
	isList,
	isRef,
	isStream,
	isText,
	isWord,
	latin1,
	nameOf,
	numberOf,
	type Pace,
	PDF_LIMITS,
	type PdfDict,
	type PdfStream,
	type PdfValue,
	refusal,
} from './values';

/** Where an object is: at an offset in the file, or in a stream of several objects. */
export type Entry = { at: number } | { within: number; index: number } | 'free';

type Direct = Exclude<PdfValue, { ref: number }>;

/** Objects that are stored together in a stream. */
interface Pack {
	bytes: Uint8Array;
	/** The number and offset of each object. */
	places: [number: number, at: number][];
}

/** The objects of a file, read on demand. */
export interface Objects {
	bytes: Uint8Array;
	entries: Map<number, Entry>;
	pace: Pace;
	endOf: ReturnType<typeof streamEnds>;
	decryption?: Decryption;
	kept: Map<number, PdfValue>;
	weight: number;
	packs: Map<number, Pack>;
	/** Objects being read. One that needs itself in order to be read is null. */
	busy: Set<number>;
}

/** How many parts of objects are kept after they were read. */
const MOST_WEIGHT = 1_000_000;
const MOST_STEPS = 32;

/** The value itself, or the object it refers to; null if the reference leads nowhere. */
export async function follow(objects: Objects, value: PdfValue | undefined): Promise<Direct> {
	let found: PdfValue = value ?? null;
	for (let step = 0; isRef(found); step += 1) {
		if (step === MOST_STEPS) return null;
		found = await load(objects, found.ref);
	}
	return found;
}

/** The value under a key of a dictionary, with references followed. */
export const valueAt = (objects: Objects, dict: PdfDict, key: string): Promise<Direct> =>
	follow(objects, dict.get(key));
export const dictAt = async (objects: Objects, dict: PdfDict, key: string) =>
	dictOf(await valueAt(objects, dict, key));
export const nameAt = async (objects: Objects, dict: PdfDict, key: string) =>
	nameOf(await valueAt(objects, dict, key));
export const numberAt = async (objects: Objects, dict: PdfDict, key: string) =>
	numberOf(await valueAt(objects, dict, key));
/** A list, or an empty one for anything else. */
export async function listAt(objects: Objects, dict: PdfDict, key: string) {
	const value = await valueAt(objects, dict, key);
	return isList(value) ? value : [];
}

async function load(objects: Objects, number: number): Promise<PdfValue> {
	const { entries, kept, busy } = objects;
	const known = kept.get(number);
	if (known !== undefined) return known;
	const entry = entries.get(number);
	if (entry === undefined || entry === 'free' || busy.has(number)) return null;
	busy.add(number);
	try {
		const value = await read(objects, number, entry);
		objects.weight += 1;
		if (objects.weight > MOST_WEIGHT) {
			kept.clear();
			objects.weight = 0;
		}
		kept.set(number, value);
		return value;
	} finally {
		busy.delete(number);
	}
}

async function read(
	objects: Objects,
	number: number,
	entry: Exclude<Entry, 'free'>,
): Promise<PdfValue> {
	await objects.pace();
	if ('within' in entry) return await readPacked(objects, number, entry);
	const object = readObject(objects.bytes, entry.at);
	if (object?.number !== number) throw broken('its table is wrong');
	objects.weight += object.weight;
	return object.stream
		? await toStream(objects, object, object.stream)
		: await decrypted(objects, object.value, object);
}

async function toStream(
	objects: Objects,
	{ number, generation }: ReadObject,
	{ dict, body }: NonNullable<ReadObject['stream']>,
): Promise<PdfStream> {
	const stated = await numberAt(objects, dict, 'Length');
	const packed = objects.bytes.subarray(body, objects.endOf(body, stated));
	return { dict, packed, owner: { number, generation } };
}

/** Each string is encrypted separately. */
async function decrypted(objects: Objects, value: PdfValue, owner: ReadObject): Promise<PdfValue> {
	if (!objects.decryption) return value;
	await objects.pace();
	if (isText(value)) return { text: await objects.decryption.text(value.text, owner) };
	return await withParts(value, (part) => decrypted(objects, part, owner));
}

async function withParts(
	value: PdfValue,
	change: (part: PdfValue) => Promise<PdfValue>,
): Promise<PdfValue> {
	if (!isList(value) && !isDict(value)) return value;
	if (isList(value)) {
		const items: PdfValue[] = [];
		for (const item of value) items.push(await change(item));
		return items;
	}
	const dict = new Map<string, PdfValue>();
	for (const [key, item] of value) dict.set(key, await change(item));
	return dict;
}

const DEEPEST = 3;
const LONGEST = 100;

/** Replaces references by what they refer to, a few levels deep: for filters, parameters, locks. */
export async function whole(
	objects: Objects,
	value: PdfValue | undefined,
	depth = 0,
): Promise<PdfValue> {
	await objects.pace();
	const found = await follow(objects, value);
	if (depth > DEEPEST || isStream(found)) return found;
	const few = isList(found) ? found.slice(0, LONGEST) : found;
	return await withParts(few, (part) => whole(objects, part, depth + 1));
}

const PACKING = ['Filter', 'F', 'DecodeParms', 'DP'];

/** The unpacked bytes of a stream. @throws Refusal for what cannot or must not be unpacked. */
export async function dataOf(
	objects: Objects,
	{ dict, packed, owner }: PdfStream,
): Promise<Uint8Array> {
	const { decryption, pace } = objects;
	const packing = new Map<string, PdfValue>();
	for (const key of PACKING) packing.set(key, await whole(objects, dict.get(key)));
	const open = decryption && owner ? await decryption.stream(packed, owner) : packed;
	return await unpack(open, packing, pace);
}

/** An object as it is in the file; `body` is where the bytes of a stream begin. */
interface ReadObject {
	number: number;
	generation: number;
	value: PdfValue;
	stream?: { dict: PdfDict; body: number };
	/** How many parts it has, which limits how much is kept. */
	weight: number;
}

/** Reads `7 0 obj …` at an offset; undefined if there is no object. */
export function readObject(bytes: Uint8Array, at: number): ReadObject | undefined {
	const cursor = cursorAt(bytes, at);
	const number = readToken(cursor);
	const generation = readToken(cursor);
	if (typeof number !== 'number' || typeof generation !== 'number') return undefined;
	if (!isAtWord(cursor, 'obj')) return undefined;
	const read = readValue(cursor);
	const value = read === undefined || isWord(read) ? null : read;
	const object = { number, generation, value, weight: weightOf(cursor) };
	if (!isDict(value) || !isAtWord(cursor, 'stream')) return object;
	return { ...object, stream: { dict: value, body: bodyStart(cursor) } };
}

/** Reads this word if it comes next, and says whether it did. */
export function isAtWord(cursor: Cursor, word: string): boolean {
	skipBlanks(cursor);
	const end = cursor.at + word.length;
	if (latin1(cursor.bytes.subarray(cursor.at, end)) !== word) return false;
	cursor.at = end;
	return true;
}

/** The word is followed by a line end; some writers put blanks before it. */
function bodyStart({ bytes, at }: Cursor): number {
	let start = at;
	while (bytes[start] === 0x20) start += 1;
	if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) return start + 2;
	return bytes[start] === 0x0d || bytes[start] === 0x0a ? start + 1 : at;
}

/** The limit for unpacked bytes that are kept, because their objects are read one by one. */
const MOST_PACKED = 64 * 1024 * 1024;

async function readPacked(
	objects: Objects,
	number: number,
	{ within, index }: Extract<Entry, { within: number }>,
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

export async function openPack(objects: Objects, within: number): Promise<Pack> {
	const { packs } = objects;
	const known = packs.get(within);
	if (known) return known;
	const pack = await readPack(objects, within);
	const size = [...packs.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
	if (size + pack.bytes.length > MOST_PACKED) packs.clear();
	packs.set(within, pack);
	return pack;
}

async function readPack(objects: Objects, within: number): Promise<Pack> {
	const stream = await load(objects, within);
	if (!isStream(stream)) throw broken('its table is wrong');
	const first = (await numberAt(objects, stream.dict, 'First')) ?? 0;
	const count = (await numberAt(objects, stream.dict, 'N')) ?? 0;
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

/**
 * Finds where a stream ends: at the stated length if the ending word is there, otherwise at the next
 * such word. That search is shared by all streams before the word found, so a file of streams without
 * ends is not searched once for each.
 */
export function streamEnds(bytes: Uint8Array) {
	const file = bufferOf(bytes);
	let from = 0;
	let found = -1;
	return (body: number, stated: number | undefined): number => {
		if (stated !== undefined && stated >= 0 && body + stated <= bytes.length) {
			const behind = file.subarray(body + stated, body + stated + 20).toString('latin1');
			if (/^[\0\t\n\f\r ]*endstream/.test(behind)) return body + stated;
		}
		if (from === 0 || body < from || body > found) {
			const at = file.indexOf('endstream', body);
			from = Math.max(1, body);
			found = at === -1 ? bytes.length : at;
		}
		// The line end before the word is not part of the stream.
		const last = file[found - 1] === 0x0a ? found - 1 : found;
		return Math.max(body, file[last - 1] === 0x0d ? last - 1 : last);
	};
}
