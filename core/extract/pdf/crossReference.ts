import { isAtWord, readObject, type Entry } from './objects';
import { readValue, cursorAt, readToken, refill, type Cursor } from './tokens';
import {
	broken,
	PDF_LIMITS,
	refusal,
	type Pace,
	dictOf,
	isDict,
	isWord,
	numberOf,
	numbersOf,
	type PdfDict,
	type PdfStream,
} from './values';

export interface CrossReference {
	entries: Map<number, Entry>;
	trailer: PdfDict;
}

interface Reading {
	bytes: Uint8Array;
	pace: Pace;
	unpack: (stream: PdfStream) => Promise<Uint8Array>;
	entries: Map<number, Entry>;
}

/**
 * The places of all objects as the file itself states them; a newer part of the file comes first.
 * @throws Refusal when it does not, so that they have to be looked for.
 */
export async function readCrossReference(
	bytes: Uint8Array,
	{ pace, unpack }: Pick<Reading, 'pace' | 'unpack'>,
): Promise<CrossReference> {
	const reading: Reading = { bytes, pace, unpack, entries: new Map() };
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
	const word = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf(
		'startxref',
	);
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

/** Something every so many entries: others go on meanwhile. */
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
	const rows = await reading.unpack({ dict, packed: reading.bytes.subarray(body, body + length) });
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
	let at = 0;
	const fields = widths.map((width) => {
		let value = 0;
		for (const end = at + width; at < end; at += 1) value = value * 256 + (row[at] ?? 0);
		return value;
	});
	const [, second = 0, third = 0] = fields;
	const kind = widths[0] === 0 ? 1 : fields[0];
	if (kind === 0) return 'free';
	if (kind === 1) return { at: second };
	return kind === 2 ? { within: second, index: third } : undefined;
}
