import { inOneGo, type Steps } from '../lib/steps';

/** The HTML entity at a place, such as `&uuml;` or `&#8364;`. */
const ENTITY = String.raw`&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});`;

/** A text in the form that is compared, with the original position of each character. */
export interface FoldedText {
	text: string;
	/** By index of the folded text: start and end in the original. */
	starts: number[];
	ends: number[];
}

/**
 * Makes equal: case, white space, widths, digits of other scripts, kinds of dashes and quotes; decodes
 * HTML entities; removes invisible characters and spaces within Chinese and Japanese; and joins words
 * that were hyphenated at a line break.
 */
export function foldText(original: string): FoldedText {
	return inOneGo(foldSteps(original));
}

const CLUSTERS_PER_STEP = 1000;

export function* foldSteps(original: string): Steps<FoldedText> {
	const folded: FoldedText = { text: '', starts: [], ends: [] };
	const pieces: string[] = [];
	let last = ' ';
	let count = 0;
	for (const { 0: cluster, index, groups = {} } of original.matchAll(CLUSTERS)) {
		count += 1;
		if (count % CLUSTERS_PER_STEP === 0) yield;
		const piece = groups.joint === undefined ? foldCluster(cluster, last) : '';
		if (piece === '' || (piece === ' ' && last === ' ')) continue;
		const isPlain = piece.length === cluster.length && PLAIN.test(cluster);
		for (let at = 0; at < piece.length; at += 1) {
			folded.starts.push(isPlain ? index + at : index);
			folded.ends.push(isPlain ? index + at + 1 : index + cluster.length);
		}
		pieces.push(piece);
		last = piece.charAt(piece.length - 1);
	}
	return { ...folded, text: pieces.join('') };
}

/** Han, Hiragana and Katakana, which are written without spaces. */
const IDEOGRAPHIC = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]`;
/** Printable ASCII except `&`, and except a hyphen at the end of a line. */
const PLAIN_RUN = String.raw`(?:[!-%'-,.-~]|-(?!\r?\n)){1,100}(?!\p{M})`;
/** Common letters of Chinese, Japanese and Korean, which have only one form. */
const CJK = String.raw`[\u3041-\u3096\u30A1-\u30FA\u30FC\u4E00-\u9FFF\uAC00-\uD7A3]`;
const PLAIN = new RegExp(`^(?:[!-~]+|${CJK}+)$`);

const CLUSTERS = new RegExp(
	[
		PLAIN_RUN,
		String.raw`${CJK}{1,100}(?!\p{M})`,
		String.raw`(?<joint>(?<=\p{L})-\r?\n\s*(?=\p{Ll})|(?<=${IDEOGRAPHIC})[^\S\r\n]+(?=${IDEOGRAPHIC}))`,
		String.raw`\s+`,
		ENTITY,
		String.raw`\P{M}\p{M}{0,30}`,
		String.raw`\p{M}`,
	].join('|'),
	'gu',
);

function foldCluster(cluster: string, last: string): string {
	if (PLAIN.test(cluster)) {
		if (!cluster.startsWith('&') || cluster.length === 1) return cluster.toLowerCase();
		const decoded = decodedEntity(cluster);
		return decoded === cluster ? cluster.toLowerCase() : foldCharacters(decoded, last);
	}
	if (/^\s/.test(cluster)) return ' ';
	return foldCharacters(cluster, last);
}

function foldCharacters(characters: string, last: string): string {
	// Superscript, subscript and circled ones would become digits of the number before them.
	const isNote = /\d/.test(last) && /^\p{No}/u.test(characters);
	if (isNote || /^[¼-¾⅐-⅞]/.test(characters)) return characters;
	return [...characters.normalize('NFKC').toLowerCase()].map(foldCharacter).join('');
}

function foldCharacter(character: string): string {
	const same = SAME[character];
	if (same !== undefined) return same;
	// In these scripts, marks are often omitted; selectors and joiners are invisible.
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
	...{ ß: 'ss', '−': '-', ـ: '', '٫': '.', '٬': ',', '٪': '%' },
	...{ '’': "'", '‘': "'", '′': "'", '´': "'", '`': "'" },
	...{ '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '″': '"' },
};

/** The decimal digits of a script are ten consecutive characters, starting with zero. */
function digitOf(code: number): string {
	let zero = code;
	while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
	return String(code - zero);
}

const ENTITIES = new RegExp(ENTITY, 'g');

/** A text with its HTML entities decoded. */
export function withoutEntities(text: string): string {
	return text.replace(ENTITIES, decodedEntity);
}

/** The characters of an entity; the text itself if it is not one. */
function decodedEntity(entity: string): string {
	const name = entity.slice(1, -1);
	if (name.startsWith('#')) return numbered(name.slice(1)) ?? entity;
	const known = NAMED.get(name) ?? NAMED.get(name.toLowerCase());
	if (known !== undefined) return known;
	const [, letter = '', mark = ''] = /^([A-Za-z])([a-z]+)$/.exec(name) ?? [];
	const combining = MARKS.get(mark);
	return combining === undefined ? entity : (letter + combining).normalize('NFC');
}

function numbered(digits: string): string | undefined {
	const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits);
	const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000);
	return isCharacter ? String.fromCodePoint(code) : undefined;
}

const MARKS = new Map(
	Object.entries({
		...{ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303' },
		...{ uml: '\u0308', ring: '\u030A', cedil: '\u0327', caron: '\u030C' },
	}),
);

const NAMED = new Map(
	'amp & lt < gt > quot " apos \' euro € pound £ yen ¥ cent ¢ copy © reg ® trade ™ hellip … mdash — ndash – minus − lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ laquo « raquo » lsaquo ‹ rsaquo › bull • middot · deg ° sect § para ¶ times × divide ÷ frac12 ½ frac14 ¼ frac34 ¾ plusmn ± micro µ ordm º ordf ª szlig ß oslash ø aelig æ oelig œ eth ð thorn þ inodot ı iexcl ¡ iquest ¿'
		.split(' ')
		.flatMap((word, index, all): Array<[string, string]> => {
			const next = all[index + 1];
			return index % 2 === 0 && next !== undefined ? [[word, next]] : [];
		})
		.concat([
			['nbsp', '\u00A0'],
			['ensp', '\u2002'],
			['emsp', '\u2003'],
			['thinsp', '\u2009'],
			['zwnj', '\u200C'],
			['shy', '\u00AD'],
			['sup2', '²'],
			['sup3', '³'],
		]),
);
