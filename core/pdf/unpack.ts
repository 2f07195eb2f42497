import {
	broken,
	dictOf,
	isList,
	latin1,
	nameOf,
	numberOf,
	type Pace,
	PDF_LIMITS,
	type PdfDict,
	type PdfValue,
	refusal,
} from './values';

const MOST_BYTES = PDF_LIMITS.streamMegabytes * 1024 * 1024;
/** A packed stream may be packed again. */
const MOST_LAYERS = 8;
/** How many steps to take before others may run. */
const EACH = 2_048;

const cannot = () => broken('one of its parts cannot be unpacked');

type Unpack = (packed: Uint8Array, pace: Pace, parameters: PdfDict) => Promise<Uint8Array>;

const FILTERS = new Map<string, Unpack>([
	['FlateDecode', async (packed, ...how) => await unpredict(await inflate(packed), ...how)],
	[
		'LZWDecode',
		async (packed, pace, parameters) =>
			await unpredict(await unpackLzw(packed, pace, parameters), pace, parameters),
	],
	['ASCII85Decode', unpackAscii85],
	['ASCIIHexDecode', unpackHex],
	['RunLengthDecode', unpackRuns],
	['Crypt', (packed) => Promise.resolve(packed)],
]);
const FULL_NAMES = new Map([
	['Fl', 'FlateDecode'],
	['LZW', 'LZWDecode'],
	['A85', 'ASCII85Decode'],
	['AHx', 'ASCIIHexDecode'],
	['RL', 'RunLengthDecode'],
]);

/**
 * The unpacked bytes of a stream; its dictionary must not contain references.
 * @throws Refusal for a picture, and for more than 50 MB.
 */
export async function unpack(packed: Uint8Array, dict: PdfDict, pace: Pace): Promise<Uint8Array> {
	const all = (value: PdfValue | undefined): readonly (PdfValue | undefined)[] =>
		isList(value) ? value : [value];
	const filters = all(dict.get('Filter') ?? dict.get('F'));
	const parameters = all(dict.get('DecodeParms') ?? dict.get('DP'));
	if (filters.length > MOST_LAYERS) throw broken('one of its parts is packed too often');
	let bytes = packed;
	for (const [index, value] of filters.entries()) {
		const name = nameOf(value);
		if (name === undefined) continue;
		await pace();
		const filter = FILTERS.get(FULL_NAMES.get(name) ?? name);
		if (!filter) throw broken(`one of its parts is packed as ${name}`);
		bytes = await filter(bytes, pace, dictOf(parameters[index]));
	}
	return bytes;
}

/** No row of text, or of a table of objects, is longer than this. */
const WIDEST_ROW = 1024 * 1024;

/**
 * Undoes a predictor, which makes data easier to pack: each row says how it differs from the one above.
 */
async function unpredict(data: Uint8Array, pace: Pace, parameters: PdfDict): Promise<Uint8Array> {
	const setting = (key: string, usual: number) =>
		Math.max(1, numberOf(parameters.get(key)) ?? usual);
	const predictor = setting('Predictor', 1);
	if (predictor < 2) return data;
	const bits = setting('Colors', 1) * setting('BitsPerComponent', 8);
	const pixel = Math.max(1, bits >> 3);
	const width = Math.ceil((bits * setting('Columns', 1)) / 8);
	// Predictor 2 is for pictures.
	if (predictor < 10 || !(width <= WIDEST_ROW)) throw cannot();
	const rows = Math.ceil(data.length / (width + 1));
	const made = new Uint8Array(rows * width);
	for (let row = 0, done = 0; row < rows; row += 1, done += width + EACH) {
		if (done > 64 * EACH) {
			await pace();
			done = 0;
		}
		addRow(data.subarray(row * (width + 1), (row + 1) * (width + 1)), made, {
			...{ start: row * width, width, pixel },
		});
	}
	return made.subarray(0, data.length - rows);
}

/** The first byte of a row says which neighbors its bytes are relative to. */
function addRow(
	row: Uint8Array,
	made: Uint8Array,
	{ start, width, pixel }: { start: number; width: number; pixel: number },
): void {
	const kind = row[0];
	for (let column = 0, at = start; column < row.length - 1; column += 1, at += 1) {
		const left = column < pixel ? 0 : (made[at - pixel] ?? 0);
		const above = made[at - width] ?? 0;
		let guess = 0;
		if (kind === 1) guess = left;
		else if (kind === 2) guess = above;
		else if (kind === 3) guess = (left + above) >> 1;
		else if (kind === 4) {
			guess = nearest(left, above, column < pixel ? 0 : (made[at - width - pixel] ?? 0));
		}
		made[at] = (row[column + 1] ?? 0) + guess;
	}
}

/** The neighbor that is closest to the prediction from all three (the Paeth predictor). */
function nearest(left: number, above: number, corner: number): number {
	const toLeft = Math.abs(above - corner);
	const toAbove = Math.abs(left - corner);
	const toCorner = Math.abs(left + above - 2 * corner);
	if (toLeft <= toAbove && toLeft <= toCorner) return left;
	return toAbove <= toCorner ? above : corner;
}

async function inflate(packed: Uint8Array): Promise<Uint8Array> {
	const whole = await inflated(packed, 'deflate');
	if (whole.failed === undefined) return whole.bytes;
	// Many writers leave out the checksum at the end. Raw data, without the two-byte header, has none.
	const raw = await inflated(packed.subarray(2), 'deflate-raw');
	// Bytes after the end do no harm; a missing end does.
	if (raw.failed === undefined || /trailing junk/i.test(raw.failed)) return raw.bytes;
	throw cannot();
}

/** The output, including what came before a failure. @throws Refusal for more than 50 MB. */
async function inflated(
	packed: Uint8Array,
	format: 'deflate' | 'deflate-raw',
): Promise<{ bytes: Uint8Array; failed?: string }> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const source = new Blob([Uint8Array.from(packed)]).stream();
	const unpacked: ReadableStream<Uint8Array> = source.pipeThrough(new DecompressionStream(format));
	const reader = unpacked.getReader();
	for (;;) {
		const step = await reader.read().catch((thrown: unknown) => ({ failed: describe(thrown) }));
		if ('failed' in step) return { bytes: Buffer.concat(pieces), failed: step.failed };
		if (step.done) return { bytes: Buffer.concat(pieces) };
		pieces.push(step.value);
		length += step.value.length;
		if (length <= MOST_BYTES) continue;
		await reader.cancel().catch(() => undefined);
		throw refusal('streamMegabytes');
	}
}

function describe(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	return `${thrown.message} ${thrown.cause instanceof Error ? thrown.cause.message : ''}`;
}

/** A buffer that grows: its final size is not known in advance. */
interface Growing {
	bytes: Uint8Array;
	length: number;
}
const growing = (): Growing => ({ bytes: new Uint8Array(4_096), length: 0 });
const grown = ({ bytes, length }: Growing): Uint8Array => bytes.subarray(0, length);

function reserve(to: Growing, count: number): void {
	const length = to.length + count;
	if (length > MOST_BYTES) throw refusal('streamMegabytes');
	if (length <= to.bytes.length) return;
	const larger = new Uint8Array(Math.max(length, to.bytes.length * 2));
	larger.set(grown(to));
	to.bytes = larger;
}

function append(to: Growing, added: Uint8Array): void {
	reserve(to, added.length);
	to.bytes.set(added, to.length);
	to.length += added.length;
}

/** Run lengths: a count followed by that many bytes, or by one byte to repeat that many times. */
async function unpackRuns(packed: Uint8Array, pace: Pace): Promise<Uint8Array> {
	const made = growing();
	for (let at = 0, turn = 0; at < packed.length; turn += 1) {
		if (turn % EACH === 0) await pace();
		const count = packed[at] ?? 128;
		if (count === 128) break;
		if (count < 128) append(made, packed.subarray(at + 1, at + 2 + count));
		else append(made, new Uint8Array(257 - count).fill(packed[at + 1] ?? 0));
		at += count < 128 ? count + 2 : 2;
	}
	return grown(made);
}

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4_096;

/** LZW. The table holds the position and length of each string in the output. */
async function unpackLzw(packed: Uint8Array, pace: Pace, parameters: PdfDict): Promise<Uint8Array> {
	const made = growing();
	const table: { at: number; length: number }[] = [];
	// Most writers make codes longer one code earlier than necessary.
	const early = parameters.get('EarlyChange') === 0 ? 0 : 1;
	let previous: { at: number; length: number } | undefined;
	for (let turn = 0, bit = 0; ; turn += 1) {
		if (turn % EACH === 0) await pace();
		const next = END + 1 + table.length;
		const width = Math.min(12, Math.max(9, 32 - Math.clz32(next + early)));
		const code = readBits(packed, bit, width);
		bit += width;
		if (code === undefined || code === END) return grown(made);
		if (code === CLEAR) {
			table.length = 0;
			previous = undefined;
			continue;
		}
		const at = made.length;
		if (previous && next < MOST_CODES) table.push({ ...previous, length: previous.length + 1 });
		const known = table[code - END - 1];
		if (code < CLEAR) append(made, Uint8Array.of(code));
		else if (known) repeat(made, known.at, known.length);
		else throw cannot();
		previous = { at, length: made.length - at };
	}
}

/** Copies byte by byte: a string may overlap what it adds. */
function repeat(made: Growing, start: number, length: number): void {
	reserve(made, length);
	for (let index = 0; index < length; index += 1) {
		made.bytes[made.length + index] = made.bytes[start + index] ?? 0;
	}
	made.length += length;
}

function readBits(bytes: Uint8Array, from: number, count: number): number | undefined {
	if (from + count > bytes.length * 8) return undefined;
	const at = from >> 3;
	const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
	return (three >> (24 - count - (from & 7))) & ((1 << count) - 1);
}

/** ASCII85: five characters for four bytes, `z` for four zeros. */
async function unpackAscii85(packed: Uint8Array, pace: Pace): Promise<Uint8Array> {
	const made = growing();
	let group: number[] = [];
	for (let at = 0; at < packed.length; at += 1) {
		if (at % EACH === 0) await pace();
		const byte = packed[at] ?? 0;
		if (byte === 0x7e) break;
		if (byte === 0x7a && group.length === 0) append(made, new Uint8Array(4));
		if (byte < 0x21 || byte > 0x75) continue;
		group.push(byte - 0x21);
		if (group.length < 5) continue;
		append(made, fourOf(group));
		group = [];
	}
	if (group.length > 1) append(made, fourOf(group).subarray(0, group.length - 1));
	return grown(made);
}

function fourOf(group: readonly number[]): Uint8Array {
	const padded = [...group, 84, 84, 84, 84].slice(0, 5);
	const value = padded.reduce((sum, digit) => sum * 85 + digit, 0);
	return Uint8Array.of(value / 2 ** 24, value >>> 16, value >>> 8, value);
}

/** Two hexadecimal digits per byte. */
async function unpackHex(packed: Uint8Array, pace: Pace): Promise<Uint8Array> {
	const end = packed.indexOf(0x3e);
	const digits = packed.subarray(0, end === -1 ? packed.length : end);
	const parts: Uint8Array[] = [];
	let rest = '';
	for (let at = 0; at < digits.length; at += 64 * EACH) {
		await pace();
		const text = rest + latin1(digits.subarray(at, at + 64 * EACH)).replace(/[^0-9a-f]+/gi, '');
		parts.push(Buffer.from(text, 'hex'));
		rest = text.length % 2 === 0 ? '' : text.slice(-1);
	}
	return Buffer.concat([...parts, Buffer.from(rest && `${rest}0`, 'hex')]);
}
