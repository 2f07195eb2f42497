import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { UNKNOWN_WHETHER_RAN } from '../../core/toolLoop/messagesToModel';
import type { ChatBody, Reply } from '../../gateway';
import { say } from '../../server/stage';
import { BOOKINGS, bookingWorkflow } from '../e2e/bookings';
import { openExecutions } from './executions';
import { KEEPERS, startKeptLoops, type KeptLoops } from './keptLoops';

/**
 * Workers are killed at random moments while senders keep both busy; a sender whose call failed sends
 * it again. `KILLS=50` kills as often; each kill meets loops of every store of examples/stores.
 */

const KILLS = Number(process.env.KILLS ?? 3);
const STORES = ['data-table', 'postgres', 'redis'] as const;
const SENDERS = 12;
/** Far more than n8n needs to report an execution that its worker lost. */
const LIMIT_MS = 240_000;
const TURNS = 4;

let loops: KeptLoops;

beforeAll(async () => {
	loops = await startKeptLoops({
		stores: STORES,
		script: bookingsReply,
		workflows: (origin) =>
			STORES.map((store) =>
				bookingWorkflow(`kills-${store}`, {
					...{ keeper: KEEPERS[store], origin, responseMode: 'lastNode' },
				}),
			),
	});
}, 45 * 60_000);

afterAll(async () => {
	await loops?.close();
}, 120_000);

/** One booking after the other, but the second and third in one turn. */
function bookingsReply({ messages }: ChatBody): Reply {
	const done = messages.filter(({ role }) => role === 'tool').length;
	if (done === BOOKINGS) return { text: `${BOOKINGS} bookings` };
	const numbers = done === 1 ? [2, 3] : [done + 1];
	return { toolCalls: numbers.map((n) => ({ name: 'book', arguments: { n } })) };
}

interface Ticket {
	id: string;
	/** How often its worker was killed. */
	lost: number;
	answer: unknown;
}

/** Sends a call until it is answered, as a sender does that must not lose one. */
async function send(id: string, at: number): Promise<Ticket> {
	const url = `${loops.cluster.origin}/webhook/kills-${STORES[at % STORES.length]}`;
	for (let lost = 0; ; lost += 1) {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ ticket: id }),
			signal: AbortSignal.timeout(LIMIT_MS),
		});
		const answer: unknown = await response.json();
		if (response.ok) return { id, lost, answer };
		// n8n registers the webhooks of a published workflow a moment later.
		if (response.status === 404) lost -= 1;
	}
}

/** Tickets of all stores, one after the other, until it is over. */
async function keepSending(sender: number, isOver: () => boolean): Promise<Ticket[]> {
	const tickets: Ticket[] = [];
	for (let n = 0; !isOver(); n += 1) {
		tickets.push(await send(`${RUN}-${sender}-${n}`, sender + n));
		await sleep(Math.random() * 1_000);
	}
	return tickets;
}

const RUN = `k${Date.now().toString(36)}`;

const answerSchema = z.object({
	output: z.string(),
	stopReason: z.string(),
	steps: z.array(z.object({ error: z.string().optional() })),
});

/** What is wrong with a ticket: nothing, if its loop ended as if nobody had killed it. */
function faultsOf({ id, lost, answer }: Ticket, requests: number): string[] {
	const { output, stopReason, steps } = answerSchema.parse(answer);
	const numbers = loops.bookings.booked.get(id) ?? [];
	const unknown = steps.filter(({ error }) => error?.includes(UNKNOWN_WHETHER_RAN)).length;
	const all = {
		'a wrong answer': output !== `${BOOKINGS} bookings` || stopReason !== 'answered',
		'another number of calls': steps.length !== BOOKINGS,
		'a failed call': steps.filter(({ error }) => error !== undefined).length !== unknown,
		'a call that ran twice': new Set(numbers).size < numbers.length,
		'a call that did not run': numbers.length + unknown < BOOKINGS,
		'more calls in doubt than were under way': unknown > 2 * lost,
		'more than the request in flight paid again': requests > TURNS + 1 + lost,
	};
	const faults = Object.entries(all).flatMap(([fault, isSo]) => (isSo ? [fault] : []));
	return faults.map((fault) => `${id}: ${fault}: ${JSON.stringify({ lost, numbers, requests })}`);
}

test(
	`${KILLS} kills of a worker: nothing runs twice, and every call is answered`,
	async () => {
		const { cluster, gateway } = loops;
		let isOver = false;
		const senders = Array.from({ length: SENDERS }, (_none, n) => keepSending(n, () => isOver));
		for (let kill = 0; kill < KILLS; kill += 1) {
			await sleep(1_000 + Math.random() * 2_000);
			const at = kill % cluster.workers.length;
			await cluster.workers[at]?.kill();
			await cluster.replaceWorker(at);
		}
		isOver = true;
		const tickets = (await Promise.all(senders)).flat();
		const paid = new Map<string, number>();
		for (const { body } of gateway.requests) {
			const { user } = z.object({ user: z.string() }).parse(body);
			paid.set(user, (paid.get(user) ?? 0) + 1);
		}
		const lost = tickets.filter((ticket) => ticket.lost > 0);
		const total = lost.reduce((sum, ticket) => sum + ticket.lost, 0);
		say(`${KILLS} kills: ${tickets.length} tickets, ${lost.length} of them lost ${total} times`);
		expect(tickets.flatMap((ticket) => faultsOf(ticket, paid.get(ticket.id) ?? 0))).toEqual([]);
		expect(total).toBeGreaterThanOrEqual(KILLS);
		await expectAllEnded(tickets.length);
	},
	300_000 + KILLS * 60_000,
);

/** No execution hangs: what has not succeeded was reported. */
async function expectAllEnded(succeeded: number): Promise<void> {
	const { cluster } = loops;
	const executions = await openExecutions(cluster.rest, cluster.origin);
	const counts: Record<string, number> = {};
	for (const store of STORES) {
		for (const { status } of await executions.settled(`kills-${store}`, 1)) {
			counts[status] = (counts[status] ?? 0) + 1;
		}
	}
	say(`executions: ${JSON.stringify(counts)}`);
	const { success = 0, error: _error, crashed: _crashed, ...others } = counts;
	expect(others).toEqual({});
	// One may have ended, and its worker been killed before it said so.
	expect(success).toBeGreaterThanOrEqual(succeeded);
}
