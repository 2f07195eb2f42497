import { openPromise } from '../../core/lib/async';
import { estimateExtract, extract, type ExtractRequest } from '../../core';
import type { Script } from '../../gateway';
import { failure } from '../support/failure';
import { openGateway } from '../support/openGateway';

const COUNT = 500;
const orders = Array.from({ length: COUNT }, (_, n) => ({
	order: `R-${10_000 + n}`,
	customer: `${['Ada', 'Bob', 'Cy', 'Dee'][n % 4]} ${['Smith', 'Jones', 'Lee'][n % 3]}`,
	date: new Date(Date.UTC(2026, 0, 1 + (n % 300))).toISOString().slice(0, 10),
	total: 10 + n * 1.25,
}));
const FILLER = 'The parties have agreed on all that is said in this agreement and its annexes. ';
const toText = ({ order, customer, date, total }: (typeof orders)[number]) =>
	`Order ${order} by ${customer} on ${date}, total ${total.toFixed(2)} EUR.\n\n${FILLER.repeat(24)}\n\n`;
/** 1 MB, 500 records. */
const text = orders.map(toText).join('');

const schema = {
	type: 'object',
	properties: {
		orders: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					order: { type: 'string' },
					customer: { type: 'string' },
					date: { type: 'string', format: 'date' },
					total: { type: 'number' },
				},
				required: ['order', 'customer', 'date', 'total'],
				additionalProperties: false,
			},
		},
	},
	required: ['orders'],
};
const request = { text, schema, maxTokens: 4096, chunk: { size: 20_000, overlap: 300 } };

const RECORD = /Order (R-\d+) by (\w+ \w+) on ([\d-]+), total ([\d.]+) EUR\./g;

/** Reads the records that stand whole in the part that it is given. */
function reader({ messages }: { messages: unknown[] }) {
	const found = [...JSON.stringify(messages.at(-1)).matchAll(RECORD)];
	const read = found.map(([, order, customer, date, total]) => ({
		...{ order, customer, date, total: Number(total) },
	}));
	return { toolCalls: [{ name: 'save_extraction', arguments: { orders: read } }] };
}

async function run(script: Script, more: Partial<ExtractRequest> = {}, maxConcurrency = 8) {
	const opened = await openGateway(script, { maxConcurrency });
	return { ...opened, running: extract(opened.client, { ...request, ...more }) };
}

test('a text of 1 MB gives each of its 500 records once, with places, side by side', async () => {
	let [active, most] = [0, 0];
	const eight = openPromise<void>();
	const { running } = await run(
		async (body) => {
			active += 1;
			most = Math.max(most, active);
			if (active === 8) eight.resolve(undefined);
			await eight.promise;
			active -= 1;
			return reader(body);
		},
		{ evidence: true },
	);
	const result = await running;
	expect(text.length).toBeGreaterThan(950_000);
	expect(result.output).toEqual({ orders });
	expect(result.warnings).toEqual([]);
	const evidence = result.evidence ?? {};
	expect(Object.keys(evidence)).toHaveLength(4 * COUNT);
	const quotes = orders.map((_, n) => evidence[`/orders/${n}/order`]?.quote);
	expect(quotes).toEqual(orders.map(({ order }) => order));
	expect(most).toBe(8);
});

test('the estimate is within a tenth of what it costs once the run has seen the schema', async () => {
	const { client } = await openGateway(reader);
	const first = estimateExtract(client, request);
	await extract(client, { ...request, text: text.slice(0, 15_000), chunk: undefined });
	const estimate = estimateExtract(client, request);
	const { costUsd, requests } = await extract(client, request);
	expect(requests).toBe(estimate.requests);
	const off = ({ costUsd: guess }: typeof first) => Math.abs((guess ?? NaN) / (costUsd ?? NaN) - 1);
	expect(off(estimate)).toBeLessThan(0.1);
	// The very first one assumes what answers look like.
	expect(off(first)).toBeLessThan(0.25);
});

test('what cannot be paid is refused before the first request', async () => {
	const { running, gateway } = await run(reader, { maxCostUsd: 0.5 });
	const error = await failure(running);
	expect(error).toMatchObject({
		kind: 'budget',
		message: expect.stringMatching(/about \d\.\d+ USD \(5\d requests\)/),
	});
	expect(gateway.requests).toHaveLength(0);
});

test('a more expensive text than expected ends at Max Cost, and keeps what was paid for', async () => {
	const usage = { promptTokens: 50_000, completionTokens: 100, totalTokens: 50_100 };
	const script: Script = (body) => ({ ...reader(body), usage });
	const { running, gateway } = await run(script, { maxCostUsd: 1.5 }, 1);
	const error = await failure(running);
	expect(error.kind).toBe('budget');
	expect(error.details.costUsd).toBeLessThanOrEqual(1.5);
	expect(error.details.costUsd).toBeCloseTo(gateway.requests.length * 0.1515, 5);
	const { orders: kept } = JSON.parse(error.details.raw ?? '');
	expect(kept.length).toBeGreaterThan(5);
	expect(kept).toEqual(orders.slice(0, kept.length));
});

test('a part that fails names its place; what others gave and cost is kept, no other is begun', async () => {
	const script: Script = (body) =>
		JSON.stringify(body.messages).includes('R-10100 ')
			? { text: 'I would rather not.' }
			: reader(body);
	const { running, gateway } = await run(script, { maxRepairs: 0 }, 2);
	const error = await failure(running);
	expect(error).toMatchObject({
		kind: 'schemaMismatch',
		message: expect.stringMatching(/^In characters \d+ to \d+ of the text: /),
		details: { failures: [{ code: 'noJson' }], raw: expect.stringContaining('R-10090') },
	});
	const [, from, to] = /characters (\d+) to (\d+)/.exec(error.message) ?? [];
	expect(text.slice(Number(from), Number(to))).toContain('R-10100 ');
	expect(gateway.requests.length).toBeLessThan(15);
	const billed = gateway.requests.length;
	expect(error.details.usage.promptTokens / billed).toBeGreaterThan(4000);
});
