import type { IExecuteFunctions } from 'n8n-workflow';
import { defineTool, runToolLoop } from '../../core';
import {
	engineRequest,
	readEngineResponse,
} from '../../nodes/TokenHubToolCallLoop/waiting/engineCalls';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';
import { openLoop } from '../support/runLoop';
import { supplied } from '../support/supplied';

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
	const request = engineRequest(untouched, [loop], () => new Map([['pay', tool]]));
	expect(request?.actions).toMatchObject([{ nodeName: 'Review', id: 'p', type: 'ai_tool' }]);
	const metadata = request?.metadata ?? {};
	const taken = await readEngineResponse(untouched, { actionResponses: [], metadata });
	expect(taken).toMatchObject([
		{ resume: { results: [{ callId: 'p', error: 'n8n did not run it' }] } },
	]);
});

test('a state that cannot be read is an error, not a new loop that is paid for again', async () => {
	const metadata = { loops: [{ itemIndex: 'x' }], asked: [] };
	const error = await failure(readEngineResponse(untouched, { actionResponses: [], metadata }));
	expect(error.message).toMatch(/Invalid state of the loops/);
	expect(
		await readEngineResponse(untouched, { actionResponses: [], metadata: {} }),
	).toBeUndefined();
});

test('what was said before the engine ran a tool is said once, whoever said it', async () => {
	const { run } = await openLoop(({ messages }) => {
		const text = JSON.stringify(messages);
		return text.includes('wait') && !text.includes('tool_calls')
			? { toolCalls: [{ id: 'h', name: 'helper', arguments: { q: 'inner' } }] }
			: { text: 'Done.' };
	});
	let saved = 0;
	const memory = supplied('ai_memory', {
		chatHistory: { addMessages: () => Promise.resolve() },
		loadMemoryVariables: async () => ({ chat_history: [] }),
		saveContext: async () => {
			saved += 1;
			throw new Error(`disk full at ${saved}`);
		},
	});
	const helper = {
		...{ name: 'helper', type: 'tokenHubChatCompletionTool' },
		parameters: {
			...{ toolDescription: 'Helps', maxTokens: 200, options: {} },
			prompt: "={{ $fromAI('q', 'what', 'string') }}",
		},
	};
	const dumb = supplied('ai_tool', { name: 'dumb' });
	const { run: ran, error } = await run({
		...{ items: [{ q: 'now' }, { q: 'wait' }], tools: [helper], supplied: [memory, dumb] },
		parameters: { prompt: '={{ $json.q }}', options: { imageTools: ['helper'] } },
	});
	expect(error).toBeUndefined();
	const hints = (ran?.data.resultData.runData.Node ?? []).flatMap((task) => task.hints ?? []);
	expect(hints.map(({ message }) => message).sort()).toEqual([
		expect.stringMatching(/could not be saved.*disk full at 1/),
		expect.stringMatching(/could not be saved.*disk full at 2/),
		expect.stringMatching(/"dumb" was left out/),
	]);
});
