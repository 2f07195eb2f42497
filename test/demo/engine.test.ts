import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';
import { z } from 'zod/v4';
import { createEngine, parseWorkflowFile, type Engine, type WorkflowFile } from '../../demo/engine';
import { probePackage } from './probePackage';

const probe = probePackage();
let engine: Engine;

beforeAll(async () => {
	const credentials = { probeApi: { apiKey: 'secret' } };
	engine = await createEngine({ packageDir: probe.dir, credentials });
});
afterAll(() => probe.remove());

const TRIGGER = 'n8n-nodes-base.manualTrigger';
const CALLED = 'n8n-nodes-base.executeWorkflowTrigger';
const main = (...outputs: string[]) => ({
	main: outputs.map((node) => [{ node, type: 'main' as const, index: 0 }]),
});

type PartialNode = Pick<INode, 'name' | 'type'> & Partial<INode>;

function workflow(nodes: PartialNode[], connections: IConnections, rest = {}): WorkflowFile {
	const settings = { executionOrder: 'v1' };
	return parseWorkflowFile({ nodes, connections, settings, ...rest });
}

function echoOf(extra: Partial<INode> = {}, rest = {}): WorkflowFile {
	const parameters = { value: '={{ $json.x }}' };
	return workflow(
		[
			{ name: 'Start', type: TRIGGER },
			{ name: 'Echo', type: 'n8n-nodes-probe.probeEcho', parameters, ...extra },
		],
		{ Start: main('Echo') },
		rest,
	);
}

const items = (...values: unknown[]) => values.map((x) => ({ json: { x: String(x) } }));

describe('a run through the engine', () => {
	it('evaluates expressions item by item and keeps pairedItem', async () => {
		const result = await engine.run(echoOf(), { input: items('a', 'b') });
		expect(result).toMatchObject({ ok: true, cancelled: false });
		expect(result.last).toEqual([
			{ json: { value: 'a' }, pairedItem: { item: 0 } },
			{ json: { value: 'b' }, pairedItem: { item: 1 } },
		]);
		expect(result.nodes['Start']?.outputs[0]).toHaveLength(2);
	});

	it('takes pinned items from the trigger, wrapped or bare, and input before them', async () => {
		const pinned = echoOf({}, { pinData: { Start: [{ json: { x: 'p' } }, { x: 'q' }] } });
		const values = async (input?: ReturnType<typeof items>) =>
			(await engine.run(pinned, { input })).last.map((item) => item.json['value']);
		expect(await values()).toEqual(['p', 'q']);
		expect(await values(items('given'))).toEqual(['given']);
		expect(await values()).toEqual(['p', 'q']);
	});

	it('hands the given credential to the node, over the defaults of its type', async () => {
		const credentials = { probeApi: { id: 'any', name: 'Any' } };
		const result = await engine.run(echoOf({ credentials }), { input: items('a') });
		expect(result.last[0]?.json['key']).toEqual({ apiKey: 'secret', baseUrl: 'http://default' });
	});

	it('signs a request as the credential type says', async () => {
		const server = createServer((request, response) => {
			response.setHeader('content-type', 'application/json');
			response.end(JSON.stringify({ seen: request.headers.authorization }));
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const { port } = z.object({ port: z.number() }).parse(server.address());
		const result = await engine.run(
			echoOf({
				type: 'n8n-nodes-probe.probeFetch',
				credentials: { probeApi: { id: 'any', name: 'Any' } },
				parameters: { value: `http://127.0.0.1:${port}/` },
			}),
		);
		server.close();
		expect(result.last[0]?.json).toEqual({ seen: 'Bearer secret' });
	});

	it('loads the nodes of this package from their sources', async () => {
		const packageDir = join(__dirname, '..', '..');
		const own = await createEngine({ packageDir, fromSource: true });
		const result = await own.run(
			echoOf({ type: 'n8n-nodes-tokenhub.tokenHubChatCompletion', parameters: { prompt: 'Hi' } }),
		);
		expect(result.nodes['Echo']?.type).toBe('n8n-nodes-tokenhub.tokenHubChatCompletion');
		expect(result.error?.node).toBe('Echo');
	});

	it('tells of each node as it starts and finishes', async () => {
		const seen: string[] = [];
		const onNode = ({ node, phase, items }: { node: string; phase: string; items?: number }) =>
			seen.push(`${node} ${phase} ${items ?? ''}`.trim());
		await engine.run(echoOf(), { input: items('a', 'b'), onNode });
		expect(seen).toEqual(['Start started', 'Start finished 2', 'Echo started', 'Echo finished 2']);
	});
});

describe('failures', () => {
	it('come out as the error of the run, with node, item and description', async () => {
		const result = await engine.run(echoOf(), { input: items('a', 'bad') });
		expect(result.ok).toBe(false);
		expect(result.error).toMatchObject({
			node: 'Echo',
			message: 'Bad value',
			description: 'Give a good one',
			itemIndex: 1,
		});
		expect(result.nodes['Echo']?.error?.message).toBe('Bad value');
	});

	it('become an item under Continue (On Fail)', async () => {
		const file = echoOf({ onError: 'continueRegularOutput' });
		const result = await engine.run(file, { input: items('bad', 'a') });
		expect(result.ok).toBe(true);
		expect(result.last.map((item) => item.json['error'] ?? item.json['value'])).toEqual([
			'Bad value',
			'a',
		]);
	});

	it('go to the error output, with the fields of the input item', async () => {
		const file = echoOf({ onError: 'continueErrorOutput' });
		file.nodes.push({ ...nodeNamed(file, 'Start'), name: 'Failed', type: 'n8n-nodes-base.noOp' });
		file.connections['Echo'] = { main: [[], [{ node: 'Failed', type: 'main', index: 0 }]] };
		const result = await engine.run(file, { input: items('a', 'bad') });
		expect(result.nodes['Echo']?.outputs.map((output) => output.length)).toEqual([1, 1]);
		expect(result.nodes['Failed']?.outputs[0]?.[0]?.json).toEqual({
			x: 'bad',
			error: 'Bad value',
			message: 'Bad value',
			details: { kind: 'badRequest' },
		});
	});

	it('before the start name the node: unknown type, missing parameter, no trigger', async () => {
		const unknown = await engine.run(echoOf({ type: 'n8n-nodes-base.httpRequest' }));
		expect(unknown.error).toMatchObject({ node: 'Echo' });
		expect(unknown.error?.message).toContain('n8n-nodes-base.httpRequest');
		expect(unknown.error?.description).toContain('full n8n');
		const missing = await engine.run(echoOf({ parameters: { needed: '' } }));
		expect(missing.error?.message).toMatch(/'Echo' node has issues[^]*Needed/);
		const none = await engine.run(workflow([{ name: 'A', type: 'n8n-nodes-base.noOp' }], {}));
		expect(none.error?.message).toContain('Manual Trigger');
	});

	it('spare a node of unknown type that is disabled or pinned', async () => {
		const pinned = echoOf(
			{ type: 'n8n-nodes-base.httpRequest' },
			{ pinData: { Echo: [{ json: { pinned: true } }] } },
		);
		expect((await engine.run(pinned)).last[0]?.json).toEqual({ pinned: true });
		const disabled = echoOf({ type: 'n8n-nodes-base.httpRequest', disabled: true });
		expect((await engine.run(disabled, { input: items('a') })).ok).toBe(true);
	});
});

describe('beyond one line of nodes', () => {
	const called = (type: string) => ({
		...echoOf({}, { id: 'sub', name: 'Sub' }),
		nodes: echoOf().nodes.map((node) => (node.name === 'Start' ? { ...node, type } : node)),
	});
	const calling = workflow(
		[
			{ name: 'Start', type: TRIGGER },
			{ name: 'Call', type: 'n8n-nodes-probe.probeCaller', parameters: { value: 'sub' } },
		],
		{ Start: main('Call') },
	);

	it('runs a sub-workflow for real, and brings its failure back', async () => {
		const workflows = [called(CALLED)];
		const result = await engine.run(calling, { input: items('deep'), workflows });
		expect(result.last.map((item) => item.json)).toEqual([{ called: { value: 'deep' } }]);
		const failed = await engine.run(calling, { input: items('bad'), workflows });
		expect(failed.error).toMatchObject({ message: 'Bad value' });
		const missing = await engine.run(calling, { input: items('a') });
		expect(missing.error).toMatchObject({ node: 'Call' });
		expect(missing.error?.message).toContain('"sub"');
	});

	it('connects a usableAsTool node through ai_tool', async () => {
		const file = workflow(
			[
				{ name: 'Start', type: TRIGGER },
				{ name: 'Root', type: 'n8n-nodes-probe.probeRoot' },
				{
					name: 'My Tool',
					type: 'n8n-nodes-probe.probeEchoTool',
					parameters: { value: "={{ $fromAI('value', 'what to echo', 'string') }}" },
				},
			],
			{
				Start: main('Root'),
				'My Tool': { ai_tool: [[{ node: 'Root', type: 'ai_tool', index: 0 }]] },
			},
		);
		const result = await engine.run(file);
		expect(result.last[0]?.json).toEqual({
			tool: 'My_Tool',
			from: 'My Tool',
			answers: ['[{"value":"one"}]', '[{"value":"two"}]'],
		});
		expect(result.nodes['My Tool']?.runs).toBe(2);
	});

	it('stops when the signal says so, sub-workflows included', async () => {
		const slow = { ...called(CALLED), nodes: called(CALLED).nodes.map(slowly) };
		// Where nothing stops it, it keeps running for longer than a test may take.
		const result = await engine.run(calling, {
			workflows: [slow],
			signal: AbortSignal.timeout(100),
		});
		expect(result).toMatchObject({ ok: false, cancelled: true });
	});
});

function slowly(node: INode): INode {
	return node.name === 'Echo' ? { ...node, type: 'n8n-nodes-probe.probeSlow' } : node;
}

function nodeNamed({ nodes }: WorkflowFile, name: string): INode {
	const found = nodes.find((node) => node.name === name);
	if (!found) throw new Error(`no node ${name}`);
	return found;
}
