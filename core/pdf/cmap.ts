import { dataOf, type Objects, valueAt } from './objects';
import { cursorAt, readValue, refill } from './tokens';
import {
	isList,
	isName,
	isRefusal,
	isStream,
	isText,
	isWord,
	nameOf,
	type Pace,
	type PdfDict,
	type PdfValue,
} from './values';

/** What a character map says about codes; the keys come from `keyOf`. */
export interface CharacterMap {
	/** Ranges of codes of the same length. */
	spaces: { length: number; low: number; high: number }[];
	texts: Map<number, string>;
	cids: Map<number, number>;
	cidRanges: { low: number; high: number; cid: number; length: number }[];
	/** The name of the map that this one extends. */
	base?: string;
	isVertical?: boolean;
	/** How many codes were mapped, counting repeats. */
	count: number;
}

/** Codes of different lengths are different codes, even with the same number. */
export const keyOf = (code: number, length: number): number => length * 2 ** 32 + code;

const emptyMap = (): CharacterMap => ({
	...{ spaces: [], texts: new Map(), cids: new Map(), cidRanges: [], count: 0 },
});

/** No font has more codes than this. */
const MOST_CODES = 70_000;
const EACH = 500;

/** Reads a character map: from codes to letters, or to glyphs of a font. */
export async function readCharacterMap(bytes: Uint8Array, pace: Pace): Promise<CharacterMap> {
	const map = emptyMap();
	const cursor = cursorAt(bytes);
	let operands: PdfValue[] = [];
	for (let turn = 1; ; turn += 1) {
		if (turn % EACH === 0) await pace();
		refill(cursor);
		const item = readValue(cursor);
		if (item === undefined) return map;
		if (!isWord(item)) {
			// The standard allows at most a hundred lines between two words.
			if (operands.length < MOST_CODES) operands.push(item);
			continue;
		}
		readWord(map, item.word, operands);
		operands = [];
		if (map.count > MOST_CODES) return map;
	}
}

type Range = readonly (PdfValue | undefined)[];

/** For each word that ends a list: how many operands belong together, and what they add to the map. */
const LISTS: Record<string, [size: number, add: (map: CharacterMap, group: Range) => void]> = {
	endcodespacerange: [2, addSpace],
	endbfchar: [2, (map, [code, to]) => addTexts(map, [code, code, to])],
	endbfrange: [3, addTexts],
	endcidchar: [2, (map, [code, to]) => addCids(map, [code, code, to])],
	endcidrange: [3, addCids],
};

function readWord(map: CharacterMap, word: string, operands: readonly PdfValue[]): void {
	const [name, value] = operands.slice(-2);
	if (word === 'usecmap' && isName(value ?? name)) map.base = nameOf(value ?? name);
	if (word === 'def' && nameOf(name) === 'WMode') map.isVertical = value === 1;
	if (!Object.hasOwn(LISTS, word)) return;
	const [size, add] = LISTS[word] ?? [1, addSpace];
	for (let at = 0; at + size <= operands.length; at += size) {
		add(map, operands.slice(at, at + size));
	}
}

function addSpace(map: CharacterMap, [low, high]: Range): void {
	if (!isText(low)) return;
	map.spaces.push({ length: low.text.length, low: codeOf(low) ?? 0, high: codeOf(high) ?? 0 });
}

/** The letters of a code; some writers give the map codes of a different length from the font's. */
function textIn({ texts }: CharacterMap, code: number, length: number): string | undefined {
	for (const size of [length, 1, 2, 3, 4]) {
		const text = texts.get(keyOf(code, size));
		if (text !== undefined) return text;
	}
	return undefined;
}

/** The number of a glyph; undefined if the map has none for this code. */
export function cidIn(map: CharacterMap, code: number, length: number): number | undefined {
	const cid = map.cids.get(keyOf(code, length));
	if (cid !== undefined) return cid;
	const range = map.cidRanges.find(
		({ low, high, length: size }) => size === length && code >= low && code <= high,
	);
	return range && range.cid + code - range.low;
}

function codeOf(value: PdfValue | undefined): number | undefined {
	if (!isText(value) || value.text.length > 4) return undefined;
	return value.text.reduce((code, byte) => code * 256 + byte, 0);
}

function addTexts(map: CharacterMap, [from, until, to]: Range): void {
	const low = codeOf(from);
	const high = codeOf(until);
	if (low === undefined || high === undefined || !isText(from)) return;
	const { length } = from.text;
	for (let code = low; code <= high && map.count <= MOST_CODES; code += 1) {
		map.count += 1;
		const text = isList(to) ? utf16(to[code - low], 0) : utf16(to, code - low);
		if (text !== undefined) map.texts.set(keyOf(code, length), text);
	}
}

function addCids(map: CharacterMap, [from, until, to]: Range): void {
	const low = codeOf(from);
	const high = codeOf(until);
	if (low === undefined || high === undefined || typeof to !== 'number' || !isText(from)) return;
	const { length } = from.text;
	map.count += 1;
	if (low === high) map.cids.set(keyOf(low, length), to);
	else map.cidRanges.push({ low, high, cid: to, length });
}

/** Letters of two bytes each; in a range, the last one counts up. */
function utf16(value: PdfValue | undefined, step: number): string | undefined {
	if (typeof value === 'number') return String.fromCodePoint(clamped(value + step));
	if (!isText(value)) return undefined;
	const { text } = value;
	if (text.length === 1) return String.fromCodePoint(clamped((text[0] ?? 0) + step));
	const units: number[] = [];
	for (let at = 0; at + 1 < text.length && at < 128; at += 2) {
		units.push((text[at] ?? 0) * 256 + (text[at + 1] ?? 0));
	}
	const letters = [...String.fromCharCode(...units)];
	const last = letters.pop()?.codePointAt(0) ?? 0;
	const isHalf = last >= 0xd800 && last <= 0xdfff;
	return letters.join('') + (isHalf ? '\ufffd' : String.fromCodePoint(clamped(last + step)));
}

const clamped = (code: number): number => (code >= 0 && code <= 0x10ffff ? code : 0xfffd);

type TextOf = (code: number, length: number) => string | undefined;

/** What a font itself says about the letters it shows. */
export async function toUnicode(objects: Objects, dict: PdfDict): Promise<TextOf | undefined> {
	const value = await valueAt(objects, dict, 'ToUnicode');
	if (!isStream(value)) return undefined;
	try {
		const map = await readCharacterMap(await dataOf(objects, value), objects.pace);
		return (code, length) => {
			const text = textIn(map, code, length);
			// Zeros mark glyphs without a letter.
			return text === undefined || /^\0*$/.test(text) ? undefined : text;
		};
	} catch (thrown) {
		// A broken map counts as no map. One that is too large or takes too long gives no letters.
		if (isRefusal(thrown) && thrown.problem === 'broken') return undefined;
		throw thrown;
	}
}
