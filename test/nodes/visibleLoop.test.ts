import { resolve } from 'node:path';
import { NodeConnectionTypes, type IExecuteFunctions, type INodeType } from 'n8n-workflow';
import { createEngine, parseWorkflowFile } from '../../demo/engine';
import type { Script } from '../../gateway';
import { KEY, openGateway } from '../support/openGateway';
import { textOf } from '../support/textOf';

const { Main } = NodeConnectionTypes;
const LOOP = 'The "Loop"';
const link = (node: string) => [{ node, type: Main, index: 0 }];

function node(name: string, outputs: number, execute: INodeType['execute']): [string, INodeType] {
	const description = {
		...{ name, displayName: name, description: name, group: [], version: 1, defaults: {} },
		...{ inputs: [Main], outputs: Array.from({ length: outputs }, () => Main), properties: [] },
	};
	return [`test.${name}`, { description: { ...description, group: ['transform'] }, execute }];
}

/** By the tool's name, as n8n's Switch does. */
const fork = node('fork', 2, async function (this: IExecuteFunctions) {
	const items = this.getInputData().map((item, index) => ({
		...item,
		pairedItem: { item: index },
	}));
	return ['a', 'b'].map((letter) => items.filter(({ json }) => json.name === `look_${letter}`));
});
/** Keeps no field of what came in, as n8n's HTTP Request does. */
const work = (name: string) =>
	node(name, 1, async function (this: IExecuteFunctions) {
		return [
			this.getInputData().map(({ json }, item) => ({
				json: { by: name, of: Object(json.args).n },
				pairedItem: { item },
			})),
		];
	});

const WIRES = {
	Fork: [link('A'), link('B')],
	A: [link(LOOP)],
	B: [link(LOOP)],
};

async function run(script: Script, questions: string[], wires: Partial<typeof WIRES> = {}) {
	const { gateway } = await openGateway(script);
	const engine = await createEngine({
		packageDir: resolve(__dirname, '../..'),
		fromSource: true,
		credentials: { tokenHubApi: { apiKey: KEY, baseUrl: gateway.url } },
		nodeTypes: new Map([fork, work('workA'), work('workB')]),
	});
	const manual = ['look_a', 'look_b'].map((name) => ({
		...{ name, type: 'manual', schemaSource: 'jsonSchema' },
		jsonSchema: '{"type":"object","properties":{"n":{}}}',
	}));
	const workflow = parseWorkflowFile({
		id: 'visible',
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{
				name: LOOP,
				type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop',
				credentials: { tokenHubApi: { id: '1', name: 'TokenHub' } },
				parameters: {
					model: { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' },
					...{ prompt: '={{ $json.question }}', maxTokens: 100, options: {} },
					tools: { values: manual },
				},
			},
			{ name: 'Fork', type: 'test.fork' },
			{ name: 'A', type: 'test.workA', position: [0, 0] },
			{ name: 'B', type: 'test.workB', position: [0, 100] },
		],
		connections: {
			Start: { main: [link(LOOP)] },
			[LOOP]: { main: [[], link('Fork')] },
			...Object.fromEntries(
				Object.entries({ ...WIRES, ...wires }).map(([name, main]) => [name, { main }]),
			),
		},
		settings: { executionOrder: 'v1' },
	});
	const result = await engine.run(workflow, {
		input: questions.map((question) => ({ json: { question } })),
	});
	expect(result.error).toBeUndefined();
	const [answers = []] = result.nodes[LOOP]?.outputs ?? [];
	return { answers: answers.map(({ json }) => json), gateway, result };
}

/** Two calls in a turn, for as many turns as the question says. */
const script: Script = ({ messages }) => {
	const question = textOf(messages[0]?.content);
	const told = messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
	const turn = told.length / 2;
	if (turn >= Number(/\d/.exec(question)?.[0])) return { text: `${question}: ${told.join(' ')}` };
	return {
		toolCalls: ['a', 'b'].map((letter) => ({
			...{ id: `${letter}${turn}`, name: `look_${letter}` },
			arguments: { n: `${question}/${turn}` },
		})),
	};
};
const told = (question: string, turns: number) =>
	Array.from({ length: turns }, (_, turn) =>
		['workA', 'workB'].map((by) => JSON.stringify({ by, of: `${question}/${turn}` })),
	)
		.flat()
		.join(' ');

test('results of several branches come back through nodes that keep no field, turn after turn', async () => {
	const { answers, gateway } = await run(script, ['x 1', 'y 2', 'z 0']);
	const outputs = answers.map(({ output }) => output);
	expect([...outputs].sort()).toEqual([
		`x 1: ${told('x 1', 1)}`,
		`y 2: ${told('y 2', 2)}`,
		'z 0: ',
	]);
	expect(gateway.requests).toHaveLength(2 + 3 + 1);
});

test('a branch that leads nowhere leaves its loop waiting: nothing more is paid for', async () => {
	const { answers, gateway, result } = await run(script, ['x 1'], {
		Fork: [link('A'), []],
	});
	expect(answers).toEqual([]);
	expect(gateway.requests).toHaveLength(1);
	const runs = result.run?.data.resultData.runData[LOOP] ?? [];
	expect(runs.at(-1)?.hints).toMatchObject([
		{ message: expect.stringContaining('Loops still waiting for tool results: 1') },
	]);
});

test('results that come a second time are not used again', async () => {
	const wires = { B: [[...link(LOOP), ...link(LOOP)]] };
	const { answers, gateway, result } = await run(script, ['x 1'], wires);
	expect(answers.map(({ output }) => output)).toEqual([`x 1: ${told('x 1', 1)}`]);
	expect(gateway.requests).toHaveLength(2);
	const runs = result.run?.data.resultData.runData[LOOP] ?? [];
	expect(runs.at(-1)?.hints).toMatchObject([
		{ message: expect.stringContaining('were ignored: 1') },
	]);
});
