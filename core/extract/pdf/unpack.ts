import { unascii85, unhex, unlzw, unrun } from './expand';
import {
	broken,
	PDF_LIMITS,
	type Pace,
	dictOf,
	isList,
	nameOf,
	type PdfDict,
	type PdfValue,
	numberOf,
	refusal,
} from './values';

const MOST_BYTES = PDF_LIMITS.streamMegabytes * 1024 * 1024;
/** Packed once, and what comes out packed again. */
const MOST_LAYERS = 8;

interface Layer {
	filter: string;
	parameters: PdfDict;
}

/** The layers of a stream, outermost first; its dictionary must hold no references. */
function layersOf(dict: PdfDict): Layer[] {
	const all = (value: PdfValue | undefined): readonly (PdfValue | undefined)[] =>
		isList(value) ? value : [value];
	const parameters = all(dict.get('DecodeParms') ?? dict.get('DP'));
	return all(dict.get('Filter') ?? dict.get('F')).flatMap((value, index) => {
		const filter = nameOf(value);
		return filter === undefined ? [] : [{ filter, parameters: dictOf(parameters[index]) }];
	});
}

/** What the bytes of a stream stand for. @throws Refusal for a picture, and for more than 50 MB. */
export async function unpack(packed: Uint8Array, dict: PdfDict, pace: Pace): Promise<Uint8Array> {
	const layers = layersOf(dict);
	if (layers.length > MOST_LAYERS) throw broken('one of its parts is packed too often');
	let bytes = packed;
	for (const { filter, parameters } of layers) {
		await pace();
		bytes = await unpackLayer(bytes, { filter, parameters }, pace);
	}
	return bytes;
}

async function unpackLayer(
	bytes: Uint8Array,
	{ filter, parameters }: Layer,
	pace: Pace,
): Promise<Uint8Array> {
	switch (filter) {
		case 'FlateDecode':
		case 'Fl':
			return await unpredict(await inflate(bytes, MOST_BYTES), parameters, pace);
		case 'LZWDecode':
		case 'LZW': {
			const how = { most: MOST_BYTES, isEarly: parameters.get('EarlyChange') !== 0 };
			return await unpredict(await unlzw(bytes, how, pace), parameters, pace);
		}
		case 'ASCII85Decode':
		case 'A85':
			return await unascii85(bytes, MOST_BYTES, pace);
		case 'ASCIIHexDecode':
		case 'AHx':
			return await unhex(bytes, MOST_BYTES, pace);
		case 'RunLengthDecode':
		case 'RL':
			return await unrun(bytes, MOST_BYTES, pace);
		case 'Crypt':
			return bytes;
		default:
			throw broken(`one of its parts is packed as ${filter}`);
	}
}

/** Undoes what makes data easier to pack: each row says how it differs from the one above. */
async function unpredict(data: Uint8Array, parameters: PdfDict, pace: Pace): Promise<Uint8Array> {
	const predictor = numberOf(parameters.get('Predictor')) ?? 1;
	if (predictor < 2) return data;
	const colors = within(numberOf(parameters.get('Colors')) ?? 1, 32);
	const bits = within(numberOf(parameters.get('BitsPerComponent')) ?? 8, 16);
	const columns = within(numberOf(parameters.get('Columns')) ?? 1, 1_000_000);
	const pixel = Math.max(1, (colors * bits) >> 3);
	const width = Math.ceil((colors * bits * columns) / 8);
	return predictor === 2
		? await byLeft(data, { pixel, width, bits }, pace)
		: await byRows(data, { pixel, width, bits }, pace);
}

const within = (value: number, most: number): number => Math.min(most, Math.max(1, value));

interface Shape {
	/** Bytes of a pixel, and of a row. */
	pixel: number;
	width: number;
	bits: number;
}

const EACH = 64 * 1024;

async function byLeft(data: Uint8Array, { pixel, width, bits }: Shape, pace: Pace) {
	const made = Uint8Array.from(data);
	if (bits !== 8) return made;
	for (let at = 0; at < made.length; at += 1) {
		if (at % EACH === 0) await pace();
		if (at % width >= pixel) made[at] = (made[at] ?? 0) + (made[at - pixel] ?? 0);
	}
	return made;
}

/** A byte before each row says of which neighbours its bytes are the differences. */
async function byRows(data: Uint8Array, { pixel, width }: Shape, pace: Pace): Promise<Uint8Array> {
	const rows = Math.ceil(data.length / (width + 1));
	const made = new Uint8Array(rows * width);
	for (let row = 0; row < rows; row += 1) {
		const line = { data, made, from: row * (width + 1), at: row * width, pixel, width };
		for (let start = 0; start < width; start += EACH) {
			if (start > 0 || row % 256 === 0) await pace();
			addRow(line, start);
		}
	}
	return made.subarray(0, data.length - rows);
}

interface Line {
	data: Uint8Array;
	made: Uint8Array;
	/** Where the row begins in the data, with its kind, and where in what is made. */
	from: number;
	at: number;
	pixel: number;
	width: number;
}

function addRow({ data, made, from, at, pixel, width }: Line, start: number): void {
	const kind = data[from];
	const end = Math.min(width, start + EACH, data.length - from - 1);
	for (let column = start; column < end; column += 1) {
		const left = column < pixel ? 0 : (made[at + column - pixel] ?? 0);
		const above = at === 0 ? 0 : (made[at + column - width] ?? 0);
		let guess = 0;
		if (kind === 1) guess = left;
		else if (kind === 2) guess = above;
		else if (kind === 3) guess = (left + above) >> 1;
		else if (kind === 4) {
			const isEdge = at === 0 || column < pixel;
			guess = nearest(left, above, isEdge ? 0 : (made[at + column - width - pixel] ?? 0));
		}
		made[at + column] = (data[from + 1 + column] ?? 0) + guess;
	}
}

/** The neighbour that is nearest to where the three of them lead. */
function nearest(left: number, above: number, corner: number): number {
	const toLeft = Math.abs(above - corner);
	const toAbove = Math.abs(left - corner);
	const toCorner = Math.abs(left + above - 2 * corner);
	if (toLeft <= toAbove && toLeft <= toCorner) return left;
	return toAbove <= toCorner ? above : corner;
}

const MB = 1024 * 1024;

/** Unpacks zlib data piece by piece, as the platform does it. @throws Refusal beyond `most` bytes. */
async function inflate(packed: Uint8Array, most: number): Promise<Uint8Array> {
	const whole = await inflated({ packed, format: 'deflate', most });
	if (!whole.failed) return whole.bytes;
	// Without its two bytes of head, the sum at its end is not looked at: many writers leave that out.
	const raw = await inflated({ packed: packed.subarray(2), format: 'deflate-raw', most });
	// That sum, or what stands behind it, is no loss; an end that is missing is one.
	if (!raw.failed || /trailing junk/i.test(raw.failed)) return raw.bytes;
	throw broken('one of its parts cannot be unpacked');
}

interface Task {
	packed: Uint8Array;
	format: 'deflate' | 'deflate-raw';
	most: number;
}

/** What came out, also before it failed. */
async function inflated({
	packed,
	format,
	most,
}: Task): Promise<{ bytes: Uint8Array; failed?: string }> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const source = new Blob([Uint8Array.from(packed)]).stream();
	const unpacked: ReadableStream<Uint8Array> = source.pipeThrough(new DecompressionStream(format));
	const reader = unpacked.getReader();
	const outcome = (failed?: string) => ({ bytes: Buffer.concat(pieces), failed });
	for (;;) {
		const step = await reader.read().catch((thrown: unknown) => ({ failed: describe(thrown) }));
		if ('failed' in step) return outcome(step.failed);
		if (step.done) return outcome();
		pieces.push(step.value);
		length += step.value.length;
		if (length <= most) continue;
		await reader.cancel().catch(() => undefined);
		throw refusal('streamMegabytes', `${most / MB}`);
	}
}

function describe(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	return `${thrown.message} ${thrown.cause instanceof Error ? thrown.cause.message : ''}`;
}
