import type { StructuredChunk } from 'n8n-workflow';
import type { Reply } from '../../gateway';
import { keeper } from '../support/keeper';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied } from '../support/supplied';

/**
 * n8n may die after a loop has ended and before its execution has: other items of the run take longer,
 * or the next node fails. The next execution gets the output of the loop from its Checkpoint Workflow.
 */

const KEY = '"ticket-7"';
const schema = { type: 'object', properties: { n: { type: 'number' } } };
const pays = (n: number): Reply => ({
	toolCalls: [{ id: `c${n}`, name: 'pay', arguments: { n } }],
});

async function open(turns: Reply[] = [pays(1), { text: 'Paid.' }]) {
	const kept = new Map<string, string>();
	const paid: unknown[] = [];
	const { run, bodies } = await openLoop(({ messages }) => {
		const results = messages.filter(({ role }) => role === 'tool').length;
		return turns[results] ?? { text: 'Paid.' };
	});
	const { node, workflow } = keeper(kept);
	const tool = langchainTool({ name: 'pay', schema, run: ({ n }) => paid.push(n) });
	const terms = { checkpointWorkflow: 'keeper', checkpointKey: 'ticket-7', maxRetries: 0 };
	return {
		...{ kept, paid, bodies },
		run: ({ options, prompt = 'Pay', more = [], ...rest }: Set = {}) =>
			run({
				...{ parameters: { prompt, options: { ...terms, ...options } }, workflows: [workflow] },
				...{ supplied: [supplied('ai_tool', tool), node, ...more], ...rest },
			}),
	};
}

interface Set {
	options?: object;
	prompt?: string;
	more?: Array<ReturnType<typeof supplied>>;
	onChunk?: (chunk: StructuredChunk) => void;
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

test('another question is another loop, and a warning says so', async () => {
	const { run, paid } = await open();
	await run();
	const { last, run: ran } = await run({ prompt: 'Pay again' });
	expect(last[0]?.json).not.toHaveProperty('reused');
	expect(JSON.stringify(ran?.data.resultData.runData.Node?.[0]?.hints)).toMatch(
		/belongs to another question: a new loop was started/,
	);
	expect(paid).toEqual([1, 1]);
});

test('in a conversation with memory, the same words are another question', async () => {
	const { run, paid } = await open();
	const memory = supplied('ai_memory', {
		loadMemoryVariables: () => Promise.resolve({ chat_history: [] }),
		saveContext: () => Promise.resolve(),
	});
	await run({ more: [memory] });
	const { last } = await run({ more: [memory] });
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
