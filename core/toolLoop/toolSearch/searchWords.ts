/**
 * The words of a name or a text, as the search compares them: `createIssue`, `create_issue` and
 * "Creating issues" have the same. Scripts without spaces are read in pairs of letters.
 */
export function searchWords(text: string): string[] {
	const plain = text
		.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
		.replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
		.normalize('NFKD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase();
	return (plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
		.flatMap((word) => (UNSPACED.test(word) ? pairsOf(word) : [word]))
		.filter((word) => !EMPTY.has(word))
		.map(stem);
}

const UNSPACED =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words that stand in any description. */
const EMPTY = new Set(
	'a an and any are as at be by for from has have i if in into is it its me my of on or our so some that the their them then there these this those to up us was what when where which who will with you your'.split(
		' ',
	),
);

function pairsOf(word: string): string[] {
	const letters = [...word];
	if (letters.length === 1) return letters;
	return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}

/** English endings: a rough cut is enough, since both sides get the same. */
function stem(word: string): string {
	const single = withoutPlural(word);
	const cut = withoutEnding(single);
	return cut.length > 4 && cut.endsWith('e') ? cut.slice(0, -1) : cut;
}

function withoutPlural(word: string): string {
	if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
	if (word.length > 4 && /(?:sh|ch|ss|x|z)es$/.test(word)) return word.slice(0, -2);
	return word.length > 3 && /[^suia]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutEnding(word: string): string {
	const [ending] = /(?:ing|ed|ion)$/.exec(word) ?? [];
	if (ending === undefined || word.length - ending.length < 3) return word;
	const rest = word.slice(0, -ending.length);
	return /([b-df-hj-kmnp-rtv-xz])\1$/.test(rest) ? rest.slice(0, -1) : rest;
}
