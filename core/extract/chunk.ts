import { TokenHubError } from '../errors';

export interface ChunkOptions {
	/** Characters of a piece, at most. */
	size: number;
	/** Characters that two neighbours share, at least where the borders allow. */
	overlap: number;
}

/**
 * A long text in pieces that overlap, cut at paragraphs, else sentences, else spaces.
 * @throws TokenHubError `badConfig` when the overlap leaves no room to move on.
 */
export function chunkText(text: string, { size, overlap }: ChunkOptions): string[] {
	if (overlap >= size / 2) {
		throw new TokenHubError(
			'badConfig',
			`Chunk Overlap (${overlap}) must be under half of Chunk Size (${size}).`,
		);
	}
	const chunks: string[] = [];
	for (let start = 0; start < text.length;) {
		const end = start + size >= text.length ? text.length : cutBefore(text, start, size);
		chunks.push(text.slice(start, end));
		if (end === text.length) break;
		start = wholeCharacter(text, Math.max(start + 1, end - overlap));
	}
	return chunks;
}

const BORDERS = [/\n\s*\n/g, /[.!?。！？]\s|\n/g, /\s/g];

/** The last good border in the second half of the piece; a hard cut only where there is none. */
function cutBefore(text: string, start: number, size: number): number {
	const half = start + Math.ceil(size / 2);
	const window = text.slice(half, start + size);
	for (const border of BORDERS) {
		const last = [...window.matchAll(border)].at(-1);
		if (last) return half + last.index + last[0].length;
	}
	return wholeCharacter(text, start + size);
}

/** Not between the two halves of a character outside the basic plane. */
function wholeCharacter(text: string, index: number): number {
	return /[\uDC00-\uDFFF]/.test(text.charAt(index)) ? index - 1 : index;
}
