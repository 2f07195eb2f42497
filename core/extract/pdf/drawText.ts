import { openFont, type PdfFont } from './font';
import { IDENTITY, toMatrix } from './matrix';
import { follow, type Objects } from './objects';
import type { PageText } from './pageText';
import { showText } from './showText';
import { advance, toLine, type TextState } from './textState';
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
} from './values';

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
