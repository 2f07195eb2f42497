/** The HTML entity at a place, such as `&uuml;` or `&#8364;`. */
export const ENTITY = String.raw`&(?:#\d{1,7}|#[xX][\dA-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});`;

/** The characters that an entity stands for; itself when it is none. */
export function decodedEntity(entity: string): string {
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
