import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod/v4';
import { createEngine, parseWorkflowFile } from '../../demo/engine';
import { forged, waitingState, type Path } from '../support/forgedState';
import { KEY, openGateway } from '../support/openGateway';
import { openLoop } from '../support/runLoop';

const schema = {
	...{ type: 'manual', schemaSource: 'jsonSchema' },
	jsonSchema: '{"type":"object","properties":{"n":{"type":"number"}}}',
};
const tools = { values: ['ask', 'pay'].map((name) => ({ name, ...schema })) };

async function resume(resumeFrom: unknown, set: object = {}) {
	const { run, bodies } = await openLoop([{ text: 'Done.' }]);
	const parameters = { prompt: '', tools, options: { resumeFrom: JSON.stringify(resumeFrom) } };
	const result = await run({ parameters: { ...parameters, ...set } });
	return { ...result, bodies: bodies() };
}
const systemOf = (bodies: Array<Record<string, unknown>>) =>
	z
		.array(z.looseObject({ role: z.string(), content: z.unknown() }))
		.parse(bodies[0]?.messages)
		.filter(({ role }) => role === 'system')
		.map(({ content }) => content);

test.each([
	['its own stands in place', 'You sell furniture.', ['You sell furniture.']],
	['none is none', '', []],
])('a state brings no system message into the node: %s', async (_what, systemMessage, expected) => {
	const { bodies, last } = await resume(waitingState(), { systemMessage });
	expect(systemOf(bodies)).toEqual(expected);
	expect(last[0]?.json).toMatchObject({ output: 'Done.', requests: 3, iterations: 3 });
});

test('with an Output Schema, what it asks of the model is said again', async () => {
	const options = {
		resumeFrom: JSON.stringify(waitingState()),
		outputSchema: '{"type":"object"}',
		onLimit: 'return',
		maxIterations: 3,
	};
	const { bodies } = await resume({}, { systemMessage: 'You sell furniture.', options });
	expect(systemOf(bodies)).toEqual([
		expect.stringMatching(/^You sell furniture\.\n\nWhen you are done/),
	]);
});

const REFUSED: Array<[path: Path, value: unknown, place: string]> = [
	[['iterations'], -1000, '/iterations'],
	[['elapsedMs'], -1e15, '/elapsedMs'],
	[['spending', 'costUsd'], -5, '/spending/costUsd'],
	[['pending', 0, 'arguments'], { n: 99 }, '/resume/pending/0/arguments'],
	[['results', 0], { callId: 'a1', approved: true }, '/resume/results/0'],
];
test.each(REFUSED)('refused by its place: %j', async (path, value, place) => {
	const { bodies, error } = await resume(forged(path, value));
	expect(JSON.stringify(error?.context)).toContain(`"path":"${place}"`);
	expect(bodies).toEqual([]);
});

test('calls that had begun do not come from outside', async () => {
	const begun = { ...Object(waitingState()), unfinished: [{ callId: 'a1', begun: false }] };
	const { bodies, error } = await resume({ ...begun, checkpoint: true });
	expect(JSON.stringify(error?.context)).toContain('"path":"/unfinished"');
	expect(bodies).toEqual([]);
});

test('what another run has spent is not for the items beside it to pay', async () => {
	const { run } = await openLoop([{ text: 'Done.' }, { text: 'Hello.' }]);
	const dear = forged(['spending', 'costUsd'], 0.9);
	const { last, error } = await run({
		items: [{ resume: dear }, { resume: '' }].map((json) => JSON.parse(JSON.stringify(json))),
		parameters: {
			...{ prompt: 'Hello', tools },
			options: { resumeFrom: '={{ $json.resume }}', maxCostUsd: 1, concurrency: 1 },
		},
	});
	expect(error).toBeUndefined();
	expect(last.map(({ json }) => json.output)).toEqual(['Done.', 'Hello.']);
});

test('a workflow and a state that 1.0.0 has saved go on where they were', async () => {
	const saved = (name: string): unknown =>
		JSON.parse(readFileSync(join(__dirname, '../toolLoop/saved', name), 'utf8'));
	const { gateway, bodies } = await openGateway([{ text: 'It is shipped.' }]);
	const engine = await createEngine({
		packageDir: resolve(__dirname, '../..'),
		fromSource: true,
		credentials: { tokenHubApi: { apiKey: KEY, baseUrl: gateway.url } },
	});
	const json = z.record(z.string(), z.any()).parse(saved('item-1.0.0.json'));
	const workflow = parseWorkflowFile(saved('loop-1.0.0.workflow.json'));
	const { last, error } = await engine.run(workflow, { input: [{ json }] });
	expect(error).toBeUndefined();
	expect(last[0]?.json).toMatchObject({
		...{ output: 'It is shipped.', iterations: 3, requests: 3, stopReason: 'answered' },
	});
	const sent = z.array(z.looseObject({ role: z.string(), content: z.unknown() }));
	expect(sent.parse(bodies()[0]?.messages).slice(0, 7)).toEqual(json.resume.messages);
	expect(sent.parse(bodies()[0]?.messages)[7]).toEqual({
		...{ role: 'tool', tool_call_id: 'c1a' },
		content: `shipped${json.resume.pending[0].nudge}`,
	});
});
