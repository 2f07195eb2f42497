import { startGateway } from '../../gateway';
import { supplyModel } from '../../nodes/LmChatTokenHub/supplyModel';

/** n8n's SDK, which n8n brings at run time; the end-to-end tests use the real one. */
const made: unknown[] = [];
let model: Record<string, unknown> = {};
jest.mock(
	'@n8n/ai-node-sdk',
	() => ({
		supplyModel: (_context: object, config: object) => {
			made.push(config);
			return { response: model };
		},
	}),
	{ virtual: true },
);

const warnings: string[] = [];
const known: Record<string, unknown> = {
	getNodeParameter: (name: string, _item: number, fallback: unknown) =>
		parameters[name] ?? fallback,
	getCredentials: async () => ({ apiKey: 'th-demo-key', baseUrl: 'http://127.0.0.1:9/' }),
	getExecutionId: () => '7',
	getNode: () => ({ id: 'model' }),
	logger: { warn: (message: string) => warnings.push(message) },
};
let parameters: Record<string, unknown>;
const fake: unknown = new Proxy(known, {
	get(target, key) {
		if (key in target) return target[String(key)];
		throw new Error(`the model asks the context for ${String(key)}`);
	},
});

type Context = Parameters<typeof supplyModel>[0];
const isContext = (value: unknown): value is Context => value === fake;

async function supply() {
	if (!isContext(fake)) throw new Error('unreachable');
	return await supplyModel(fake, 0);
}

const isFetch = (value: unknown): value is typeof fetch => typeof value === 'function';

beforeEach(() => {
	made.length = 0;
	warnings.length = 0;
	parameters = { model: 'anthropic/claude-haiku-4-5', options: {} };
	model = { fields: { configuration: {} }, clientConfig: {} };
});

test('gives n8n the settings of its model, with retries of our own', async () => {
	parameters.options = {
		temperature: 0.5,
		stop: ['X'],
		maxTokens: 99,
		timeoutSeconds: 7,
		user: 'u',
	};
	await supply();
	expect(made).toEqual([
		{
			...{ type: 'openai', model: 'anthropic/claude-haiku-4-5', useResponsesApi: false },
			...{ apiKey: 'th-demo-key', baseUrl: 'http://127.0.0.1:9/api/v1', maxRetries: 0 },
			...{ maxTokens: 99, temperature: 0.5, timeout: 7000, stop: ['X'], stopSequences: ['X'] },
			additionalParams: { user: 'u' },
		},
	]);
});

test.each<[name: string, options: object, stops: readonly string[] | undefined]>([
	['nothing set', {}, undefined],
	['no stop sequence', { stop: [] }, undefined],
	['one', { stop: ['END'] }, ['END']],
	['four, in their order', { stop: ['d', 'c', 'b', '\na\n'] }, ['d', 'c', 'b', '\na\n']],
])('hands n8n the stop sequences under both of its names: %s', async (_name, options, stops) => {
	parameters.options = options;
	await supply();
	const [config = {}] = made;
	const told = ['stop', 'stopSequences'].map((key) => Reflect.get(Object(config), key));
	expect(told).toEqual([stops, stops]);
	const names = Object.keys(Object(config)).filter((key) => /stop/i.test(key));
	expect(names).toEqual(stops ? ['stop', 'stopSequences'] : []);
});

test.each<[name: string, sent: object, stops: unknown]>([
	['those of the model', { stop: ['END', '\n\n', '###'] }, ['END', '###']],
	['a text of a chain', { stop: 'Observation:' }, ['Observation:']],
	['another name', { stop_sequences: ['END'] }, ['END']],
	['none', {}, undefined],
	['no list', { stop: null }, undefined],
])('what n8n sends of them reaches TokenHub: %s', async (_name, more, stops) => {
	const gateway = await startGateway({ script: () => ({ text: 'fine' }) });
	try {
		await supply();
		const send: unknown = Reflect.get(Object(model.clientConfig), 'fetch');
		if (!isFetch(send)) throw new Error('no fetch');
		const response = await send(`${gateway.url}/chat/completions`, {
			method: 'POST',
			headers: { authorization: 'Bearer th-demo-key', 'content-type': 'application/json' },
			body: JSON.stringify({
				model: 'anthropic/claude-haiku-4-5',
				messages: [{ role: 'user', content: 'Hi' }],
				...more,
			}),
		});
		expect(response.status).toBe(200);
		expect(gateway.requests.map(({ body }) => Reflect.get(Object(body), 'stop'))).toEqual([stops]);
	} finally {
		await gateway.close();
	}
});

test('puts its fetch where the model and its copies with tools take it from', async () => {
	const { response } = await supply();
	expect(response).toBe(model);
	expect(model).toMatchObject({
		fields: { configuration: { fetch: expect.any(Function) } },
		clientConfig: { fetch: expect.any(Function) },
	});
	expect(warnings).toEqual([]);
});

test('works as n8n has it where there is no such place, and says so once', async () => {
	model = {};
	expect((await supply()).response).toEqual({});
	await supply();
	expect(warnings).toEqual([expect.stringContaining('does not let requests be repaired')]);
});

test("adds cost and cached tokens to n8n's tracing", async () => {
	const seen: object[] = [];
	const tracing = {
		options: {
			tokensUsageParser: (_output: object) => ({ promptTokens: 1000, completionTokens: 100 }),
		},
		handleLLMEnd(output: { generations: unknown[] }) {
			output.generations = [];
			seen.push(tracing.options.tokensUsageParser(output));
		},
	};
	const other = { options: {}, handleLLMEnd: () => undefined };
	const { handleLLMEnd } = other;
	model.callbacks = [tracing, 'another', { handleLLMEnd: 1 }, other];
	await supply();
	const counted = { input_tokens: 1000, output_tokens: 100, total_tokens: 1100 };
	const end = (usage_metadata: object) =>
		tracing.handleLLMEnd({ generations: [[{ message: { usage_metadata } }]] });
	end({ ...counted, input_token_details: { cache_read: 800 } });
	end(counted);
	tracing.handleLLMEnd({ generations: ['of another form'] });
	const known = { promptTokens: 1000, completionTokens: 100 };
	expect(other.handleLLMEnd).toBe(handleLLMEnd);
	expect(seen).toEqual([
		{ ...known, cost: 0.0015, cachedTokens: 800 },
		{ ...known, cost: 0.0015 },
		known,
	]);
});

test('refuses what TokenHub would refuse, before anything is sent', async () => {
	parameters.options = { stop: ['a', 'b', 'c', 'd', 'e'] };
	await expect(supply()).rejects.toThrow('"stop": at most 4 stop sequences');
	parameters.options = { stop: ['END', '  '] };
	await expect(supply()).rejects.toThrow('empty or blank: Claude refuses it');
	parameters.options = { temperature: 1.5 };
	await expect(supply()).rejects.toThrow('"temperature": temperature must be between 0 and 1');
	parameters.options = { maxTokens: 0 };
	await expect(supply()).rejects.toThrow('"maxTokens": maxTokens must be at least 1');
});

test('refuses temperature beside top P', async () => {
	parameters.options = { temperature: 0.5, topP: 0.5 };
	await expect(supply()).rejects.toThrow(/never both/);
});
