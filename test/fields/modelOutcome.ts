import { resolve } from 'node:path';
import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';
import { createEngine, parseWorkflowFile } from '../../demo/engine';
import { startGateway } from '../../gateway';
import { KEY } from '../support/openGateway';
import type { RunOutcome } from './fieldRow';
import { toOutcome } from './runOutcome';

type Fetch = typeof globalThis.fetch;
const isFetch = (value: unknown): value is Fetch => typeof value === 'function';

/** n8n's SDK, which n8n brings at run time: here it keeps what it is told. */
const sdk = (_context: object, config: object) => ({
	response: { config, fields: { configuration: {} } },
});
jest.mock('@n8n/ai-node-sdk', () => ({
	...jest.requireActual<object>('@n8n/ai-node-sdk'),
	supplyModel: sdk,
}));

/** The Chat Model in n8n's engine, under a node that asks it once. */
export const modelOutcome: RunOutcome = async (parameters, { script = [{ text: 'Hi' }] }) => {
	const gateway = await startGateway({ keys: { [KEY]: 'active' }, script });
	const told: object[] = [];
	const engine = await createEngine({
		nodeTypes: new Map([['test.asker', asker(told)]]),
		...{ packageDir: resolve(__dirname, '../..'), fromSource: true },
		credentials: { tokenHubApi: { apiKey: KEY, baseUrl: gateway.url } },
	});
	const ran = await engine.run(workflowOf(parameters));
	await gateway.close();
	return toOutcome({ ran, gateway, peak: 0, seen: told[0] });
};

function workflowOf(parameters: object) {
	const credentials = { tokenHubApi: { id: '1', name: 'TokenHub' } };
	const type = 'n8n-nodes-tokenhub.lmChatTokenHub';
	return parseWorkflowFile({
		id: 'under-test',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Node', type: 'test.asker' },
			{ name: 'Model', type, parameters, credentials },
		],
		connections: {
			Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Node', type: 'ai_languageModel', index: 0 }]] },
		},
	});
}

function asker(told: object[]): INodeType {
	const { Main, AiLanguageModel } = NodeConnectionTypes;
	return {
		description: {
			...{ name: 'asker', displayName: 'Asker', description: 'Asks', group: ['transform'] },
			...{ version: 1, defaults: {}, inputs: [Main, AiLanguageModel], outputs: [Main] },
			properties: [],
		},
		async execute() {
			const supplied = await this.getInputConnectionData(AiLanguageModel, 0);
			const { config, fields } = Object([supplied].flat()[0]);
			told.push(config);
			const { fetch } = fields.configuration;
			if (!isFetch(fetch)) throw new Error('the model has no fetch');
			const { status } = await fetch(`${config.baseUrl}/chat/completions`, {
				method: 'POST',
				headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
				body: JSON.stringify({ model: 'claude-haiku-4-5', messages: QUESTION, max_tokens: 9 }),
			});
			return [[{ json: { status } }]];
		},
	};
}

const QUESTION = [{ role: 'user', content: 'Hi' }];
