import { z } from 'zod/v4';
import { isRecord } from '../../core/lib/isRecord';
import { supplyModel } from '../../nodes/LmChatTokenHub/supplyModel';
import { chatWork } from '../../nodes/TokenHubChatCompletion/run';
import { runLoops } from '../../nodes/TokenHubToolCallLoop/runLoops';
import type { ItemRun } from '../../nodes/shared/item/itemRun';
import { runItems } from '../../nodes/shared/run/runItems';
import { KEY, openGateway } from '../support/openGateway';

/**
 * What an n8n lacks that is older than the one in node_modules. Its contexts are made by hand, and
 * strict: they throw on whatever n8n 2.0 does not have. The real versions: `npm run test:versions`.
 */
type Context = ItemRun['context'];

function strict(name: string, known: Record<string, unknown>): unknown {
	return new Proxy(known, {
		get(target, key) {
			if (key in target) return target[String(key)];
			// Promises and jest look for these.
			if (typeof key === 'symbol' || key === 'then') return undefined;
			throw new Error(`${name} has no ${key}`);
		},
	});
}

/** As n8n's own gives an answer: its body a stream. */
async function httpRequest({ url, ...init }: RequestInit & { url: string }) {
	const { status, headers, body } = await fetch(url, init);
	return { statusCode: status, headers: Object.fromEntries(headers), body };
}

function olderContext(
	baseUrl: string,
	parameters: Record<string, unknown>,
	more: Record<string, unknown> = {},
) {
	const store = {};
	const context = strict('the context', {
		getInputData: () => [{ json: {} }],
		getNode: () => ({ id: '1', name: 'Node', type: 'test', typeVersion: 1, parameters }),
		getNodeParameter: (name: string, _item: number, fallback: unknown) =>
			name === 'options.reuseResults' ? false : (parameters[name] ?? fallback),
		getCredentials: async () => ({ apiKey: KEY, baseUrl }),
		getInputConnectionData: async () => undefined,
		getWorkflow: () => ({ id: 'w' }),
		getExecutionId: () => 'e',
		getContext: () => store,
		evaluateExpression: () => 0,
		continueOnFail: () => true,
		getMode: () => 'manual',
		logger: strict('the logger', { info: () => undefined, warn: () => undefined }),
		helpers: strict('helpers', { httpRequest }),
		...more,
	});
	if (!isContext(context)) throw new Error('unreachable');
	return context;
}
const isContext = (value: unknown): value is Context & ModelContext => isRecord(value);
type ModelContext = Parameters<typeof supplyModel>[0];

const MODEL = 'anthropic/claude-haiku-4-5';
const form = { model: MODEL, prompt: 'Hello', maxTokens: 9, options: {} };

test('Chat Completion does without cancel signal, hints, streaming and egress filter', async () => {
	// A cut answer is worth a hint where there are hints.
	const { gateway } = await openGateway(() => ({ text: 'Hi', finishReason: 'length' }));
	const context = olderContext(gateway.url, { ...form, inputMode: 'prompt' });
	const [[item] = []] = await runItems(context, chatWork);
	expect(item?.json).toMatchObject({ text: 'Hi', finishReason: 'length' });
});

test('Tool Call Loop does too', async () => {
	const { gateway } = await openGateway(() => ({ text: 'Hi' }));
	const output = await runLoops(olderContext(gateway.url, { ...form, tools: {} }));
	expect(output).toMatchObject([[{ json: { output: 'Hi', stopReason: 'answered' } }], []]);
});

test.each([
	['Chat Completion', async (context: Context) => await runItems(context, chatWork)],
	['Tool Call Loop', async (context: Context) => await runLoops(context)],
])('%s runs where n8n gives no egress filter while it is off, as 2.30 does', async (_name, run) => {
	const { gateway } = await openGateway(() => ({ text: 'Hi' }));
	const helpers = strict('helpers', { httpRequest, getSecureEgressFilter: () => undefined });
	const parameters = { ...form, inputMode: 'prompt', tools: {} };
	const [[item] = []] = z
		.array(z.array(z.object({ json: z.object({ costUsd: z.number() }) })))
		.parse(await run(olderContext(gateway.url, parameters, { helpers })));
	expect(item?.json.costUsd).toBeGreaterThan(0);
});

/** As Node says it, in an n8n before 2.16. */
const missing = () => {
	throw new Error("Cannot find module '@n8n/ai-node-sdk'\nRequire stack:\n- somewhere");
};

test('a memory keeps question and answer of a whole turn, and a hint says so', async () => {
	jest.doMock('@n8n/ai-node-sdk', missing);
	const { gateway } = await openGateway(() => ({ text: 'Hi' }));
	const saved: unknown[] = [];
	const warned: unknown[] = [];
	const memory = {
		chatHistory: {},
		loadMemoryVariables: async () => ({}),
		saveContext: async (...said: unknown[]) => void saved.push(said),
	};
	const context = olderContext(
		gateway.url,
		{ ...form, tools: {}, options: { remember: 'turn' }, 'options.remember': 'turn' },
		{
			getInputConnectionData: async (kind: string) => (kind === 'ai_memory' ? memory : undefined),
			addExecutionHints: (hint: unknown) => void warned.push(hint),
		},
	);
	await runLoops(context);
	expect(saved).toEqual([[{ input: 'Hello' }, { output: 'Hi' }]]);
	expect(warned).toContainEqual(
		expect.objectContaining({
			message: expect.stringMatching(/^Only question and answer are kept/),
		}),
	);
});

describe('TokenHub Chat Model', () => {
	const supply = async () =>
		await supplyModel(olderContext('http://127.0.0.1:9', { model: MODEL, options: {} }), 0);

	test('says which n8n it needs where n8n brings no SDK', async () => {
		jest.doMock('@n8n/ai-node-sdk', missing);
		await expect(supply()).rejects.toThrow(
			/needs n8n 2\.16 or newer \(Cannot find module '@n8n\/ai-node-sdk'\)/,
		);
	});

	test('takes the SDK where there is one', async () => {
		const response = { fields: { configuration: {} } };
		jest.resetModules();
		jest.doMock('@n8n/ai-node-sdk', () => ({ supplyModel: () => ({ response }) }));
		expect((await supply()).response).toBe(response);
	});
});
