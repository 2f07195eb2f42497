import type { Decryption } from './decryption';
import { cursorAt, readToken, skipBlanks, weightOf, type Cursor, readValue } from './tokens';
import { unpack } from './unpack';
import {
	broken,
	type Pace,
	isDict,
	isList,
	isRef,
	isStream,
	isText,
	numberOf,
	type PdfStream,
	type PdfValue,
	isWord,
	type PdfDict,
} from './values';

/** Where an object is: at a place of the file, or as one of several in a stream. */
export type Entry = { at: number } | { within: number; index: number } | 'free';

type Direct = Exclude<PdfValue, { ref: number }>;

/** Objects that stand in a stream, many together. */
export interface Pack {
	bytes: Uint8Array;
	/** Number and place of each object. */
	places: [number: number, at: number][];
}

/** Which of the objects of a stream. */
export type Packed = Extract<Entry, { within: number }>;

/** The objects of a file, read when they are asked for. */
export interface Objects {
	bytes: Uint8Array;
	entries: Map<number, Entry>;
	pace: Pace;
	ends: ReturnType<typeof streamEnds>;
	decryption?: Decryption;
	kept: Map<number, PdfValue>;
	/** Of all that is kept. */
	weight: number;
	packs: Map<number, Pack>;
	/** Reads one that stands in a stream, which is an object itself. */
	readPacked: (this: void, objects: Objects, number: number, place: Packed) => Promise<PdfValue>;
	/** Those that are being read: an object that is needed to read itself is none. */
	busy: Set<number>;
}

/** As many parts as are kept once they have been read. */
const MOST_WEIGHT = 1_000_000;
const MOST_STEPS = 32;

/** The value itself, when it is a reference to an object; null for one that leads nowhere. */
export async function follow(objects: Objects, value: PdfValue | undefined): Promise<Direct> {
	let found: PdfValue = value ?? null;
	for (let step = 0; isRef(found); step += 1) {
		if (step === MOST_STEPS) return null;
		found = await load(objects, found.ref);
	}
	return found;
}

export async function load(objects: Objects, number: number): Promise<PdfValue> {
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
	if ('within' in entry) return await objects.readPacked(objects, number, entry);
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
	const stated = numberOf(await follow(objects, dict.get('Length')));
	const packed = objects.bytes.subarray(body, objects.ends.endOf(body, stated));
	return { dict, packed, owner: { number, generation } };
}

/** Each text is encrypted by itself. */
async function decrypted(objects: Objects, value: PdfValue, owner: ReadObject): Promise<PdfValue> {
	if (!objects.decryption) return value;
	await objects.pace();
	if (isText(value)) return { text: await objects.decryption.text(value.text, owner) };
	if (isList(value)) {
		const made: PdfValue[] = [];
		for (const item of value) made.push(await decrypted(objects, item, owner));
		return made;
	}
	if (!isDict(value)) return value;
	const made = new Map<string, PdfValue>();
	for (const [key, item] of value) made.set(key, await decrypted(objects, item, owner));
	return made;
}

const DEEPEST = 3;
const LONGEST = 100;

/** With what it refers to in its place, a few levels down: filters, their parameters, locks. */
export async function whole(
	objects: Objects,
	value: PdfValue | undefined,
	depth = 0,
): Promise<Direct> {
	await objects.pace();
	const found = await follow(objects, value);
	if (depth > DEEPEST || isStream(found)) return found;
	if (isList(found)) {
		const made: PdfValue[] = [];
		for (const item of found.slice(0, LONGEST)) made.push(await whole(objects, item, depth + 1));
		return made;
	}
	if (!isDict(found)) return found;
	const made = new Map<string, PdfValue>();
	for (const [key, item] of found) made.set(key, await whole(objects, item, depth + 1));
	return made;
}

const PACKING = ['Filter', 'F', 'DecodeParms', 'DP'];

/** The bytes that a stream stands for. @throws Refusal for what cannot or must not be unpacked. */
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

/** An object as it stands in the file; `body` is where the bytes of a stream begin. */
interface ReadObject {
	number: number;
	generation: number;
	value: PdfValue;
	stream?: { dict: PdfDict; body: number };
	/** How many parts it has, for those who keep it. */
	weight: number;
}

/** `7 0 obj …` at a place; undefined when none stands there. */
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

/** Whether this word comes next, which is then read. */
export function isAtWord(cursor: Cursor, word: string): boolean {
	skipBlanks(cursor);
	for (let index = 0; index < word.length; index += 1) {
		if (cursor.bytes[cursor.at + index] !== word.charCodeAt(index)) return false;
	}
	cursor.at += word.length;
	return true;
}

/** A line ends after the word; some writers put blanks before that. */
function bodyStart({ bytes, at }: Cursor): number {
	let start = at;
	while (bytes[start] === 0x20) start += 1;
	if (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) return start + 2;
	return bytes[start] === 0x0d || bytes[start] === 0x0a ? start + 1 : at;
}

const WORD = 'endstream';

/**
 * Where streams end. What they state themselves is taken where the word stands there that ends them;
 * else that word is looked for. It is found once for all streams before it, so that a file of streams
 * without an end is not read once for each.
 */
export function streamEnds(bytes: Uint8Array) {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let from = 0;
	let found = -1;

	function next(body: number): number {
		const isKnown = from > 0 && body >= from && (found === bytes.length || body <= found);
		if (isKnown) return found;
		const at = file.indexOf(WORD, body);
		from = Math.max(1, body);
		found = at === -1 ? bytes.length : at;
		return found;
	}

	return {
		endOf(body: number, stated: number | undefined): number {
			if (stated !== undefined && stated >= 0 && body + stated <= bytes.length) {
				const behind = file.subarray(body + stated, body + stated + 20).toString('latin1');
				if (/^[\0\t\n\f\r ]*endstream/.test(behind)) return body + stated;
			}
			const end = next(body);
			// The line end before the word is not part of the stream.
			if (file[end - 1] === 0x0a) return Math.max(body, end - (file[end - 2] === 0x0d ? 2 : 1));
			return file[end - 1] === 0x0d ? Math.max(body, end - 1) : end;
		},
	};
}
