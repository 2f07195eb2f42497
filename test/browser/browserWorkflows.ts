import { buildWorkflow, MODEL, type Part } from '../../server/buildWorkflow';

const start: Part = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	to: [['Chat', 'main']],
};
const chat = (credential: string, prompt = 'Hello'): Part => ({
	...{ name: 'Chat', type: 'n8n-nodes-tokenhub.tokenHubChatCompletion', typeVersion: 2 },
	parameters: { model: MODEL, prompt, maxTokens: 64, options: {} },
	credentials: { tokenHubApi: { id: credential, name: credential } },
});

/** As a person leaves it: a Chat Trigger, and a node with nothing typed into it but the credential. */
const untouchedChat = (id: string, credential: string, options: object) =>
	buildWorkflow(id, [
		{
			...{ name: 'When chat message received', to: [['Answer', 'main']] },
			...{ type: '@n8n/n8n-nodes-langchain.chatTrigger', typeVersion: 1.4 },
			parameters: { options },
		},
		{
			...{ name: 'Answer', type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop', typeVersion: 2 },
			credentials: { tokenHubApi: { id: credential, name: 'TokenHub' } },
		},
	]);

/** An answer that never comes, an account that is empty, a chat, one whose endpoint refuses, a slip. */
export const browserWorkflows = [
	untouchedChat('browserChat', 'tokenhub-demo', { allowFileUploads: true }),
	untouchedChat('browserRefused', 'refusing', { responseMode: 'streaming' }),
	buildWorkflow('browserHolding', [start, chat('holding')]),
	buildWorkflow('browserNoCredit', [start, chat('noCredit')]),
	buildWorkflow('browserBraces', [start, chat('tokenhub-demo', 'Sum up {{ $json.text }}')]),
];
