import { buildWorkflow, MODEL, type BuiltWorkflow } from '../test/e2e/buildWorkflow';

export interface Contender {
	name: string;
	workflow: BuiltWorkflow;
	/** The node that is measured. */
	node: string;
}

const question = '={{ $json.question }}';
const fromAi = "{{ $fromAI('q', 'what to look up', 'string') }}";

interface Task {
	/** Marks the workflows' ids. */
	id: string;
	/** A question each. */
	items: string[];
	lookupUrl: string;
}

/** The same task for each: a question an item, and one HTTP tool. */
export function contenders({ id: mark, items, lookupUrl }: Task): Contender[] {
	const start = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
	};
	const lookup = (to: string) => ({
		...{ name: 'lookup', type: 'n8n-nodes-base.httpRequestTool', typeVersion: 4.2 },
		parameters: {
			...{ toolDescription: 'Looks a value up', url: `=${lookupUrl}?q=${fromAi}`, options: {} },
		},
		to: [[to, 'ai_tool']] as Array<[string, string]>,
	});
	const pinData = { Start: items.map((text) => ({ json: { question: text } })) };
	const main = (to: string) => ({ ...start, to: [[to, 'main']] as Array<[string, string]> });
	const ours: Contender = {
		name: 'TokenHub Tool Call Loop',
		node: 'Loop',
		workflow: buildWorkflow(
			`${mark}Loop`,
			[
				main('Loop'),
				{
					...{ name: 'Loop', type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop' },
					parameters: {
						...{ model: MODEL, prompt: question, maxTokens: 1024, tools: {}, options: {} },
					},
					credentials: { tokenHubApi: { id: 'bench', name: 'bench' } },
				},
				lookup('Loop'),
			],
			{ pinData },
		),
	};
	const agent = (id: string, name: string, options: object): Contender => ({
		...{ name, node: 'Agent' },
		workflow: buildWorkflow(
			id,
			[
				main('Agent'),
				{
					...{ name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3 },
					parameters: { promptType: 'define', text: question, options },
				},
				{
					...{ name: 'Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3 },
					parameters: { model: MODEL, responsesApiEnabled: false, options: {} },
					credentials: { openAiApi: { id: 'benchOpenAi', name: 'bench' } },
					to: [['Agent', 'ai_languageModel']],
				},
				lookup('Agent'),
			],
			{ pinData },
		),
	});
	return [
		ours,
		agent(`${mark}Agent`, 'AI Agent 3, default', {}),
		agent(`${mark}AgentBatch`, 'AI Agent 3, Batch Size 8', {
			batching: { batchSize: 8, delayBetweenBatches: 0 },
		}),
	];
}
