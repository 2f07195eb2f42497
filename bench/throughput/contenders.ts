import { buildWorkflow, MODEL, type BuiltWorkflow, type Part } from '../../server/buildWorkflow';

/** A node of n8n's or ours that puts one question for each item to the gateway. */
export interface Contender {
	name: string;
	/** The measured node, and what it stands on. */
	parts: Part[];
}

const start: Part = {
	...{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Node', 'main']] },
};
const text = '={{ $json.text }}';
const ours = { tokenHubApi: { id: 'bench', name: 'bench' } };
const theirs = { openAiApi: { id: 'benchOpenAi', name: 'bench' } };
const batch = (batchSize: number) => ({ batching: { batchSize, delayBetweenBatches: 0 } });

const schema = {
	type: 'object',
	properties: { name: { type: 'string' }, age: { type: 'integer' } },
	required: ['name', 'age'],
};

const openAiModel: Part = {
	...{ name: 'Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3 },
	parameters: { model: MODEL, responsesApiEnabled: false, options: {} },
	credentials: theirs,
	to: [['Node', 'ai_languageModel']],
};

export const chat = (options: object): Part[] => [
	{
		...{
			name: 'Node',
			type: 'n8n-nodes-tokenhub.tokenHubChatCompletion',
			typeVersion: 2,
			credentials: ours,
		},
		parameters: { model: MODEL, prompt: text, maxTokens: 1024, options },
	},
];

export const loop = (options: object): Part[] => [
	{
		...{
			name: 'Node',
			type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop',
			typeVersion: 2,
			credentials: ours,
		},
		parameters: { model: MODEL, prompt: text, maxTokens: 1024, tools: {}, options },
	},
];

export const extract = (options: object): Part[] => [
	{
		...{
			name: 'Node',
			type: 'n8n-nodes-tokenhub.tokenHubJsonExtract',
			typeVersion: 2,
			credentials: ours,
		},
		parameters: {
			...{ model: MODEL, text, maxTokens: 1024, options },
			...{ schemaSource: 'jsonSchema', jsonSchema: JSON.stringify(schema) },
		},
	},
];

export const chain = (batchSize: number): Part[] => [
	{
		...{ name: 'Node', type: '@n8n/n8n-nodes-langchain.chainLlm', typeVersion: 1.9 },
		parameters: { promptType: 'define', text, ...batch(batchSize) },
	},
	openAiModel,
];

export const agent = (batchSize: number): Part[] => [
	{
		...{ name: 'Node', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3.1 },
		parameters: { promptType: 'define', text, options: batch(batchSize) },
	},
	openAiModel,
];

export const extractor = (batchSize: number): Part[] => [
	{
		...{ name: 'Node', type: '@n8n/n8n-nodes-langchain.informationExtractor', typeVersion: 1.2 },
		parameters: {
			...{ text, schemaType: 'manual', inputSchema: JSON.stringify(schema) },
			options: batch(batchSize),
		},
	},
	openAiModel,
];

export const openAi = (): Part[] => [
	{
		...{ name: 'Node', type: '@n8n/n8n-nodes-langchain.openAi', typeVersion: 1.8 },
		parameters: {
			...{ resource: 'text', operation: 'message', modelId: MODEL },
			...{ messages: { values: [{ content: text }] }, simplify: true, options: {} },
		},
		credentials: theirs,
	},
];

export const httpRequest = (url: string): Part[] => [
	{
		...{ name: 'Node', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.5 },
		parameters: {
			...{ method: 'POST', url: `${url}/chat/completions`, sendHeaders: true, sendBody: true },
			headerParameters: { parameters: [{ name: 'authorization', value: 'Bearer th-demo-key' }] },
			specifyBody: 'json',
			jsonBody: `={{ JSON.stringify({ model: '${MODEL.value}', messages: [{ role: 'user', content: $json.text }], max_tokens: 1024 }) }}`,
			options: {},
		},
	},
];

export interface Probe {
	way: 'fetch' | 'keepAlive';
	concurrency: number;
	/** Takes the question by an expression, as nodes do, or out of the item itself. */
	expression: boolean;
}

export const probe = (url: string, { way, concurrency, expression }: Probe): Part[] => [
	{
		...{ name: 'Node', type: 'CUSTOM.probe' },
		parameters: {
			...{ url: `${url}/chat/completions`, way, concurrency },
			text: expression ? text : '',
		},
	},
];

/** The contender's workflow with so many questions. */
export function workflowOf({ name, parts }: Contender, items: number): BuiltWorkflow {
	const id = `${name.replaceAll(/\W+/g, '')}x${items}`;
	const Start = Array.from({ length: items }, (_, n) => ({ json: { text: `item ${n}.` } }));
	return buildWorkflow(id, [start, ...parts], { pinData: { Start } });
}
