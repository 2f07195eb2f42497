import { openFont } from './font';
import { follow, type Objects } from './objects';
import { type PageText, addGlyph } from './pageText';
import {
	dictOf,
	isDict,
	isList,
	isText,
	nameOf,
	numberOf,
	numbersOf,
	type PdfDict,
	type PdfValue,
	type Pace,
} from './values';
import type { PdfFont } from './compositeFont';

/** A page on which content draws. */
export interface Drawing {
	objects: Objects;
	page: PageText;
	resources: PdfDict;
	state: TextState;
	/** Those put aside. */
	states: TextState[];
	fonts: Map<PdfDict, PdfFont>;
	/** Forms that are being drawn: none is part of itself. */
	busy: Set<Uint8Array>;
	/** How many forms the page has drawn. */
	drawn: { forms: number };
}

type Operands = readonly PdfValue[];
const last = (operands: Operands): PdfValue | undefined => operands.at(-1);

/** The operators of text that change how it is drawn; the number is the last of their operands. */
const SETTINGS: Record<string, (state: TextState, value: number) => void> = {
	Tc: (state, value) => (state.letterGap = value),
	Tw: (state, value) => (state.wordGap = value),
	Tz: (state, value) => (state.stretch = value / 100),
	TL: (state, value) => (state.leading = value),
	Ts: (state, value) => (state.rise = value),
};

export async function drawText(drawing: Drawing, word: string, operands: Operands): Promise<void> {
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
		await setFont(drawing, nameOf(operands[0]), numberOf(last(operands)) ?? 0);
	else if (word === 'gs') await setByName(drawing, nameOf(last(operands)));
	else await show(drawing, word, operands);
}

function setPlace(state: TextState, place: TextState['text']): void {
	state.text = place;
	state.line = place;
}

async function show(drawing: Drawing, word: string, operands: Operands): Promise<void> {
	const { state, page, objects } = drawing;
	const to = { page, pace: objects.pace };
	if (word === 'TJ') {
		const items = last(operands);
		for (const item of isList(items) ? items : []) {
			if (typeof item === 'number') advance(state, (-item / 1_000) * state.size);
			else if (isText(item)) await showText(to, state, item.text);
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
	if (isText(text)) await showText(to, state, text.text);
}

async function setFont(drawing: Drawing, name: string | undefined, size: number): Promise<void> {
	const { objects, resources } = drawing;
	const fonts = dictOf(await follow(objects, resources.get('Font')));
	await useFont(drawing, fonts.get(name ?? ''), size);
}

/** A graphics state may set a font too. */
async function setByName(drawing: Drawing, name: string | undefined): Promise<void> {
	const { objects, resources } = drawing;
	const states = dictOf(await follow(objects, resources.get('ExtGState')));
	const font = await follow(
		objects,
		dictOf(await follow(objects, states.get(name ?? ''))).get('Font'),
	);
	if (isList(font)) await useFont(drawing, font[0], numberOf(font[1]) ?? 0);
}

const MOST_FONTS = 40;
const NO_FONT: PdfDict = new Map();

async function useFont(
	{ objects, fonts, state }: Drawing,
	value: PdfValue | undefined,
	size: number,
): Promise<void> {
	const found = await follow(objects, value);
	// Text in a font that is missing is read by the standard encoding, as it is shown.
	const dict = isDict(found) ? found : NO_FONT;
	const known = fonts.get(dict) ?? (await openFont(objects, dict));
	if (fonts.size >= MOST_FONTS) fonts.clear();
	fonts.set(dict, known);
	state.font = known;
	state.size = size;
}

const EACH = 1_000;

/** Draws a text: its letters go to where they stand on the page. */
async function showText(
	{ page, pace }: { page: PageText; pace: Pace },
	state: TextState,
	bytes: Uint8Array,
): Promise<void> {
	const { font, size, letterGap, wordGap } = state;
	await pace();
	if (!font) return;
	const { step, x, y, along, unit, height } = placeOf(state);
	let gone = 0;
	for (let at = 0, turn = 1; at < bytes.length; turn += 1) {
		if (turn % EACH === 0) await pace();
		const length = Math.max(1, Math.min(4, font.lengthAt(bytes, at)));
		let code = 0;
		for (let index = 0; index < length; index += 1) code = code * 256 + (bytes[at + index] ?? 0);
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

/** What text is drawn with. */
interface TextState {
	page: Matrix;
	/** Where the next glyph stands, and where its line began. */
	text: Matrix;
	line: Matrix;
	font?: PdfFont;
	size: number;
	letterGap: number;
	wordGap: number;
	/** How much wider than high. */
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

/** On in the direction of writing; the distance is in sizes of text. */
function advance(state: TextState, by: number): void {
	state.text = state.font?.isVertical
		? moved(state.text, 0, by)
		: moved(state.text, by * state.stretch, 0);
}

/** Where the next glyph stands on the page, and how large a size of the font is there. */
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
		/** What a step of 1 in the direction of writing is on the page. */
		step: font?.isVertical ? ([c, d] as const) : ([a * stretch, b * stretch] as const),
	};
}

/** Maps a point: x' = a x + c y + e, y' = b x + d y + f. */
type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First one, then the other. */
export function times(first: Matrix, then: Matrix): Matrix {
	const [a, b, c, d, e, f] = first;
	const [g, h, i, j, k, l] = then;
	return [
		...([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j] as const),
		...([e * g + f * i + k, e * h + f * j + l] as const),
	];
}

const moved = (matrix: Matrix, x: number, y: number): Matrix => times([1, 0, 0, 1, x, y], matrix);

/** Six numbers as a matrix; undefined for anything else. */
export function toMatrix(numbers: readonly number[] | undefined): Matrix | undefined {
	const [a, b, c, d, e, f] = numbers ?? [];
	const isWhole = f !== undefined && e !== undefined && d !== undefined && c !== undefined;
	return isWhole && a !== undefined && b !== undefined ? [a, b, c, d, e, f] : undefined;
}
