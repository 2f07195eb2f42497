import type { IExecuteFunctions } from 'n8n-workflow';
import { defineTool, runToolLoop } from '../../core';
import { engineRequest, takeResponse } from '../../nodes/TokenHubToolCallLoop/waiting/engineCalls';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

/** Stands for n8n's context where none of it may be touched. */
const untouched: IExecuteFunctions = new Proxy(Object.create(null), {
	get(_target, key) {
		throw new Error(`the context was asked for ${String(key)}`);
	},
});

test('a call that the engine did not run is not asked for again', async () => {
	const parameters = { type: 'object', properties: { amount: { type: 'number' } } };
	const pay = defineTool({ name: 'pay', description: 'Pays', parameters, needsApproval: true });
	const { client } = await openGateway([
		{ toolCalls: [{ id: 'p', name: 'pay', arguments: { amount: 5 } }] },
	]);
	const { resume } = await runToolLoop(client, { prompt: 'Go', tools: [pay] });
	const loop = { itemIndex: 0, from: [0], spentUsd: 0, beforeUsd: 0, resume };
	const tool = { node: 'Review', gatedNode: 'Pay', toolName: 'pay', parameters, byFromAi: false };
	const request = engineRequest([loop], () => new Map([['pay', tool]]));
	expect(request?.actions).toMatchObject([{ nodeName: 'Review', id: 'p', type: 'ai_tool' }]);
	const metadata = request?.metadata ?? {};
	const taken = await takeResponse(untouched, { actionResponses: [], metadata });
	expect(taken).toMatchObject([
		{ resume: { results: [{ callId: 'p', error: 'n8n did not run it' }] } },
	]);
});

test('a state that cannot be read is an error, not a new loop that is paid for again', async () => {
	const metadata = { loops: [{ itemIndex: 'x' }], asked: [] };
	const error = await failure(takeResponse(untouched, { actionResponses: [], metadata }));
	expect(error.message).toMatch(/Invalid state of the loops/);
	expect(await takeResponse(untouched, { actionResponses: [], metadata: {} })).toBeUndefined();
});
