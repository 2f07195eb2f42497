import { z } from 'zod/v4';
import {
	defineTool,
	runToolLoop,
	type ResumeState,
	type ToolLoopRequest,
	type ToolLoopResult,
} from '../../core';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

/** Runs here at once, or outside while the loop waits: the result is the same. */
const answers: Record<string, (args: Record<string, unknown>) => unknown> = {
	here: ({ n }) => ({ here: n }),
	outside: ({ n }) => ({ outside: n, list: [1, null, 'é'] }),
};
const tool = (name: keyof typeof answers, isManual: boolean) =>
	defineTool({
		name,
		description: name,
		parameters: z.object({ n: z.number(), m: z.number().default(7) }),
		...(isManual ? {} : { execute: (args) => answers[name]?.({ ...Object(args) }) }),
	});
const unbroken = [tool('here', false), tool('outside', false)];
const broken = [tool('here', false), tool('outside', true)];

/** Six turns with calls: the outside tool first, last, twice, alone and the same as before. */
const call = (name: string, n: number, id: string) => ({ id, name, arguments: { n } });
const script: Script = (_body, turn) =>
	[
		{ text: 'First', toolCalls: [call('outside', 1, 'a'), call('here', 1, 'b')] },
		{ toolCalls: [call('here', 2, 'c'), call('outside', 2, 'd'), call('here', 3, 'e')] },
		{ toolCalls: [call('outside', 3, 'a'), call('outside', 3, '')] },
		{ toolCalls: [call('outside', 3, 'f'), call('unknown', 1, 'g')] },
		{
			toolCalls: [{ id: 'h', name: 'outside', arguments: '{"n": "no"}' }, call('outside', 4, 'i')],
		},
		{ toolCalls: [call('outside', 5, 'j')] },
		{ text: 'All done.' },
	][turn] ?? { status: 500 };

function stateOf({ resume }: ToolLoopResult): ResumeState {
	if (!resume) throw new Error('the loop did not stop');
	return resume;
}

async function toTheEnd(request: ToolLoopRequest, tools: ToolLoopRequest['tools']) {
	const { client, gateway, bodies } = await openGateway(script);
	let result = await runToolLoop(client, { ...request, tools });
	const stops: ResumeState[] = [];
	while (result.resume) {
		stops.push(result.resume);
		// Through text, as a database or a person's mail would keep it.
		const resume: ResumeState = JSON.parse(JSON.stringify(result.resume));
		resume.results = resume.pending.map(({ callId, name, arguments: args }) => ({
			callId,
			result: answers[name]?.({ ...Object(args) }),
		}));
		result = await runToolLoop(client, { ...request, prompt: undefined, tools, resume });
	}
	return { result, stops, bodies: bodies(), paid: gateway.requests.length };
}

/** Ids that the loop makes up differ from run to run. */
const withoutMadeUpIds = (value: unknown) =>
	JSON.stringify(value).replace(/call_[0-9a-f]{32}/g, 'call_*');

test('stopped at every turn and resumed from text, the transcript is the unbroken one, byte for byte', async () => {
	const request = { prompt: 'Go', repeatLimit: 3 };
	const whole = await toTheEnd(request, unbroken);
	const parts = await toTheEnd(request, broken);
	expect(whole.stops).toHaveLength(0);
	expect(parts.stops).toHaveLength(6);
	expect(parts.result.output).toBe('All done.');
	expect(withoutMadeUpIds(parts.bodies)).toBe(withoutMadeUpIds(whole.bodies));
	expect(withoutMadeUpIds(parts.result.messages)).toBe(withoutMadeUpIds(whole.result.messages));
	const steps = ({ result }: typeof whole) =>
		result.steps.map(({ durationMs: _ms, ...step }) => step);
	expect(withoutMadeUpIds(steps(parts))).toBe(withoutMadeUpIds(steps(whole)));
	expect(parts.result).toMatchObject({
		iterations: whole.result.iterations,
		requests: whole.result.requests,
		usage: whole.result.usage,
		costUsd: whole.result.costUsd,
		stopReason: 'answered',
	});
	expect(parts.paid).toBe(whole.paid);
});

describe('results that come in parts', () => {
	const twoCalls: Script = (_body, turn) =>
		turn === 0
			? { toolCalls: [call('outside', 1, 'a'), call('here', 1, 'b'), call('outside', 2, 'c')] }
			: { text: 'Both.' };

	test('leave the rest pending, and nothing is sent before the last one', async () => {
		const { client, gateway } = await openGateway(twoCalls);
		const first = await runToolLoop(client, { prompt: 'Go', tools: broken });
		expect(first.pendingToolCalls?.map(({ callId }) => callId)).toEqual(['a', 'c']);
		expect(first.steps.map(({ callId }) => callId)).toEqual(['b']);
		const second = await runToolLoop(client, {
			tools: broken,
			resume: { ...stateOf(first), results: [{ callId: 'c', result: 'C' }] },
		});
		expect(second).toMatchObject({
			stopReason: 'awaitingTools',
			pendingToolCalls: [{ callId: 'a', name: 'outside', arguments: { n: 1, m: 7 } }],
			requests: 1,
		});
		expect(gateway.requests).toHaveLength(1);
		const third = await runToolLoop(client, {
			tools: broken,
			resume: { ...stateOf(second), results: [{ callId: 'a', error: 'gone' }] },
		});
		expect(third).toMatchObject({ output: 'Both.', requests: 2 });
		expect(third.steps.map(({ callId, error }) => [callId, error])).toEqual([
			['a', 'The tool failed: gone'],
			['b', undefined],
			['c', undefined],
		]);
		expect(third.messages.slice(2, 5).map((message) => message.content)).toEqual([
			'The tool failed: gone',
			'{"here":1}',
			'C',
		]);
	});

	test.each([
		['none at all', [], /no result for "a" \(outside\), "c" \(outside\)/],
		['one of no pending call', [{ callId: 'x', result: 1 }], /is not waiting for a call "x"/],
	])('%s: refused before any request', async (_case, results, words) => {
		const { client, gateway } = await openGateway(twoCalls);
		const stopped = await runToolLoop(client, { prompt: 'Go', tools: broken });
		const request = { tools: broken, resume: { ...stateOf(stopped), results } };
		const error = await failure(runToolLoop(client, request));
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringMatching(words) });
		expect(gateway.requests).toHaveLength(1);
	});
});

describe('a tool that needs approval', () => {
	const ran: unknown[] = [];
	const pay = defineTool({
		name: 'pay',
		description: 'Pays',
		parameters: z.object({ amount: z.number() }),
		needsApproval: true,
		execute: (args) => {
			ran.push(args);
			return 'paid';
		},
	});
	const asksToPay: Script = (_body, turn) =>
		turn === 0
			? { toolCalls: [{ id: 'p', name: 'pay', arguments: { amount: 5 } }] }
			: { text: 'Right.' };
	beforeEach(() => ran.splice(0));

	const decide = async (decision: object) => {
		const { client, bodies } = await openGateway(asksToPay);
		const stopped = await runToolLoop(client, { prompt: 'Go', tools: [pay] });
		expect(stopped).toMatchObject({
			stopReason: 'awaitingApproval',
			pendingToolCalls: [
				{ callId: 'p', name: 'pay', arguments: { amount: 5 }, needsApproval: true },
			],
		});
		expect(ran).toEqual([]);
		const resume = { ...stateOf(stopped), results: [{ callId: 'p', ...decision }] };
		const ended = await runToolLoop(client, { tools: [pay], resume });
		expect(ended.output).toBe('Right.');
		return JSON.stringify(bodies()[1]?.messages);
	};

	test('runs once it is approved', async () => {
		expect(await decide({ approved: true })).toContain('"content":"paid"');
		expect(ran).toEqual([{ amount: 5 }]);
	});

	test('is a message to the model when it is not', async () => {
		const sent = await decide({ approved: false, reason: 'too expensive' });
		expect(sent).toContain('said no. They said: \\"too expensive\\".');
		expect(ran).toEqual([]);
	});
});

test('the time of waiting does not count towards the deadline, the time before it does', async () => {
	const { client } = await openGateway(script);
	const stopped = await runToolLoop(client, { prompt: 'Go', tools: broken, deadlineMs: 60_000 });
	const resume = { ...stateOf(stopped), elapsedMs: 60_000, results: [{ callId: 'a', result: 1 }] };
	const late = await runToolLoop(client, {
		tools: broken,
		resume,
		deadlineMs: 60_000,
		onLimit: 'return',
	});
	expect(late).toMatchObject({ stopReason: 'deadline', requests: 1 });
	expect(late.latencyMs).toBeGreaterThanOrEqual(60_000);
});

test('a store that accepts the id of each stop once lets an approved call run once', async () => {
	const ran: unknown[] = [];
	const pay = defineTool({
		...{ name: 'pay', description: 'Pays', needsApproval: true },
		parameters: z.object({ n: z.number() }),
		execute: ({ n }) => void ran.push(n),
	});
	const pays: Script = ({ messages }) => {
		const turn = messages.filter(({ role }) => role === 'assistant').length;
		return turn < 2 ? { toolCalls: [call('pay', turn, `p${turn}`)] } : { text: 'Paid.' };
	};
	const { client } = await openGateway(pays);
	const claimed = new Set<string>();
	const answered = async (stopped: ToolLoopResult) => {
		const { id, ...state }: ResumeState = JSON.parse(JSON.stringify(stopped.resume));
		if (claimed.has(id)) return undefined;
		claimed.add(id);
		const results = state.pending.map(({ callId }) => ({ callId, approved: true }));
		return await runToolLoop(client, { tools: [pay], resume: { ...state, id, results } });
	};
	const first = await runToolLoop(client, { prompt: 'Go', tools: [pay] });
	const [second, again] = await Promise.all([answered(first), answered(first)]);
	expect(again).toBeUndefined();
	const third = second && (await answered(second));
	expect(third).toMatchObject({ stopReason: 'answered', output: 'Paid.' });
	expect([ran, claimed.size]).toEqual([[0, 1], 2]);
});
