import {
	buildWorkflow,
	loop,
	MODEL,
	start,
	tool,
	type BuiltWorkflow,
	type Part,
} from '../../server/buildWorkflow';
import { callingPrompt } from './scriptedModel';

interface Places {
	mcpUrl: string;
	weatherUrl: string;
}

const fromAi = (key: string, type = 'string') => `{{ $fromAI('${key}', 'the ${key}', '${type}') }}`;
export const openAi = {
	name: 'Model',
	type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
	typeVersion: 1.3,
	parameters: {
		model: { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' },
		responsesApiEnabled: false,
		options: {},
	},
	credentials: { openAiApi: { id: 'openai', name: 'OpenAI' } },
};

/** Every kind of tool that n8n has, called side by side in one turn. */
export function everyTool({ mcpUrl, weatherUrl }: Places): BuiltWorkflow {
	const calls = callingPrompt([
		['Calculator', { input: '6*7' }],
		['Reverse', { input: 'hello' }],
		['Hash', { value: 'abc' }],
		['weather', { city: 'Bern' }],
		['find_order', { orderId: 'A-1042' }],
		['stock', { sku: 'L-7' }],
		['photo', { sku: 'L-7' }],
		['broken', { sku: 'L-7' }],
		['Expert', { question: 'why?' }],
		['Translator', { text: 'good day' }],
		['Extractor', { text: 'Ada is 36' }],
		['Deputy', { task: 'your turn' }],
	]);
	return buildWorkflow('e2eEveryTool', [
		start,
		loop(calls),
		tool('Calculator', '@n8n/n8n-nodes-langchain.toolCalculator'),
		tool('Reverse it', '@n8n/n8n-nodes-langchain.toolCode', {
			typeVersion: 1.3,
			parameters: {
				description: 'Reverses a text',
				jsCode: "return query.split('').reverse().join('');",
			},
		}),
		tool('Hash', 'n8n-nodes-base.cryptoTool', {
			typeVersion: 2,
			parameters: {
				...{ descriptionType: 'manual', toolDescription: 'Hash of a value' },
				...{ action: 'hash', type: 'SHA256', value: `=${fromAi('value')}`, options: {} },
			},
		}),
		tool('Get weather', 'n8n-nodes-base.httpRequestTool', {
			typeVersion: 4.2,
			parameters: {
				toolDescription: 'The weather in a city',
				url: `=${weatherUrl}?city=${fromAi('city')}`,
				options: {},
			},
		}),
		tool('Orders', '@n8n/n8n-nodes-langchain.toolWorkflow', {
			typeVersion: 2.2,
			parameters: {
				description: 'find_order: an order by its number',
				workflowId: { __rl: true, mode: 'id', value: 'tokenhubFindOrder' },
				workflowInputs: {
					mappingMode: 'defineBelow',
					value: { orderId: `=${fromAi('orderId')}` },
					matchingColumns: [],
					schema: [
						{
							...{ id: 'orderId', displayName: 'orderId', type: 'string', required: false },
							...{ defaultMatch: false, display: true, canBeUsedToMatch: true, removed: false },
						},
					],
				},
			},
		}),
		tool('Shop', '@n8n/n8n-nodes-langchain.mcpClientTool', {
			typeVersion: 1.2,
			parameters: {
				...{ endpointUrl: mcpUrl, serverTransport: 'httpStreamable', authentication: 'none' },
				...{ include: 'all', options: {} },
			},
		}),
		tool('Expert', '@n8n/n8n-nodes-langchain.agentTool', {
			typeVersion: 3,
			parameters: {
				toolDescription: 'Expert for hard questions',
				text: `=${fromAi('question')}`,
				options: {},
			},
		}),
		{ ...openAi, to: [['Expert', 'ai_languageModel']] },
		tool('Translator', 'n8n-nodes-tokenhub.tokenHubChatCompletionTool', {
			parameters: {
				...{ toolDescription: 'Translator of texts', model: openAi.parameters.model },
				...{ prompt: `=${fromAi('text')}`, maxTokens: 50, options: {} },
			},
			credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
		}),
		tool('Deputy', 'n8n-nodes-tokenhub.tokenHubToolCallLoopTool', {
			parameters: {
				...{ toolDescription: 'Deputy that does whole tasks', model: openAi.parameters.model },
				...{ prompt: `=${fromAi('task')}`, maxTokens: 50, tools: {}, options: {} },
			},
			credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
		}),
		tool('Extractor', 'n8n-nodes-tokenhub.tokenHubJsonExtractTool', {
			parameters: {
				...{ toolDescription: 'Extractor of people', model: openAi.parameters.model },
				...{ text: `=${fromAi('text')}`, schemaSource: 'example', maxTokens: 50 },
				...{ jsonExample: '{"name":"Bob","age":1}', options: {} },
			},
			credentials: { tokenHubApi: { id: 'tokenhub-demo', name: 'TokenHub' } },
		}),
	]);
}

const chatTrigger = (id: string, to: string): Part => ({
	...{ name: 'Chat', type: '@n8n/n8n-nodes-langchain.chatTrigger', typeVersion: 1.4 },
	...{ webhookId: id, to: [[to, 'main']] },
	parameters: { public: true, options: { responseMode: 'streaming' } },
});

/** A chat that streams without any tools. */
export const plainChat = buildWorkflow('e2ePlainChat', [
	chatTrigger('e2ePlainChat', 'Answer'),
	{
		...{ name: 'Answer', type: 'n8n-nodes-tokenhub.tokenHubChatCompletion' },
		parameters: { model: MODEL, prompt: '={{ $json.chatInput }}', maxTokens: 1024, options: {} },
		credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
	},
]);

const remembering = (id: string, memory: { type: string; [key: string]: unknown }) =>
	buildWorkflow(id, [
		chatTrigger(id, 'Loop'),
		loop('={{ $json.chatInput }}', { options: { remember: 'turn' } }),
		tool('Calculator', '@n8n/n8n-nodes-langchain.toolCalculator'),
		{ name: 'Memory', ...memory, to: [['Loop', 'ai_memory']] },
	]);

/** Chats that stream, with a memory each. */
export const simpleChat = remembering('e2eSimpleChat', {
	type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
	typeVersion: 1.3,
	parameters: { contextWindowLength: 10 },
});
export const postgresChat = remembering('e2ePostgresChat', {
	type: '@n8n/n8n-nodes-langchain.memoryPostgresChat',
	typeVersion: 1.3,
	parameters: { tableName: 'e2e_chat_memory', contextWindowLength: 10 },
	credentials: { postgres: { id: 'postgres', name: 'Postgres' } },
});

/** A tool that outlives every patience. */
export const hanging = (slowUrl: string): BuiltWorkflow =>
	buildWorkflow('e2eHanging', [
		start,
		loop(callingPrompt([['Slow', {}]])),
		tool('Slow', 'n8n-nodes-base.httpRequestTool', {
			typeVersion: 4.2,
			parameters: { toolDescription: 'Slow', url: slowUrl, options: {} },
		}),
	]);

/** A public chat whose loop has a tool with a limit, and one that the workflow itself runs. */
export function forgedChat(origin: string): BuiltWorkflow {
	const schema = { schemaSource: 'zod', zodSchema: 'z.object({ n: z.number() })' };
	const tools = {
		values: [
			{ name: 'pay', type: 'httpRequest', url: `${origin}/pay/{n}`, maxCalls: 1, ...schema },
			{ name: 'ask', type: 'manual', ...schema },
		],
	};
	const id = 'e2eForgedChat';
	const end = (node: string) => ({ node, type: 'main', index: 0 });
	const { parameters, ...rest } = loop('={{ $json.chatInput }}', {
		tools,
		options: { maxCostUsd: 0.5, maxIterations: 5 },
	});
	const system = { systemMessage: 'You are a shop assistant.' };
	return buildWorkflow(
		id,
		[
			chatTrigger(id, 'Loop'),
			{ ...rest, parameters: { ...parameters, ...system } },
			{ name: 'Back', type: 'n8n-nodes-base.noOp' },
		],
		{
			connections: {
				Chat: { main: [[end('Loop')]] },
				Loop: { main: [[], [end('Back')]] },
				Back: { main: [[end('Loop')]] },
			},
		},
	);
}
