import { TokenHubApi } from '../../credentials/TokenHubApi.credentials';
import { blocks } from '../markdown';
import { fieldTable } from './fieldTable';

/** What a person needs who fills in the credential. */
export function credentialPage(): string {
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
