import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { buildWorkflow, loop, start, tool } from '../../server/buildWorkflow';
import { startServer, type Server } from '../../server/startServer';
import { agentTool, asking, workflowTool } from './approvalWorkflows';
import { callingPrompt, scriptedModel, type WantedCall } from './scriptedModel';

/** One Max Cost for all that a loop sets going: agents of n8n's, and what is below them. */

let gateway: Gateway;
let server: Server;

const usage = { promptTokens: 1000, completionTokens: 100 };
const SONNET_USD = 0.0045;
const HAIKU_USD = 0.0015;

/** The Expert hands on what it is asked; each word of an item is a question of a turn of its own. */
const CALLS = {
	agent: ['Expert', { question: 'why?' }],
	chatBelow: ['Expert', { question: callingPrompt([['Translator', { text: 'Hallo' }]]) }],
	workflowBelow: ['Expert', { question: callingPrompt([['ask', { q: 'who?' }]]) }],
	workflow: ['ask', { q: 'who?' }],
} as const satisfies Record<string, WantedCall>;
type Call = keyof typeof CALLS;
const HAIKUS: Record<Call, number> = { agent: 1, chatBelow: 3, workflowBelow: 3, workflow: 1 };

const spending = (id: string, options: object, items: Call[][]) => {
	const model = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };
	const below = workflowTool('ask', asking.id, 'q');
	const [expert, expertsModel] = agentTool();
	if (!expert || !expertsModel) throw new Error('two parts');
	return buildWorkflow(
		id,
		[
			start,
			{ ...loop('={{ $json.prompt }}', { options }), typeVersion: 1 },
			...[expert, expertsModel],
			{ ...below, to: [...(below.to ?? []), ['Expert', 'ai_tool']] },
			tool('Translator', 'n8n-nodes-tokenhub.tokenHubChatCompletionTool', {
				typeVersion: 2,
				parameters: {
					...{ toolDescription: 'Translator of texts', model, maxTokens: 200, options: {} },
					prompt: `={{ $fromAI('text', 'the text', 'string') }}`,
				},
				credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
				to: [['Expert', 'ai_tool']],
			}),
		],
		{
			pinData: {
				Start: items.map((calls) => ({
					json: { prompt: callingPrompt(calls.map((call) => CALLS[call])) },
				})),
			},
		},
	);
};

const KINDS: Call[] = ['agent', 'chatBelow', 'workflowBelow', 'workflow'];
const LIMIT_USD = SONNET_USD + HAIKU_USD;
const limited = { maxCostUsd: LIMIT_USD, onLimit: 'return', toolConcurrency: 1 };
const workflows = [
	spending(
		'e2eSpent',
		{},
		KINDS.map((call) => [call]),
	),
	...KINDS.map((call) => spending(`e2eLimited-${call}`, limited, [[call, call, call]])),
];

beforeAll(async () => {
	gateway = await startGateway({ script: (body) => ({ ...scriptedModel(body), usage }) });
	server = await startServer({
		...{ files: [], workflows: [asking, ...workflows] },
		credentials: [
			{
				...{ id: 'scripted', name: 'TokenHub', type: 'tokenHubApi' },
				data: { apiKey: 'th-demo-key', baseUrl: gateway.url },
			},
		],
	});
	await server.rest.activate(asking.id);
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
});

const resultSchema = z.looseObject({
	costUsd: z.number().nullable(),
	requests: z.number(),
	stopReason: z.string(),
	steps: z.array(z.looseObject({ spending: z.looseObject({ costUsd: z.number() }).optional() })),
});

async function run(id: string) {
	gateway.requests.length = 0;
	const { error, outputs } = await server.rest.run(id, 'Start');
	expect(error).toBeUndefined();
	return (outputs.Loop?.[0] ?? []).map(({ json }) => resultSchema.parse(json));
}

test('what is below agents is in the loop of its item, and nothing else', async () => {
	const results = await run('e2eSpent');
	expect(results).toHaveLength(KINDS.length);
	for (const [index, call] of KINDS.entries()) {
		const below = HAIKUS[call];
		expect(results[index]).toMatchObject({
			...{ stopReason: 'answered', requests: 2 + below },
			costUsd: expect.closeTo(2 * SONNET_USD + below * HAIKU_USD, 9),
			steps: [
				{
					result: expect.anything(),
					spending: { costUsd: expect.closeTo(below * HAIKU_USD, 9), requests: below },
				},
			],
		});
	}
	const sent = results.reduce((sum, { requests }) => sum + requests, 0);
	expect(gateway.requests).toHaveLength(sent);
});

test.each(KINDS)('nothing below is asked any more once Max Cost is reached: %s', async (call) => {
	const [result] = await run(`e2eLimited-${call}`);
	expect(result).toMatchObject({ stopReason: 'costBudget', requests: 2 });
	expect(result?.costUsd).toBeCloseTo(LIMIT_USD, 9);
	expect(gateway.requests).toHaveLength(2);
});
