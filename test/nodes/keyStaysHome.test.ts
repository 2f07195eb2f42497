import { KEY, openEcho, shapes, tracesIn, watchConsole } from '../support/echoes';
import { runNode, type NodeRun } from '../support/runNode';

let opened: Awaited<ReturnType<typeof openEcho>>;
beforeAll(async () => {
	opened = await openEcho();
});
afterAll(() => opened.close());
const printed = watchConsole();

const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] };
const MODEL = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };
const options = { maxRetries: 0 };
const values = [
	{
		name: 'look',
		type: 'manual',
		schemaSource: 'jsonSchema',
		jsonSchema: { type: 'object', properties: {} },
	},
];
const nodes: Record<string, Pick<NodeRun, 'type' | 'parameters'>> = {
	chat: {
		type: 'tokenHubChatCompletion',
		parameters: {
			model: MODEL,
			inputMode: 'prompt',
			prompt: 'Hi',
			options: { ...options, includeRaw: true },
		},
	},
	'chat, streamed': {
		type: 'tokenHubChatCompletion',
		parameters: {
			model: MODEL,
			inputMode: 'prompt',
			prompt: 'Hi',
			options: { ...options, stream: true },
		},
	},
	loop: {
		type: 'tokenHubToolCallLoop',
		parameters: {
			model: MODEL,
			prompt: 'Go',
			tools: { values },
			options: { ...options, includeMessages: true },
		},
	},
	extract: {
		type: 'tokenHubJsonExtract',
		parameters: {
			model: MODEL,
			text: 'x',
			schemaSource: 'jsonSchema',
			jsonSchema: JSON.stringify(schema),
			options: { ...options, maxRepairs: 1 },
		},
	},
};

describe.each(Object.keys(nodes))('the node %s, in n8n', (which) => {
	test.each(Object.keys(shapes))('%s', async (name) => {
		const shape = shapes[name];
		opened.echo.shape = shape;
		const node = nodes[which];
		if (!node) throw new Error('unreachable');
		for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
			const result = await runNode(
				{ apiKey: KEY, baseUrl: opened.echo.baseUrl },
				{ ...node, node: { onError } },
			);
			expect(tracesIn([result.error, result.last, result.nodes, printed])).toEqual([]);
			// What n8n writes to its database.
			expect(tracesIn(result.run?.data.resultData)).toEqual([]);
			if (which !== 'chat' || shape?.kind === undefined) continue;
			if (onError === 'stopWorkflow') expect(result.error?.message).toBeTruthy();
			else expect(result.last[0]?.json.details).toMatchObject({ kind: shape?.kind });
		}
	});
});
