import { z } from 'zod/v4';
import {
	defineTool,
	extract,
	runToolLoop,
	TokenHubError,
	type ResumeState,
	type Tool,
	type ToolLoopRequest,
	type TurnState,
} from '../../core';
import type { Reply, Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const call = (name: string, args: object = {}, id = `c-${name}`) => ({ id, name, arguments: args });
const asks = (...toolCalls: Array<ReturnType<typeof call>>): Reply => ({ toolCalls });
const done: Reply = { text: 'Done.' };
/** Looks forever, unless it must not. */
const forever: Script = ({ tool_choice }, n) =>
	tool_choice === 'none'
		? { text: 'Enough.' }
		: { text: `turn ${n}`, ...asks(call('look', { n }, `l${n}`)) };

function toolsThat(ran: unknown[], extra: Partial<Tool> = {}): Tool[] {
	const tool = (name: string) =>
		defineTool({
			...{ name, description: name },
			parameters: z.object({ n: z.number().default(0) }),
			execute: ({ n }) => {
				ran.push([name, n]);
				return n;
			},
		});
	return [{ ...tool('look'), ...extra }, tool('act')];
}

async function loop(script: Script, request: Partial<ToolLoopRequest> = {}) {
	const ran: unknown[] = [];
	const { client, bodies, gateway } = await openGateway(script);
	const result = await runToolLoop(client, { prompt: 'Go', tools: toolsThat(ran), ...request });
	return { result, ran, bodies: bodies(), paid: gateway.requests.length };
}

const never = () => new Promise<never>(() => undefined);
const fails = {
	throws: () => {
		throw new Error('no idea');
	},
	rejects: async () => await Promise.reject(new Error('no idea')),
	hangs: never,
};

describe('stopWhen', () => {
	test('ends the loop after a turn, with the last words and no further request', async () => {
		const { result, paid } = await loop(forever, { stopWhen: ({ steps }) => steps.length === 3 });
		expect(result).toMatchObject({ stopReason: 'stopped', output: 'turn 2', iterations: 3 });
		expect(paid).toBe(3);
	});

	test('wins over a limit that would be paid for, and has no value for an output schema', async () => {
		const { result, paid } = await loop(forever, {
			...{ maxIterations: 2, outputSchema: z.object({ n: z.number() }) },
			stopWhen: async ({ iterations }) => iterations === 2,
		});
		expect(result).toMatchObject({ stopReason: 'stopped', output: null });
		expect(paid).toBe(2);
	});

	test('is told the cost, and what it does with its copy changes nothing', async () => {
		const { result } = await loop([asks(call('look', { n: 1 })), done], {
			stopWhen: (state) => {
				expect(state).toMatchObject({ requests: 1, iterations: 1, steps: [{ tool: 'look' }] });
				state.messages.length = 0;
				state.steps.length = 0;
				state.usage.totalTokens = 1_000_000;
				return false;
			},
			maxTotalTokens: 100_000,
		});
		expect(result).toMatchObject({ output: 'Done.', steps: [{ tool: 'look' }] });
		expect(result.messages).toHaveLength(4);
	});
});

describe.each(['stopWhen', 'beforeTurn'] as const)('%s that', (name) => {
	test.each(Object.entries(fails))('%s is an error with what was paid', async (_how, callback) => {
		const script: Script = [asks(call('look')), done];
		const error = await failure(loop(script, { [name]: callback, toolTimeoutMs: 30 }));
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringContaining(name) });
		if (name === 'stopWhen') expect(error.details.steps).toMatchObject([{ tool: 'look' }]);
	});

	test('hangs ends with the deadline, as a limit', async () => {
		const script: Script = ({ tool_choice }) =>
			tool_choice === 'none' ? { text: 'Enough.' } : asks(call('look'));
		const { result } = await loop(script, { [name]: never, deadlineMs: 50 });
		expect(result).toMatchObject({ stopReason: 'deadline', output: 'Enough.' });
	});
});

/** Each answer costs as much, so that what is missing shows. */
const counted: Script = (_body, n) => ({
	...asks(call('look', { n }, `l${n}`)),
	usage: { promptTokens: 900, completionTokens: 100, totalTokens: 1_000 },
});

/** By function: what fails it at a turn, and what its error says. */
const FUNCTIONS = {
	stopWhen: (turn: number, fail: () => never) => ({
		request: { stopWhen: (state: TurnState) => at(state, turn, fail) },
		...{ says: `After turn ${turn}: stopWhen`, turns: turn },
	}),
	beforeTurn: (turn: number, fail: () => never) => ({
		request: { beforeTurn: (state: TurnState) => at(state, turn - 1, fail) },
		...{ says: `Before turn ${turn}: beforeTurn`, turns: turn - 1 },
	}),
	onCheckpoint: (turn: number, fail: () => never) => ({
		onCheckpoint: (state: ResumeState) => isBetween(state) && at(state, turn - 1, fail),
		...{ request: {}, says: `Before turn ${turn}: onCheckpoint`, turns: turn - 1 },
	}),
	'onCheckpoint of a call': (turn: number, fail: () => never) => ({
		onCheckpoint: (state: ResumeState) => isBetween(state) || at(state, turn, fail),
		...{ request: {}, says: `In turn ${turn}: onCheckpoint`, turns: turn },
	}),
};
function at({ iterations }: { iterations: number }, turn: number, fail: () => never): undefined {
	return iterations === turn ? fail() : undefined;
}
const isBetween = ({ settled, unfinished = [] }: ResumeState) =>
	settled.length + unfinished.length === 0;
const ours = (): never => {
	throw new TokenHubError('rateLimit', 'too fast');
};

describe.each([1, 2, 3])('a function that fails at turn %i says so, and loses nothing', (turn) => {
	test.each(
		Object.entries(FUNCTIONS).flatMap(([name, make]) =>
			Object.entries({ throws: fails.throws, 'throws an error of ours': ours }).map(
				([how, fail]) => [name, how, make(turn, fail)] as const,
			),
		),
	)('%s that %s', async (name, how, { request, says, turns, ...options }) => {
		const { client } = await openGateway(counted);
		const asked = { prompt: 'Go', tools: toolsThat([]), ...request };
		const error = await failure(runToolLoop(client, asked, options));
		const [path] = name.split(' ');
		const kind = how === 'throws' || path === 'onCheckpoint' ? 'badConfig' : 'rateLimit';
		expect(error).toMatchObject({ kind, message: expect.stringContaining(says) });
		expect(error.message).toMatch(/no idea|too fast/);
		expect(error.details).toMatchObject({
			failures: [{ path: `/${path}`, message: expect.stringContaining(`${path}`) }],
			usage: { totalTokens: 1_000 * turns },
		});
		expect(error.details.steps).toHaveLength(turns);
	});

	test('a person who is asked because needsApproval fails hears where', async () => {
		const { result } = await loop(counted, {
			tools: toolsThat([], {
				needsApproval: (args) => {
					if (z.object({ n: z.number() }).parse(args).n === turn - 1) throw new Error('no idea');
					return false;
				},
			}),
		});
		expect(result).toMatchObject({
			stopReason: 'awaitingApproval',
			iterations: turn,
			usage: { totalTokens: 1_000 * turn },
		});
		expect(result.steps).toHaveLength(turn - 1);
		expect(result.warnings).toEqual([
			`A person is asked: In turn ${turn}: needsApproval of the tool "look" threw an error: no idea`,
		]);
	});
});

test.each(['stopWhen', 'beforeTurn'] as const)(
	'what %s has paid for before it failed is in the sums',
	async (name) => {
		const { client } = await openGateway((body, n) =>
			JSON.stringify(body.messages).includes('Which?')
				? { text: 'no JSON', usage: { promptTokens: 7, completionTokens: 0, totalTokens: 7 } }
				: counted(body, n),
		);
		const schema = z.object({ a: z.number() });
		const asked = async () =>
			await extract(client, { text: 'Which?', schema, maxRepairs: 1 }).then(() => undefined);
		const request = { prompt: 'Go', tools: toolsThat([]), [name]: asked };
		const error = await failure(runToolLoop(client, request));
		expect(error).toMatchObject({ kind: 'schemaMismatch', message: expect.stringContaining(name) });
		expect(error.details.usage.totalTokens).toBe(14 + (name === 'stopWhen' ? 1_000 : 0));
	},
);

test.each([
	['stopWhen', 'yes'],
	['stopWhen', 1],
	['beforeTurn', 'haiku'],
	['beforeTurn', { modell: 'x' }],
	['beforeTurn', { tools: ['gone'] }],
	['beforeTurn', { toolChoice: { name: 'gone' } }],
	['beforeTurn', { tools: ['look'], toolChoice: { name: 'act' } }],
	['beforeTurn', { tools: [], toolChoice: { name: 'act' } }],
	['beforeTurn', { tools: [], toolChoice: 'required' }],
])('%s that gives %j is refused', async (name, given) => {
	const error = await failure(loop([asks(call('look')), done], { [name]: () => given }));
	expect(error).toMatchObject({
		...{ kind: 'badConfig', message: expect.stringMatching(/^(?:After|Before) turn \d: /) },
		details: { failures: [{ path: expect.stringMatching(`^/${name}`) }] },
	});
});

describe('beforeTurn', () => {
	test('changes model, tools, choice and steers, for one turn each', async () => {
		const { bodies, result } = await loop([asks(call('look')), asks(call('act')), done], {
			beforeTurn: ({ iterations }) =>
				[
					{ model: 'anthropic/claude-haiku-4-5', tools: ['look'], toolChoice: 'required' as const },
					{ message: 'Be quick.', toolChoice: { name: 'act' } },
					undefined,
				][iterations],
		});
		expect(bodies).toMatchObject([
			{ model: 'anthropic/claude-haiku-4-5', tool_choice: 'required', tools: [{}] },
			{
				model: 'anthropic/claude-sonnet-4-6',
				tool_choice: { function: { name: 'act' } },
				tools: [{}, {}],
			},
			{ tools: [{}, {}] },
		]);
		expect(bodies[2]?.tool_choice).toBeUndefined();
		expect(
			result.messages.filter(({ role }) => role === 'user').map(({ content }) => content),
		).toEqual(['Go', 'Be quick.']);
		// Two models, each at its own price.
		expect(result.costUsd).toBeGreaterThan(0);
	});

	test('a tool that a turn does not offer does not run, whatever the model does', async () => {
		const { result, ran } = await loop([asks(call('act')), done], {
			beforeTurn: () => ({ tools: ['look'] }),
		});
		expect(result.steps[0]?.error).toBe('Not run: "act" is not offered in this turn.');
		expect(ran).toEqual([]);
	});

	test('no tools at all: they stand in the request, and none may be called', async () => {
		const { bodies, ran } = await loop([asks(call('act')), done], {
			beforeTurn: () => ({ tools: [] }),
		});
		expect(bodies[0]).toMatchObject({ tool_choice: 'none', tools: [{}, {}] });
		expect(ran).toEqual([]);
	});

	test('a model without a price is refused beside Max Cost', async () => {
		const error = await failure(
			loop([done], { maxCostUsd: 1, beforeTurn: () => ({ model: 'someone/unpriced' }) }),
		);
		expect(error).toMatchObject({
			kind: 'badConfig',
			message: expect.stringContaining('Max Cost'),
		});
	});
});

describe('needsApproval of a function', () => {
	const gated = (needsApproval: Tool['needsApproval']) => {
		const ran: unknown[] = [];
		return { ran, tools: toolsThat(ran, { needsApproval }) };
	};
	const script: Script = [asks(call('look', { n: 5 }), call('look', { n: 500 }, 'big')), done];

	test('asks a person for those calls alone, and a yes runs them', async () => {
		const { ran, tools } = gated((args) => z.object({ n: z.number() }).parse(args).n > 100);
		const { client } = await openGateway(script);
		const first = await runToolLoop(client, { prompt: 'Go', tools });
		expect(first).toMatchObject({
			stopReason: 'awaitingApproval',
			pendingToolCalls: [{ callId: 'big' }],
		});
		expect(ran).toEqual([['look', 5]]);
		const resume: ResumeState = JSON.parse(JSON.stringify(first.resume));
		const forged = {
			...resume,
			pending: resume.pending.map(({ needsApproval: _flag, ...rest }) => rest),
		};
		for (const state of [resume, forged]) {
			const bypass = { ...state, results: [{ callId: 'big', result: 'mine' }] };
			expect(await failure(runToolLoop(client, { tools, resume: bypass }))).toMatchObject({
				kind: 'badConfig',
			});
		}
		const yes = { ...resume, results: [{ callId: 'big', approved: true }] };
		const last = await runToolLoop(client, { tools, resume: yes });
		expect(last).toMatchObject({ stopReason: 'answered', output: 'Done.' });
		expect(ran).toEqual([
			['look', 5],
			['look', 500],
		]);
	});

	test.each([
		...Object.entries(fails),
		['gives nothing', () => undefined],
		['gives a text', () => 'false'],
		['gives 0', () => 0],
	])('one that %s asks a person: nothing runs', async (_how, needsApproval) => {
		const { ran, tools } = gated(jest.fn().mockImplementation(needsApproval));
		const { result } = await loop(script, { tools, toolTimeoutMs: 30 });
		expect(result).toMatchObject({ stopReason: 'awaitingApproval', pendingToolCalls: [{}, {}] });
		expect(ran).toEqual([]);
	});

	test.each([
		['cancelled', {}],
		['deadline', { deadlineMs: 50 }],
	])('of a run that is over (%s) asks nobody', async (stopReason, limit) => {
		const stop = new AbortController();
		const { ran, tools } = gated(() => {
			if (stopReason === 'cancelled') stop.abort();
			return never();
		});
		const { client } = await openGateway(script);
		const asked = { prompt: 'Go', tools, onLimit: 'return' as const, ...limit };
		const result = await runToolLoop(client, asked, { signal: stop.signal });
		expect(result).toMatchObject({ stopReason, requests: 1 });
		expect(result.warnings).toBeUndefined();
		expect(ran).toEqual([]);
	});

	test('arguments that break the schema are told to the model, and nobody is asked', async () => {
		const asked = jest.fn(() => true);
		const { tools } = gated(asked);
		const { result } = await loop([asks(call('look', { n: 'x' })), done], { tools });
		expect(result).toMatchObject({
			stopReason: 'answered',
			steps: [{ error: expect.stringContaining('/n') }],
		});
		expect(asked).not.toHaveBeenCalled();
	});
});

describe('a loop as the tool of a loop', () => {
	const nested = (extra: Partial<ToolLoopRequest> = {}, signal = true) =>
		defineTool({
			...{ name: 'research', description: 'Another loop' },
			parameters: z.object({ n: z.number().default(0) }),
			execute: async (_args, context) =>
				(
					await runToolLoop(
						context.client,
						{ prompt: 'Inner', tools: toolsThat([]), ...extra },
						signal ? { signal: context.signal } : {},
					)
				).output,
		});
	/** The inner conversation begins with its own question. */
	const both: Script = ({ messages }) => {
		const isInner = messages[0]?.content === 'Inner';
		const turn = messages.filter(({ role }) => role === 'assistant').length;
		const usage = { promptTokens: 1_000, completionTokens: 0, totalTokens: 1_000 };
		if (isInner)
			return turn < 2
				? { ...asks(call('look', { n: turn }, `i${turn}`)), usage }
				: { text: 'Found.', usage };
		return turn === 0 ? { ...asks(call('research')), usage } : { ...done, usage };
	};

	test('hands its steps and spending up', async () => {
		const { result } = await loop(both, { tools: [nested()] });
		expect(result).toMatchObject({ requests: 5, usage: { totalTokens: 5_000 } });
		expect(result.steps).toMatchObject([
			{
				...{ tool: 'research', result: 'Found.', spending: { requests: 3 } },
				steps: [
					{ tool: 'look', callId: 'i0' },
					{ tool: 'look', callId: 'i1' },
				],
			},
		]);
	});

	test('has one Max Cost and one Max Total Tokens with it', async () => {
		for (const limit of [{ maxCostUsd: 0.0055 }, { maxTotalTokens: 1_900 }]) {
			const { result } = await loop(both, {
				tools: [nested({ onLimit: 'return' })],
				...limit,
				onLimit: 'return',
			});
			expect(result.requests).toBe(2);
			expect(result.stopReason).toMatch(/Budget$/);
			expect(result.steps).toMatchObject([{ steps: [{ callId: 'i0' }] }]);
		}
	});

	test('ends with its time, also where it does not listen', async () => {
		const inner: Script = async (body, n) => {
			await new Promise((resolve) => setTimeout(resolve, 20));
			return body.messages[0]?.content === 'Inner'
				? asks(call('look', { n }, `i${n}`))
				: body.messages.length === 1
					? asks(call('research'))
					: done;
		};
		const tools = [nested({ maxIterations: 1_000 }, false)];
		const { client, gateway } = await openGateway(inner);
		const result = await runToolLoop(client, { prompt: 'Go', tools, toolTimeoutMs: 100 });
		expect(result.steps[0]?.error).toMatch(/gave no result within/);
		const paid = gateway.requests.length;
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(gateway.requests.length).toBe(paid);
	});
});
