import { extract, type ExtractResult } from '../../core';
import { mapConcurrently } from '../../core/lib/async';
import type { Script } from '../../gateway';
import { openGateway } from '../support/openGateway';

const HAIKU = 'anthropic/claude-haiku-4-5';
const SONNET = 'anthropic/claude-sonnet-4-6';
const schema = {
	type: 'object',
	properties: { n: { type: 'integer' } },
	required: ['n'],
	additionalProperties: false,
};
const usage = { promptTokens: 1000, completionTokens: 300, totalTokens: 1300 };
const saves = (value: object) => ({
	toolCalls: [{ name: 'save_extraction', arguments: value }],
	usage,
});

/** Haiku fits the schema for some items, never after a repair; Sonnet always does. */
const cascade =
	(haikuFits: (n: number) => boolean): Script =>
	({ model, messages }) => {
		const n = Number(/item (\d+)/.exec(JSON.stringify(messages))?.[1]);
		const fits = model === SONNET || (messages.length === 2 && haikuFits(n));
		return saves(fits ? { n } : { n: 'unknown' });
	};

async function run100(haikuFits: (n: number) => boolean) {
	const { client } = await openGateway(cascade(haikuFits));
	const items = Array.from({ length: 100 }, (_, n) => n);
	const results = await mapConcurrently(items, 8, (n) =>
		extract(client, { model: HAIKU, escalateTo: [SONNET], text: `item ${n}`, schema }),
	);
	expect(results.map(({ output }) => output)).toEqual(items.map((n) => ({ n })));
	const cost = results.reduce((sum, { costUsd }) => sum + (costUsd ?? NaN), 0);
	// What Sonnet alone costs, at 3 and 15 USD a million tokens.
	return { results, share: cost / (100 * (0.003 + 0.0045)) };
}

const asked = ({ attempts }: ExtractResult) => attempts.map(({ model }) => model);

test('a cheap model that fits seven items of ten saves more than thirty percent', async () => {
	const { share, results } = await run100((n) => n % 10 < 7);
	expect(share).toBeLessThanOrEqual(0.7);
	expect(share).toBeGreaterThan(0.63);
	expect(results.filter(({ stage }) => stage === 'tool')).toHaveLength(70);
});

test('one that keeps failing is left out for the rest of the run, and says so', async () => {
	const { share, results } = await run100(() => false);
	expect(share).toBeLessThanOrEqual(1.1);
	const last = results.at(-1);
	expect(last && asked(last)).toEqual([SONNET]);
	expect(last?.warnings).toEqual([
		`skipped ${HAIKU}: its answers are seldom valid against this schema`,
	]);
});

test('another schema, and another run, start over', async () => {
	const { client } = await openGateway(cascade(() => false));
	const request = { model: HAIKU, escalateTo: [SONNET], text: 'item 1' };
	for (let n = 0; n < 8; n += 1) await extract(client, { ...request, schema });
	expect(asked(await extract(client, { ...request, schema }))).toEqual([SONNET]);
	const other = { ...schema, title: 'Other' };
	expect(asked(await extract(client, { ...request, schema: other }))).toContain(HAIKU);
	const next = await openGateway(cascade(() => false));
	expect(asked(await extract(next.client, { ...request, schema }))).toContain(HAIKU);
});

test('a model without a known price, and the last one, are always asked', async () => {
	const { client } = await openGateway(() => saves({ n: 'unknown' }));
	const request = { model: HAIKU, text: 'item 1', schema, maxRepairs: 1 };
	for (let n = 0; n < 9; n += 1) {
		await expect(extract(client, request)).rejects.toThrow(/No valid value after 2 attempts/);
	}
});
