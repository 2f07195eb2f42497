import { buildWorkflow, type Part } from '../../../server/buildWorkflow';

const model = {
	__rl: true,
	mode: 'list',
	value: 'anthropic/claude-sonnet-4-6',
	cachedResultName: 'Claude Sonnet 4.6',
};
const credentials = { tokenHubApi: { id: 'tokenhub-demo', name: 'TokenHub' } };
const part = (name: string, type: string, parameters: object): Part => ({
	...{ name, type: `n8n-nodes-tokenhub.${type}`, credentials },
	typeVersion: type === 'lmChatTokenHub' ? 1 : 2,
	parameters: { model, ...parameters },
});
const chat = (name: string, parameters: object) => part(name, 'tokenHubChatCompletion', parameters);
const loop = (name: string, parameters: object) => part(name, 'tokenHubToolCallLoop', parameters);
const extract = (name: string, parameters: object) => part(name, 'tokenHubJsonExtract', parameters);
const text = '={{ $json.text }}';

/** Forms as they stand in the editor, by the name of their picture. */
export const PANELS: Record<string, Part> = {
	'chat-prompt': chat('Prompt', {
		prompt: '=Sum up this review in one sentence: {{ $json.review }}',
	}),
	'chat-messages': chat('Messages', {
		inputMode: 'messages',
		messages: {
			values: [
				{ role: 'user', content: 'Is the desk lamp dimmable?' },
				{ role: 'assistant', content: 'Yes, in three steps.' },
				{ role: 'user', content: '={{ $json.question }}' },
			],
		},
	}),
	'chat-json': chat('JSON', { inputMode: 'json' }),
	'chat-options': chat('Options', {
		prompt: '=Sum up: {{ $json.review }}',
		options: { temperature: 0.2, fallbackModels: ['anthropic/claude-haiku-4-5'], maxCostUsd: 0.5 },
	}),
	'loop-tools': loop('Tools', {
		prompt: '=Answer this customer: {{ $json.message }}',
		tools: {
			values: [
				{
					name: 'find_order',
					description: 'Finds an order by its number and tells its status',
					url: 'https://api.example.com/orders/{orderId}',
					zodSchema: 'z.object({\n  orderId: z.string().describe("such as A-1042"),\n})',
				},
			],
		},
	}),
	'loop-options': loop('Limits', {
		prompt: '=Answer this customer: {{ $json.message }}',
		options: { maxIterations: 5, maxToolCalls: 20, maxCostUsd: 0.25, onLimit: 'answer' },
	}),
	'extract-fields': extract('Fields', {
		text,
		fields: {
			values: [
				{ name: 'invoiceNumber', type: 'string', description: '', required: true },
				{ name: 'total', type: 'number', description: 'the total including tax', required: true },
			],
		},
	}),
	'extract-example': extract('Example', { text, schemaSource: 'example' }),
	'extract-json-schema': extract('JSON Schema', { text, schemaSource: 'jsonSchema' }),
	'extract-zod': extract('Zod', { text, schemaSource: 'zod' }),
	'extract-options': extract('Evidence', {
		text,
		options: { evidence: true, escalateTo: ['anthropic/claude-sonnet-4-6'], maxRepairs: 2 },
	}),
	'chat-model-options': part('Chat Model', 'lmChatTokenHub', { options: { temperature: 0.2 } }),
};

const review = '=Sum up this review in one sentence: {{ $json.review }}';
const customer = '=Answer this customer: {{ $json.message }}';
const instructions = 'You work for a shop. Be brief and friendly.';
const n8n = (name: string, type: string, typeVersion: number, parameters: object): Part => ({
	...{ name, type: `@n8n/n8n-nodes-langchain.${type}`, typeVersion, parameters },
});

/** The same task in n8n's own node and in ours, for those who come from there. */
export const PEERS: Record<string, Part> = {
	'peer-openai': n8n('OpenAI', 'openAi', 2.3, {
		modelId: { __rl: true, mode: 'id', value: 'gpt-5-mini' },
		responses: { values: [{ content: review }] },
		options: { instructions, maxTokens: 300 },
	}),
	'peer-anthropic': n8n('Anthropic', 'anthropic', 1, {
		modelId: { __rl: true, mode: 'id', value: 'claude-sonnet-4-6' },
		messages: { values: [{ content: review }] },
		options: { system: instructions, maxTokens: 300 },
	}),
	'peer-chat': chat('Chat like theirs', {
		...{ prompt: review, systemMessage: instructions, maxTokens: 300 },
	}),
	'peer-agent': n8n('AI Agent', 'agent', 3.1, {
		...{ promptType: 'define', text: customer },
		options: { systemMessage: instructions, maxIterations: 5, returnIntermediateSteps: true },
	}),
	'peer-loop': loop('Loop like theirs', {
		...{ prompt: customer, systemMessage: instructions, simplify: false },
		options: { maxIterations: 5, maxCostUsd: 0.25 },
	}),
	'peer-extractor': n8n('Information Extractor', 'informationExtractor', 1.2, {
		...{ text, schemaType: 'fromAttributes' },
		attributes: {
			attributes: [
				{ name: 'invoiceNumber', type: 'string', description: 'as printed', required: true },
				{ name: 'total', type: 'number', description: 'the total including tax', required: true },
			],
		},
	}),
	'peer-extract': extract('Extract like theirs', {
		text,
		fields: {
			values: [
				{ name: 'invoiceNumber', type: 'string', description: 'as printed', required: true },
				{ name: 'total', type: 'number', description: 'the total including tax', required: true },
			],
		},
	}),
};

/** Apart, so that no node's connections lie over another node. */
const apart = (parts: Record<string, Part>): Part[] =>
	Object.values(parts).map((part, at) => ({ ...part, position: [at * 600, 0] }));

export const panelWorkflows = [
	buildWorkflow('browserPanels', Object.values(PANELS)),
	buildWorkflow('browserPeers', apart(PEERS)),
];
