import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as markdown from 'prettier/plugins/markdown';
import { format } from 'prettier/standalone';
import { credentialPage } from './nodes/credentialPage';
import { documented } from './nodes/documented';
import { modelsPage } from './nodes/modelsPage';
import { nodePage } from './nodes/nodePage';

/** The pages of docs/nodes by their path, formatted as the repository is. */
export async function nodePages(root: string): Promise<Map<string, string>> {
	const written: Array<[page: string, text: string]> = [
		...documented.map((node): [string, string] => [node.page, nodePage(root, node)]),
		['credential', credentialPage()],
		['models', modelsPage()],
	];
	const pages = written.map(async ([page, text]) => {
		return [`docs/nodes/${page}.md`, await pretty(text)] as const;
	});
	return new Map(await Promise.all(pages));
}

async function pretty(text: string): Promise<string> {
	return await format(text, { parser: 'markdown', plugins: [markdown, babel, estree] });
}
