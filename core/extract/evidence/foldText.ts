/** A text as it is compared, and where each of its characters stands in the original. */
export interface FoldedText {
	text: string;
	/** By index of the folded text: start and end in the original. */
	starts: number[];
	ends: number[];
}

/**
 * Case, white space, widths, digits of other scripts, kinds of dashes and quotes made equal; what
 * cannot be seen left out, and words put together that a line break has hyphenated.
 */
export function foldText(original: string): FoldedText {
	const folded: FoldedText = { text: '', starts: [], ends: [] };
	const pieces: string[] = [];
	let last = ' ';
	for (const { 0: cluster, index } of original.matchAll(CLUSTERS)) {
		const piece = foldCluster(cluster);
		if (piece === '' || (piece === ' ' && last === ' ')) continue;
		for (let at = 0; at < piece.length; at += 1) {
			folded.starts.push(index);
			folded.ends.push(index + cluster.length);
		}
		pieces.push(piece);
		last = piece;
	}
	return { ...folded, text: pieces.join('') };
}

/** A hyphen at the end of a line; white space; a character with its marks. */
const CLUSTERS = /(?<=\p{L})-\r?\n\s*(?=\p{Ll})|\s+|\P{M}\p{M}*|\p{M}/gu;

function foldCluster(cluster: string): string {
	const code = cluster.codePointAt(0) ?? 0;
	if (cluster.length === 1 && code > 32 && code < 127) return cluster.toLowerCase();
	if (/^-\r?\n/.test(cluster)) return '';
	if (/^\s/.test(cluster)) return ' ';
	return [...cluster.normalize('NFKC').toLowerCase()].map(foldCharacter).join('');
}

function foldCharacter(character: string): string {
	const same = SAME[character];
	if (same !== undefined) return same;
	// Marks of these scripts are often left out; selectors and joiners cannot be seen.
	if (
		/(?!\u200D)\p{Cf}|[\uFE0E\uFE0F]|(?=\p{M})[\p{Script=Arabic}\p{Script=Hebrew}\u064B-\u065F]/u.test(
			character,
		)
	)
		return '';
	if (/\p{Pd}/u.test(character)) return '-';
	if (/\p{Nd}/u.test(character)) return digitOf(character.codePointAt(0) ?? 0);
	return /\s/.test(character) ? ' ' : character;
}

const SAME: Partial<Record<string, string>> = {
	...{ ß: 'ss', '−': '-', ـ: '', '٫': '.', '٬': ',' },
	...{ '’': "'", '‘': "'", '′': "'", '´': "'", '`': "'" },
	...{ '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '″': '"' },
};

/** Decimal digits of a script stand in a row of ten that begins with its zero. */
function digitOf(code: number): string {
	let zero = code;
	while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
	return String(code - zero);
}
