import { z } from 'zod/v4';
import type { ChatBody, Reply } from '../../gateway';
import { buildWorkflow, MODEL, type BuiltWorkflow } from '../../server/buildWorkflow';
import { textOf } from '../support/textOf';

export const BATCH = 20;
export const BATCH_CONCURRENCY = 2;
export const batchSchema = z.looseObject({ output: z.object({ said: z.string() }) });
export const chatBatchSchema = z.looseObject({ text: z.string() });

/** Answers a text of a batch with the text itself. */
export function batchReply({ messages, tools = [] }: ChatBody): Reply | undefined {
	const text = messages.map(({ content }) => textOf(content)).join('\n');
	const [said] = /batch [\w! ]+/.exec(text) ?? [];
	if (said === undefined) return undefined;
	const name = tools[0]?.function.name;
	if (name === undefined) return { text: said.trim(), delayMs: 40 };
	return { toolCalls: [{ name, arguments: { said: said.trim() } }], delayMs: 40 };
}

/** How a text is put to each node. */
const ASKED = {
	tokenHubJsonExtract: {
		text: '={{ $json.text }}',
		fields: { values: [{ name: 'said', type: 'string' }] },
	},
	tokenHubChatCompletion: { prompt: '={{ $json.text }}' },
};

/** A webhook's items, worked on side by side, each kept by a workflow once it is done. */
export const batchWorkflow = (
	id: string,
	keeper: string,
	node: keyof typeof ASKED = 'tokenHubJsonExtract',
): BuiltWorkflow =>
	buildWorkflow(id, [
		{
			...{ name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: id },
			parameters: {
				httpMethod: 'POST',
				path: id,
				responseMode: 'lastNode',
				responseData: 'allEntries',
			},
			to: [['Split', 'main']],
		},
		{
			...{ name: 'Split', type: 'n8n-nodes-base.splitOut', typeVersion: 1 },
			parameters: { fieldToSplitOut: 'body.items', options: {} },
			to: [['Batch', 'main']],
		},
		{
			...{ name: 'Batch', type: `n8n-nodes-tokenhub.${node}`, typeVersion: 2 },
			parameters: {
				...{ model: MODEL, maxTokens: 64, ...ASKED[node] },
				options: {
					resultsWorkflow: { __rl: true, mode: 'id', value: keeper },
					...{ concurrency: BATCH_CONCURRENCY, maxRetries: 0 },
				},
			},
			credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
		},
	]);
