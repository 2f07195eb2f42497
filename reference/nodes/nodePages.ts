import { DEFAULT_MODEL, models } from '../../core/models';
import { TokenHubApi } from '../../credentials/TokenHubApi.credentials';
import { blocks, code, pretty, table } from '../markdown';
import { documented } from './documented';
import { fieldTable } from './fieldTable';
import { nodePage } from './nodePage';

/** The pages of docs/nodes by path, formatted like the rest of the repository. */
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

/** The page for whoever fills in the credential. */
function credentialPage(): string {
	const { displayName, name, properties } = new TokenHubApi();
	return blocks(
		`# ${displayName}`,
		'<!-- Written by `npm run docs` from credentials/: change it there. -->',
		`The account that all nodes of the package use. Type \`${name}\`.`,
		fieldTable(properties, properties),
		'## The test button',
		TEST,
		'## Where the key goes',
		'The key is sent to the origin of the Base URL and nowhere else, as `Authorization: Bearer …`. Redirects are not followed. The key is in no output, error or log: [security](../security.md).',
		'See also: [chat completion](chat-completion.md) · [tool call loop](tool-call-loop.md) · [structured JSON extract](structured-json-extract.md) · [chat model](chat-model.md)',
	);
}

const TEST =
	'The test is free: it sends a request without a message, which every endpoint refuses, and only successful requests are billed ([why](../decisions/0004-free-credential-test.md)). It distinguishes a good key, a key that is refused, an account without credit, a Base URL without a chat completion API, and a host that does not answer.';

/** The models and their prices. */
function modelsPage(): string {
	const rows = models.map(({ id, label, inputUsd, outputUsd, bestFor }) => [
		label,
		code(id),
		inputUsd.toFixed(2),
		outputUsd.toFixed(2),
		bestFor,
	]);
	return blocks(
		'# Models and prices',
		'<!-- Written by `npm run docs` from core/models.ts: change it there. -->',
		`US dollars per million tokens. ${code(DEFAULT_MODEL)} is the default of the nodes and the library.`,
		table(['Model', 'ID', 'In', 'Out', 'For'], rows),
		'An ID works with and without `anthropic/`. Any other ID is sent unchanged. Its price is unknown, so `costUsd` is `null`, and Max Cost refuses it unless you enter its price under **Prices**.',
	);
}
