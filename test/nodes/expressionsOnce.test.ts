import { ExecuteContext } from 'n8n-core';
import { Expression } from 'n8n-workflow';
import { openNode } from '../support/openNode';

const model = { __rl: true, mode: 'id', value: 'anthropic/claude-haiku-4-5' };
const items = [1, 2, 3, 4].map((n) => ({ n, text: `Text ${n}` }));

/** Not one that the package fills in itself. */
const prompt = '={{ $json.text.trim() }}';
const user = '={{ "user-" + $json.n }}';
const temperature = '={{ 0.1 * $json.n }}';
/** Members of the options that hold for the whole run. */
const run = {
	concurrency: '={{ 1 + $json.n }}',
	maxRetries: '={{ $json.n - 1 }}',
	timeoutSeconds: '={{ 60 * $json.n }}',
	requestsPerMinute: '={{ 6000 * $json.n }}',
	maxCostUsd: '={{ 10 * $json.n }}',
	fallbackModels: '={{ ["anthropic/claude-sonnet-4-5"].slice(0, $json.n) }}',
};

/** How often n8n evaluates each expression. */
function countEvaluations(): () => Map<unknown, number> {
	const spy = jest.spyOn(Expression.prototype, 'resolveSimpleParameterValue');
	return () => {
		const counts = new Map<unknown, number>();
		for (const [value] of spy.mock.calls) counts.set(value, (counts.get(value) ?? 0) + 1);
		spy.mockRestore();
		return counts;
	};
}

const nodes = [
	['tokenHubChatCompletion', { inputMode: 'prompt', prompt }],
	['tokenHubToolCallLoop', { prompt }],
	[
		'tokenHubJsonExtract',
		{
			text: prompt,
			schemaSource: 'fields',
			fields: { values: [{ name: 'answer', type: 'string' }] },
		},
	],
] as const;

describe.each(nodes)('%s', (type, fields) => {
	test('copies the node as often for four items as for two', async () => {
		const { run: runNode } = await openNode({
			...{ type, base: { model, maxTokens: 64, ...fields } },
			gateway: [() => ({ text: '{"answer":"yes"}' })],
		});
		const copies = jest.spyOn(ExecuteContext.prototype, 'getNode');
		const countFor = async (count: number) => {
			copies.mockClear();
			const { error } = await runNode({}, { items: items.slice(0, count) });
			expect(error).toBeUndefined();
			return copies.mock.calls.length;
		};
		const few = await countFor(2);
		expect(few).toBeGreaterThan(0);
		expect(await countFor(4)).toBe(few);
		copies.mockRestore();
	});

	test.each([false, true])(
		'evaluates each expression once for an item, or once for the run: Reuse Results %s',
		async (reuseResults) => {
			const { run: runNode, bodies } = await openNode({
				...{ type, base: { model, maxTokens: 64, ...fields } },
				gateway: [() => ({ text: '{"answer":"yes"}' })],
			});
			const counted = countEvaluations();
			const options = { ...run, user, temperature, reuseResults };
			const { error } = await runNode({ options }, { items });
			const counts = counted();
			expect(error).toBeUndefined();
			const ofItem = [prompt, user, temperature].map((text) => counts.get(text));
			expect(ofItem).toEqual([4, 4, 4]);
			const ofRun = Object.values(run).map((text) => counts.get(text));
			expect(ofRun).toEqual([1, 1, 1, 1, 1, 1]);
			expect(bodies().map((body) => body.user)).toEqual(['user-1', 'user-2', 'user-3', 'user-4']);
		},
	);
});
