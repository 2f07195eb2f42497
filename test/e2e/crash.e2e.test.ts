import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { UNKNOWN_WHETHER_RAN } from '../../core/toolLoop/messagesToModel';
import { startGateway, type Gateway } from '../../gateway';
import { EXAMPLES } from '../../server/paths';
import { postgresCredential } from '../../server/postgres';
import { redisCredential } from '../../server/redis';
import { startServer, type Server } from '../../server/startServer';
import { BATCH, BATCH_CONCURRENCY, batchReply, batchSchema, batchWorkflow } from './batches';
import { BOOKINGS, bookingReply, bookingWorkflow, startBookings, type Bookings } from './bookings';
import { storeTables } from './storeTables';

/**
 * n8n's process is killed while a loop books, and a new execution continues from the store: those of
 * examples/stores; and while a batch is extracted. `KILLS=50` kills as often for each store.
 */

const KILLS = Number(process.env.KILLS ?? 2);
const STORES = [
	['data-table', 'tokenhubKeepTabl'],
	['postgres', 'tokenhubKeepPg01'],
	['redis', 'tokenhubKeepRedis'],
] as const;

let gateway: Gateway;
let server: Server;
let bookings: Bookings;

beforeAll(async () => {
	bookings = await startBookings();
	const { origin } = bookings;
	const terms = { origin, responseMode: 'lastNode' };
	gateway = await startGateway({
		keys: { 'th-demo-key': 'active' },
		script: (body) => batchReply(body) ?? bookingReply(body),
	});
	const data = { apiKey: 'th-demo-key', baseUrl: gateway.url };
	server = await startServer({
		files: STORES.map(([store]) => join(EXAMPLES, 'stores', `${store}.workflow.json`)),
		workflows: [
			storeTables,
			...STORES.map(([store, keeper]) => bookingWorkflow(`crash-${store}`, { keeper, ...terms })),
			...STORES.map(([store, keeper]) => batchWorkflow(`batch-${store}`, keeper)),
		],
		credentials: [
			{ id: 'scripted', name: 'scripted', type: 'tokenHubApi', data },
			...[
				{
					id: 'postgres-demo',
					name: 'Postgres',
					type: 'postgres',
					data: await postgresCredential(),
				},
			],
			...[
				{
					id: 'redis-demo',
					name: 'Redis',
					type: 'redis',
					data: await redisCredential(),
				},
			],
		],
	});
	const { error } = await server.rest.run('e2eStoreTables', 'Start');
	expect(error).toBeUndefined();
	for (const [store, keeper] of STORES) {
		await server.rest.activate(keeper);
		await server.rest.activate(`crash-${store}`);
		await server.rest.activate(`batch-${store}`);
	}
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
	bookings?.close();
});

const resultSchema = z.object({
	output: z.string(),
	stopReason: z.string(),
	steps: z.array(z.object({ result: z.unknown(), error: z.unknown() })),
});

/** What a workflow answers; undefined where n8n is gone before. */
async function call(path: string, body: object): Promise<unknown> {
	const response = await fetch(`${server.origin}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	}).catch(() => undefined);
	const text = await response?.text().catch(() => undefined);
	if (response?.status === 404) return await sleep(250).then(() => call(path, body));
	return text === undefined ? undefined : JSON.parse(text);
}

const book = (store: string, ticket: string) => call(`crash-${store}`, { ticket });

const unique = () => `t${Date.now()}${Math.random().toString(36).slice(2, 6)}`;

describe.each(STORES)('kept in %s', (store) => {
	test('a loop that nobody kills books each once', async () => {
		const ticket = unique();
		const result = resultSchema.parse(await book(store, ticket));
		expect(result).toMatchObject({
			output: '5 bookings',
			stopReason: 'answered',
		});
		expect(bookings.booked.get(ticket)).toEqual([1, 2, 3, 4, 5]);
	});

	test(
		`${KILLS} kills: nothing is booked twice, and the answer is right`,
		async () => {
			for (let kill = 0; kill < KILLS; kill += 1) {
				const ticket = unique();
				const asked = gateway.requests.length;
				const [during, afterMs] = [1 + Math.floor(Math.random() * BOOKINGS), Math.random() * 80];
				const first = book(store, ticket);
				await once(bookings.begun, `${ticket}/${during}`);
				await sleep(afterMs);
				process.kill(server.pid(), 'SIGKILL');
				const before = await first;
				await server.restart();
				const result = resultSchema.parse(before ?? (await book(store, ticket)));
				const told = JSON.stringify(result.steps).split(UNKNOWN_WHETHER_RAN).length - 1;
				const numbers = bookings.booked.get(ticket) ?? [];
				const seen = { store, during, afterMs, numbers, told };
				expect({ ...seen, ...result }).toMatchObject({
					...{ output: '5 bookings', stopReason: 'answered' },
					numbers: [...new Set(numbers)],
				});
				expect(numbers.length + told).toBeGreaterThanOrEqual(BOOKINGS);
				expect(told).toBeLessThanOrEqual(1);
				expect(gateway.requests.length - asked).toBeLessThanOrEqual(BOOKINGS + 2);
			}
		},
		KILLS * 60_000,
	);

	test(
		`${KILLS} kills of a batch: what was finished is not paid for again`,
		async () => {
			for (let kill = 0; kill < KILLS; kill += 1) {
				const texts = Array.from({ length: BATCH }, (_, n) => `batch ${unique()} ${n}`);
				const asked = gateway.requests.length;
				const items = texts.map((text) => ({ text }));
				const first = call(`batch-${store}`, { items });
				const during = asked + 3 + Math.floor(Math.random() * (BATCH - 6));
				while (gateway.requests.length < during) await sleep(5);
				process.kill(server.pid(), 'SIGKILL');
				await first;
				await server.restart();
				const results = z.array(batchSchema).parse(await call(`batch-${store}`, { items }));
				expect(results.map(({ output }) => output.said)).toEqual(texts);
				const reused = results.filter((result) => result.reused === true).length;
				const paid = gateway.requests.length - asked;
				expect(reused).toBeGreaterThan(0);
				// Those in flight, or answered and not stored yet, are paid for again.
				expect(paid).toBeLessThanOrEqual(BATCH + BATCH_CONCURRENCY);
				// Another execution, which nobody kills.
				const again = z.array(batchSchema).parse(await call(`batch-${store}`, { items }));
				expect(again.every((result) => result.reused === true)).toBe(true);
				expect(gateway.requests.length - asked).toBe(paid);
				const changed = items.map(({ text }) => ({ text: `${text}!` }));
				await call(`batch-${store}`, { items: changed });
				expect(gateway.requests.length - asked).toBe(paid + BATCH);
			}
		},
		KILLS * 240_000,
	);
});
