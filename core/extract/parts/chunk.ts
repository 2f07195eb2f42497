import { TokenHubError } from '../../errors';
import type { ExtractRequest } from '../extractRequest';

export interface ChunkOptions {
	/** Characters of a piece, at most. */
	size: number;
	/** Characters that two neighbours share, at least where the borders allow. */
	overlap: number;
}

/** A part of a text. */
export interface TextPart {
	text: string;
	/** Its first character in the whole. */
	start: number;
	/** Characters at its beginning that the part before has as well. */
	shared: number;
}

/** The parts in which a request's text is read: the whole, unless it is to be cut. */
export function partsOf({ text = '', chunk }: Pick<ExtractRequest, 'text' | 'chunk'>): TextPart[] {
	return chunk ? chunkText(text, chunk) : [{ text, start: 0, shared: 0 }];
}

/**
 * A long text in parts that overlap, cut at paragraphs, else sentences, else spaces.
 * @throws TokenHubError `badConfig` when the overlap leaves no room to move on.
 */
export function chunkText(text: string, { size, overlap }: ChunkOptions): TextPart[] {
	if (overlap >= size / 2) {
		throw new TokenHubError(
			'badConfig',
			`Chunk Overlap (${overlap}) must be under half of Chunk Size (${size}).`,
		);
	}
	const parts: TextPart[] = [];
	let [start, reached] = [0, 0];
	while (start < text.length) {
		const end = start + size >= text.length ? text.length : cutBefore(text, start, size);
		parts.push({ text: text.slice(start, end), start, shared: reached - start });
		if (end === text.length) break;
		reached = end;
		start = Math.max(start + 1, overlapStart(text, end, { size, overlap }));
	}
	return parts.length > 0 ? parts : [{ text, start: 0, shared: 0 }];
}

const BORDERS = [/\n\s*\n/g, /[.!?。！？؟]\s|[。！？]|\n/g, /\s/g];

/** The last good border in the second half of the part; a hard cut only where there is none. */
function cutBefore(text: string, start: number, size: number): number {
	const half = start + Math.ceil(size / 2);
	return lastBorder(text, half, start + size) ?? wholeCharacter(text, start + size);
}

/** The overlap begins at a border as well, for half a sentence says something else. */
function overlapStart(text: string, end: number, { size, overlap }: ChunkOptions): number {
	if (overlap === 0) return end;
	const latest = end - overlap;
	const earliest = Math.max(0, latest - Math.floor(size / 8));
	return lastBorder(text, earliest, latest) ?? wholeCharacter(text, latest);
}

function lastBorder(text: string, from: number, to: number): number | undefined {
	const window = text.slice(from, to);
	for (const border of BORDERS) {
		const last = [...window.matchAll(border)].at(-1);
		if (last) return from + last.index + last[0].length;
	}
	return undefined;
}

/** Not between the two halves of a character outside the basic plane. */
function wholeCharacter(text: string, index: number): number {
	return /[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index - 1 : index;
}
