import { credentialPage } from './nodes/credentialPage';
import { documented } from './nodes/documented';
import { modelsPage } from './nodes/modelsPage';
import { nodePage } from './nodes/nodePage';
import { pretty } from './pretty';

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
