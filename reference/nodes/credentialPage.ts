import { TokenHubApi } from '../../credentials/TokenHubApi.credentials';
import { blocks } from '../markdown';
import { fieldTable } from './fieldTable';

/** What a person needs who fills in the credential. */
export function credentialPage(): string {
	const { displayName, name, properties } = new TokenHubApi();
	return blocks(
		`# ${displayName}`,
		'<!-- Written by `npm run docs` from credentials/: change it there. -->',
		`The account that pays for all nodes of the package. Type \`${name}\`.`,
		fieldTable(properties, properties),
		'## The test button',
		TEST,
		'## Where the key goes',
		'To the origin of the Base URL and nowhere else, as `Authorization: Bearer …`. Redirects are not followed. It is in no output, error or log: [security](../security.md).',
		'See also: [chat completion](chat-completion.md) · [tool call loop](tool-call-loop.md) · [structured JSON extract](structured-json-extract.md) · [chat model](chat-model.md)',
	);
}

const TEST =
	'It costs nothing: a request is sent that holds no message, which every endpoint refuses, and only requests that succeed are billed ([why](../decisions/0004-free-credential-test.md)). It tells apart a good key, a key that is refused, an account without credit, a Base URL without a chat completion API, and a host that does not answer.';
