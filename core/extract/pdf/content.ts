import { drawText, type Drawing, times, toMatrix, firstState } from './drawText';
import { dataOf, follow } from './objects';
import { readValue, cursorAt, refill, isBlankByte, type Cursor } from './tokens';
import {
	broken,
	dictOf,
	isStream,
	isWord,
	nameOf,
	numbersOf,
	type PdfDict,
	type PdfStream,
	type PdfValue,
	type Pace,
} from './values';

const EACH = 256;
/** No operator has more; those before are of one that is unknown. */
const MOST_OPERANDS = 64;
/** Drawings within drawings, and states put aside. */
const DEEPEST = 16;
const MOST_STATES = 1_000;
const MOST_FORMS = 20_000;

/** Draws what some content says, onto the page of `drawing`. */
export async function draw(drawing: Drawing, bytes: Uint8Array, depth = 0): Promise<void> {
	const cursor = cursorAt(bytes);
	const { length } = drawing.states;
	let operands: PdfValue[] = [];
	for (let turn = 1; ; turn += 1) {
		if (turn % EACH === 0) await drawing.objects.pace();
		const item = readValue(cursor);
		if (item === undefined) break;
		if (!isWord(item)) {
			if (operands.length >= MOST_OPERANDS) operands.shift();
			operands.push(item);
			continue;
		}
		refill(cursor);
		if (item.word === 'BI') await skipInlineImage(cursor, drawing.objects.pace);
		else if (item.word === 'Do') await drawForm(drawing, nameOf(operands.at(-1)), depth);
		else if (!drawState(drawing, item.word, operands)) await drawText(drawing, item.word, operands);
		operands = [];
	}
	// What it has put aside and not taken back is its own.
	drawing.states.length = Math.min(drawing.states.length, length);
}

function drawState(drawing: Drawing, word: string, operands: readonly PdfValue[]): boolean {
	if (word === 'q') {
		if (drawing.states.length < MOST_STATES) drawing.states.push({ ...drawing.state });
		return true;
	}
	if (word === 'Q') {
		drawing.state = drawing.states.pop() ?? drawing.state;
		return true;
	}
	if (word !== 'cm') return false;
	const matrix = toMatrix(numbersOf(operands));
	if (matrix) drawing.state.page = times(matrix, drawing.state.page);
	return true;
}

/** A form is content of its own; pictures say nothing. */
async function drawForm(drawing: Drawing, name: string | undefined, depth: number): Promise<void> {
	const { objects, resources, busy } = drawing;
	const forms = dictOf(await follow(objects, resources.get('XObject')));
	const form = await follow(objects, forms.get(name ?? ''));
	if (!isStream(form) || depth >= DEEPEST || busy.has(form.packed)) return;
	if (nameOf(await follow(objects, form.dict.get('Subtype'))) !== 'Form') return;
	drawing.drawn.forms += 1;
	if (drawing.drawn.forms > MOST_FORMS) throw broken('a page draws too many forms');
	busy.add(form.packed);
	const inner = await innerDrawing(drawing, form);
	await draw(inner, await dataOf(objects, form), depth + 1);
	busy.delete(form.packed);
}

async function innerDrawing(drawing: Drawing, form: PdfStream): Promise<Drawing> {
	const { objects, state } = drawing;
	const own = dictOf(await follow(objects, form.dict.get('Resources')));
	const resources: PdfDict = own.size > 0 ? own : drawing.resources;
	const numbers = await follow(objects, form.dict.get('Matrix'));
	const page = times(toMatrix(numbersOf(numbers)) ?? [1, 0, 0, 1, 0, 0], state.page);
	return { ...drawing, resources, states: [], state: { ...firstState(), page } };
}

/** A picture in the midst of content: its bytes are passed over, up to the word that ends them. */
async function skipInlineImage(cursor: Cursor, pace: Pace): Promise<void> {
	for (;;) {
		const item = readValue(cursor);
		if (item === undefined) return;
		if (isWord(item) && item.word === 'ID') break;
		// It has no data: the word that ends it came first.
		if (isWord(item) && item.word === 'EI') return;
	}
	refill(cursor);
	const { bytes } = cursor;
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let turn = 0;
	for (let at = file.indexOf('EI', cursor.at); at !== -1; at = file.indexOf('EI', at + 1)) {
		turn += 1;
		if (turn % 500 === 0) await pace();
		const isWhole =
			isBlankByte(bytes[at - 1]) && (at + 2 >= bytes.length || isBlankByte(bytes[at + 2]));
		if (isWhole && isProse(bytes.subarray(at + 2, at + 14))) {
			cursor.at = at + 2;
			return;
		}
	}
	cursor.at = bytes.length;
}

/** Content goes on in plain signs; the bytes of a picture hold others. */
const isProse = (bytes: Uint8Array): boolean =>
	bytes.every((byte) => isBlankByte(byte) || (byte >= 0x20 && byte < 0x7f));
