import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import type { ChatBody, Reply } from '../../gateway';
import { buildWorkflow, MODEL, type BuiltWorkflow, type Part } from '../../server/buildWorkflow';
import { EXAMPLES } from '../../server/paths';

const start = (to: string): Part => ({
	...{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [[to, 'main']] },
});
const chatModel = (to: string): Part => ({
	...{ name: 'Model', type: 'n8n-nodes-tokenhub.lmChatTokenHub' },
	parameters: { model: MODEL, options: {} },
	credentials: { tokenHubApi: { id: 'model', name: 'TokenHub' } },
	to: [[to, 'ai_languageModel']],
});
const tool = (name: string, type: string, rest: Partial<Part> = {}): Part => ({
	...{ name, type, to: [['Agent', 'ai_tool']] },
	...rest,
});

const receipt = z
	.object({ pinData: z.record(z.string(), z.array(z.looseObject({ binary: z.unknown() }))) })
	.parse(JSON.parse(readFileSync(join(EXAMPLES, '9-image-to-record.workflow.json'), 'utf8')));
const picture = Object.values(receipt.pinData)[0]?.[0]?.binary;

function agent(id: string, question: string, withPicture: boolean): BuiltWorkflow {
	const parts = [
		start('Agent'),
		{
			...{ name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3 },
			parameters: { promptType: 'define', text: '={{ $json.question }}', options: {} },
		},
		chatModel('Agent'),
		tool('Calculator', '@n8n/n8n-nodes-langchain.toolCalculator'),
		tool('Reverse', '@n8n/n8n-nodes-langchain.toolCode', {
			typeVersion: 1.3,
			parameters: {
				description: 'Reverses a text',
				jsCode: "return query.split('').reverse().join('');",
			},
		}),
	];
	const item = { json: { question }, ...(withPicture ? { binary: picture } : {}) };
	return buildWorkflow(id, parts, { pinData: { Start: [item] } });
}

/** n8n's own AI nodes on TokenHub Chat Model. */
export const modelWorkflows = [
	agent('e2eModelAgent', 'Use both tools on the picture.', true),
	agent('e2eModelThrottled', 'Throttle me.', false),
	buildWorkflow(
		'e2eModelChain',
		[
			start('Chain'),
			{
				...{ name: 'Chain', type: '@n8n/n8n-nodes-langchain.chainLlm', typeVersion: 1.7 },
				parameters: { promptType: 'define', text: '={{ $json.question }}' },
			},
			chatModel('Chain'),
		],
		{ pinData: { Start: [{ json: { question: 'Say hello.' } }] } },
	),
	buildWorkflow(
		'e2eModelExtractor',
		[
			start('Extractor'),
			{
				name: 'Extractor',
				type: '@n8n/n8n-nodes-langchain.informationExtractor',
				typeVersion: 1.2,
				parameters: {
					...{ text: '={{ $json.question }}', schemaType: 'fromJson' },
					jsonSchemaExample: '{"name":"Bob","age":1}',
				},
			},
			chatModel('Extractor'),
		],
		{ pinData: { Start: [{ json: { question: 'Ada is 36.' } }] } },
	),
];

const COUNTED = { promptTokens: 1000, completionTokens: 100, cachedTokens: 800 };

/** Does what each of the workflows asks for; the first two requests to be throttled are. */
export function modelScript(): (body: ChatBody) => Reply {
	let throttled = 0;
	return ({ messages, tools = [] }) => {
		const words = JSON.stringify(messages);
		if (words.includes('Throttle me.') && throttled < 2) {
			throttled += 1;
			return { status: 429, headers: { 'retry-after': '1' } };
		}
		if (words.includes('Ada is 36')) return { text: '{"name":"Ada","age":36}' };
		const results = messages.filter(({ role }) => role === 'tool');
		if (results.length > 0) {
			return {
				text: `They say: ${results.map(({ content }) => JSON.stringify(content)).join(' ')}`,
			};
		}
		if (!words.includes('both tools')) return { text: 'Hello.', usage: COUNTED };
		return {
			toolCalls: tools.map(({ function: { name } }) => ({
				name,
				arguments: { input: name === 'Calculator' ? '6*7' : 'hello' },
			})),
		};
	};
}
