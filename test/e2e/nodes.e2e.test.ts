import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { freePort } from '../../server/ports';
import type { Imports } from '../../server/importFiles';
import { modelScript, modelWorkflows } from './modelWorkflows';
import { EXAMPLES, ROOT, SERVER_LOG } from '../../server/paths';
import { startServer, type Server } from '../../server/startServer';
import { parameterRows } from '../support/migrationTables';
import { continueOnError, realTools } from './workflows';

const files = readdirSync(EXAMPLES).filter((name) => name.endsWith('.workflow.json'));
const KEYS = { 'th-demo-key': 'active', 'th-empty-key': 'noCredit' } as const;

let gateway: Gateway;
let scripted: Gateway;
let model: Gateway;
let server: Server;
let unused: number;

beforeAll(async () => {
	gateway = await startGateway({ keys: KEYS });
	scripted = await startGateway({ keys: KEYS, script: (body) => realTools.script(body) });
	model = await startGateway({ keys: KEYS, script: modelScript() });
	unused = await freePort();
	server = await startServer(imports());
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
	await scripted?.close();
	await model?.close();
});

function imports(): Imports {
	const credential = (id: string, baseUrl: string) => ({
		id,
		name: 'TokenHub',
		type: 'tokenHubApi',
		data: { apiKey: 'th-demo-key', baseUrl },
	});
	return {
		files: files.map((name) => join(EXAMPLES, name)),
		workflows: [realTools.workflow, continueOnError.workflow, ...modelWorkflows],
		credentials: [
			credential('tokenhub-demo', gateway.url),
			credential('scripted', scripted.url),
			credential('model', model.url),
		],
	};
}

const nodeType = z.looseObject({
	name: z.string(),
	displayName: z.string(),
	iconUrl: z.unknown(),
	codex: z.unknown(),
});

const themed = z.object({ light: z.string(), dark: z.string() });
function iconsOf(type: z.output<typeof nodeType> | undefined): string[] {
	const { light, dark } = themed.parse(type?.iconUrl);
	return [light, dark];
}

describe('the package in n8n', () => {
	const types = ['tokenHubChatCompletion', 'tokenHubToolCallLoop', 'tokenHubJsonExtract'];

	test.each(types)('lists %s and its tool variant, with icons', async (type) => {
		const listed = z.array(nodeType).parse(await server.rest.get('/types/nodes.json'));
		const found = listed.find(({ name }) => name === `n8n-nodes-tokenhub.${type}`);
		expect(found?.displayName).toMatch(/^TokenHub /);
		expect(found?.codex).toMatchObject({ categories: expect.arrayContaining(['AI']) });
		const tool = listed.find(({ name }) => name === `n8n-nodes-tokenhub.${type}Tool`);
		expect(tool?.codex).toMatchObject({ subcategories: { AI: ['Tools'] } });
		for (const icon of [...iconsOf(found), ...iconsOf(tool)]) {
			const response = await fetch(`${server.origin}/${icon}`);
			expect(response.status).toBe(200);
			expect(await response.text()).toContain('<svg');
		}
	});

	test('lists the credential', async () => {
		const listed = z
			.array(z.looseObject({ name: z.string() }))
			.parse(await server.rest.get('/types/credentials.json'));
		expect(listed.map(({ name }) => name)).toContain('tokenHubApi');
	});
});

describe('the credential test', () => {
	const cases: Array<[name: string, data: () => object, status: string, words: RegExp]> = [
		['a good key', () => ({ apiKey: 'th-demo-key', baseUrl: gateway.url }), 'OK', /works/],
		[
			'a bad key',
			() => ({ apiKey: 'th-bad-key', baseUrl: gateway.url }),
			'Error',
			/refused this API key/,
		],
		[
			'no credit',
			() => ({ apiKey: 'th-empty-key', baseUrl: gateway.url }),
			'Error',
			/no credit left/,
		],
		[
			'a wrong URL',
			() => ({ apiKey: 'th-demo-key', baseUrl: `${gateway.url}/x` }),
			'Error',
			/no chat completion API/,
		],
		[
			'an unreachable host',
			() => ({ apiKey: 'th-demo-key', baseUrl: `http://127.0.0.1:${unused}` }),
			'Error',
			/could not be reached/,
		],
		[
			'a key that is none',
			() => ({ apiKey: 'sk-1', baseUrl: gateway.url }),
			'Error',
			/does not start with th-…/,
		],
	];
	test.each(cases)('tells %s', async (_name, data, status, words) => {
		const before = gateway.requests.length;
		const credentials = { id: '', name: 'Test', type: 'tokenHubApi', data: data() };
		const result = await server.rest.post('/rest/credentials/test', { credentials });
		expect(result).toMatchObject({ status, message: expect.stringMatching(words) });
		const paid = gateway.requests.slice(before).filter((request) => request.status === 200);
		expect(paid).toEqual([]);
	});
});

const workflowSchema = z.object({
	id: z.string(),
	nodes: z.array(z.object({ name: z.string(), type: z.string() })),
});
const readExample = (name: string) =>
	workflowSchema.parse(JSON.parse(readFileSync(join(EXAMPLES, name), 'utf8')));
const has = (name: string, ending: string) =>
	readExample(name).nodes.some(({ type }) => type.endsWith(ending));
/** Called ones run as tools; those that wait for a person run in toolLoop.e2e.test.ts. */
const runnable = files.filter(
	(name) => has(name, '.manualTrigger') && !has(name, 'HitlTool') && !has(name, '.agent'),
);

/** Examples whose nodes are of version 2, with Simplify Output. */
const SIMPLE = ['1-first-message.workflow.json', '3-invoice-to-json.workflow.json'];
const BOOKKEEPING = {
	model: expect.stringMatching(/^anthropic\//),
	usage: { totalTokens: expect.any(Number) },
	requests: expect.any(Number),
};

describe('every example', () => {
	const expected: Record<string, object> = {
		'1-first-message.workflow.json': {
			text: expect.stringMatching(/\w/),
			costUsd: expect.any(Number),
		},
		'2-tool-call-loop.workflow.json': {
			stopReason: 'answered',
			steps: expect.arrayContaining([
				expect.objectContaining({
					tool: 'find_order',
					result: expect.objectContaining({
						output: expect.objectContaining({ status: expect.any(String) }),
					}),
				}),
			]),
		},
		'4-tools-in-the-workflow.workflow.json': {
			stopReason: 'answered',
			iterations: 2,
			steps: expect.arrayContaining([
				expect.objectContaining({
					tool: 'find_order',
					result: expect.objectContaining({ status: 'shipped' }),
				}),
			]),
		},
		'3-invoice-to-json.workflow.json': {
			output: {
				invoiceNumber: 'INV-2026-0117',
				vendor: 'Nordlicht GmbH',
				invoiceDate: '2026-11-17',
				dueDate: '2026-12-17',
				currency: 'EUR',
				total: 448,
				lines: [
					{ description: 'Desk lamp', quantity: 2, unitPrice: 24.5 },
					{ description: 'Standing desk', quantity: 1, unitPrice: 399 },
				],
			},
			evidence: expect.objectContaining({ '/total': expect.objectContaining({ quote: '448.00' }) }),
		},
		'6-cv-to-records.workflow.json': {
			applicationId: 311,
			name: 'Mira Olsen',
			email: 'mira.olsen@example.com',
			languages: ['English', 'Danish', 'German'],
			positions: [
				{ company: 'Nordlicht GmbH', role: 'Backend engineer', start: '2022-03-01' },
				{ company: 'Hafen AG', role: 'Developer', start: '2019-09-01' },
			],
		},
		'7-records-to-items.workflow.json': {
			from: 'tom@example.com',
			output: {
				name: expect.stringMatching(/^(Ada Park|Ben Ruiz|Cleo Sand)$/),
				company: expect.any(String),
				email: expect.stringMatching(/^\w+@\w+\.example$/),
				interest: expect.stringMatching(/^(high|low)$/),
			},
		},
		'8-long-document.workflow.json': {
			requests: 4,
			output: { entries: expect.any(Array) },
			evidence: expect.objectContaining({
				'/entries/23/machine': expect.objectContaining({ quote: 'M-123', score: 1 }),
			}),
		},
		'9-image-to-record.workflow.json': {
			output: {
				...{ shop: 'Café Nord', receipt: 'R-20517', date: '2026-11-14' },
				...{ currency: 'EUR', total: 9.7 },
				lines: [
					{ description: 'Espresso', quantity: 2, unitPrice: 2.4 },
					{ description: 'Cheesecake', quantity: 1, unitPrice: 4.9 },
				],
			},
		},
		'10-image-question.workflow.json': { text: expect.stringMatching(/receipt/) },
		'12-fallback-model.workflow.json': {
			model: 'anthropic/claude-haiku-4-5',
			fallbacks: [{ model: 'anthropic/claude-not-there', kind: 'notFound' }],
		},
	};

	test("n8n's AI Agent answers with TokenHub Chat Model and a tool", async () => {
		const { id, nodes } = readExample('11-agent-on-chat-model.workflow.json');
		const trigger = nodes.find(({ type }) => type.endsWith('manualTrigger'))?.name ?? '';
		const { outputs, error } = await server.rest.run(id, trigger);
		expect(error).toBeUndefined();
		expect(JSON.stringify(outputs['AI Agent'])).toContain('391');
	});

	test('the chat streams', async () => {
		const { id } = readExample('13-streaming-chat.workflow.json');
		await server.rest.activate(id);
		const body = JSON.stringify({ action: 'sendMessage', sessionId: 's', chatInput: 'Hello' });
		const url = `${server.origin}/webhook/tokenhub-streaming-chat/chat`;
		const headers = { 'content-type': 'application/json' };
		let response = await fetch(url, { method: 'POST', headers, body });
		// n8n registers the webhooks of a published workflow a moment later.
		while (response.status === 404) {
			await new Promise((resolve) => setTimeout(resolve, 250));
			response = await fetch(url, { method: 'POST', headers, body });
		}
		const chunks = (await response.text()).split('\n').filter((line) => line.includes('"Answer"'));
		expect(chunks[0]).toContain('"begin"');
		expect(chunks.filter((line) => line.includes('"item"')).length).toBeGreaterThan(1);
		expect(chunks.at(-1)).toContain('"end"');
	});

	test('has its expectation here', () => {
		expect(Object.keys(expected).sort()).toEqual([...runnable].sort());
	});

	test.each(runnable)('%s runs unchanged', async (name) => {
		const { id, nodes } = readExample(name);
		const trigger = nodes.find(({ type }) => type.endsWith('manualTrigger'))?.name ?? '';
		const { status, error, outputs, lastNode } = await server.rest.run(id, trigger);
		expect(error).toBeUndefined();
		expect(status).toBe('success');
		const [main = []] = outputs[lastNode] ?? [];
		expect(main.length).toBeGreaterThan(0);
		const isOneToOne = !/^[47]-/.test(name);
		const paired = main.map((_, item) => ({ item: isOneToOne ? item : expect.any(Number) }));
		expect(main.map(({ pairedItem }) => pairedItem)).toEqual(paired);
		for (const { json } of main) {
			expect(json).not.toHaveProperty('error');
			expect(json).toMatchObject({ ...expected[name], costUsd: expect.any(Number) });
			// Simplify Output leaves them out.
			if (SIMPLE.includes(name)) expect(json).not.toHaveProperty('usage');
			else expect(json).toMatchObject(BOOKKEEPING);
		}
	});
});

test("n8n's own Calculator and Code tools run for the loop", async () => {
	const { outputs, error } = await server.rest.run(realTools.workflow.id, 'Start');
	expect(error).toBeUndefined();
	expect(outputs['Loop']?.[0]?.[0]?.json).toMatchObject({
		output: 'Both are back.',
		stopReason: 'answered',
		steps: [
			{ tool: 'Calculator', result: '42' },
			{ tool: 'Reverse_it', result: 'olleh' },
		],
	});
});

test('a failed item leaves by the error output, the others go on', async () => {
	const { outputs, status } = await server.rest.run(continueOnError.workflow.id, 'Start');
	expect(status).toBe('success');
	const [done = [], failed = []] = outputs['Chat'] ?? [];
	expect(done.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(failed.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
	// n8n adds the input's fields; any other key of ours would have kept the item in `main`.
	expect(failed.map(({ json }) => json)).toEqual([
		{
			n: 1,
			error: expect.stringContaining('Sampling Temperature must be'),
			message: expect.stringContaining('Sampling Temperature must be'),
			details: expect.objectContaining({ kind: 'badConfig', costUsd: 0 }),
		},
	]);
});

describe("TokenHub Chat Model under n8n's own nodes, on an endpoint that keeps to the contract", () => {
	async function run(id: string, node: string) {
		const before = model.requests.length;
		const { outputs, error } = await server.rest.run(id, 'Start');
		expect(error).toBeUndefined();
		return { json: outputs[node]?.[0]?.[0]?.json, requests: model.requests.slice(before) };
	}

	test('AI Agent 3: two tools in one turn, and a picture', async () => {
		const { json, requests } = await run('e2eModelAgent', 'Agent');
		expect(json?.output).toMatch(/^They say: (?=.*42)(?=.*olleh)/);
		expect(requests.map(({ status }) => status)).toEqual([200, 200]);
		const first = JSON.stringify(requests[0]?.body);
		expect(first).toContain('data:image/png;base64,');
		expect(first).toContain('"max_tokens":1024');
	});

	test('throttled twice: still right, with three requests', async () => {
		const { json, requests } = await run('e2eModelThrottled', 'Agent');
		expect(json?.output).toBe('Hello.');
		expect(requests.map(({ status }) => status)).toEqual([429, 429, 200]);
		const [first, second] = requests;
		expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
	});

	test('Basic LLM Chain', async () => {
		expect((await run('e2eModelChain', 'Chain')).json).toMatchObject({ text: 'Hello.' });
	});

	test("usage, cached tokens and cost stand in n8n's own tracing", async () => {
		expect((await run('e2eModelChain', 'Model')).json).toMatchObject({
			tokenUsage: { promptTokens: 1000, completionTokens: 100, cachedTokens: 800, cost: 0.0045 },
		});
	});

	test('Information Extractor', async () => {
		const { json } = await run('e2eModelExtractor', 'Extractor');
		expect(json).toMatchObject({ output: { name: 'Ada', age: 36 } });
	});
});

test('the key stands nowhere in what n8n keeps: data of executions, logs', async () => {
	await server.rest.run(continueOnError.workflow.id, 'Start');
	const kept = readdirSync(join(server.userFolder, '.n8n'), { recursive: true, encoding: 'utf8' })
		.filter((name) => /database\.sqlite|\.log$/.test(name))
		.map((name) => join(server.userFolder, '.n8n', name));
	const words = [...kept, SERVER_LOG].map((file) => readFileSync(file, 'latin1'));
	// What the search has to find: an example's answer.
	expect(words.some((text) => text.includes('INV-2026-0117'))).toBe(true);
	expect(words.filter((text) => text.includes('th-demo-key'))).toEqual([]);
});

const optionsSchema = z.looseObject({ show: z.record(z.string(), z.array(z.unknown())) });
const typeSchema = z.looseObject({
	name: z.string(),
	version: z.union([z.number(), z.array(z.number())]),
	properties: z.array(z.looseObject({ displayOptions: z.unknown() })),
});

/** As docs/migration.md calls them: the node of n8n's, and the version and operation that the page is about. */
const OLD_NODES: Record<string, [type: string, version: number, operation?: string]> = {
	OpenAI: ['openAi', 2.3, 'response'],
	Anthropic: ['anthropic', 1, 'message'],
	'AI Agent': ['agent', 3.1],
	'Information Extractor': ['informationExtractor', 1.2],
};

test("docs/migration.md names parameters that n8n's nodes have", async () => {
	const rows = parameterRows(readFileSync(join(ROOT, 'docs/migration.md'), 'utf8'));
	expect(new Set(rows.map(({ node }) => node))).toEqual(new Set(Object.keys(OLD_NODES)));
	const types = z.array(typeSchema).parse(await server.rest.get('/types/nodes.json'));
	const unknown = rows.filter(({ node, theirs }) => {
		const [name, version, of] = OLD_NODES[node] ?? [];
		const type = types.find(
			(one) =>
				one.name === `@n8n/n8n-nodes-langchain.${name}` &&
				[one.version].flat().includes(version ?? 0),
		);
		const shown = (type?.properties ?? []).filter(({ displayOptions }) => {
			const { operation } = optionsSchema.safeParse(displayOptions).data?.show ?? {};
			return operation === undefined || operation.includes(of);
		});
		return !JSON.stringify(shown).includes(`"displayName":${JSON.stringify(theirs)}`);
	});
	expect(unknown).toEqual([]);
});
