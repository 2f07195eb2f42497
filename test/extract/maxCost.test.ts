import fc from 'fast-check';
import { createClient, estimateExtract, extract, priceOf, TokenHubError } from '../../core';
import { expectedAnswer } from '../../core/extract/parts/estimate';
import { estimateTokens } from '../../core/lib/text';
import type { Script } from '../../gateway';
import { openGateway } from '../support/openGateway';
import { estimateTasks, type Task } from './estimateTasks';
import { LANGUAGES, LAYOUTS } from './rowLayouts';
import { rowsOf, textOfRows } from './rowTexts';

const MODEL = 'anthropic/claude-sonnet-4-6';

const row = {
	type: 'object',
	properties: { id: { type: 'string' }, count: { type: 'integer' } },
	required: ['id', 'count'],
};
const schema = {
	type: 'object',
	properties: { rows: { type: 'array', items: row } },
	required: ['rows'],
};
const textOf = (count: number) =>
	Array.from({ length: count }, (_, n) => `R-${1000 + n}; ${n + 1}\n`).join('');

/** Bills what it likes, and fails, is cut or is wrong now and then. */
function gatewayThatBills({ dear, spread, seed }: Run): { script: Script; billed: number[] } {
	const billed: number[] = [];
	let state = seed;
	const random = () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	const script: Script = ({ messages, max_tokens, model }) => {
		const found = [...JSON.stringify(messages[1]).matchAll(/(R-\d+); (\d+)/g)];
		const rows = found.map(([, id, count]) => ({ id, count: Number(count) }));
		const isWrong = random() < 0.15;
		const promptTokens = Math.ceil(
			(JSON.stringify(messages).length / 4) * dear * (1 + random() * spread),
		);
		const completionTokens = Math.ceil(Number(max_tokens ?? 1024) * random());
		const usage = { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens };
		billed.push(priceOf(model, usage) ?? NaN);
		return {
			toolCalls: [{ name: 'save_extraction', arguments: isWrong ? { error: 'no' } : { rows } }],
			finishReason: random() < 0.1 ? 'length' : 'tool_calls',
			...{ usage, delayMs: Math.floor(random() * 3) },
		};
	};
	return { script, billed };
}

interface Run {
	count: number;
	size: number;
	dear: number;
	spread: number;
	limit: number;
	concurrency: number;
	seed: number;
	model: string;
}

test('Max Cost is exceeded by no more than one request, whatever the gateway bills', async () => {
	const runs = fc.record<Run>({
		count: fc.integer({ min: 5, max: 300 }),
		size: fc.integer({ min: 200, max: 1500 }),
		dear: fc.constantFrom(0.5, 1, 1.5, 4),
		spread: fc.constantFrom(0, 0.2),
		limit: fc.double({ min: 0.2, max: 1.5, noNaN: true }),
		concurrency: fc.integer({ min: 1, max: 8 }),
		seed: fc.nat(),
		model: fc.constantFrom('anthropic/claude-haiku-4-5', 'anthropic/claude-4-opus'),
	});
	await fc.assert(
		fc.asyncProperty(runs, async (one) => {
			const { script, billed } = gatewayThatBills(one);
			const { client } = await openGateway(script, { maxConcurrency: one.concurrency });
			const request = {
				...{ text: textOf(one.count), schema, model: one.model, maxTokens: 400 },
				chunk: { size: one.size, overlap: 40 },
			};
			const maxCostUsd = (estimateExtract(client, request).costUsd ?? NaN) * one.limit;
			try {
				await extract(client, { ...request, maxCostUsd });
			} catch (error) {
				if (!(error instanceof TokenHubError)) throw error;
				expect(['budget', 'schemaMismatch', 'truncated']).toContain(error.kind);
				const { costUsd } = error.details;
				expect(costUsd).toBeCloseTo(
					billed.reduce((sum, usd) => sum + usd, 0),
					6,
				);
			}
			const spent = billed.reduce((sum, usd) => sum + usd, 0);
			expect(spent).toBeLessThanOrEqual(maxCostUsd + Math.max(0, ...billed));
		}),
		{ seed: 11, numRuns: 60 },
	);
}, 60_000);

test('a repair that cannot be paid is not asked for, and what was said is kept', async () => {
	const script: Script = () => ({ text: 'I see {"rows": "many"}.' });
	const { client, gateway } = await openGateway(script);
	const request = { text: textOf(40), schema, maxTokens: 600 };
	const maxCostUsd = (estimateExtract(client, request).costUsd ?? NaN) * 1.05;
	await expect(extract(client, { ...request, maxCostUsd })).rejects.toMatchObject({
		kind: 'budget',
		details: { raw: 'I see {"rows": "many"}.', failures: [{ path: '/rows' }] },
	});
	expect(gateway.requests).toHaveLength(1);
});

test('of a mixed set, nine of ten estimates are within half of the cost', () => {
	expect(estimateTasks.length).toBeGreaterThanOrEqual(60);
	const [costs, answers] = [0, 1].map((at) =>
		estimateTasks.map(([, task]) => sharesOf(task)[at] ?? NaN),
	);
	expect(shareClose(costs ?? [])).toBeGreaterThan(0.95);
	// What is read is paid as well, and known.
	expect(shareClose(answers ?? [])).toBeGreaterThan(0.8);
});

/** How far off an estimate of the cost is, and one of the answer's tokens. */
function sharesOf({ text, schema: wanted, answer }: Task): number[] {
	const client = createClient({ apiKey: 'th-x' });
	const request = { model: MODEL, text, schema: { ...wanted }, maxTokens: 8192 };
	const { usage, costUsd } = estimateExtract(client, request);
	const completionTokens = estimateTokens(JSON.stringify(answer));
	const paid = priceOf(MODEL, { ...usage, completionTokens });
	return [(costUsd ?? NaN) / (paid ?? NaN), usage.completionTokens / completionTokens];
}

const shareClose = (shares: readonly number[]) =>
	shares.filter((share) => share > 1 / 1.5 && share < 1.5).length / shares.length;

test('of lists in any layout, nine of ten estimates are within half of the answer', () => {
	const fields = {
		...{ item: { type: 'string' }, date: { type: 'string', format: 'date' } },
		...{ count: { type: 'integer' }, total: { type: 'number' } },
		class: { enum: ['small', 'large'] },
	};
	const items = { type: 'object', properties: fields };
	const wanted = { type: 'object', properties: { rows: { type: 'array', items } } };
	const shares = Object.keys(LAYOUTS).flatMap((layout) =>
		LANGUAGES.map((language, seed) => {
			const rows = rowsOf(language, 20 + seed * 30, seed);
			const guess = expectedAnswer(wanted, textOfRows(rows, { layout, language }));
			return guess / estimateTokens(JSON.stringify({ rows }));
		}),
	);
	expect(shareClose(shares)).toBeGreaterThan(0.9);
});
