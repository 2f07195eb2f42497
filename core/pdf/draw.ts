import { type PdfFont } from './compositeFont';
import { openFont } from './font';
import { dataOf, dictAt, follow, nameAt, type Objects, valueAt } from './objects';
import { addGlyph, type PageText } from './pageText';
import { type Cursor, cursorAt, isBlankByte, readValue, refill } from './tokens';
import {
	broken,
	bufferOf,
	dictOf,
	isDict,
	isList,
	isStream,
	isText,
	isWord,
	nameOf,
	numberOf,
	numbersOf,
	type Pace,
	type PdfDict,
	type PdfValue,
	readUint,
} from './values';

const EACH = 256;
/** No operator takes more; earlier operands belong to an unknown operator. */
const MOST_OPERANDS = 64;
/** For drawings within drawings, and for saved states. */
const DEEPEST = 16;
const MOST_STATES = 1_000;
const MOST_FORMS = 20_000;

/** Draws some content onto the page of `drawing`. */
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
		else if (item.word === 'Do') await drawForm(drawing, operands.at(-1), depth);
		else if (!drawState(drawing, item.word, operands)) await drawText(drawing, item.word, operands);
		operands = [];
	}
	// States that this content saved and never restored end with it.
	drawing.states.length = Math.min(drawing.states.length, length);
}

function drawState(drawing: Drawing, word: string, operands: Operands): boolean {
	const { state, states } = drawing;
	if (word === 'q' && states.length < MOST_STATES) states.push({ ...state });
	if (word === 'Q') drawing.state = states.pop() ?? state;
	const matrix = word === 'cm' ? toMatrix(numbersOf(operands)) : undefined;
	if (matrix) state.page = times(matrix, state.page);
	return word === 'q' || word === 'Q' || word === 'cm';
}

/** A form has content of its own; pictures have no text. */
async function drawForm(
	drawing: Drawing,
	name: PdfValue | undefined,
	depth: number,
): Promise<void> {
	const { objects, busy, drawn, state } = drawing;
	const form = await resource(drawing, 'XObject', name);
	if (!isStream(form) || depth >= DEEPEST || busy.has(form.packed)) return;
	if ((await nameAt(objects, form.dict, 'Subtype')) !== 'Form') return;
	drawn.forms += 1;
	if (drawn.forms > MOST_FORMS) throw broken('a page draws too many forms');
	const own = await dictAt(objects, form.dict, 'Resources');
	const matrix = toMatrix(numbersOf(await valueAt(objects, form.dict, 'Matrix'))) ?? IDENTITY;
	const inner: Drawing = {
		...{ ...drawing, resources: own.size > 0 ? own : drawing.resources },
		...{ states: [], state: { ...firstState(), page: times(matrix, state.page) } },
	};
	busy.add(form.packed);
	await draw(inner, await dataOf(objects, form), depth + 1);
	busy.delete(form.packed);
}

/** Skips the bytes of an inline picture, up to the word that ends them. */
async function skipInlineImage(cursor: Cursor, pace: Pace): Promise<void> {
	for (;;) {
		const item = readValue(cursor);
		if (item === undefined) return;
		if (isWord(item) && item.word === 'ID') break;
		// No data: the ending word came first.
		if (isWord(item) && item.word === 'EI') return;
	}
	refill(cursor);
	const { bytes } = cursor;
	const file = bufferOf(bytes);
	let turn = 0;
	for (let at = file.indexOf('EI', cursor.at); at !== -1; at = file.indexOf('EI', at + 1)) {
		if ((turn += 1) % 500 === 0) await pace();
		const isWhole =
			isBlankByte(bytes[at - 1]) && (at + 2 >= bytes.length || isBlankByte(bytes[at + 2]));
		if (isWhole && isProse(bytes.subarray(at + 2, at + 14))) {
			cursor.at = at + 2;
			return;
		}
	}
	cursor.at = bytes.length;
}

/** Content continues in plain characters, unlike the bytes of a picture. */
const isProse = (bytes: Uint8Array): boolean =>
	bytes.every((byte) => isBlankByte(byte) || (byte >= 0x20 && byte < 0x7f));

/** The page that content draws on. */
export interface Drawing {
	objects: Objects;
	page: PageText;
	resources: PdfDict;
	state: TextState;
	states: TextState[];
	fonts: Map<PdfDict, PdfFont>;
	/** Forms being drawn: a form must not contain itself. */
	busy: Set<Uint8Array>;
	/** How many forms the page has drawn so far. */
	drawn: { forms: number };
}

type Operands = readonly PdfValue[];
const last = (operands: Operands): PdfValue | undefined => operands.at(-1);

/** The operators that set how text is drawn; each takes its last operand. */
const SETTINGS: Record<string, (state: TextState, value: number) => void> = {
	Tc: (state, value) => (state.letterGap = value),
	Tw: (state, value) => (state.wordGap = value),
	Tz: (state, value) => (state.stretch = value / 100),
	TL: (state, value) => (state.leading = value),
	Ts: (state, value) => (state.rise = value),
};

async function drawText(drawing: Drawing, word: string, operands: Operands): Promise<void> {
	const { state } = drawing;
	const numbers = numbersOf(operands) ?? [];
	const [x = 0, y = 0] = numbers.slice(-2);
	if (Object.hasOwn(SETTINGS, word)) SETTINGS[word]?.(state, numberOf(last(operands)) ?? 0);
	else if (word === 'BT') setPlace(state, IDENTITY);
	else if (word === 'Tm') setPlace(state, toMatrix(numbers) ?? state.text);
	else if (word === 'TD' || word === 'Td') {
		if (word === 'TD') state.leading = -y;
		toLine(state, x, y);
	} else if (word === 'T*') toLine(state, 0, -state.leading);
	else if (word === 'Tf')
		await useFont(drawing, await resource(drawing, 'Font', operands[0]), last(operands));
	else if (word === 'gs') {
		const named = dictOf(await resource(drawing, 'ExtGState', last(operands)));
		const font = await valueAt(drawing.objects, named, 'Font');
		if (isList(font)) await useFont(drawing, font[0], font[1]);
	} else await show(drawing, word, operands);
}

function setPlace(state: TextState, place: TextState['text']): void {
	state.text = place;
	state.line = place;
}

async function show(drawing: Drawing, word: string, operands: Operands): Promise<void> {
	const { state } = drawing;
	if (word === 'TJ') {
		const items = last(operands);
		for (const item of isList(items) ? items : []) {
			if (typeof item === 'number') advance(state, (-item / 1_000) * state.size);
			else if (isText(item)) await showText(drawing, item.text);
		}
		return;
	}
	if (word !== 'Tj' && word !== "'" && word !== '"') return;
	if (word === '"') {
		state.wordGap = numberOf(operands[0]) ?? state.wordGap;
		state.letterGap = numberOf(operands[1]) ?? state.letterGap;
	}
	if (word !== 'Tj') toLine(state, 0, -state.leading);
	const text = last(operands);
	if (isText(text)) await showText(drawing, text.text);
}

/** Looks up a resource by kind and name. */
async function resource({ objects, resources }: Drawing, kind: string, name?: PdfValue) {
	return await valueAt(objects, await dictAt(objects, resources, kind), nameOf(name) ?? '');
}

const MOST_FONTS = 40;
/** Text whose font is missing is read in the standard encoding, as viewers do. */
const NO_FONT: PdfDict = new Map();

async function useFont(drawing: Drawing, value?: PdfValue, size?: PdfValue): Promise<void> {
	const { objects, fonts, state } = drawing;
	const found = await follow(objects, value);
	const dict = isDict(found) ? found : NO_FONT;
	const known = fonts.get(dict) ?? (await openFont(objects, dict));
	if (fonts.size >= MOST_FONTS) fonts.clear();
	fonts.set(dict, known);
	state.font = known;
	state.size = numberOf(size) ?? 0;
}

/** Draws a text: adds its letters to the page where they belong. */
async function showText({ page, state, objects }: Drawing, bytes: Uint8Array): Promise<void> {
	const { font, size, letterGap, wordGap } = state;
	await objects.pace();
	if (!font) return;
	const { step, x, y, along, unit, height } = placeOf(state);
	let gone = 0;
	for (let at = 0, turn = 1; at < bytes.length; turn += 1) {
		if (turn % 1_000 === 0) await objects.pace();
		const length = Math.max(1, Math.min(4, font.lengthAt(bytes, at)));
		const code = readUint(bytes, at, length);
		at += length;
		const { text, advance: width } = font.glyph(code, length);
		if (text === undefined) page.unknown += 1;
		const [dx, dy] = [width * size * step[0], width * size * step[1]];
		const place = { x: x + gone * step[0], y: y + gone * step[1], dx, dy, along, unit, height };
		addGlyph(page, { ...place, text: text ?? '\ufffd' });
		gone += width * size + letterGap + (length === 1 && code === 32 ? wordGap : 0);
	}
	advance(state, gone);
}

/** How text is drawn. */
interface TextState {
	page: Matrix;
	/** Where the next glyph goes, and where its line began. */
	text: Matrix;
	line: Matrix;
	font?: PdfFont;
	size: number;
	letterGap: number;
	wordGap: number;
	/** Horizontal scaling: 1 is normal. */
	stretch: number;
	leading: number;
	rise: number;
}

export const firstState = (): TextState => ({
	...{ page: IDENTITY, text: IDENTITY, line: IDENTITY },
	...{ size: 0, letterGap: 0, wordGap: 0, stretch: 1, leading: 0, rise: 0 },
});

function toLine(state: TextState, x: number, y: number): void {
	state.line = moved(state.line, x, y);
	state.text = state.line;
}

/** Moves on in the writing direction; the distance is in text units. */
function advance(state: TextState, by: number): void {
	state.text = state.font?.isVertical
		? moved(state.text, 0, by)
		: moved(state.text, by * state.stretch, 0);
}

/** Where the next glyph goes on the page, and how large one unit of the font is there. */
function placeOf({ text, page, size, stretch, rise, font }: TextState) {
	const [a, b, c, d, e, f] = times(text, page);
	const wide = Math.hypot(a, b) * Math.abs(size * stretch);
	const high = Math.hypot(c, d) * Math.abs(size);
	const sign = size < 0 ? -1 : 1;
	const [u, v] = font?.isVertical ? [-c, -d] : [a * sign, b * sign];
	const length = Math.hypot(u, v) || 1;
	return {
		...{ x: e + c * rise, y: f + d * rise, along: [u / length, v / length] as const },
		...{ unit: font?.isVertical ? high : wide, height: font?.isVertical ? wide : high },
		/** A step of 1 in the writing direction, in page units. */
		step: font?.isVertical ? ([c, d] as const) : ([a * stretch, b * stretch] as const),
	};
}

/** Maps a point: x' = a x + c y + e, y' = b x + d y + f. */
type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** Applies the first, then the second. */
function times([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
	return [
		...([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j] as const),
		...([e * g + f * i + k, e * h + f * j + l] as const),
	];
}

const moved = (matrix: Matrix, x: number, y: number): Matrix => times([1, 0, 0, 1, x, y], matrix);

const isMatrix = (numbers: readonly number[]): numbers is Matrix => numbers.length === 6;

/** The first six numbers as a matrix; undefined if there are fewer. */
function toMatrix(numbers: readonly number[] = []): Matrix | undefined {
	const six = numbers.slice(0, 6);
	return isMatrix(six) ? six : undefined;
}
