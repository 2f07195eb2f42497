import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatBody, Reply } from '../../gateway';
import { buildWorkflow, loop, type BuiltWorkflow, type Part } from '../../server/buildWorkflow';
import { listen } from '../support/listen';

export const BOOKINGS = 5;

/** Books one after the other, whatever came of those before. */
export function bookingReply({ messages }: ChatBody): Reply {
	const done = messages.filter(({ role }) => role === 'tool').length;
	if (done === BOOKINGS) return { text: `${BOOKINGS} bookings` };
	return { toolCalls: [{ name: 'book', arguments: { n: done + 1 } }] };
}

export interface Bookings {
	origin: string;
	/** What was booked, by ticket. */
	booked: ReadonlyMap<string, number[]>;
	/** Says `<ticket>/<n>` when a booking begins. */
	begun: EventEmitter;
	close(): void;
}

/** A service that books in the middle of an answer which takes a while. */
export async function startBookings(): Promise<Bookings> {
	const booked = new Map<string, number[]>();
	const begun = new EventEmitter();
	const server = createServer((request, response) => {
		const [, ticket = '', n = ''] = (request.url ?? '').split('/');
		void (async () => {
			begun.emit(`${ticket}/${n}`);
			await sleep(20);
			booked.set(ticket, [...(booked.get(ticket) ?? []), Number(n)]);
			await sleep(20);
			response.end(`booked ${n}`);
		})();
	});
	const origin = `http://127.0.0.1:${await listen(server)}`;
	return { origin, booked, begun, close: () => void server.close() };
}

/** A webhook's ticket, booked by a loop that a workflow keeps. */
export function bookingWorkflow(
	id: string,
	{ keeper, origin, responseMode }: { keeper: string; origin: string; responseMode: string },
): BuiltWorkflow {
	const book = {
		...{ name: 'book', type: 'httpRequest', url: `=${origin}/{{ $json.body.ticket }}/{n}` },
		...{ schemaSource: 'zod', zodSchema: 'z.object({ n: z.number() })' },
	};
	const options = {
		checkpointWorkflow: { __rl: true, mode: 'id', value: keeper },
		checkpointKey: '={{ $json.body.ticket }}',
		user: '={{ $json.body.ticket }}',
		maxRetries: 0,
	};
	const hook: Part = {
		...{ name: 'Hook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: id },
		parameters: { httpMethod: 'POST', path: id, responseMode },
		to: [['Loop', 'main']],
	};
	return buildWorkflow(id, [hook, loop('Book all', { tools: { values: [book] }, options })]);
}
