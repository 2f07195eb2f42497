import type { INodeExecutionData } from 'n8n-workflow';
import type { Reply, Script } from '../../gateway';
import { keeper } from '../support/keeper';
import { openLoop } from '../support/runLoop';
import { langchainTool, supplied } from '../support/supplied';

const schema = { type: 'object', properties: { n: { type: 'number' } } };
const asks = (...numbers: number[]): Reply => ({
	toolCalls: numbers.map((n) => ({ id: `c${n}`, name: 'look', arguments: { n } })),
});
const OPUS = 'anthropic/claude-opus-4-7';
const looking = (run: (args: Record<string, unknown>) => unknown) => [
	supplied('ai_tool', langchainTool({ name: 'look', schema, run })),
];
const modelsOf = (bodies: Array<Record<string, unknown>>) => bodies.map(({ model }) => model);

describe('Stop After Tool', () => {
	test('gives the result of the tool, and asks no more', async () => {
		const { run, bodies } = await openLoop([asks(1)]);
		const options = { stopAfterTool: 'look' };
		const { last, error } = await run({
			parameters: { options },
			supplied: looking(({ n }) => ({ n })),
		});
		expect(error).toBeUndefined();
		expect(last[0]?.json).toMatchObject({ output: { n: 1 }, stopReason: 'stopped', requests: 1 });
		expect(bodies()).toHaveLength(1);
	});

	test('goes on where the tool has failed', async () => {
		const { run } = await openLoop([asks(1), asks(2)]);
		const tool = ({ n }: Record<string, unknown>) => {
			if (n === 1) throw new Error('busy');
			return 'second';
		};
		const { last } = await run({
			parameters: { options: { stopAfterTool: 'look' } },
			supplied: looking(tool),
		});
		expect(last[0]?.json).toMatchObject({ output: 'second', stopReason: 'stopped', iterations: 2 });
	});

	test.each([
		['no tool of that name', { stopAfterTool: 'lok' }, /"lok", which is not a tool/],
		[
			'an output schema',
			{ stopAfterTool: 'look', outputSchema: '{"type":"object"}' },
			/both say what the output is/,
		],
	])('%s is refused before any request', async (_what, options, words) => {
		const { run, bodies } = await openLoop([asks(1)]);
		const { error } = await run({ parameters: { options }, supplied: looking(() => 1) });
		expect(error?.message).toMatch(words);
		expect(bodies()).toHaveLength(0);
	});
});

describe('Stronger Model', () => {
	test('takes over after so many turns', async () => {
		const { run, bodies } = await openLoop([asks(1), asks(2), { text: 'Done.' }]);
		await run({
			parameters: { options: { strongerModel: OPUS, strongerAfterTurns: 2 } },
			supplied: looking(() => 1),
		});
		expect(modelsOf(bodies())).toEqual([
			expect.stringContaining('sonnet'),
			expect.stringContaining('sonnet'),
			OPUS,
		]);
	});

	test('Simplify Output says which of the two answered', async () => {
		const { run } = await openLoop([asks(1), { text: 'Done.' }]);
		const options = { strongerModel: OPUS, strongerAfterTurns: 1 };
		const { last } = await run({
			...{ parameters: { options, simplify: true }, node: { typeVersion: 2 } },
			supplied: looking(() => 1),
		});
		expect(last[0]?.json).toMatchObject({ output: 'Done.', model: OPUS });
	});

	test('takes over after two failed turns, and stays', async () => {
		const { run, bodies } = await openLoop([asks(1), asks(2), asks(3), { text: 'Done.' }]);
		const tool = ({ n }: Record<string, unknown>) => {
			if (n !== 3) throw new Error('no');
			return 'yes';
		};
		await run({ parameters: { options: { strongerModel: OPUS } }, supplied: looking(tool) });
		expect(modelsOf(bodies()).slice(2)).toEqual([OPUS, OPUS]);
		expect(modelsOf(bodies())[1]).not.toBe(OPUS);
	});
});

describe('Checkpoint Workflow', () => {
	const options = { checkpointWorkflow: 'keeper', checkpointKey: 'ticket-7', maxRetries: 0 };
	/** Reads the conversation alone; its second turn fails while the power is out. */
	const power = { isOut: true };
	const script: Script = ({ messages }) => {
		const results = messages.filter(({ role }) => role === 'tool').length;
		if (results === 0) return asks(1);
		if (results === 1 && power.isOut) return { status: 401 };
		return results === 1 ? asks(2) : { text: 'Done.' };
	};

	async function both(second: { prompt?: string } = {}) {
		const kept = new Map<string, string>();
		const ran: unknown[] = [];
		const { run, bodies } = await openLoop(script);
		const { node, workflow } = keeper(kept);
		const tools = [...looking(({ n }) => ran.push(n))];
		const all = { workflows: [workflow], supplied: [...tools, node] };
		power.isOut = true;
		const first = await run({ parameters: { options }, ...all });
		power.isOut = false;
		const again = await run({ parameters: { options, ...second }, ...all });
		return { first, again, ran, kept, bodies: bodies() };
	}

	test('a new execution goes on where the other stood: nothing is paid or run twice', async () => {
		const { first, again, ran, kept, bodies } = await both();
		expect(first.error).toBeDefined();
		expect(again.last[0]?.json).toMatchObject({ output: 'Done.', iterations: 3, requests: 3 });
		expect(ran).toEqual([1, 2]);
		expect(bodies).toHaveLength(4);
		expect(kept.get('"ticket-7"')).toContain('"done":true');
	});

	test('a loop of another question is not continued, and a warning says so', async () => {
		const { again, ran } = await both({ prompt: 'Something else' });
		expect(again.last[0]?.json).toMatchObject({ output: 'Done.', requests: 3 });
		expect(ran).toEqual([1, 1, 2]);
	});

	test('a state that cannot be read is an error: to start over could do things twice', async () => {
		const { run, bodies } = await openLoop(script);
		const { node, workflow } = keeper(new Map([['"ticket-7"', '{"version":1,"messages":[]}']]));
		const { error } = await run({
			...{ parameters: { options }, workflows: [workflow], supplied: [node] },
		});
		expect(error?.message).toMatch(/Checkpoint Workflow returned a state that cannot be read/);
		expect(bodies()).toHaveLength(0);
	});

	describe('with a person who is asked about the second call', () => {
		const approveWhen = {
			values: [{ tool: 'look', argument: 'n', comparison: 'greater', value: '1' }],
		};
		const says = (approved: boolean) => (items: INodeExecutionData[]) =>
			items.map((_item, index) => ({ json: { data: { approved } }, pairedItem: index }));
		/** The third turn fails while the power is out. */
		const asking: Script = ({ messages }) => {
			const results = messages.filter(({ role }) => role === 'tool').length;
			if (results === 2 && power.isOut) return { status: 401 };
			return results < 2 ? asks(results + 1) : { text: 'Done.' };
		};

		async function open() {
			const kept = new Map<string, string>();
			const ran: unknown[] = [];
			const { run, bodies } = await openLoop(asking);
			const { node, workflow } = keeper(kept);
			const all = {
				workflows: [workflow],
				supplied: [...looking(({ n }) => ran.push(n)), node],
				parameters: { options: { ...options, approveWhen } },
			};
			return { run: (set: object = {}) => run({ ...all, ...set }), ran, kept, bodies };
		}
		beforeEach(() => (power.isOut = false));

		test('a loop that waits stays in the store: a new execution does nothing again but ask', async () => {
			const { run, ran, kept, bodies } = await open();
			const gone = await run();
			expect(gone.nodes.Node?.outputs[1]).toHaveLength(1);
			const again = await run({ back: says(true) });
			expect(again.last[0]?.json).toMatchObject({ output: 'Done.', requests: 3 });
			expect(ran).toEqual([1, 2]);
			expect(bodies()).toHaveLength(3);
			expect(kept.get('"ticket-7"')).toContain('"done":true');
		});

		test('what a yes has run is not run again by a new execution', async () => {
			const { run, ran, kept } = await open();
			power.isOut = true;
			const gone = await run({ back: says(true) });
			expect(gone.error).toBeDefined();
			expect([...kept.values()].join()).not.toContain('"approved":true');
			power.isOut = false;
			const again = await run();
			expect(again.last[0]?.json).toMatchObject({ output: 'Done.', requests: 3 });
			expect(ran).toEqual([1, 2]);
			expect(kept.get('"ticket-7"')).toContain('"done":true');
		});

		test.each([
			['with a store', {}],
			['without one', { parameters: { options: { approveWhen, maxRetries: 0 } } }],
		])('nor by Retry On Fail, %s', async (_what, set) => {
			const { run, ran } = await open();
			power.isOut = true;
			const back = (items: INodeExecutionData[]) => {
				setTimeout(() => (power.isOut = false), 20);
				return says(true)(items);
			};
			const node = { retryOnFail: true, maxTries: 5, waitBetweenTries: 50 };
			const { last, error } = await run({ ...set, back, node });
			expect(error).toBeUndefined();
			expect(last[0]?.json).toMatchObject({ output: 'Done.' });
			expect(ran).toEqual([1, 2]);
		});
	});
});
