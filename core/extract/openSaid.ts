/** Scripts without spaces have several words in one. */
const ONE_WORD =
	/^(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]{4})[\p{L}\p{M}]+[.…]*$/u;
/** A look goes through the whole source. */
const MOST_LOOKS = 8;

/** Whether a text stands in a source; a single word only where it stands apart, as an entry does. */
export function openSaid(source: string | undefined): ((text: string) => boolean) | undefined {
	if (source === undefined) return undefined;
	const known = new Map<string, boolean>();
	return (text) => {
		const bare = text.trim();
		const said = known.get(bare) ?? (known.size < MOST_LOOKS && stands(bare, source));
		known.set(bare, said);
		return said;
	};
}

function stands(text: string, source: string): boolean {
	const escaped = text
		.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)
		.replace(/\s+/g, String.raw`\s{1,9}`);
	const isWord = ONE_WORD.test(text);
	const before = isWord ? String.raw`(?<=^|[\n\t,;|:"'“(>、，：；])\s{0,9}` : '';
	const after = isWord ? String.raw`\s{0,9}(?=$|[\n\t,;|"'”)<、，；])` : '';
	return new RegExp(before + escaped + after, 'iu').test(source);
}
