import { isSame } from '../../lib/isSame';
import type { Range } from '../../lib/steps';
import type { EntryNode } from './entryNodes';
import { spanOf } from './wordPlaces';

/** An entry near the text that two parts share. */
export interface Located {
	index: number;
	node: EntryNode;
	/**
	 * `inside` when the shared text says all of it that can be found in the part, `edge` when it says
	 * some of it, `unknown` when none of it can be told from other entries, `unsure` when the text has
	 * it more often than the list does.
	 */
	where: 'inside' | 'edge' | 'outside' | 'unknown' | 'unsure';
	/** Its words and numbers that were looked for. */
	said: Set<string>;
	/** Where they stand in the shared text. */
	ranges: Range[];
	/** Where they stand in the part, as far as that is known. */
	places: Range[];
}

export interface FoundPlaces {
	where: Located['where'];
	inShared: readonly Range[];
	/** Those in the part, too. */
	places: Range[];
	/** All of its words, where they stand together. */
	row?: readonly Range[] | undefined;
}

/** The part up to a border, or from it on. */
export interface Half {
	border: number;
	isForward: boolean;
}

export function split(
	row: readonly Range[],
	{ border, isForward }: Half,
): [own: Range[], rest: Range[]] {
	const before = row.filter(([, to]) => to <= border);
	const behind = row.filter(([from]) => from >= border);
	return isForward ? [before, behind] : [behind, before];
}

export function whereIs(row: readonly Range[], half: Half): Located['where'] {
	const [own] = split(row, half);
	return own.length === row.length ? 'inside' : own.length > 0 ? 'edge' : 'outside';
}

interface Beside {
	/** The entries that were found, in the order of their list. */
	inList: ReadonlyArray<Located & FoundPlaces>;
	at: number;
	text: string;
	half: Half;
}

/**
 * Where the text says an entry of several words more often than the list has it, each end of the list may
 * lack one: nobody knows which of them it is, and what counts is the one that leaves more to be missed.
 */
export function withRepeats(
	found: Located & FoundPlaces,
	{ inList, at, text, half }: Beside,
): Located {
	const { row, node, where } = found;
	if (!row || row.length < 2 || node.lists.length > 0) return found;
	const isOther = (one: Located) => one.node.kind === node.kind && !areEqual(one, found);
	const [before, behind] = [
		inList.slice(0, at).findLastIndex(isOther),
		inList.slice(at).findIndex(isOther),
	];
	const [last, next] = [
		inList[before]?.places ?? [],
		behind < 0 ? [] : (inList[at + behind]?.places ?? []),
	];
	const said = repeatsOf(row, text).filter((one) => {
		const [from, to] = spanOf(one);
		return last.every(([, end]) => end <= from) && next.every(([start]) => start >= to);
	});
	const count = (behind < 0 ? inList.length - at : behind) + at - before - 1;
	const rank = at - before - 1;
	const far = half.isForward ? said.at(rank - count) : said[rank];
	if (said.length <= count || !far) return found;
	return { ...found, places: far, where: whereIs(far, half) === where ? where : 'unsure' };
}

export const areEqual = (one: Located | undefined, other: Located | undefined) =>
	one !== undefined && other !== undefined && isSame([...one.said], [...other.said]);

/** Each place where a text says the same again, from the first word of a row to its last one. */
function repeatsOf(row: readonly Range[], text: string): Range[][] {
	const [from, to] = spanOf(row);
	const said = text.slice(from, to);
	const isAlike = (a: number, b: number) => {
		const [one, other] = [text.charAt(a), text.charAt(b)];
		// At the border of a text, a sign is missing; a word may go on behind a blank.
		return one === other || (one + other).search(/^[^\p{L}\p{N} ]$/u) === 0;
	};
	const found: Range[][] = [];
	for (let at = text.indexOf(said); at >= 0; at = text.indexOf(said, at + said.length)) {
		const move = at - from;
		if (isAlike(at - 1, from - 1) && isAlike(at + said.length, to))
			found.push(row.map(([start, end]) => [start + move, end + move]));
	}
	return found;
}
