import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Reply, Script } from '../../gateway';
import { KEY } from '../support/openGateway';
import { listen } from '../support/listen';
import { openNode } from '../support/openNode';

const MODEL = { __rl: true, mode: 'list', value: 'anthropic/claude-sonnet-4-6' };
const base = { model: MODEL, prompt: 'Go', maxTokens: 1024, tools: {}, options: {} };

const open = (script: Script) =>
	openNode({ type: 'tokenHubToolCallLoop', base, gateway: [script] });

const asks = (...calls: Array<[name: string, args: object | string]>): Reply => ({
	toolCalls: calls.map(([name, args], index) => ({ id: `c${index}`, name, arguments: args })),
});
const schema = (...names: string[]) => ({
	type: 'object',
	properties: Object.fromEntries(names.map((name) => [name, {}])),
	required: names,
});
const inline = (tool: Record<string, unknown>) => ({
	tools: {
		values: [{ schemaSource: 'jsonSchema', jsonSchema: schema('city'), description: 'd', ...tool }],
	},
});

const PNG = Buffer.from('\x89PNG\r\n\x1a\n bytes', 'latin1').toString('base64');

describe('an HTTP tool defined in the node', () => {
	let server: Server;
	let origin: string;
	const seen: Array<Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { body: string }> = [];
	beforeAll(async () => {
		server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk) => (body += chunk));
			request.on('end', () => {
				const { method, url, headers } = request;
				seen.push({ method, url, headers, body });
				response.statusCode = url?.includes('broken') ? 503 : 200;
				const isImage = url?.endsWith('.png');
				response.setHeader('content-type', isImage ? 'image/png' : 'application/json');
				response.end(isImage ? Buffer.from(PNG, 'base64') : '{"degrees":7}');
			});
		});
		origin = `http://127.0.0.1:${await listen(server)}`;
	});
	afterAll(() => {
		server.close();
		server.closeAllConnections();
	});
	beforeEach(() => seen.splice(0));

	const http = (tool: Record<string, unknown>) =>
		inline({ name: 'weather', type: 'httpRequest', ...tool });

	test('fills the URL with encoded arguments, and never carries the TokenHub key', async () => {
		const { run, bodies } = await open([
			asks(['weather', { city: 'a/../b?c' }]),
			{ text: 'Cold.' },
		]);
		const headers = { 'x-city': '{city}' };
		const result = await run(http({ url: `${origin}/at/{city}`, headers, method: 'GET' }));
		expect(result.last[0]?.json).toMatchObject({
			output: 'Cold.',
			stopReason: 'answered',
			steps: [{ tool: 'weather', arguments: { city: 'a/../b?c' }, result: { degrees: 7 } }],
		});
		expect(seen).toMatchObject([
			{ method: 'GET', url: '/at/a%2F..%2Fb%3Fc', headers: { 'x-city': 'a/../b?c' } },
		]);
		expect(JSON.stringify(seen)).not.toContain(KEY);
		expect(JSON.stringify(bodies()[1])).toContain('{\\"degrees\\":7}');
	});

	test('sends its arguments as JSON, or the body that the template makes', async () => {
		const { run } = await open([
			asks(['weather', { city: 'Bern' }]),
			asks(['weather', { city: 3 }]),
			{ text: 'x' },
		]);
		await run(http({ url: `${origin}/`, method: 'POST' }));
		expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ city: 'Bern' });
		const second = await open([asks(['weather', { city: 3 }]), { text: 'x' }]);
		await second.run(
			http({
				url: `${origin}/`,
				method: 'POST',
				body: '{"at":"{city}","text":"in {city}, {other}"}',
			}),
		);
		expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({ at: 3, text: 'in 3, {other}' });
	});

	test('shows the model the picture that an API answers with', async () => {
		const { run, bodies } = await open([asks(['weather', { city: 'map' }]), { text: 'Rain.' }]);
		const { last } = await run(http({ url: `${origin}/{city}.png` }));
		expect(last[0]?.json.steps).toMatchObject([{ result: '[image/png, 1 kB]' }]);
		expect(JSON.stringify(bodies()[1])).toContain(`data:image/png;base64,${PNG}`);
	});

	test('runs as often as Max Calls allows', async () => {
		const calls = ['a', 'b'].map((city): [string, object] => ['weather', { city }]);
		const { run } = await open([asks(...calls), { text: 'x' }]);
		const { last } = await run(http({ url: `${origin}/{city}`, maxCalls: 1 }));
		expect(last[0]?.json.steps).toMatchObject([
			{ result: { degrees: 7 } },
			{ error: expect.stringContaining('may be called 1 time') },
		]);
		expect(seen).toHaveLength(1);
	});

	test('tells the model about a failing API', async () => {
		const { run, bodies } = await open([asks(['weather', { city: 'broken' }]), { text: 'Sorry.' }]);
		const { last } = await run(http({ url: `${origin}/{city}` }));
		expect(last[0]?.json.output).toBe('Sorry.');
		expect(JSON.stringify(bodies()[1])).toContain('The tool failed: HTTP 503');
	});

	test.each(['https://{city}.example.com/', 'example.com/x', ''])(
		'refuses the URL %j',
		async (url) => {
			const { run, gateway } = await open([]);
			const { error } = await run(http({ url }));
			expect(error?.message).toMatch(/Tool "weather".*not a URL with a fixed host/);
			expect(gateway.requests).toHaveLength(0);
		},
	);
});

test('a workflow tool gets the arguments as an item and gives its last items', async () => {
	const called = {
		id: 'sub',
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.executeWorkflowTrigger',
				typeVersion: 1.1,
				parameters: { inputSource: 'passthrough' },
			},
			{ name: 'End', type: 'n8n-nodes-base.noOp' },
		],
		connections: { Start: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
	};
	const { run, bodies } = await open([asks(['find', { city: 'Bern' }]), { text: 'Found.' }]);
	const tool = inline({
		name: 'find',
		type: 'workflow',
		workflowId: { __rl: true, mode: 'id', value: 'sub' },
	});
	const { last, error } = await run(tool, { workflows: [called] });
	expect(error).toBeUndefined();
	expect(last[0]?.json).toMatchObject({ output: 'Found.', steps: [{ result: { city: 'Bern' } }] });
	expect(JSON.stringify(bodies()[1])).toContain('{\\"city\\":\\"Bern\\"}');
});

test('a manual tool stops the loop, and its result starts it again', async () => {
	const { run } = await open([asks(['approve', { city: 'Bern' }]), { text: 'Approved.' }]);
	const tool = inline({ name: 'approve', type: 'manual' });
	const stopped = (await run(tool)).last[0]?.json ?? {};
	expect(stopped).toMatchObject({
		stopReason: 'awaitingTools',
		pendingToolCalls: [{ callId: 'c0', name: 'approve', arguments: { city: 'Bern' } }],
	});
	const resume = { ...Object(stopped.resume), results: [{ callId: 'c0', result: 'yes' }] };
	const ended = await run({ ...tool, prompt: '', options: { resumeFrom: JSON.stringify(resume) } });
	expect(ended.last[0]?.json).toMatchObject({ output: 'Approved.', iterations: 2, requests: 2 });
});

describe('connected tools', () => {
	const chatTool = {
		name: 'translate',
		type: 'tokenHubChatCompletionTool',
		parameters: {
			toolDescription: 'Translates a text',
			model: { __rl: true, mode: 'id', value: 'claude-haiku-4-5' },
			prompt: "=Translate: {{ $fromAI('text', 'what to translate', 'string') }}",
			maxTokens: 50,
			options: {},
		},
	};
	/** The outer loop asks for the tool with its own item's text; the inner request is the tool itself. */
	const script: Script = (body) => {
		const text = JSON.stringify(body.messages);
		if (text.includes('Translate: '))
			return { text: `<${/Translate: (\w+)/.exec(text)?.[1]}>`, delayMs: 20 };
		if (text.includes('"tool"')) return { text: `Got ${/<\w+>/.exec(text)?.[0]}` };
		return asks(['translate', { text: /item(\w+)/.exec(text)?.[0] ?? '' }]);
	};

	test('run with the arguments of their own item, side by side', async () => {
		const { run, bodies } = await open(script);
		const items = ['itemA', 'itemB', 'itemC', 'itemD'].map((word) => ({ word }));
		const { last, error } = await run(
			{ prompt: '={{ $json.word }}' },
			{ items, tools: [chatTool] },
		);
		expect(error).toBeUndefined();
		expect(last.map(({ json }) => json.output)).toEqual(items.map(({ word }) => `Got <${word}>`));
		expect(bodies()).toHaveLength(12);
		expect(JSON.stringify(bodies()[0]?.tools)).toContain('what to translate');
	});

	test('go beside the ones defined in the node', async () => {
		const { run, bodies } = await open([{ text: 'Hi' }]);
		await run(inline({ name: 'other', type: 'manual' }), { tools: [chatTool] });
		expect(JSON.stringify(bodies()[0]?.tools)).toMatch(/translate.*other/);
	});
});

test.each<[type: string, filled: string, says: RegExp]>([
	['tokenHubChatCompletion', 'Prompt', /does not see this conversation/],
	['tokenHubToolCallLoop', 'Prompt', /another agent/],
	['tokenHubJsonExtract', 'Text', /as JSON of a fixed shape/],
])('%s as a tool: without any setting, the model fills in %s', async (type, filled, says) => {
	const { run, bodies } = await open((_body, n) =>
		n === 0 ? asks(['helper', { [filled]: 'What is it?' }]) : { text: '{"a":"Done."}' },
	);
	const fields = { values: [{ name: 'a', type: 'string' }] };
	const parameters = { model: MODEL, maxTokens: 64, options: {}, fields };
	await run({}, { tools: [{ name: 'helper', type: `${type}Tool`, parameters }] });
	const [first, second] = bodies();
	expect(first?.tools).toEqual([
		{
			type: 'function',
			function: {
				name: 'helper',
				description: expect.stringMatching(says),
				parameters: expect.objectContaining({
					properties: { [filled]: { type: 'string', description: expect.stringMatching(/whole/) } },
					required: [filled],
				}),
			},
		},
	]);
	expect(JSON.stringify(second?.messages)).toContain('What is it?');
});

test.each<[type: string, script: Reply[], parameters: object, told: string]>([
	['tokenHubChatCompletion', [{ text: 'Done.' }], {}, '[{"text":"Done."}]'],
	[
		'tokenHubChatCompletion',
		[{ text: 'Do', finishReason: 'length' }],
		{},
		'[{"text":"Do","finishReason":"length"}]',
	],
	['tokenHubToolCallLoop', [{ text: 'Done.' }], {}, '[{"output":"Done."}]'],
	['tokenHubJsonExtract', [{ text: '{"a":"Done."}' }], {}, '[{"output":{"a":"Done."}}]'],
	[
		'tokenHubJsonExtract',
		[{ text: '{"a":"Done."}' }],
		{ options: { outputMode: 'merge' } },
		'[{"a":"Done."}]',
	],
])('%s as a tool answers with the answer alone (%#)', async (type, script, more, told) => {
	const prompt = { prompt: 'What?', text: 'What?' };
	const fields = { values: [{ name: 'a', type: 'string' }] };
	const options = { maxRetries: 0 };
	const parameters = { model: MODEL, maxTokens: 64, options, fields, ...prompt, ...more };
	const { run, bodies } = await open([asks(['helper', {}]), ...script, { text: 'Seen.' }]);
	await run({}, { tools: [{ name: 'helper', type: `${type}Tool`, parameters }] });
	const answer = expect.objectContaining({ role: 'tool', content: told });
	expect(bodies().at(-1)?.messages).toEqual(expect.arrayContaining([answer]));
});

test("a tool's expressions mean what n8n says, not its arguments", async () => {
	const { run, bodies } = await open((_body, n) =>
		n === 0 ? asks(['helper', { Prompt: 'inner', word: 'inner' }]) : { text: 'Done.' },
	);
	const parameters = {
		...{ model: MODEL, maxTokens: 64, options: {}, prompt: '={{ $json.word }}' },
		systemMessage: "={{ $fromAI('word') }}",
	};
	const tools = [{ name: 'helper', type: 'tokenHubChatCompletionTool', parameters }];
	await run({}, { items: [{ word: 'outer' }], tools });
	expect(bodies()[1]?.messages).toEqual([
		{ role: 'system', content: 'inner' },
		{ role: 'user', content: 'outer' },
	]);
});

test('the model that answered for another is told, also of a loop', async () => {
	const asked = (city: string) => asks(['weather', { city }]);
	const { run } = await open([
		...[{ status: 529 }, asked('a'), { status: 529 }, asked('b')],
		...[{ status: 404 }, asked('c'), { text: 'Done.' }],
	]);
	const tool = inline({ name: 'weather', type: 'workflow', workflowId: 'missing' });
	const options = { fallbackModels: ['anthropic/claude-haiku-4-5'], maxRetries: 0 };
	const { last } = await run({ ...tool, options });
	const passed = { model: MODEL.value, message: expect.any(String) };
	expect(last[0]?.json).toMatchObject({ output: 'Done.', iterations: 4 });
	expect(last[0]?.json.fallbacks).toEqual([
		{ ...passed, kind: 'overloaded' },
		{ ...passed, kind: 'notFound' },
	]);
});

describe('options', () => {
	const usage = { promptTokens: 995, completionTokens: 1, totalTokens: 996 };
	const forever: Script = ({ tool_choice }, n) =>
		tool_choice === 'none'
			? { text: 'Enough.', usage }
			: { ...asks(['weather', { city: `${n}` }]), usage };
	const cases: Array<[options: Record<string, unknown>, output: object]> = [
		[{ maxIterations: 1 }, { stopReason: 'maxIterations', iterations: 1, output: 'Enough.' }],
		[{ maxToolCalls: 1 }, { stopReason: 'maxToolCalls', iterations: 1 }],
		[{ maxTotalTokens: 1500 }, { stopReason: 'tokenBudget', iterations: 2 }],
		[{ maxCostUsd: 0.005 }, { stopReason: 'costBudget', iterations: 2 }],
		[
			{ maxIterations: 1, onLimit: 'return' },
			{ output: '', requests: 1 },
		],
		[
			{ maxIterations: 1, includeMessages: true },
			{ messages: expect.arrayContaining([{ role: 'user', content: 'Go' }]) },
		],
	];
	test.each(cases)('%j', async (options, output) => {
		const { run } = await open(forever);
		const tool = inline({ name: 'weather', type: 'workflow', workflowId: 'missing' });
		const ran = await run({ ...tool, options });
		expect(ran.last[0]?.json).toMatchObject(output);
		expect(ran.run?.data.resultData.runData.Node?.[0]?.hints).toEqual([
			expect.objectContaining({ message: expect.stringMatching(/ended by a limit: 1 of 1/) }),
		]);
	});

	test('outputSchema gives a validated object', async () => {
		const { run } = await open([{ text: 'Here: {"n": "x"}' }, { text: '{"n": 2}' }]);
		const outputSchema = {
			type: 'object',
			properties: { n: { type: 'integer' } },
			required: ['n'],
		};
		const { last } = await run({ options: { outputSchema: JSON.stringify(outputSchema) } });
		expect(last[0]?.json).toMatchObject({ output: { n: 2 }, requests: 2 });
	});

	test('a failed item carries its steps and its spending', async () => {
		const { run } = await open(forever);
		const options = { maxIterations: 2, onLimit: 'error' };
		const tool = inline({ name: 'weather', type: 'workflow', workflowId: 'missing' });
		const { last } = await run(
			{ ...tool, options },
			{ node: { onError: 'continueRegularOutput' } },
		);
		expect(last[0]?.json).toMatchObject({
			error: expect.stringContaining('Max Iterations'),
			details: { kind: 'budget', usage: { totalTokens: 1992 }, costUsd: 0.006 },
		});
		expect(last[0]?.json.details).toMatchObject({
			steps: [{ tool: 'weather' }, { tool: 'weather' }],
		});
	});

	test.each<[problem: string, parameters: Record<string, unknown>, words: RegExp]>([
		['no prompt', { prompt: '' }, /"Prompt" is empty/],
		['a tool without a name', inline({ name: '', type: 'manual' }), /a tool needs a name/],
		[
			'a schema that is none',
			inline({ name: 'x', type: 'manual', jsonSchema: '{"type":"strin"}' }),
			/tool "x"/,
		],
		['temperature 1.5', { options: { temperature: 1.5 } }, /Sampling Temperature/],
		['no workflow', inline({ name: 'x', type: 'workflow' }), /Tool "x": choose the workflow/],
	])('%s is refused before any request', async (_problem, parameters, words) => {
		const { run, gateway } = await open([]);
		const { error } = await run(parameters);
		expect(error).toMatchObject({ message: expect.stringMatching(words), itemIndex: 0 });
		expect(gateway.requests).toHaveLength(0);
	});
});
