import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as markdown from 'prettier/plugins/markdown';
import * as typescript from 'prettier/plugins/typescript';
import { format } from 'prettier/standalone';

/** Markdown as `.prettierrc.json` wants it. */
export async function pretty(text: string): Promise<string> {
	return await format(text, {
		parser: 'markdown',
		plugins: [markdown, babel, estree, typescript],
		...{ singleQuote: true, printWidth: 100, trailingComma: 'all' },
	});
}
