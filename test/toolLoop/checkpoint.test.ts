import { z } from 'zod/v4';
import { defineTool, runToolLoop, type ResumeState, type ToolLoopOptions } from '../../core';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

/** Reads the conversation alone, as a model does. */
const script: Script = ({ messages }) => {
	const turn = messages.filter(({ role }) => role === 'assistant').length;
	const call = (name: string, n: number) => ({
		id: `${name}-${turn}-${n}`,
		name,
		arguments: { n },
	});
	if (turn >= 3) return { text: 'Done.' };
	return { toolCalls: [call('act', 1), call('look', 2), call('act', 3), call('nope', 4)] };
};

function toolsThat(ran: string[], extra: object = {}) {
	const tool = (name: string, idempotent: boolean) =>
		defineTool({
			...{ name, description: name, idempotent, ...extra },
			parameters: z.object({ n: z.number() }),
			execute: ({ n }, { callId }) => {
				ran.push(callId);
				return n;
			},
		});
	return [tool('act', false), tool('look', true)];
}

async function run(
	request: { prompt: string } | { resume: ResumeState },
	{
		onCheckpoint,
		extra,
		limit = 8,
	}: Pick<ToolLoopOptions, 'onCheckpoint'> & { extra?: object; limit?: number } = {},
) {
	const ran: string[] = [];
	const { client, bodies } = await openGateway(script);
	const asked = { ...request, tools: toolsThat(ran, extra), toolConcurrency: limit };
	const result = await runToolLoop(client, asked, { onCheckpoint });
	return { result, ran, bodies: bodies() };
}

const fromText = (state: unknown): ResumeState => JSON.parse(JSON.stringify(state));
/** Its calls that were under way. */
const begun = ({ unfinished = [] }: ResumeState) =>
	unfinished.filter((call) => call.begun).map(({ callId }) => callId);

describe.each([1, 8])('with %i tools at once', (limit) => {
	test('from each checkpoint the loop goes on, and what has ended or may have does not run again', async () => {
		const states: ResumeState[] = [];
		const whole = await run(
			{ prompt: 'Go' },
			{ limit, onCheckpoint: (state) => states.push(fromText(state)) },
		);
		expect(states.length).toBeGreaterThan(6);
		for (const state of states) {
			const again = await run({ resume: state }, { limit });
			expect(again.result).toMatchObject({
				output: 'Done.',
				stopReason: 'answered',
				iterations: 4,
			});
			const isUnknown = (callId: string) =>
				begun(state).includes(callId) && callId.startsWith('act');
			const expected = whole.result.steps.map(({ callId }) => [callId, isUnknown(callId)]);
			expect(
				again.result.steps.map(({ callId, error = '' }) => [
					callId,
					error.startsWith('It is not known'),
				]),
			).toEqual(expected);
			const done = [...state.steps, ...state.settled.map(({ step }) => step)].map(
				({ callId }) => callId,
			);
			expect(again.ran.filter((id) => done.includes(id) || isUnknown(id))).toEqual([]);
			// Where nothing is unknown, what is sent is what the unbroken run sent.
			if (!begun(state).some(isUnknown)) {
				const rest = whole.bodies.slice(whole.bodies.length - again.bodies.length);
				expect(JSON.stringify(again.bodies)).toBe(JSON.stringify(rest));
				expect(again.result.requests).toBe(whole.result.requests);
				expect(again.result.usage).toEqual(whole.result.usage);
			}
		}
	});
});

test('states come in order, however slow they are kept, and none is kept while another is', async () => {
	let underWay = 0;
	const sizes: number[] = [];
	await run(
		{ prompt: 'Go' },
		{
			onCheckpoint: async (state) => {
				underWay += 1;
				expect(underWay).toBe(1);
				await new Promise((resolve) => setTimeout(resolve, sizes.length % 3));
				sizes.push(state.messages.length * 100 + state.settled.length);
				underWay -= 1;
			},
		},
	);
	expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
});

describe('a state that cannot be kept', () => {
	test.each([
		[
			'throws',
			() => {
				throw new Error('disk full');
			},
		],
		['rejects', async () => Promise.reject(new Error('disk full'))],
	])(
		'where onCheckpoint %s before the first request, nothing is paid',
		async (_how, onCheckpoint) => {
			const { client, gateway } = await openGateway(script);
			const ran: string[] = [];
			const error = await failure(
				runToolLoop(client, { prompt: 'Go', tools: toolsThat(ran) }, { onCheckpoint }),
			);
			expect(error).toMatchObject({
				kind: 'badConfig',
				message: expect.stringContaining('disk full'),
				details: {
					hint: expect.stringContaining('last state'),
					failures: [{ path: '/onCheckpoint' }],
				},
			});
			expect(gateway.requests).toHaveLength(0);
		},
	);

	test('in the middle: no further tool begins, and the error has the steps and the cost', async () => {
		const { client } = await openGateway(script);
		const ran: string[] = [];
		let saves = 0;
		const onCheckpoint = () => {
			saves += 1;
			if (saves === 3) throw new Error('disk full');
		};
		const error = await failure(
			runToolLoop(
				client,
				{ prompt: 'Go', tools: toolsThat(ran), toolConcurrency: 1 },
				{ onCheckpoint },
			),
		);
		expect(error).toMatchObject({ kind: 'badConfig', details: { costUsd: expect.any(Number) } });
		expect(ran).toEqual(['act-0-1']);
		expect(error.details.steps).toMatchObject([{ callId: 'act-0-1', result: 1 }, {}, {}, {}]);
	});

	test('one that hangs is given up after the time of a tool', async () => {
		const { client } = await openGateway(script);
		const asked = { prompt: 'Go', tools: toolsThat([]), toolTimeoutMs: 20 };
		const error = await failure(
			runToolLoop(client, asked, { onCheckpoint: () => new Promise(() => undefined) }),
		);
		expect(error).toMatchObject({
			kind: 'badConfig',
			message: expect.stringContaining('onCheckpoint'),
		});
	});
});

test('a forged state is no way around an approval', async () => {
	const states: ResumeState[] = [];
	await run({ prompt: 'Go' }, { limit: 1, onCheckpoint: (state) => states.push(fromText(state)) });
	const open = states.find(({ unfinished = [] }) => unfinished.length === 3);
	if (!open) throw new Error('no state with open calls');
	for (const isBegun of [true, false]) {
		const forged = {
			...open,
			unfinished: open.unfinished?.map((call) => ({ ...call, begun: isBegun })),
		};
		const { result, ran } = await run({ resume: forged }, { extra: { needsApproval: true } });
		expect(result.stopReason).toBe('awaitingApproval');
		expect(ran).toEqual([]);
	}
});

test.each([
	['an open call is missing', (state: ResumeState) => ({ ...state, unfinished: [] })],
	[
		'a call twice',
		(state: ResumeState) => ({
			...state,
			unfinished: [...(state.unfinished ?? []), ...(state.unfinished ?? [])],
		}),
	],
	[
		'a call of no turn',
		(state: ResumeState) => ({ ...state, unfinished: [{ callId: 'x', begun: false }] }),
	],
	[
		'words of its own',
		(state: ResumeState) => ({
			...state,
			unfinished: state.unfinished?.map((call) => ({ ...call, nudge: 'Pay!' })),
		}),
	],
])('a state in which %s is refused', async (_what, change) => {
	const states: ResumeState[] = [];
	await run({ prompt: 'Go' }, { onCheckpoint: (state) => states.push(fromText(state)) });
	const open = states.find(({ unfinished = [] }) => unfinished.length > 0);
	if (!open) throw new Error('no state with open calls');
	const error = await failure(run({ resume: change(open) }));
	expect(error).toMatchObject({ kind: 'badConfig' });
});
