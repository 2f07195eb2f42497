import type { Steps } from '../../read/inSteps';
import type { Range } from '../../read/range';
import { isBorder } from './occurrences';

/** A folded text without the signs that part groups of letters and digits. */
export interface CompactText {
	text: string;
	/** By index of the compact text: where it stands in the folded one. */
	at: number[];
}

const GROUPED = /[\p{L}\p{N}]+(?:(?<mark>[ ./-])(?=[\p{L}\p{N}]))?|[^\p{L}\p{N}]+/gu;
const PIECES_PER_STEP = 2000;

export function* compactText(folded: string): Steps<CompactText> {
	const pieces: string[] = [];
	const at: number[] = [];
	let count = 0;
	for (const { 0: piece, index, groups } of folded.matchAll(GROUPED)) {
		if ((count += 1) % PIECES_PER_STEP === 0) yield;
		const kept = groups?.mark === undefined ? piece : piece.slice(0, -1);
		pieces.push(kept);
		for (let offset = 0; offset < kept.length; offset += 1) at.push(index + offset);
	}
	return { text: pieces.join(''), at };
}

const SHORTEST = 8;

/** The letters and digits of an IBAN, a phone or tax number; undefined for other texts. */
export function codeIn(folded: string): string | undefined {
	const code = folded.replace(/[ ./-]/g, '');
	const isCode = /^\+?[a-z\d]+$/.test(code) && code.replace(/\D/g, '').length >= 6;
	return isCode && code.length >= SHORTEST && /\d{4}/.test(code) ? code : undefined;
}

/** Where a text writes a code in groups, such as `DE89 3704 0044 …`. */
export function codePlaces(folded: string, { text, at }: CompactText, code: string): Range[] {
	const ranges: Range[] = [];
	for (let found = text.indexOf(code); found >= 0; found = text.indexOf(code, found + 1)) {
		const [from, last] = [at[found], at[found + code.length - 1]];
		if (from === undefined || last === undefined) continue;
		const isWhole = isBorder(folded, from) && isBorder(folded, last + 1);
		if (isWhole && isGrouped(folded.slice(from, last + 1))) ranges.push([from, last + 1]);
	}
	return ranges;
}

/** Groups as people write them, rather than numbers that happen to stand beside each other. */
function isGrouped(quote: string): boolean {
	const groups = quote.split(/[ ./-]/);
	if (/^\+|^[a-z]{2}\d\d/.test(quote)) return true;
	const inner = groups.slice(1, -1);
	const size = inner[0]?.length;
	return size !== undefined && size > 1 && size < 6 && inner.every(({ length }) => length === size);
}
