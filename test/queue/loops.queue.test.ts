import { z } from 'zod/v4';
import type { Gateway } from '../../gateway';
import { BOOKINGS, bookingReply, bookingWorkflow, type Bookings } from '../e2e/bookings';
import {
	BATCH,
	BATCH_CONCURRENCY,
	batchReply,
	batchSchema,
	batchWorkflow,
	chatBatchSchema,
} from '../e2e/batches';
import { openExecutions, until, type Executions } from './executions';
import { KEEPERS, startKeptLoops, type KeptLoops } from './keptLoops';
import type { Cluster } from './startCluster';

/** A worker is killed while it runs loops or batches that are kept in Postgres; they are sent again. */

const BATCHES = ['tokenHubJsonExtract', 'tokenHubChatCompletion'] as const;
const KEPT = 'queueKeptLoops';
const TICKETS = Array.from({ length: 12 }, (_, index) => `K-${index}`);

let loops: KeptLoops;
let gateway: Gateway;
let bookings: Bookings;
let cluster: Cluster;
let executions: Executions;

beforeAll(async () => {
	loops = await startKeptLoops({
		stores: ['postgres'],
		script: (body) => batchReply(body) ?? bookingReply(body),
		workflows: (origin) => [
			bookingWorkflow(KEPT, { keeper: KEEPERS.postgres, origin, responseMode: 'onReceived' }),
			...BATCHES.map((node) => batchWorkflow(`batch-${node}`, KEEPERS.postgres, node)),
		],
	});
	({ gateway, bookings, cluster } = loops);
	executions = await openExecutions(cluster.rest, cluster.origin);
}, 45 * 60_000);

afterAll(async () => {
	await loops?.close();
}, 120_000);

async function post(tickets: readonly string[]): Promise<void> {
	for (const ticket of tickets) {
		await until('the webhook is there', async () => {
			const { status } = await fetch(`${cluster.origin}/webhook/${KEPT}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ ticket }),
			});
			return status === 200;
		});
	}
}

const resultSchema = z.object({
	output: z.string(),
	steps: z.array(z.object({ result: z.unknown() })),
});

test('what a killed worker had under way is continued by the next execution of the ticket', async () => {
	const bookedBy = (ticket: string) => bookings.booked.get(ticket) ?? [];
	await post(TICKETS);
	await until('bookings under way', () =>
		Promise.resolve(TICKETS.some((ticket) => bookedBy(ticket).length >= 2)),
	);
	await cluster.workers[1]?.kill();
	const listed = await executions.settled(KEPT, TICKETS.length);
	const lost = listed.filter(({ status }) => status === 'error');
	expect(lost).not.toEqual([]);
	const open = TICKETS.filter((ticket) => bookedBy(ticket).length < BOOKINGS);
	expect(open).not.toEqual([]);

	await post(open);
	const all = await executions.settled(KEPT, TICKETS.length + open.length);
	const known = new Set(listed.map(({ id }) => id));
	const again = all.filter(({ id }) => !known.has(id));
	expect(again.map(({ status }) => status)).toEqual(open.map(() => 'success'));
	for (const { id } of again) {
		const { outputs } = await cluster.rest.until(id, ['success']);
		const { output, steps } = resultSchema.parse(outputs.Loop?.[0]?.[0]?.json);
		expect([output, steps.length]).toEqual(['5 bookings', BOOKINGS]);
	}
	for (const ticket of TICKETS) {
		expect(bookedBy(ticket)).toEqual([...new Set(bookedBy(ticket))]);
		// One of a ticket may have been under way: nobody knows whether it was made.
		expect(bookedBy(ticket).length).toBeGreaterThanOrEqual(BOOKINGS - 1);
	}
	await cluster.replaceWorker(1);
}, 600_000);

/** The items that come out of a batch; undefined where its worker is killed. */
async function batchOf(node: string, items: object[]): Promise<unknown> {
	const response = await fetch(`${cluster.origin}/webhook/batch-${node}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	}).catch(() => undefined);
	return await response?.json().catch(() => undefined);
}

const saidIn = (item: unknown) =>
	batchSchema.safeParse(item).data?.output.said ?? chatBatchSchema.parse(item).text;

test.each(BATCHES)(
	'%s: what a batch had finished is reused by the next execution, and its worker is gone',
	async (node) => {
		const unique = Math.random().toString(36).slice(2, 8);
		const texts = Array.from({ length: BATCH }, (_none, n) => `batch ${unique} ${n}`);
		const items = texts.map((text) => ({ text }));
		const taken = () => Promise.all(cluster.workers.map((worker) => worker.taken()));
		const [before, asked] = [await taken(), gateway.requests.length];
		void batchOf(node, items);
		await until('half of the batch is under way', () =>
			Promise.resolve(gateway.requests.length >= asked + BATCH / 2),
		);
		const now = await taken();
		const at = now.findIndex((ids, index) => ids.length > (before[index]?.length ?? 0));
		await cluster.workers[at]?.kill();
		const results = z.array(z.looseObject({})).parse(await batchOf(node, items));
		expect(results.map(saidIn)).toEqual(texts);
		const reused = results.filter((result) => result.reused === true).length;
		expect(reused).toBeGreaterThan(0);
		// Those in flight, or answered and not stored yet, are paid for again.
		expect(gateway.requests.length - asked).toBeLessThanOrEqual(BATCH + BATCH_CONCURRENCY);
		expect(gateway.requests.length - asked).toBeGreaterThanOrEqual(BATCH);
		await cluster.replaceWorker(at);
	},
	600_000,
);
