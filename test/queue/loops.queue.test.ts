import { join } from 'node:path';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { EXAMPLES } from '../../server/paths';
import { postgresCredential } from '../../server/postgres';
import {
	BOOKINGS,
	bookingReply,
	bookingWorkflow,
	startBookings,
	type Bookings,
} from '../e2e/bookings';
import { storeTables } from '../e2e/storeTables';
import { openExecutions, until, type Executions } from './executions';
import { startCluster, type Cluster } from './startCluster';

/** A worker is killed while it runs loops that are kept in Postgres; their tickets are sent again. */

const KEPT = 'queueKeptLoops';
const KEEPER = 'tokenhubKeepPg01';
const TICKETS = Array.from({ length: 12 }, (_, index) => `K-${index}`);

let gateway: Gateway;
let bookings: Bookings;
let cluster: Cluster;
let executions: Executions;

beforeAll(async () => {
	bookings = await startBookings();
	const { origin } = bookings;
	gateway = await startGateway({ keys: { 'th-demo-key': 'active' }, script: bookingReply });
	cluster = await startCluster({
		files: [join(EXAMPLES, 'stores', 'postgres.workflow.json')],
		workflows: [
			storeTables,
			bookingWorkflow(KEPT, { keeper: KEEPER, origin, responseMode: 'onReceived' }),
		],
		credentials: [
			{
				...{ id: 'scripted', name: 'TokenHub', type: 'tokenHubApi' },
				data: { apiKey: 'th-demo-key', baseUrl: gateway.url },
			},
			...[
				{
					id: 'postgres-demo',
					name: 'Postgres',
					type: 'postgres',
					data: await postgresCredential(),
				},
			],
		],
	});
	const { error } = await cluster.rest.run(storeTables.id, 'Start');
	expect(error).toBeUndefined();
	executions = await openExecutions(cluster.rest, cluster.origin);
	for (const id of [KEEPER, KEPT]) await cluster.rest.activate(id);
}, 45 * 60_000);

afterAll(async () => {
	await cluster?.stop();
	await gateway?.close();
	bookings?.close();
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
}, 600_000);
