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

export const panelWorkflow = buildWorkflow('browserPanels', Object.values(PANELS));
