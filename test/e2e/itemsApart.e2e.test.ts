import type { ChildProcess } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { listen } from '../support/listen';
import {
	buildWorkflow,
	loop,
	start,
	tool,
	type BuiltWorkflow,
	type Part,
} from '../../server/buildWorkflow';
import { openAi } from './loopWorkflows';
import { postgresCredential } from '../../server/postgres';
import { callingPrompt, scriptedModel } from './scriptedModel';
import { startMcp } from './startMcp';
import { startServer, type Server } from '../../server/startServer';

/** 20 items through every kind of n8n's own sub-nodes whose parameters read the item. */
const said = "{{ $fromAI('said', 'what is said', 'string') }}";
const marks = Array.from({ length: 20 }, (_, n) => `k${String(n).padStart(2, '0')}`);
const TOOLS = ['Address', 'Echo', 'Code', 'caller', 'Expert'];

const run = Date.now();
const pinned = (prompt: (mark: string) => string) => ({
	pinData: {
		Start: marks.map((k) => ({ json: { k, prompt: prompt(k), session: `${run} ${k}` } })),
	},
});

interface Places {
	apiUrl: string;
	mcpUrl: string;
}

function everyKind({ apiUrl, mcpUrl }: Places): BuiltWorkflow {
	const at = "{{ $json.k }}/{{ $('Start').item.json.k }}/{{ $itemIndex }}";
	const parts: Part[] = [
		start,
		loop('={{ $json.prompt }}', { options: { concurrency: 8 } }),
		tool('Address', 'n8n-nodes-base.httpRequestTool', {
			typeVersion: 4.2,
			parameters: {
				...{ toolDescription: 'Address', url: `=${apiUrl}/${at}/${said}`, options: {} },
			},
		}),
		tool('Echo', '@n8n/n8n-nodes-langchain.toolWorkflow', {
			typeVersion: 2.2,
			parameters: {
				...{ description: 'Echo', workflowId: { __rl: true, mode: 'id', value: 'e2eEcho' } },
				workflowInputs: {
					...{ mappingMode: 'defineBelow', matchingColumns: [] },
					value: { text: `=${at}/${said}` },
					schema: [
						{
							...{ id: 'text', displayName: 'text', type: 'string', required: false },
							...{ defaultMatch: false, display: true, canBeUsedToMatch: true, removed: false },
						},
					],
				},
			},
		}),
		tool('Code', '@n8n/n8n-nodes-langchain.toolCode', {
			typeVersion: 1.3,
			parameters: {
				description: 'Code',
				jsCode:
					"return [$json.k, $('Start').item.json.k, $itemIndex, query.said ?? query].join('/');",
			},
		}),
		tool('Shop', '@n8n/n8n-nodes-langchain.mcpClientTool', {
			typeVersion: 1.2,
			parameters: {
				...{ endpointUrl: `=${mcpUrl}/${at}`, serverTransport: 'httpStreamable' },
				...{ authentication: 'none', include: 'all', options: {} },
			},
		}),
		tool('Expert', '@n8n/n8n-nodes-langchain.agentTool', {
			typeVersion: 3,
			parameters: {
				...{ toolDescription: 'Expert', text: `=EXPERT ${at}/${said}`, options: {} },
			},
		}),
		{ ...openAi, to: [['Expert', 'ai_languageModel']] },
	];
	const calls = (mark: string) =>
		callingPrompt(TOOLS.map((name) => [name, name === 'Code' ? { input: mark } : { said: mark }]));
	return buildWorkflow('e2eItemsApart', parts, pinned(calls));
}

const echo = buildWorkflow('e2eEcho', [
	{
		...{ name: 'When called', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
		parameters: { workflowInputs: { values: [{ name: 'text' }] } },
	},
]);

const remembering = (id: string, memory: { type: string; [key: string]: unknown }) =>
	buildWorkflow(
		id,
		[
			start,
			loop('={{ $json.prompt }}', { options: { concurrency: 8 } }),
			{ name: 'Memory', typeVersion: 1.3, ...memory, to: [['Loop', 'ai_memory']] },
		],
		pinned((mark) => `I am ${mark}`),
	);
const session = { sessionIdType: 'customKey', sessionKey: '={{ $json.session }}' };

let scripted: Gateway;
let server: Server;
let api: HttpServer;
let mcp: ChildProcess;

beforeAll(async () => {
	scripted = await startGateway({ script: scriptedModel });
	api = createServer(({ url }, response) => {
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ at: url }));
	});
	const apiUrl = `http://127.0.0.1:${await listen(api)}`;
	const { url: mcpUrl, process } = await startMcp();
	mcp = process;
	const credential = (id: string, type: string, data: object) => ({ id, type, data, name: id });
	server = await startServer({
		files: [],
		workflows: [
			...[everyKind({ apiUrl, mcpUrl }), echo],
			remembering('e2eItemsSimple', {
				type: '@n8n/n8n-nodes-langchain.memoryBufferWindow',
				parameters: { ...session, contextWindowLength: 10 },
			}),
			remembering('e2eItemsPostgres', {
				type: '@n8n/n8n-nodes-langchain.memoryPostgresChat',
				parameters: { ...session, tableName: 'e2e_items_memory', contextWindowLength: 10 },
				credentials: { postgres: { id: 'postgres', name: 'Postgres' } },
			}),
		],
		credentials: [
			credential('scripted', 'tokenHubApi', { apiKey: 'th-demo-key', baseUrl: scripted.url }),
			credential('openai', 'openAiApi', { apiKey: 'th-demo-key', url: scripted.url }),
			credential('postgres', 'postgres', await postgresCredential()),
		],
	});
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await scripted?.close();
	api?.close();
	api?.closeAllConnections();
	mcp?.kill();
});

const stepsSchema = z.array(
	z.object({ tool: z.string(), result: z.unknown(), error: z.string().optional() }),
);
const textsIn = (value: unknown) =>
	JSON.stringify(value).match(/k\d\d\/k\d\d\/\d+\/?[^"\\]*/g) ?? [];

test('every kind of tool reads its own item', async () => {
	await server.rest.activate('e2eEcho');
	const { outputs, error } = await server.rest.run('e2eItemsApart', 'Start');
	expect(error).toBeUndefined();
	const items = outputs.Loop?.[0] ?? [];
	expect(items).toHaveLength(marks.length);
	for (const [n, { json }] of items.entries()) {
		const mark = marks[n];
		const steps = stepsSchema.parse(json.steps);
		expect(steps).toHaveLength(TOOLS.length);
		expect(steps.map(({ error: failed }) => failed)).toEqual(TOOLS.map(() => undefined));
		for (const { tool: name, result } of steps.slice(0, 4)) {
			const expected = `${mark}/${mark}/${n}`;
			expect([name, JSON.stringify(result)]).toEqual([name, expect.stringContaining(expected)]);
			expect([name, JSON.stringify(result)]).toEqual([name, expect.stringContaining(mark ?? '?')]);
			const others = marks.filter((other) => other !== mark);
			expect(others.filter((other) => JSON.stringify(result).includes(other))).toEqual([]);
		}
	}
	const asked = scripted.requests.flatMap(({ body }) => {
		const text = JSON.stringify(body);
		return text.includes('EXPERT') && !text.includes('CALL') ? textsIn(body) : [];
	});
	const expected = marks.map((mark, n) => `${mark}/${mark}/${n}/${mark}`);
	expect([...new Set(asked)].sort()).toEqual(expected.sort());
}, 300_000);

test.each([['e2eItemsSimple'], ['e2eItemsPostgres']])(
	'%s: each session is its own',
	async (id) => {
		const first = await server.rest.run(id, 'Start');
		expect(first.error).toBeUndefined();
		const before = scripted.requests.length;
		const second = await server.rest.run(id, 'Start');
		expect(second.error).toBeUndefined();
		const bodies = scripted.requests.slice(before).map(({ body }) => JSON.stringify(body));
		expect(bodies).toHaveLength(marks.length);
		for (const body of bodies) {
			const named = new Set(body.match(/I am k\d\d/g));
			expect(named.size).toBe(1);
			expect(body.match(/I am k\d\d/g)).toHaveLength(2);
		}
	},
	300_000,
);
