import { buildWorkflow, MODEL, type Part } from '../../server/buildWorkflow';

const start: Part = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	to: [['Chat', 'main']],
};
const chat = (credential: string): Part => ({
	name: 'Chat',
	type: 'n8n-nodes-tokenhub.tokenHubChatCompletion',
	parameters: { model: MODEL, prompt: 'Hello', maxTokens: 64, options: {} },
	credentials: { tokenHubApi: { id: credential, name: credential } },
});

/** An answer that never comes, and an account that is empty. */
export const browserWorkflows = [
	buildWorkflow('browserHolding', [start, chat('holding')]),
	buildWorkflow('browserNoCredit', [start, chat('noCredit')]),
];
