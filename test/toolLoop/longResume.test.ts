import { createClient, defineTool, runToolLoop, type ResumeState } from '../../core';
import { countTurns } from '../support/countTurns';

/** A state may have any number of messages: others run while it is checked, counted and sent. */

const TURNS = 1_000;
const ids = Array.from({ length: TURNS }, (_none, n) => `c${n}`);

const state: ResumeState = {
	...{ version: 1, id: 'x', history: 0, iterations: TURNS, model: 'anthropic/claude-sonnet-4-6' },
	messages: [
		{ role: 'user', content: 'Go' },
		...ids.flatMap((id): ResumeState['messages'] => [
			{
				role: 'assistant',
				content: null,
				tool_calls: [{ id, type: 'function', function: { name: 'look', arguments: '{"n":1}' } }],
			},
			{ role: 'tool', tool_call_id: id, content: 'seen' },
		]),
	],
	steps: ids.map((callId, n) => ({
		...{
			iteration: n + 1,
			tool: 'look',
			callId,
			arguments: { n: 1 },
			result: 'seen',
			durationMs: 1,
		},
	})),
	spending: {
		usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2 },
		...{ costUsd: 0, requests: 1, retries: 0 },
	},
	...{ elapsedMs: 0, callCounts: {}, stuck: false, settled: [], pending: [], results: [] },
	checkpoint: true,
};

const look = defineTool({
	...{ name: 'look', description: 'Looks', execute: () => 'seen' },
	parameters: { type: 'object', properties: { n: { type: 'number' } } },
});

// Each look at the clock takes a millisecond: what gives way does so after the same pieces everywhere.
let now = 0;
beforeEach(() => {
	jest.spyOn(performance, 'now').mockImplementation(() => (now += 1));
});
afterEach(() => jest.restoreAllMocks());

/** How often others ran until the first request, or until the state was refused. */
async function turnsOf(resume: ResumeState): Promise<number> {
	let seen: number | undefined;
	const turns = countTurns();
	const fetch = () => {
		seen ??= turns();
		return Promise.resolve(new Response('', { status: 400 }));
	};
	const client = createClient({ apiKey: 'th-demo-key', maxRetries: 0, fetch });
	const request = { model: state.model, resume, tools: [look], maxIterations: 2 * TURNS };
	await expect(runToolLoop(client, request)).rejects.toThrow(/400|cannot be resumed/);
	return seen ?? turns();
}

test('others run while a long state is checked, counted and sent', async () => {
	const checked = await turnsOf({ ...state, history: 3 * TURNS });
	expect(checked).toBeGreaterThan(TURNS / 10);
	// The conversation is read as often again for the request; between the two, its calls are counted.
	const all = await turnsOf(state);
	expect(all - 2 * checked).toBeGreaterThan(TURNS / 20);
});
