import { z } from 'zod/v4';
import {
	createClient,
	defineTool,
	evaluate,
	reportHtml,
	reportMarkdown,
	runToolLoop,
	type EvaluateRequest,
	type EvaluationReport,
} from '../../library';
import { terminalText } from '../../library/report/texts';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';
import { memoryTape } from '../recording/memoryTape';
import { INVOICE_SCHEMA, invoiceModel, invoices, type Mistakes } from './invoices';

const HAIKU = 'anthropic/claude-haiku-4-5';
const SONNET = 'anthropic/claude-sonnet-4-6';
const list = invoices(100);
const schema = INVOICE_SCHEMA;

/** The values of an invoice: five, and three of each line. */
const sizes = list.map(({ expected }) => 5 + 3 * expected.lines.length);
const allValues = sizes.reduce((sum, size) => sum + size, 0);

async function evaluated(
	mistakes: Record<string, Mistakes>,
	more: Partial<EvaluateRequest> = {},
): Promise<EvaluationReport> {
	const { client } = await openGateway(invoiceModel(list, mistakes));
	const extract = { schema, evidence: true };
	return await evaluate({ client, cases: list, models: [HAIKU], extract, ...more });
}

/** Another total in every n-th invoice that counts. */
const wrongTotal =
	(isMeant: (n: number) => boolean): Mistakes =>
	(expected, n) =>
		isMeant(n) ? { ...expected, total: expected.total + 1 } : expected;

test('scores are those counted by hand', async () => {
	const { models, results, requests, costUsd } = await evaluated({
		[HAIKU]: (expected, n) => {
			if (n % 10 === 0) return { ...expected, total: expected.total + 1 };
			if (n % 10 === 1) return { ...expected, lines: [...expected.lines].reverse() };
			if (n % 10 === 2) return { ...expected, supplier: '' };
			return expected;
		},
	});
	const right = allValues - 20;
	const [model] = models;
	expect(model).toMatchObject({ right, wrong: 10, missing: 10, extra: 0, exact: 0.8, failed: 0 });
	expect(model?.precision).toBeCloseTo(right / (allValues - 10), 12);
	expect(model?.recall).toBeCloseTo(right / allValues, 12);
	expect(model?.f1).toBeCloseTo((2 * right) / (2 * allValues - 10), 12);
	expect(model?.fields.slice(0, 2).map(({ field }) => field)).toEqual(['/total', '/supplier']);
	expect(results.find(({ id }) => id === list[0]?.id)?.differences).toMatchObject([
		{ verdict: 'wrong', path: '/total', expected: list[0]?.expected.total },
	]);
	// 400 and 100 tokens of Haiku, a hundred times.
	expect([requests, costUsd]).toEqual([100, 0.09]);
	expect(model?.costPer1000Usd).toBeCloseTo(0.9, 9);
	expect(model?.f1Interval[0]).toBeLessThan(model?.f1 ?? 0);
	expect(model?.f1Interval[1]).toBeGreaterThan(model?.f1 ?? 1);
	expect(model?.evidence?.right).toBeGreaterThan((model?.evidence?.wrong ?? 1) + 0.3);
}, 180_000);

/** Wrong totals in so many cases as make so many points of F1. */
const pointsOf = (points: number) => Math.round((points / 100) * allValues);

/** Answers without asking. */
async function answered(
	mistakes: Mistakes,
	baseline?: EvaluationReport,
): Promise<EvaluationReport> {
	const { client } = await openGateway([]);
	const run: EvaluateRequest['run'] = ({ case: { id } }) => {
		const n = list.findIndex((one) => one.id === id);
		const found = list[n];
		return found && mistakes(found.expected, n);
	};
	return await evaluate({ client, cases: list, models: [HAIKU], run, baseline });
}

test.each([
	[3, 'worse'],
	[0.3, 'same'],
	[-3, 'better'],
])('%s points less than the baseline are %s', async (points, verdict) => {
	const base = 35;
	const baseline = await answered(wrongTotal((n) => n < base));
	const more = wrongTotal((n) => n < base + pointsOf(points));
	const now = await answered(more, baseline);
	expect(now.comparisons).toMatchObject([{ model: HAIKU, cases: 100, verdict }]);
	expect(100 * (now.comparisons?.[0]?.change ?? 0)).toBeCloseTo(-points, 0);
});

test('a replay gives the same numbers without a socket', async () => {
	const tape = memoryTape();
	const mistakes = { [HAIKU]: wrongTotal((n) => n % 4 === 0) };
	const { client, gateway } = await openGateway(invoiceModel(list, mistakes), { record: tape });
	const cases = list.slice(0, 30);
	const request = { cases, models: [HAIKU, SONNET], extract: { schema }, target: 0.97 };
	const live = await evaluate({ client, ...request });
	await gateway.close();
	const noFetch: typeof fetch = () => Promise.reject(new Error('a socket was opened'));
	const replay = createClient({ replay: tape, fetch: noFetch });
	expect(await evaluate({ client: replay, ...request })).toEqual(live);
	expect(live.models[0]?.latencyMs.p95).toBeGreaterThan(0);
}, 180_000);

describe('the cascade', () => {
	const cheapErrs: Record<string, Mistakes> = {
		[HAIKU]: (expected, n) =>
			n % 3 === 0 ? { ...expected, total: expected.total + 1, supplier: 'Nobody' } : expected,
	};
	const sixty = { models: [HAIKU, SONNET], cases: list.slice(0, 60) };

	test('goes to the more expensive model where the text does not say a value', async () => {
		const { cascade } = await evaluated(cheapErrs, { ...sixty, target: 0.95 });
		expect(cascade).toMatchObject({ model: HAIKU, escalateTo: [SONNET], isReached: true, f1: 1 });
		expect(cascade?.minEvidence).toBeGreaterThan(0);
		// All by Haiku at 0.0009, a third again by Sonnet at 0.0027.
		expect(cascade?.costPer1000Usd).toBeCloseTo(0.9 + 2.7 / 3, 6);
		expect(cascade?.askedPer1000).toEqual({ [HAIKU]: 1000, [SONNET]: 333 });
	}, 120_000);

	test('is the cheap model alone where that is good enough', async () => {
		const { cascade } = await evaluated(cheapErrs, { ...sixty, target: 0.8 });
		expect(cascade).toMatchObject({ model: HAIKU, escalateTo: [], isReached: true });
	}, 120_000);

	test('is not sure of a few cases, however good', async () => {
		const few = { models: [HAIKU], target: 0.97, cases: list.slice(0, 5) };
		const { cascade, models } = await evaluated({}, few);
		expect(cascade).toMatchObject({ isReached: false, f1: 1 });
		expect(cascade?.sure).toBeLessThan(0.2);
		expect(models[0]?.f1Interval[0]).toBeLessThan(0.6);
	});
});

test('a failed answer is all missing, one that never came does not count', async () => {
	const script = invoiceModel(list, {});
	const { client } = await openGateway(
		(body, n) => {
			const said = JSON.stringify(body.messages);
			if (said.includes(`${list[0]?.expected.number}\\n`)) return { text: 'I cannot read this.' };
			if (said.includes(`${list[1]?.expected.number}\\n`)) return { status: 503 };
			return { ...script(body), delayMs: n % 3 };
		},
		{ maxRetries: 0 },
	);
	const extract = { schema, maxRepairs: 0 };
	const report = await evaluate({ client, cases: list.slice(0, 4), models: [HAIKU], extract });
	expect(report.models[0]).toMatchObject({
		...{ missing: sizes[0], wrong: 0, scored: 3, failed: 1, unscored: 1 },
	});
	expect(report.results[0]?.error?.kind).toBe('schemaMismatch');
	expect(report.warnings).toEqual([expect.stringContaining('1 cases were not answered')]);
});

const NO_KEY = { status: 401, error: { message: 'no such key' } };

test('a failure of every case is thrown where the first one has it', async () => {
	const script = invoiceModel(list, {});
	const { client, bodies } = await openGateway((body) =>
		body.model === HAIKU ? script(body) : NO_KEY,
	);
	const asked = { client, cases: list, models: [HAIKU, SONNET], extract: { schema } };
	const error = await failure(evaluate({ ...asked, concurrency: 1 }));
	expect(error).toMatchObject({ kind: 'auth' });
	expect(error.details.usage.totalTokens).toBe(500);
	expect(bodies()).toHaveLength(2);
});

test('one that comes later ends the asking, and what was paid for is kept', async () => {
	const script = invoiceModel(list, {});
	const { client, bodies } = await openGateway((body, n) => (n < 5 ? script(body) : NO_KEY));
	const asked = { client, cases: list, models: [HAIKU], extract: { schema }, concurrency: 1 };
	const report = await evaluate(asked);
	expect(report.endedBy).toMatchObject({ kind: 'auth' });
	expect(report.models[0]).toMatchObject({ f1: 1, scored: 5, unscored: 95 });
	expect(report.usage.totalTokens).toBe(2500);
	expect(report.warnings).toContainEqual(expect.stringMatching(/^ended early: .*no such key/));
	expect(bodies()).toHaveLength(6);
});

test('so does the caller', async () => {
	const stop = new AbortController();
	const onProgress = ({ done }: { done: number }) => void (done === 7 && stop.abort());
	const { client, bodies } = await openGateway(invoiceModel(list, {}));
	const asked = { client, cases: list, models: [HAIKU], extract: { schema }, concurrency: 1 };
	const report = await evaluate({ ...asked, onProgress }, { signal: stop.signal });
	expect(report.endedBy).toMatchObject({ kind: 'cancelled' });
	expect(report.models[0]).toMatchObject({ scored: 7, unscored: 93 });
	expect(bodies()).toHaveLength(7);
});

test('a listener that fails costs nothing that was paid for', async () => {
	const onProgress = jest.fn(() => {
		throw new Error('no terminal');
	});
	const report = await evaluated({}, { cases: list.slice(0, 5), onProgress });
	expect(onProgress).toHaveBeenCalledTimes(5);
	expect(report.models[0]).toMatchObject({ f1: 1, scored: 5, unscored: 0 });
	expect(report.endedBy).toBeUndefined();
});

test('while answers are there at once, others have their turns', async () => {
	let turns = 0;
	const timer = setInterval(() => void (turns += 1), 1);
	const { client } = await openGateway([]);
	let [before, after] = [0, 0];
	const run: EvaluateRequest['run'] = ({ case: { id, expected } }) => {
		const until = performance.now() + 2;
		while (performance.now() < until);
		if (id === '0') before = turns;
		if (id === '299') after = turns;
		return expected;
	};
	const cases = Array.from({ length: 300 }, (_none, n) => ({ id: String(n), expected: n }));
	await evaluate({ client, cases, models: [HAIKU], run });
	clearInterval(timer);
	expect(after).toBeGreaterThan(before);
});

describe('a baseline of other cases', () => {
	const few = list.slice(0, 20).map(({ id: _id, ...one }) => one);
	let before: EvaluationReport;
	beforeAll(async () => void (before = await evaluated({}, { cases: few })));

	test('a case that has moved is not compared with the one that stood in its place', async () => {
		const moved = [list[30], ...few].flatMap((one) => one ?? []);
		const report = await evaluated({}, { cases: moved, baseline: before });
		expect(report.comparisons).toEqual([]);
		expect(report.warnings).toEqual([
			expect.stringMatching(/nothing to compare: the baseline has none of these cases/),
		]);
	});

	test('those that are the same are compared, and the others are counted', async () => {
		const changed = few.map((one, at) => (at < 5 ? { ...one, text: `${one.text}\n` } : one));
		const report = await evaluated({}, { cases: changed, baseline: before });
		expect(report.comparisons).toMatchObject([{ cases: 15, verdict: 'same' }]);
		expect(report.warnings).toEqual([
			expect.stringMatching(/15 cases are compared, of 20 of this run and 20 of the baseline/),
		]);
	});
});

test('loops by their calls, texts by a judge', async () => {
	const find = defineTool({
		name: 'find',
		description: 'Finds',
		parameters: z.object({ id: z.string(), day: z.string().optional() }),
		execute: () => 'on its way',
	});
	const { client, bodies } = await openGateway([
		{ toolCalls: [{ name: 'find', arguments: { id: 'A-1', day: '27.11.2026' } }] },
		{ text: 'It is under way.' },
		{ toolCalls: [{ name: 'save_extraction', arguments: { reason: 'same', isRight: true } }] },
	]);
	const { models, results } = await evaluate({
		...{ client, models: [HAIKU] },
		cases: [
			{
				...{ prompt: 'Where is A-1?', expected: 'It is on its way.' },
				calls: [{ tool: 'find', arguments: { id: 'A-1', day: '2026-11-27' } }],
			},
		],
		run: ({ case: one, model, client: own }) =>
			runToolLoop(own, { model, prompt: one.prompt ?? '', tools: [find] }),
		judge: { model: SONNET, rubric: 'It says that the order is on its way.' },
	});
	expect(models[0]).toMatchObject({ right: 4, wrong: 0, missing: 0, extra: 0, f1: 1 });
	expect(Object.keys(results[0]?.fields ?? {}).sort()).toEqual([
		...['', '/calls/*/arguments/day', '/calls/*/arguments/id', '/calls/*/tool'],
	]);
	expect(bodies().at(-1)).toMatchObject({ model: SONNET });
});

test('a judge that fails costs its cases, and nothing else', async () => {
	const cases = ['a', 'b', 'c'].map((id) => ({ id, prompt: id, expected: `about ${id}` }));
	const { client } = await openGateway((body) => {
		const said = JSON.stringify(body.messages);
		if (body.model !== SONNET) return { text: said.includes('"b"') ? 'about b' : 'else' };
		if (said.includes('about a')) return { status: 400, error: { message: 'no judge' } };
		return { toolCalls: [{ name: 'save_extraction', arguments: { reason: 'x', isRight: true } }] };
	});
	const judge = { model: SONNET, rubric: 'It says what it should.' };
	const report = await evaluate({ client, cases, models: [HAIKU], judge });
	expect(report.results.map(({ isScored, isJudged }) => [isScored, isJudged])).toEqual([
		[false, false],
		[true, undefined],
		[true, undefined],
	]);
	expect(report.models[0]).toMatchObject({ f1: 1, scored: 2, unscored: 1 });
	expect(report.warnings).toEqual([
		expect.stringMatching(/1 cases were not judged, and do not count: .*no judge/),
	]);
	expect(report.requests).toBe(4);
});

test('Max Cost ends the asking and keeps what was paid for, of the same cases for each model', async () => {
	// 400 and 100 tokens are 0.0009 USD of Haiku, and 0.0027 of Sonnet.
	const limited = { models: [HAIKU, SONNET], concurrency: 1, maxCostUsd: 0.0108 };
	const report = await evaluated({}, limited);
	expect(report.costUsd).toBeCloseTo(0.0108, 9);
	expect(report.models.map(({ scored, unscored }) => [scored, unscored])).toEqual([
		[3, 97],
		[3, 97],
	]);
	expect(report.results.map(({ model }) => model).slice(0, 100)).toEqual(Array(100).fill(HAIKU));
	expect(report.warnings).toContainEqual(expect.stringMatching(/^Max Cost of 0.0108 USD/));
	expect(report.endedBy).toMatchObject({ kind: 'budget' });
	const enough = await evaluated({}, { cases: list.slice(0, 3), ...limited });
	expect([enough.costUsd, enough.endedBy, enough.warnings]).toEqual([0.0108, undefined, []]);
	const unpriced = await failure(evaluated({}, { models: ['x/y'], maxCostUsd: 1 }));
	expect(unpriced).toMatchObject({ kind: 'badConfig' });
});

test('what cannot be meant is refused before any request', async () => {
	const { client, bodies } = await openGateway([]);
	const good = { client, cases: [{ id: 'a', prompt: 'x', expected: 'y' }], models: [HAIKU] };
	const wrong: Array<[Partial<EvaluateRequest>, string]> = [
		[{ cases: [...good.cases, ...good.cases] }, '"a" occurs twice'],
		[{ models: [HAIKU, HAIKU] }, 'occurs twice'],
		[{ models: [] }, 'models'],
		[{ target: 2 }, 'target'],
		[{ cases: [{ id: 1, expected: 2 }] }, 'Case 1 has nothing to ask'],
	];
	for (const [change, words] of wrong) {
		const error = await failure(evaluate({ ...good, ...change }));
		expect(error).toMatchObject({ kind: 'badConfig', message: expect.stringContaining(words) });
	}
	expect(bodies()).toEqual([]);
});

test('nothing that a document says moves the cursor of a terminal or turns a line around', async () => {
	const evil = '\u001b[2Jgone\u0007 \u202eabc';
	const { client } = await openGateway([{ text: evil }]);
	const cases = [{ id: evil, prompt: 'x', expected: `${evil}!` }];
	const report = await evaluate({ client, cases, models: [HAIKU] });
	for (const text of [reportHtml(report), reportMarkdown(report), terminalText(report)])
		expect(text).not.toMatch(/(?!\n|\t)\p{Cc}|\u202e/u);
});

test('nothing that a document says is code in a report', async () => {
	const evil = '</style><script>alert(1)</script><img src=x onerror=alert(1)> | `a` [b](c)';
	const { client } = await openGateway([{ text: evil }]);
	const cases = [{ id: evil, prompt: 'x', expected: `${evil}!` }];
	const report = await evaluate({ client, cases, models: [HAIKU] });
	for (const text of [reportHtml(report), reportMarkdown(report)]) {
		expect(text).not.toMatch(/<script|<img/);
		expect(text).toContain('&lt;script&gt;');
	}
	expect(reportHtml(report)).not.toMatch(/https?:\/\//);
});
