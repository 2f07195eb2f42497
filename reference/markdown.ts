import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as markdown from 'prettier/plugins/markdown';
import * as typescript from 'prettier/plugins/typescript';
import { format } from 'prettier/standalone';

/** Shows text as it is, even if it contains backticks. */
export function code(text: string): string {
	const fence = text.includes('`') ? '``' : '`';
	return `${fence}${text}${fence}`;
}

/** A table; each cell is one line, in which `<br>` makes breaks. */
export function table(heads: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** Lines below each other in one cell; empty ones are left out. */
export function lines(...pieces: ReadonlyArray<string | undefined>): string {
	return pieces.filter(Boolean).join('<br>');
}

/** Blocks with an empty line between them; empty ones are left out. */
export function blocks(...texts: ReadonlyArray<string | undefined>): string {
	return `${texts.filter(Boolean).join('\n\n')}\n`;
}

export const sentence = (text: string) => (/[.!?:…]$/.test(text) ? text : `${text}.`);

/** Formats Markdown as `.prettierrc.json` says. */
export async function pretty(text: string): Promise<string> {
	return await format(text, {
		parser: 'markdown',
		plugins: [markdown, babel, estree, typescript],
		...{ singleQuote: true, printWidth: 100, trailingComma: 'all' },
	});
}
