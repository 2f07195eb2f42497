import { isAbbreviation } from '../../json/abbreviation';
import { doubtsIt } from '../../json/notTheAnswer';

export interface Line {
	indent: number;
	text: string;
}

/** The lines that say something; undefined for what no simple YAML has. */
export function yamlLines(text: string): Line[] | undefined {
	const lines = text
		.replace(/^---[ \t]*\r?\n/, '')
		.replace(/\n\.\.\.\s*$/, '')
		.split('\n')
		.map((line) => line.trimEnd());
	// A tab may be any indent, and what `---` parts are several values.
	if (lines.some((line) => /^ *\t|^ *-[ ]*\t|^(?:---|\.\.\.)(?:\s|$)|^%/.test(line)))
		return undefined;
	const comments = lines.flatMap((line) => /^\s*#+(.*)$/.exec(line)?.[1] ?? []);
	if (comments.some((words) => isAbbreviation(words) || doubtsIt(words))) return undefined;
	return lines
		.filter((line) => line !== '' && !/^\s*#/.test(line))
		.map((line) => ({ indent: line.length - line.trimStart().length, text: line.trimStart() }));
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
