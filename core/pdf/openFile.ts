import { openDecryption } from './decryption';
import {
	dictAt,
	type Entry,
	follow,
	isAtWord,
	type Objects,
	openPack,
	readObject,
	streamEnds,
	valueAt,
	whole,
} from './objects';
import { type Cursor, cursorAt, readToken, readValue, refill } from './tokens';
import { unpack } from './unpack';
import {
	broken,
	bufferOf,
	dictOf,
	isDict,
	isList,
	isRef,
	isRefusal,
	isText,
	isWord,
	latin1,
	numberOf,
	numbersOf,
	type Pace,
	PDF_LIMITS,
	type PdfDict,
	type PdfValue,
	readUint,
	refusal,
} from './values';

export interface PdfFile {
	objects: Objects;
	root: PdfDict;
}

/**
 * Reads from a PDF by its own table of objects. If the table is broken, searches for the objects and
 * reads again.
 * @throws Refusal if the bytes are not a PDF, or a broken or locked one.
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
	const found = await readCrossReference(bytes, pace);
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
	...{ bytes, entries, pace, endOf: streamEnds(bytes) },
	...{ kept: new Map(), weight: 0, packs: new Map(), busy: new Set() },
});

async function unlocked(bytes: Uint8Array, found: CrossReference, pace: Pace): Promise<Objects> {
	const objects = openObjects(bytes, found.entries, pace);
	const lock = await whole(objects, found.trailer.get('Encrypt'));
	if (!isDict(lock)) return objects;
	const ids = await valueAt(objects, found.trailer, 'ID');
	const first = isList(ids) ? await follow(objects, ids[0]) : null;
	const id = isText(first) ? first.text : new Uint8Array();
	const decryption = await openDecryption(lock, id, pace);
	return { ...openObjects(bytes, found.entries, pace), decryption };
}

/** @throws Refusal if the root is missing: the table's offsets are then wrong. */
async function rooted(
	objects: Objects,
	{ trailer, catalog }: CrossReference & { catalog?: PdfValue },
): Promise<PdfFile> {
	for (const place of [trailer.get('Root'), catalog]) {
		const root = dictOf(await follow(objects, place));
		const pages = await dictAt(objects, root, 'Pages');
		if (pages.size > 0) return { objects, root };
	}
	throw broken('it has no pages');
}

/** Enough of an object to tell what it is. */
const HEAD = 400;

/**
 * Searches a file with a broken table for all its objects. `packs` are the streams that contain further
 * objects; `catalog` is the last root found.
 * @throws Refusal if there is no document.
 */
async function findObjects(
	bytes: Uint8Array,
	pace: Pace,
): Promise<CrossReference & { packs: number[]; catalog?: PdfValue }> {
	const file = bufferOf(bytes);
	const entries = new Map<number, Entry>();
	const packs = new Set<number>();
	let trailer = new Map<string, PdfValue>();
	let catalog: PdfValue | undefined;
	for await (const at of placesOf(file, 'obj', pace)) {
		const number = numberBefore(file, at);
		if (number === undefined) continue;
		entries.set(number.value, { at: number.at });
		if (entries.size > PDF_LIMITS.objects) throw refusal('objects');
		const [head = ''] = latin1(file.subarray(at, at + HEAD)).split('endobj');
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

/** The last statement wins, provided it leads somewhere. */
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

/** The object number before the word `obj`, a few characters at most: a file may be one long number. */
function numberBefore(file: Buffer, word: number): { value: number; at: number } | undefined {
	const text = file.subarray(Math.max(0, word - 24), word).toString('latin1');
	const found = /(?<![0-9])(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+$/.exec(text);
	if (!found) return undefined;
	return { value: Number(found[1]), at: Math.max(0, word - 24) + found.index };
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

interface CrossReference {
	entries: Map<number, Entry>;
	trailer: PdfDict;
}

interface Reading {
	bytes: Uint8Array;
	pace: Pace;
	entries: Map<number, Entry>;
}

/**
 * The offsets of all objects according to the file itself; newer parts of the file come first.
 * @throws Refusal if it does not give them.
 */
async function readCrossReference(bytes: Uint8Array, pace: Pace): Promise<CrossReference> {
	const reading: Reading = { bytes, pace, entries: new Map() };
	const seen = new Set<number>();
	const open: number[] = [startOf(bytes)];
	let newest: PdfDict | undefined;
	for (let at = open.shift(); at !== undefined; at = open.shift()) {
		if (seen.has(at)) continue;
		seen.add(at);
		await pace();
		const trailer = await readSection(reading, at);
		newest ??= trailer;
		for (const key of ['XRefStm', 'Prev']) {
			const next = numberOf(trailer.get(key));
			if (next !== undefined) open.push(next);
		}
	}
	if (!newest?.has('Root')) throw broken('it has no root');
	return { entries: reading.entries, trailer: newest };
}

const LAST_BYTES = 2_048;

function startOf(bytes: Uint8Array): number {
	const from = Math.max(0, bytes.length - LAST_BYTES);
	const word = bufferOf(bytes).lastIndexOf('startxref');
	const at = word < from ? undefined : readToken(cursorAt(bytes, word + 'startxref'.length));
	if (typeof at !== 'number') throw broken('it does not say where its parts are');
	return at;
}

async function readSection(reading: Reading, at: number): Promise<PdfDict> {
	const cursor = cursorAt(reading.bytes, at);
	return isAtWord(cursor, 'xref')
		? await readTable(reading, cursor)
		: await readPacked(reading, at);
}

/** Others may run after this many entries. */
const EACH = 1_000;

function add(entries: Map<number, Entry>, number: number, entry: Entry): void {
	if (!entries.has(number)) entries.set(number, entry);
	if (entries.size > PDF_LIMITS.objects) throw refusal('objects');
}

async function readTable(reading: Reading, cursor: Cursor): Promise<PdfDict> {
	while (!isAtWord(cursor, 'trailer')) {
		const first = readToken(cursor);
		const count = readToken(cursor);
		if (typeof first !== 'number' || typeof count !== 'number') throw broken('its table is broken');
		for (let index = 0; index < count; index += 1) {
			if (index % EACH === 0) await reading.pace();
			refill(cursor);
			const at = readToken(cursor);
			readToken(cursor);
			const kind = readToken(cursor);
			if (typeof at !== 'number' || !isWord(kind)) throw broken('its table is broken');
			add(reading.entries, first + index, kind.word === 'n' ? { at } : 'free');
		}
	}
	const trailer = readValue(cursor);
	if (!isDict(trailer)) throw broken('its table has no end');
	return trailer;
}

async function readPacked(reading: Reading, at: number): Promise<PdfDict> {
	const { stream } = readObject(reading.bytes, at) ?? {};
	const length = numberOf(stream?.dict.get('Length'));
	if (!stream || length === undefined) throw broken('its table is not where it should be');
	const { dict, body } = stream;
	const rows = await unpack(reading.bytes.subarray(body, body + length), dict, reading.pace);
	const widths = numbersOf(dict.get('W')) ?? [];
	const size = widths.reduce((sum, width) => sum + width, 0);
	if (widths.length < 3 || size <= 0 || size > 32) throw broken('its table is broken');
	let row = 0;
	for (const [first, count] of ranges(dict)) {
		for (let index = 0; index < count && (row + 1) * size <= rows.length; index += 1) {
			if (row % EACH === 0) await reading.pace();
			const entry = toEntry(rows.subarray(row * size, (row + 1) * size), widths);
			if (entry) add(reading.entries, first + index, entry);
			row += 1;
		}
	}
	return dictOf(dict);
}

function ranges(dict: PdfDict): [first: number, count: number][] {
	const numbers = numbersOf(dict.get('Index')) ?? [0, numberOf(dict.get('Size')) ?? 0];
	return numbers.flatMap((first, at): [number, number][] =>
		at % 2 === 0 ? [[first, numbers[at + 1] ?? 0]] : [],
	);
}

function toEntry(row: Uint8Array, widths: readonly number[]): Entry | undefined {
	const [first = 0, second = 0, third = 0] = widths;
	const kind = first === 0 ? 1 : readUint(row, 0, first);
	if (kind === 0) return 'free';
	const place = readUint(row, first, second);
	if (kind === 1) return { at: place };
	const index = readUint(row, first + second, third);
	return kind === 2 ? { within: place, index } : undefined;
}
