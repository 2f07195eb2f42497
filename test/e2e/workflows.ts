import type { ChatBody, Reply } from '../../gateway';

const credentials = (id: string) => ({ tokenHubApi: { id, name: 'TokenHub' } });
const model = { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' };
const start = {
	id: 'start',
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const link = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });

/** The loop with two tools of n8n's own, called side by side. */
export const realTools = {
	workflow: {
		id: 'e2eRealTools',
		name: 'e2e: real tools',
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [
			start,
			{
				id: 'loop',
				name: 'Loop',
				type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop',
				typeVersion: 1,
				position: [200, 0],
				parameters: { model, prompt: 'Use both tools.', maxTokens: 1024, tools: {}, options: {} },
				credentials: credentials('scripted'),
			},
			{
				id: 'calculator',
				name: 'Calculator',
				type: '@n8n/n8n-nodes-langchain.toolCalculator',
				typeVersion: 1,
				position: [200, 200],
				parameters: {},
			},
			{
				id: 'code',
				name: 'Reverse it',
				type: '@n8n/n8n-nodes-langchain.toolCode',
				typeVersion: 1.3,
				position: [300, 200],
				parameters: {
					description: 'Reverses a text',
					jsCode: "return query.split('').reverse().join('');",
				},
			},
		],
		connections: {
			Start: link('Loop', 'main'),
			Calculator: link('Loop', 'ai_tool'),
			'Reverse it': link('Loop', 'ai_tool'),
		},
	},
	/** Calls each tool by the name that it was offered under. */
	script(body: ChatBody): Reply {
		if (JSON.stringify(body.messages).includes('"role":"tool"')) return { text: 'Both are back.' };
		const names = (body.tools ?? []).map((tool) => tool.function.name);
		const inputs = ['6*7', 'hello'];
		const ordered = names.sort((a, b) => (a === 'Calculator' ? -1 : b === 'Calculator' ? 1 : 0));
		return {
			toolCalls: ordered.map((name, index) => ({ name, arguments: { input: inputs[index] } })),
		};
	},
};

/** Three items, of which the second has a temperature that TokenHub forbids. */
export const continueOnError = {
	workflow: {
		id: 'e2eErrorOutput',
		name: 'e2e: error output',
		active: false,
		settings: { executionOrder: 'v1' },
		nodes: [
			start,
			{
				id: 'chat',
				name: 'Chat',
				type: 'n8n-nodes-tokenhub.tokenHubChatCompletion',
				typeVersion: 1,
				position: [200, 0],
				onError: 'continueErrorOutput',
				parameters: {
					model,
					prompt: '=Say {{ $json.n }}',
					maxTokens: 64,
					options: { temperature: '={{ $json.n === 1 ? 1.5 : 0.5 }}' },
				},
				credentials: credentials('tokenhub-demo'),
			},
		],
		connections: { Start: link('Chat', 'main') },
		pinData: { Start: [0, 1, 2].map((n) => ({ json: { n } })) },
	},
};
