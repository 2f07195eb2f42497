import type { Pace } from './refusal';
import { numberOf, type PdfDict } from './values';

/** Undoes what makes data easier to pack: each row says how it differs from the one above. */
export async function unpredict(
	data: Uint8Array,
	parameters: PdfDict,
	pace: Pace,
): Promise<Uint8Array> {
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
	let length = 0;
	for (let row = 0; row < rows; row += 1) {
		const from = row * (width + 1);
		const source = data.subarray(from + 1, from + 1 + width);
		for (let start = 0; start < source.length; start += EACH) {
			if (start > 0 || row % 256 === 0) await pace();
			const line = { source, kind: data[from] ?? 0, pixel, start };
			addRow(made, { ...line, at: row * width, width });
		}
		length += source.length;
	}
	return made.subarray(0, length);
}

interface Line {
	source: Uint8Array;
	kind: number;
	pixel: number;
	start: number;
	at: number;
	width: number;
}

function addRow(made: Uint8Array, { source, kind, pixel, start, at, width }: Line): void {
	const end = Math.min(source.length, start + EACH);
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
		made[at + column] = (source[column] ?? 0) + guess;
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
