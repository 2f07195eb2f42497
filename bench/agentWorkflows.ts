import { buildWorkflow, MODEL, type BuiltWorkflow, type Part } from '../server/buildWorkflow';

export interface Contender {
	name: string;
	workflow: BuiltWorkflow;
	/** The measured node. */
	node: string;
}

const question = '={{ $json.question }}';
const fromAi = "{{ $fromAI('q', 'what to look up', 'string') }}";

interface Task {
	/** Part of the workflows' ids. */
	id: string;
	/** One question per item. */
	items: string[];
	lookupUrl: string;
}

/** The same task for each contender: one question per item, and one HTTP tool. */
export function contenders(task: Task): Contender[] {
	const batching = { batchSize: 8, delayBetweenBatches: 0 };
	return [
		loopContender(task),
		agentContender(task, { id: 'Agent', name: 'AI Agent 3, default', options: {} }),
		agentContender(task, {
			...{ id: 'AgentBatch', name: 'AI Agent 3, Batch Size 8', options: { batching } },
		}),
	];
}

const start = (to: string): Part => ({
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	to: [[to, 'main']],
});
const lookup = (to: string, { lookupUrl }: Task): Part => ({
	...{ name: 'lookup', type: 'n8n-nodes-base.httpRequestTool', typeVersion: 4.2 },
	parameters: {
		...{ toolDescription: 'Looks a value up', url: `=${lookupUrl}?q=${fromAi}`, options: {} },
	},
	to: [[to, 'ai_tool']],
});
const pinData = ({ items }: Task) => ({
	Start: items.map((text) => ({ json: { question: text } })),
});

function loopContender(task: Task): Contender {
	const loop: Part = {
		...{ name: 'Loop', type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop' },
		parameters: { model: MODEL, prompt: question, maxTokens: 1024, tools: {}, options: {} },
		credentials: { tokenHubApi: { id: 'bench', name: 'bench' } },
	};
	const parts = [start('Loop'), loop, lookup('Loop', task)];
	const workflow = buildWorkflow(`${task.id}Loop`, parts, { pinData: pinData(task) });
	return { name: 'TokenHub Tool Call Loop', node: 'Loop', workflow };
}

function agentContender(
	task: Task,
	{ id, name, options }: { id: string; name: string; options: object },
): Contender {
	const agent: Part = {
		...{ name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3 },
		parameters: { promptType: 'define', text: question, options },
	};
	const model: Part = {
		...{ name: 'Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3 },
		parameters: { model: MODEL, responsesApiEnabled: false, options: {} },
		credentials: { openAiApi: { id: 'benchOpenAi', name: 'bench' } },
		to: [['Agent', 'ai_languageModel']],
	};
	const parts = [start('Agent'), agent, model, lookup('Agent', task)];
	const workflow = buildWorkflow(task.id + id, parts, { pinData: pinData(task) });
	return { name, node: 'Agent', workflow };
}
