import { buildWorkflow, MODEL, type BuiltWorkflow, type Part } from '../server/buildWorkflow';
import { ANSWERS, schema } from './extractTask';

const start = (to: string): Part => ({
	...{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [[to, 'main']] },
});
const pin = (texts: string[]) => ({ Start: texts.map((text) => ({ json: { text } })) });
const cases = pin(Object.keys(ANSWERS).map((name) => `case: ${name}.`));

function extractPart(model: string, options: object = {}): Part {
	return {
		...{ name: 'Extract', type: 'n8n-nodes-tokenhub.tokenHubJsonExtract' },
		parameters: {
			...{ model: { __rl: true, mode: 'id', value: model }, text: '={{ $json.text }}' },
			...{ schemaSource: 'jsonSchema', jsonSchema: JSON.stringify(schema) },
			...{ instructions: '', maxTokens: 1024, options },
		},
		credentials: { tokenHubApi: { id: 'bench', name: 'bench' } },
		onError: 'continueRegularOutput',
	};
}

/** The task's answers, one per item, in both nodes. */
export function answerWorkflows(): [ours: BuiltWorkflow, theirs: BuiltWorkflow] {
	const extractor: Part = {
		...{ name: 'Extract', type: '@n8n/n8n-nodes-langchain.informationExtractor' },
		typeVersion: 1.2,
		parameters: {
			...{ text: '={{ $json.text }}', schemaType: 'manual' },
			...{ inputSchema: JSON.stringify(schema) },
			options: { batching: { batchSize: 1, delayBetweenBatches: 0 } },
		},
		onError: 'continueRegularOutput',
	};
	const model: Part = {
		...{ name: 'Model', type: '@n8n/n8n-nodes-langchain.lmChatOpenAi', typeVersion: 1.3 },
		parameters: { model: MODEL, responsesApiEnabled: false, options: {} },
		credentials: { openAiApi: { id: 'benchOpenAi', name: 'bench' } },
		to: [['Extract', 'ai_languageModel']],
	};
	const oneByOne = { concurrency: 1 };
	const ours = [start('Extract'), extractPart('anthropic/claude-sonnet-4-6', oneByOne)];
	return [
		buildWorkflow('answersOurs', ours, { pinData: cases }),
		buildWorkflow('answersTheirs', [start('Extract'), extractor, model], { pinData: cases }),
	];
}

export const ITEMS = 100;
const items = pin(Array.from({ length: ITEMS }, (_, n) => `item ${n}.`));

/** The same items, once with Haiku first and once with Sonnet alone. */
export function cascadeWorkflows(): [cascade: BuiltWorkflow, alone: BuiltWorkflow] {
	const sonnet = 'anthropic/claude-sonnet-4-6';
	const first = extractPart('anthropic/claude-haiku-4-5', { escalateTo: [sonnet] });
	return [
		buildWorkflow('cascade', [start('Extract'), first], { pinData: items }),
		buildWorkflow('sonnetAlone', [start('Extract'), extractPart(sonnet)], { pinData: items }),
	];
}
