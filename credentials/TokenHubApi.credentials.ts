import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { DEFAULT_BASE_URL } from '../core/client/clientConfig';

/** The account that pays. The nodes test it (`testedBy`), with a free request. */
export class TokenHubApi implements ICredentialType {
	name = 'tokenHubApi';
	displayName = 'TokenHub API';
	documentationUrl =
		'https://github.com/tokenhub/n8n-nodes-tokenhub/blob/main/docs/nodes/credential.md';
	icon: Icon = {
		light: 'file:../nodes/shared/tokenhub.svg',
		dark: 'file:../nodes/shared/tokenhub.dark.svg',
	};
	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'th-…',
			hint: 'Create one in the TokenHub dashboard. It is shown only once and starts with th-',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: DEFAULT_BASE_URL,
			description:
				'Where the API answers. Change it only for a gateway of your own: a missing /api/v1 is added, a pasted /chat/completions is removed.',
		},
	];
	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
	};
}
