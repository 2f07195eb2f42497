import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../core/lib/isRecord';
import {
	buildWorkflow,
	loop,
	MODEL,
	start,
	tool,
	type BuiltWorkflow,
	type Part,
} from '../../server/buildWorkflow';
import { EXAMPLES } from '../../server/paths';
import { callingPrompt } from '../e2e/scriptedModel';
import { z } from 'zod/v4';

const credentials = (id: string) => ({ tokenHubApi: { id, name: id } });
const startTo = (to: string): Part => ({ ...start, to: [[to, 'main']] });

/** One of our nodes by itself. */
const alone = (type: string, parameters: object, rest: Partial<Part> = {}): Part => ({
	...{ name: 'Node', type: `n8n-nodes-tokenhub.${type}`, ...rest },
	parameters: { model: MODEL, maxTokens: 64, options: {}, ...parameters },
	credentials: credentials('tokenhub-demo'),
});

/** Three items, of which the second is refused. */
export const chat = buildWorkflow(
	'chat',
	[
		startTo('Node'),
		alone(
			'tokenHubChatCompletion',
			{
				prompt: '=Say {{ $json.n }}',
				options: { temperature: '={{ $json.n === 1 ? 1.5 : 0.5 }}' },
			},
			{ onError: 'continueErrorOutput' },
		),
	],
	{ pinData: { Start: [0, 1, 2].map((n) => ({ json: { n } })) } },
);

export const extract = buildWorkflow('extract', [
	startTo('Node'),
	alone('tokenHubJsonExtract', {
		...{ text: 'Ada is 36', schemaSource: 'example', jsonExample: '{"name":"Bob","age":1}' },
	}),
]);

const hash = tool('Hash', 'n8n-nodes-base.cryptoTool', {
	typeVersion: 2,
	parameters: {
		...{ descriptionType: 'manual', toolDescription: 'Hash of a value', options: {} },
		...{ action: 'hash', type: 'SHA256', value: "={{ $fromAI('value', 'the value', 'string') }}" },
	},
});

export const connectedTools = buildWorkflow('connectedTools', [
	start,
	loop(
		callingPrompt([
			['Calculator', { input: '6*7' }],
			['Reverse', { input: 'hello' }],
			['Hash', { value: 'abc' }],
		]),
	),
	tool('Calculator', '@n8n/n8n-nodes-langchain.toolCalculator'),
	tool('Reverse', '@n8n/n8n-nodes-langchain.toolCode', {
		typeVersion: 1.3,
		parameters: {
			// Before version 1.2 the name is a field of its own.
			...{ name: 'Reverse', description: 'Reverses a text' },
			jsCode: "return query.split('').reverse().join('');",
		},
	}),
	hash,
]);

/** Our node as a tool of another. */
export const asTool = buildWorkflow('asTool', [
	start,
	loop(callingPrompt([['Translator', { text: 'good day' }]])),
	tool('Translator', 'n8n-nodes-tokenhub.tokenHubChatCompletionTool', {
		parameters: {
			...{ toolDescription: 'Translator of texts', model: MODEL, maxTokens: 50, options: {} },
			prompt: "={{ $fromAI('text', 'the text', 'string') }}",
		},
		credentials: credentials('scripted'),
	}),
]);

export const inlineTool = (url: string) => {
	const weather = {
		...{ name: 'weather', description: 'The weather', type: 'httpRequest', method: 'GET', url },
		...{ schemaSource: 'zod', zodSchema: 'z.object({ city: z.string() })' },
	};
	const prompt = callingPrompt([['weather', { city: 'Bern' }]]);
	return buildWorkflow('inlineTool', [start, loop(prompt, { tools: { values: [weather] } })]);
};

/** Two items of one session: the second knows of the first. */
export const memory = buildWorkflow(
	'memory',
	[
		start,
		loop('={{ $json.question }}'),
		{
			...{ name: 'Memory', type: '@n8n/n8n-nodes-langchain.memoryBufferWindow' },
			...{ typeVersion: 1.3, to: [['Loop', 'ai_memory']] },
			parameters: { sessionIdType: 'customKey', sessionKey: 'one', contextWindowLength: 10 },
		},
	],
	{ pinData: { Start: ['Hello', 'And?'].map((question) => ({ json: { question } })) } },
);

/** A tool that n8n's engine runs. */
export const engineRequest = buildWorkflow('engineRequest', [
	start,
	loop(callingPrompt([['Hash', { value: 'abc' }]]), { options: { imageTools: ['Hash'] } }),
	hash,
]);

/** Example 5: a tool that a person approves by mail. */
export const approval: BuiltWorkflow = z
	.looseObject({
		...{ id: z.string(), name: z.string(), nodes: z.array(z.looseObject({})) },
		connections: z.custom<BuiltWorkflow['connections']>(isRecord),
	})
	.parse(JSON.parse(readFileSync(join(EXAMPLES, '5-human-approval.workflow.json'), 'utf8')));

export const hanging = buildWorkflow('hanging', [
	startTo('Node'),
	{
		...alone('tokenHubChatCompletion', { prompt: 'Never.' }),
		credentials: credentials('scripted'),
	},
]);

export const streaming = buildWorkflow('streaming', [
	{
		...{ name: 'Chat', type: '@n8n/n8n-nodes-langchain.chatTrigger', typeVersion: 1.4 },
		...{ webhookId: 'streaming', to: [['Node', 'main']] },
		parameters: { public: true, options: { responseMode: 'streaming' } },
	},
	{
		...alone('tokenHubChatCompletion', { prompt: '={{ $json.chatInput }}' }),
		credentials: credentials('scripted'),
	},
]);

/** Our chat model under n8n's own agent, with a tool. */
export const chatModel = buildWorkflow('chatModel', [
	startTo('Agent'),
	{
		...{ name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3 },
		parameters: {
			...{ promptType: 'define', options: {} },
			text: callingPrompt([['Calculator', { input: '6*7' }]]),
		},
	},
	{
		...{ name: 'Model', type: 'n8n-nodes-tokenhub.lmChatTokenHub' },
		parameters: { model: MODEL, options: {} },
		credentials: credentials('scripted'),
		to: [['Agent', 'ai_languageModel']],
	},
	tool('Calculator', '@n8n/n8n-nodes-langchain.toolCalculator', { to: [['Agent', 'ai_tool']] }),
]);
