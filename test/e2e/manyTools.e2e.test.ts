import type { ChildProcess } from 'node:child_process';
import { z } from 'zod/v4';
import { startGateway, type Gateway, type Script } from '../../gateway';
import { buildWorkflow, loop, MODEL, start, tool, type Part } from '../../server/buildWorkflow';
import { startMcp } from './startMcp';
import { startServer, type Server } from '../../server/startServer';

const BAD = [3, 17, 42, 63, 99].map((n) => `Many_tool_${n}`);

/** Refuses five tools, one by one, as Claude does; then calls all others at once. */
const script: Script = ({ tools = [], messages }) => {
	const names = tools.map((one) => one.function.name);
	const at = names.findIndex((name) => BAD.includes(name));
	if (at >= 0) {
		const message = `tools.${at}.custom.input_schema: JSON schema is invalid.`;
		return { status: 400, error: { message } };
	}
	if (messages.some(({ role }) => role === 'tool')) return { text: 'Done.' };
	const called = tools.map(({ function: { name, parameters } }) => {
		const [text = '', rows = ''] = Object.keys(Object(parameters?.properties));
		return { name, arguments: { [text]: name, [rows]: [{ an_id: name }] } };
	});
	return { toolCalls: called };
};

/** n8n's own agent on our chat model. */
const agent: Part[] = [
	{ ...start, to: [['Agent', 'main']] },
	{
		...{ name: 'Agent', type: '@n8n/n8n-nodes-langchain.agent', typeVersion: 3 },
		parameters: {
			...{ promptType: 'define', text: 'Go' },
			options: { returnIntermediateSteps: true },
		},
	},
	{
		...{ name: 'Model', type: 'n8n-nodes-tokenhub.lmChatTokenHub' },
		parameters: { model: MODEL, options: {} },
		credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
		to: [['Agent', 'ai_languageModel']],
	},
];

let scripted: Gateway;
let server: Server;
let mcp: ChildProcess;

beforeAll(async () => {
	scripted = await startGateway({ script });
	const { url, process } = await startMcp();
	mcp = process;
	const manyFor = (node: string) =>
		tool('Many', '@n8n/n8n-nodes-langchain.mcpClientTool', {
			typeVersion: 1.2,
			parameters: {
				...{ endpointUrl: `${url}/many`, serverTransport: 'httpStreamable' },
				...{ authentication: 'none', include: 'all', options: {} },
			},
			to: [[node, 'ai_tool']],
		});
	server = await startServer({
		files: [],
		workflows: [
			buildWorkflow('e2eManyTools', [start, loop('Go'), manyFor('Loop')]),
			buildWorkflow('e2eManyToolsAgent', [...agent, manyFor('Agent')]),
		],
		credentials: [
			{
				...{ id: 'scripted', name: 'scripted', type: 'tokenHubApi' },
				data: { apiKey: 'th-demo-key', baseUrl: scripted.url },
			},
		],
	});
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await scripted?.close();
	mcp?.kill();
});

/** Each of the five is named once. */
function expectNamed(hints: string[] = []): void {
	const said = hints.join('\n');
	for (const name of BAD) expect(said).toContain(`The tool "${name}" was left out`);
	expect(said.match(/was left out/g)).toHaveLength(BAD.length);
}

const stepsSchema = z.array(z.object({ tool: z.string(), result: z.unknown() }));

test('of 100 tools of an MCP server, five are left out by name and 95 work', async () => {
	const { outputs, hints, error } = await server.rest.run('e2eManyTools', 'Start');
	expect(error).toBeUndefined();
	const json = outputs.Loop?.[0]?.[0]?.json;
	expect(json).toMatchObject({ output: 'Done.', stopReason: 'answered' });
	const steps = stepsSchema.parse(json?.steps);
	expect(steps).toHaveLength(95);
	for (const { tool: name, result } of steps) {
		const n = name.replace('Many_tool_', '');
		const shown = JSON.stringify({ 'the text': name, $rows: [{ 'an id': name }] });
		expect(JSON.stringify(result)).toContain(JSON.stringify(`${n}: ${shown}`).slice(1, -1));
	}
	expectNamed(hints.Loop);
}, 300_000);

const agentSchema = z.object({
	output: z.string(),
	intermediateSteps: z.array(
		z.object({ action: z.object({ tool: z.string() }), observation: z.unknown() }),
	),
});

test("so they do for n8n's own agent on our chat model", async () => {
	const { outputs, hints, error } = await server.rest.run('e2eManyToolsAgent', 'Start');
	expect(error).toBeUndefined();
	const { output, intermediateSteps } = agentSchema.parse(outputs.Agent?.[0]?.[0]?.json);
	expect(output).toBe('Done.');
	expect(intermediateSteps).toHaveLength(95);
	for (const { action, observation } of intermediateSteps) {
		const shown = JSON.stringify({ 'the text': action.tool, $rows: [{ 'an id': action.tool }] });
		// n8n writes results down as JSON within JSON.
		expect(JSON.stringify(observation).replaceAll('\\', '')).toContain(shown);
	}
	expectNamed(hints.Model);
}, 300_000);
