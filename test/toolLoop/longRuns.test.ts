import {
	runToolLoop,
	type ResumeState,
	type ToolLoopRequest,
	type ToolLoopResult,
} from '../../core';
import { failure } from '../support/failure';
import { isWholeSweep } from '../support/sweep';
import { isSummary, openLongRun, recordOf, type LongRun, type LongRunTerms } from './longRun';

/** A tenth of 40 turns of 60 kB on an endpoint of 200,000 tokens; in the sweeps, 200 turns of 40 kB. */
const small = { turns: 40, result: 6_000, windowTokens: 20_000 };
const long = isWholeSweep ? { turns: 200, result: 40_000, windowTokens: 200_000 } : small;
const modes = isWholeSweep
	? ([
			['stubs', 160_000, 30],
			['summary', 26_000, 200],
		] as const)
	: ([
			['stubs', 16_000, 8],
			['summary', 6_000, 24],
		] as const);

async function opened<Result>(terms: LongRunTerms, use: (run: LongRun) => Promise<Result>) {
	const run = await openLongRun(terms);
	try {
		return await use(run);
	} finally {
		await run.close();
	}
}

const asks = ({ tools }: LongRun, request: Partial<ToolLoopRequest>): ToolLoopRequest => ({
	prompt: 'Read all records.',
	maxIterations: 500,
	tools,
	...request,
});

const ended = (terms: LongRunTerms, request: Partial<ToolLoopRequest>) =>
	opened(terms, async (run) => ({
		run,
		result: await runToolLoop(run.client, asks(run, request)),
	}));

const refused = ({ gateway }: LongRun) => gateway.requests.filter(({ status }) => status !== 200);
const summaries = ({ gateway }: LongRun) =>
	gateway.requests.filter(({ body }) => isSummary(body)).length;

/** What all turns would have sent of the whole history. */
const wholeTokens = ({ turns, result }: LongRunTerms) => (turns * (turns + 1) * result) / 2 / 4;

describe.each(modes)(
	'results that would fill the model three times: %s',
	(contextMode, contextTokens, shrinkings) => {
		const limits = { contextMode, contextTokens };
		let run: LongRun;
		let result: ToolLoopResult;
		beforeAll(async () => ({ run, result } = await ended(long, limits)));

		test('the loop answers, nothing is refused, most tokens are saved, and nothing is lost', () => {
			expect(result).toMatchObject({ stopReason: 'answered', iterations: long.turns + 1 });
			expect(refused(run)).toEqual([]);
			expect(run.promptTokens()).toBeLessThan((isWholeSweep ? 0.3 : 0.4) * wholeTokens(long));
			expect(summaries(run) > 0).toBe(contextMode === 'summary');
			const read = Array.from({ length: long.turns }, (_none, at) => recordOf(at + 1, long.result));
			expect(result.steps.map((step) => step.result)).toEqual(read);
			expect(result.messages.filter(({ role }) => role === 'tool')).toHaveLength(long.turns);
		});

		test('every summary is in the sums', () => {
			expect(result.requests).toBe(long.turns + 1 + summaries(run));
			const { client } = run;
			expect(result.costUsd).toBeCloseTo(client.priceOf('claude-sonnet-4-6', result.usage) ?? 0, 9);
		});

		test('the last two turns are always sent as they are', () => {
			run.bodies().forEach((body, turn) => {
				for (const page of [turn, turn - 1].filter((number) => number > 0)) {
					expect(body).toContain(recordOf(page, long.result));
				}
			});
		});

		test('between two shrinkings a request begins with the one before, to the byte', () => {
			const messages = run.messages();
			const changed = messages.filter(
				(text, at) => at > 0 && !text.startsWith(messages[at - 1] ?? ''),
			);
			expect(changed.length).toBeGreaterThan(0);
			expect(changed.length).toBeLessThanOrEqual(shrinkings);
		});

		test('steps say what was left out, since when, and warnings that it was', () => {
			const left = result.steps.filter((step) => step.leftOut);
			expect(left.length).toBeGreaterThan(0.6 * long.turns);
			for (const { iteration, leftOut } of left) {
				expect(leftOut?.iteration).toBeGreaterThan(iteration + 1);
			}
			expect(result.steps.slice(-2).map((step) => step.leftOut)).toEqual([undefined, undefined]);
			expect(result.warnings).toEqual([expect.stringContaining(`(${left.length})`)]);
		});

		test('stopped at every turn and resumed from text, the requests are the same, to the byte', async () => {
			const parts = await opened({ ...long, isManual: true }, async (manual) => ({
				run: manual,
				result: await resumedAtEachTurn(manual, limits),
			}));
			expect(parts.run.bodies()).toEqual(run.bodies());
			expect(parts.result.steps.map(withoutTime)).toEqual(result.steps.map(withoutTime));
			expect(parts.result).toMatchObject({
				usage: result.usage,
				costUsd: result.costUsd,
				warnings: result.warnings,
			});
		});

		test('below the threshold, requests are those without any of it', async () => {
			const terms = { ...long, turns: 8 };
			const on = await ended(terms, { contextMode });
			const off = await ended(terms, { contextMode: 'off' });
			expect(on.run.bodies()).toEqual(off.run.bodies());
			expect(on.result.warnings).toBeUndefined();
		});
	},
);

const withoutTime = ({ durationMs: _ms, ...step }: ToolLoopResult['steps'][number]) => step;

async function resumedAtEachTurn(run: LongRun, limits: Partial<ToolLoopRequest>) {
	let result = await runToolLoop(run.client, asks(run, limits));
	while (result.resume) {
		const resume: ResumeState = JSON.parse(JSON.stringify(result.resume));
		resume.results = resume.pending.map(({ callId, arguments: args }) => ({
			callId,
			result: recordOf(Number(Object(args).page), long.result),
		}));
		result = await runToolLoop(run.client, asks(run, { ...limits, prompt: undefined, resume }));
	}
	return result;
}

describe('a model that takes less than anybody knew', () => {
	test('a refusal shrinks the history, is asked once more, and is remembered', async () => {
		const { run, result } = await ended(small, {});
		expect(result.stopReason).toBe('answered');
		expect(refused(run)).toHaveLength(1);
		expect(result.requests).toBe(41);
	});

	test('off, the loop fails as ever, with what was paid for', async () => {
		const error = await opened(small, (run) =>
			failure(runToolLoop(run.client, asks(run, { contextMode: 'off' }))),
		);
		expect(error.kind).toBe('contextLength');
		expect(error.details.steps?.length).toBeGreaterThan(9);
	});

	test('what cannot be shrunk is the error that it is', async () => {
		const terms = { turns: 3, result: 90_000, windowTokens: 20_000 };
		await opened(terms, async (run) => {
			const error = await failure(runToolLoop(run.client, asks(run, { toolResultLimit: 90_000 })));
			expect(error.kind).toBe('contextLength');
			expect(error.details.steps).toHaveLength(1);
		});
	});
});

describe('a summary that fails', () => {
	test.each([
		['is refused', { status: 400 }],
		['is empty', { text: ' \n' }],
		['is longer than what it sums up', { text: 'All is well. '.repeat(9_000) }],
		['is filtered', { text: 'I cannot', finishReason: 'content_filter' }],
		['is a refusal', { text: 'Once', refusal: 'I will not say.' }],
	])('because it %s costs the run nothing but its price', async (_why, noSummary) => {
		const { run, result } = await ended(
			{ ...small, noSummary },
			{ contextMode: 'summary', contextTokens: 6_000 },
		);
		expect(result.stopReason).toBe('answered');
		expect(summaries(run)).toBe(3);
		const failed = result.warnings?.filter((line) => line.startsWith('context: a summary'));
		expect(failed).toHaveLength(3);
	});

	test('in part, because it is cut, is told', async () => {
		const noSummary = { text: 'Half of what', finishReason: 'length' };
		const terms = { contextMode: 'summary', contextTokens: 6_000 } as const;
		const { result } = await ended({ ...small, noSummary }, terms);
		expect(result.warnings?.join()).toContain('a summary of older turns was cut off at');
	});

	test('because of Max Cost leaves the limit as it is', async () => {
		const { run, result } = await ended(small, {
			contextMode: 'summary',
			contextTokens: 6_000,
			maxCostUsd: 0.3,
		});
		expect(result.stopReason).toBe('costBudget');
		expect(result.costUsd).toBeLessThan(0.35);
		expect(refused(run)).toEqual([]);
	});
});
