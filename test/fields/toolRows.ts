import type { Reply, Script } from '../../gateway';
import type { FieldRow, Setting } from './fieldRow';

/** Hands on what it is given. */
export const subWorkflow = {
	id: 'sub',
	nodes: [
		{
			...{ name: 'Start', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
			parameters: { inputSource: 'passthrough' },
		},
		{ name: 'End', type: 'n8n-nodes-base.noOp' },
	],
	connections: { Start: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
};
const call = (id: string) => ({ id, name: 'look', arguments: { query: id } });
/** Calls the tool once, then answers. */
const script: Reply[] = [{ toolCalls: [call('x')] }, { text: 'Done.' }];
const twice: Script = [{ toolCalls: [call('x'), call('y')] }, { text: 'Done.' }];

const all = {
	...{ name: 'look', url: 'http://api.test/x', workflowId: 'sub' },
	...{ method: 'POST', headers: '{"x-a":"b"}', body: '{"c":"d"}' },
};
const tool = (own: object, more: Setting = {}): Setting => ({
	...{ script, workflows: [subWorkflow], ...more },
	with: { tools: { values: [{ ...all, ...own }] } },
});
const PARAMETERS = 'bodies.0.tools.0.function.parameters.properties';
const text = { type: 'string' };
const jsonSchema = '{"type":"object","properties":{"j":{"type":"string"}}}';
const zodSchema = 'z.object({ z: z.string() })';
const name = (key: string) => `tools.values.${key}`;

const methods = ['DELETE', 'PATCH', 'POST', 'PUT'].map((method): FieldRow => [
	...([name(`method=${method}`), method, 'calls.0.method', method] as const),
	tool({}),
]);

/** Tools defined in the Tool Call Loop. */
export const toolRows: FieldRow[] = [
	[name('name'), 'look', 'bodies.0.tools.0.function.name', 'look', tool({})],
	[name('description'), 'Looks.', 'bodies.0.tools.0.function.description', 'Looks.', tool({})],
	[name('type=httpRequest'), 'httpRequest', 'calls.length', 1, tool({}, { from: 'manual' })],
	[name('type=manual'), 'manual', 'outputs.1.length', 1, tool({})],
	[name('type=workflow'), 'workflow', 'json.steps.0.result', { query: 'x' }, tool({})],
	[name('method=GET'), 'GET', 'calls.0.method', 'GET', tool({}, { from: 'POST' })],
	...methods,
	[name('url'), 'http://api.test/{query}', 'calls.0.path', '/x', tool({})],
	[name('headers'), '{"x-a":"{query}"}', 'calls.0.headers.x-a', 'x', tool({})],
	[name('body'), '{"c":"{query}"}', 'calls.0.body', { c: 'x' }, tool({})],
	[name('workflowId'), 'sub', 'json.steps.0.result', { query: 'x' }, tool({ type: 'workflow' })],
	[
		name('schemaSource=zod'),
		'zod',
		PARAMETERS,
		{ z: text },
		tool({ zodSchema }, { from: 'jsonSchema' }),
	],
	[name('schemaSource=jsonSchema'), 'jsonSchema', PARAMETERS, { j: text }, tool({ jsonSchema })],
	[name('zodSchema'), zodSchema, PARAMETERS, { z: text }, tool({})],
	[name('jsonSchema'), jsonSchema, PARAMETERS, { j: text }, tool({ schemaSource: 'jsonSchema' })],
	[name('maxCalls'), 1, 'calls.length', 1, tool({}, { script: twice })],
];
