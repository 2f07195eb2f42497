import { isAbbreviation } from '../../json/abbreviation';
import type { Comment } from '../../json/comments';
import { takesBack } from '../../json/notTheAnswer';

export interface Line {
	indent: number;
	text: string;
	/** The lines of a block text behind `|` or `>`, as they are written. */
	block?: string[];
}

const KEY = String.raw`(?:- +){0,20}(?:[^"'#:]+:)?`;
/** What opens a block text; one that gives its indent by a digit is not read. */
const OPENS_BLOCK = new RegExp(String.raw`^((?:- +){0,20})(?:[^"'#:]+:[ \t]+)?[|>][+-]?$`);
/** Behind a value that says by itself where it ends. */
const COMMENT_BEHIND = new RegExp(
	String.raw`^([ \t]*${KEY}(?: *(?:"[^"\\]*"|'[^']*'|[-+]?\d[\d.,]*|true|false|null|~|\[[^\]"'#]*\]|[|>][+-]?))?)[ \t]+#(.*)$`,
);

/** The lines that say something, without comments; undefined for what no simple YAML has. */
export function yamlLines(text: string): { lines: Line[]; comments: Comment[] } | undefined {
	const all = text
		.replace(/^---[ \t]*\r?\n/, '')
		.replace(/\n\.\.\.\s*$/, '')
		.split('\n')
		.map((line) => line.trimEnd());
	const lines: Line[] = [];
	const comments: Comment[] = [];
	let block: { lines: string[]; indent: number } | undefined;
	for (const whole of all) {
		const indent = whole.length - whole.trimStart().length;
		if (block && (whole === '' || indent > block.indent)) {
			block.lines.push(whole);
			continue;
		}
		block = undefined;
		const [, held, comment] = COMMENT_BEHIND.exec(whole) ?? [];
		const own = /^\s*#+(.*)$/.exec(whole)?.[1];
		const words = (own ?? comment)?.trim();
		if (words) comments.push({ path: keyIn(held), words });
		if (whole === '' || own !== undefined) continue;
		// A tab may be any indent, and what `---` parts are several values.
		if (/^ *\t|^ *-[ ]*\t|^(?:---|\.\.\.)(?:\s|$)|^%/.test(whole)) return undefined;
		const line: Line = { indent, text: (held ?? whole).trim() };
		lines.push(line);
		const [opener, dashes = ''] = OPENS_BLOCK.exec(line.text) ?? [];
		if (opener === undefined) continue;
		// Behind a dash alone, the block stands deeper than the dash, else deeper than its key.
		const lead = /^(?:- +)+[|>]/.test(opener) ? dashes.replace(/- +$/, '') : dashes;
		block = { lines: [], indent: indent + lead.length };
		line.block = block.lines;
	}
	const isDoubtful = comments.some(({ words }) => isAbbreviation(words) || takesBack(words));
	return isDoubtful ? undefined : { lines, comments };
}

/** The field of a line; of one in a list or another field, only the words are known. */
function keyIn(line: string | undefined): string[] {
	const [, key] = /^([^\s"'#:-][^"'#:]*?) *:/.exec(line ?? '') ?? [];
	return key === undefined ? [] : [key];
}

/** The text of a block: its lines, or, folded, its paragraphs; undefined where indents within it may mean something. */
export function blockText(sign: string, block: readonly string[]): string | undefined {
	const indents = block
		.filter((line) => line !== '')
		.map((line) => line.length - line.trimStart().length);
	const indent = Math.min(...indents);
	const lines = block.map((line) => line.slice(indent));
	const length = lines.findLastIndex((line) => line !== '') + 1;
	// `-` leaves the last line break out, `+` keeps all.
	const end = sign.endsWith('-')
		? ''
		: '\n'.repeat(sign.endsWith('+') ? lines.length - length + 1 : 1);
	lines.length = length;
	if (lines.length === 0) return '';
	if (sign.startsWith('|')) return lines.join('\n') + end;
	// Lines that stand deeper are not folded.
	if (indents.some((one) => one !== indent)) return undefined;
	const folded = lines
		.join('\n')
		.replace(/(?<!\n)\n(?!\n)/g, ' ')
		.replace(/\n(\n+)/g, '$1');
	return folded + end;
}

/** Behind an anchor, an alias or a tag, in a block of lines, or with a comment or a key in it: no plain text. */
const NOT_PLAIN = /^[&*!|>%@`#,[\]{}"'?]|^[-:](?:\s|$)|:\s|:$|\s#/;
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);

/** Plain values stay text: the schema says what else they are, and no digit is lost. */
export function plainScalar(said: string): string | null | undefined {
	if (NULLS.has(said)) return null;
	return NOT_PLAIN.test(said) ? undefined : said;
}

/** `[a, b]` of plain words, as YAML has it. */
export function flowList(said: string): unknown[] | undefined {
	const inner = /^\[([^[\]{}"'#]*)\]$/.exec(said)?.[1];
	const words = inner?.split(',').map((word) => word.trim());
	const list = words?.map(plainScalar);
	return list?.includes(undefined) || words?.includes('') ? undefined : list;
}
