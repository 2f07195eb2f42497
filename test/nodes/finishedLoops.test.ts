import type { StructuredChunk } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Reply } from '../../gateway';
import { marksOf } from '../../nodes/TokenHubToolCallLoop/checkpoint/loopMarks';
import { form, toLoopInput } from '../../nodes/TokenHubToolCallLoop/parameters';
import { keeper } from '../support/keeper';
import { openLoop } from '../support/runLoop';
import type { NodeRun } from '../support/runNode';
import { langchainTool, supplied, toolNode } from '../support/supplied';

/**
 * n8n may die after a loop has ended and before its execution has: other items of the run take longer,
 * or the next node fails. The next execution gets the output of the loop from its Checkpoint Workflow.
 */

const KEY = '"ticket-7"';
const schema = { type: 'object', properties: { n: { type: 'number' } } };
const pays = (n: number): Reply => ({
	toolCalls: [{ id: `c${n}`, name: 'pay', arguments: { n } }],
});

/** The second turn fails while the power is out. */
const power = { isOut: false };

async function open(turns: Reply[] = [pays(1), { text: 'Paid.' }]) {
	power.isOut = false;
	const kept = new Map<string, string>();
	const paid: unknown[] = [];
	const { run, bodies } = await openLoop(({ messages }) => {
		const results = messages.filter(({ role }) => role === 'tool').length;
		if (results > 0 && power.isOut) return { status: 401 };
		return turns[results] ?? { text: 'Paid.' };
	});
	const { node, workflow } = keeper(kept);
	const toolOf = (change: object = {}) =>
		langchainTool({ name: 'pay', schema, run: ({ n }) => paid.push(n), ...change });
	const terms = { checkpointWorkflow: 'keeper', checkpointKey: 'ticket-7', maxRetries: 0 };
	return {
		...{ kept, paid, bodies },
		run: ({ options, prompt = 'Pay', more = [], fields, tool, ...rest }: Set = {}) =>
			run({
				parameters: { prompt, ...fields, options: { ...terms, ...options } },
				supplied: [supplied('ai_tool', toolOf(tool)), node, ...more],
				...{ workflows: [workflow], ...rest },
			}),
	};
}

interface Set extends Pick<Partial<NodeRun>, 'items' | 'back' | 'onChunk'> {
	options?: object;
	/** Other fields of the node. */
	fields?: object;
	/** What is different about the tool. */
	tool?: object;
	node?: { typeVersion: number };
	prompt?: string;
	more?: Array<ReturnType<typeof supplied>>;
}

test('a finished loop runs no tool again, and nothing is paid again', async () => {
	const { run, paid, bodies } = await open();
	const first = await run();
	const again = await run();
	expect(first.last[0]?.json).toMatchObject({ output: 'Paid.', requests: 2 });
	expect(again.last[0]?.json).toEqual({
		...first.last[0]?.json,
		...{ usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 }, costUsd: 0 },
		...{ requests: 0, retries: 0, latencyMs: 0, reused: true },
	});
	expect(paid).toEqual([1]);
	expect(bodies()).toHaveLength(2);
});

test('nor one that Stop After Tool has ended', async () => {
	const { run, paid } = await open();
	const options = { stopAfterTool: 'pay' };
	await run({ options });
	const { last } = await run({ options });
	expect(last[0]?.json).toMatchObject({ output: 1, stopReason: 'stopped', reused: true });
	expect(paid).toEqual([1]);
});

const memory = () =>
	supplied('ai_memory', {
		loadMemoryVariables: () => Promise.resolve({ chat_history: [] }),
		saveContext: () => Promise.resolve(),
	});
const parser = (output: z.ZodType) => supplied('ai_outputParser', { schema: z.object({ output }) });
const image = (name: string) => ({ options: { images: [`https://example.com/${name}.png`] } });
const plain = (name: string) => supplied('ai_tool', langchainTool({ name, schema, run: String }));
const CUT = 'Pay \ud83d';
const said = ({ run }: Awaited<ReturnType<Awaited<ReturnType<typeof open>>['run']>>) =>
	JSON.stringify(run?.data.resultData.runData.Node?.[0]?.hints);

const OTHER: Array<[what: string, first: Set, second: Set]> = [
	['another question', {}, { prompt: 'Pay again' }],
	['another image', image('a'), image('b')],
	['no image', image('a'), {}],
	['a new image', {}, image('a')],
	['another cut-off letter', { prompt: CUT }, { prompt: 'Pay \ud83e' }],
	['another system message', {}, { fields: { systemMessage: 'Pay late.' } }],
	['another model', {}, { fields: { model: 'anthropic/claude-haiku-4-5' } }],
	['another temperature', {}, { options: { temperature: 0.5 } }],
	['another fallback', {}, { options: { fallbackModels: ['anthropic/claude-haiku-4-5'] } }],
	['another description of a tool', {}, { tool: { description: 'Pays at once.' } }],
	['another schema of a tool', {}, { tool: { schema: { ...schema, required: ['n'] } } }],
	['another tool', {}, { more: [plain('x')] }],
	['Stop After Tool', {}, { options: { stopAfterTool: 'pay' } }],
	['Stronger Model', {}, { options: { strongerModel: 'anthropic/claude-opus-4-7' } }],
	['Include Messages', {}, { options: { includeMessages: true } }],
	['another version of the node', {}, { node: { typeVersion: 2 } }],
	['a new memory', {}, { more: [memory()] }],
];

test.each(OTHER)('%s is another task, and a warning says so', async (_what, first, second) => {
	const { run, paid } = await open();
	expect((await run(first)).error).toBeUndefined();
	const again = await run(second);
	expect(again.error).toBeUndefined();
	expect(again.last[0]?.json).not.toHaveProperty('reused');
	expect(said(again)).toMatch(
		/belongs to another question, or the node has changed: a new loop was started/,
	);
	expect(paid).toEqual([1, 1]);
});

const asksFor = (type: string) => ({ options: { outputSchema: JSON.stringify({ type }) } });

test.each<[string, Set, Set]>([
	['Output Schema', asksFor('number'), asksFor('integer')],
	['connected parser', { more: [parser(z.number())] }, { more: [parser(z.number().min(0))] }],
])('another %s is another task', async (_what, first, second) => {
	const { run, paid } = await open([pays(1), { text: '1' }]);
	await run(first);
	const { last } = await run(second);
	expect(last[0]?.json).toMatchObject({ output: 1 });
	expect(last[0]?.json).not.toHaveProperty('reused');
	expect((await run(second)).last[0]?.json).toHaveProperty('reused', true);
	expect(paid).toEqual([1, 1]);
});

const SAME: Array<[what: string, first: Set, second: Set]> = [
	['the same image', image('a'), image('a')],
	['a letter that is cut off', { prompt: CUT }, { prompt: CUT }],
	['a higher Max Iterations', {}, { options: { maxIterations: 20, maxToolCalls: 50 } }],
	['a higher Max Tokens', {}, { fields: { maxTokens: 2048 } }],
	['a higher Max Cost', { options: { maxCostUsd: 1 } }, { options: { maxCostUsd: 2 } }],
	['other times', {}, { options: { deadlineSeconds: 99, timeoutSeconds: 9, maxRetries: 1 } }],
	[
		'tools in another order',
		{ more: [plain('x'), plain('y')] },
		{ more: [plain('y'), plain('x')] },
	],
	['another On Limit', {}, { options: { onLimit: 'return' } }],
];

test.each(SAME)('%s: the same task', async (_what, first, second) => {
	const { run, paid } = await open();
	await run(first);
	expect((await run(second)).last[0]?.json).toMatchObject({ output: 'Paid.', reused: true });
	expect(paid).toEqual([1]);
});

test.each<[string, Set, Set, boolean]>([
	['the same', {}, {}, true],
	['a letter that is cut off', { prompt: CUT }, { prompt: CUT }, true],
	['the same image', image('a'), image('a'), true],
	['another system message', {}, { fields: { systemMessage: 'Pay late.' } }, true],
	['another image', image('a'), image('b'), false],
	['no image', image('a'), {}, false],
	['another question', {}, { prompt: 'Pay again' }, false],
])('an unfinished loop and %s', async (_what, first, second, isContinued) => {
	const { run, paid } = await open();
	power.isOut = true;
	expect((await run(first)).error).toBeDefined();
	power.isOut = false;
	const again = await run(second);
	expect(again.last[0]?.json).toMatchObject({ output: 'Paid.' });
	expect(said(again) ?? '').toMatch(
		isContinued ? /^(\[\])?$/ : /belongs to another question: a new/,
	);
	expect(paid).toEqual(isContinued ? [1] : [1, 1]);
});

test('a loop that waited for a person has the task with which it began', async () => {
	const { run, paid } = await open();
	const approveWhen = {
		values: [{ tool: 'pay', argument: 'n', comparison: 'greater', value: '0' }],
	};
	const asked: Set = {
		fields: { prompt: '={{ $json.ask }}', systemMessage: '={{ $json.rule }}' },
		options: { approveWhen },
		items: [{ ask: 'Pay', rule: 'Pay late.' }],
		back: (items) => items.map((_item, index) => ({ json: { approved: true }, pairedItem: index })),
	};
	const first = await run(asked);
	expect(first.last[0]?.json).toMatchObject({ output: 'Paid.' });
	expect((await run(asked)).last[0]?.json).toMatchObject({ output: 'Paid.', reused: true });
	expect(paid).toEqual([1]);
});

test('so has one that waited for tools that n8n runs', async () => {
	const { run, paid } = await open([
		{ toolCalls: [{ id: 'c1', name: 'test_look', arguments: { input: 'a' } }] },
		{ text: 'Paid.' },
	]);
	const seen: unknown[] = [];
	const camera = toolNode('look', async (item) => {
		seen.push(item);
		return [item];
	});
	const asked: Set = {
		more: [{ ...camera, parameters: { toolDescription: 'Takes a picture' } }],
		prompt: CUT,
		options: { imageTools: ['test_look'] },
	};
	expect((await run(asked)).last[0]?.json).toMatchObject({ output: 'Paid.' });
	expect((await run(asked)).last[0]?.json).toMatchObject({ output: 'Paid.', reused: true });
	expect(seen).toHaveLength(1);
	expect(paid).toEqual([]);
});

test('each node has tasks of its own', () => {
	const values = form.parse({ model: 'm', prompt: 'Pay', maxTokens: 1024 });
	const task = (name: string) =>
		marksOf(
			{
				getNode: () => ({
					...{ id: '1', name, type: 't', typeVersion: 2 },
					position: [0, 0],
					parameters: {},
				}),
			},
			{ values, request: toLoopInput(values).request, tools: [] },
		).task;
	expect(task('Pay')).toBe(task('Pay'));
	expect(task('Pay')).not.toBe(task('Refund'));
});

test('in a conversation with memory, the same words are another question', async () => {
	const { run, paid } = await open();
	const more = [memory()];
	await run({ more });
	const { last } = await run({ more });
	expect(last[0]?.json).not.toHaveProperty('reused');
	expect(paid).toEqual([1, 1]);
});

test.each(['answer', 'return'])(
	'a loop that a limit has ended (%s) is continued with a higher one: nothing runs twice',
	async (onLimit) => {
		const { run, paid } = await open([pays(1), pays(2), { text: 'Paid.' }]);
		const limited = await run({ options: { maxIterations: 1, onLimit } });
		expect(limited.last[0]?.json).toMatchObject({ stopReason: 'maxIterations' });
		const { last } = await run({ options: { maxIterations: 5 } });
		expect(last[0]?.json).toMatchObject({ output: 'Paid.', stopReason: 'answered' });
		expect(paid).toEqual([1, 2]);
	},
);

test('who reads along in a chat gets the answer', async () => {
	const { run, bodies } = await open();
	await run();
	const chunks: StructuredChunk[] = [];
	await run({ onChunk: (chunk) => void chunks.push(chunk) });
	expect(chunks.map(({ content }) => content ?? '').join('')).toBe('Paid.');
	expect(bodies()).toHaveLength(2);
});

test.each([
	['the loop of another task', { of: 'ticket-8' }, /returned the loop of another key/],
	['a loop without an output', { result: undefined }, /returned a state that cannot be read/],
])('%s in the store is an error, before anything is paid', async (_what, change, words) => {
	const { run, kept, bodies } = await open();
	await run();
	const stored: unknown = JSON.parse(kept.get(KEY) ?? '');
	kept.set(KEY, JSON.stringify(Object.assign({}, stored, change)));
	const { error } = await run();
	expect(error?.message).toMatch(words);
	expect(bodies()).toHaveLength(2);
});
