import { readFileSync } from 'node:fs';
import type { Rest } from '../../server/rest';
import type { Server } from '../../server/startServer';
import { answerMail } from './answerMail';
import { isTrigger, workflowSchema } from './recipes';
import type { SmtpServer } from './smtpServer';
import { talk } from './talk';

type Ended = Awaited<ReturnType<Rest['run']>>;
type Items = Record<string, object[]>;

/** By node: the items of all its outputs. */
export function itemsOf({ error, outputs, status }: Ended): Items {
	expect(error).toBeUndefined();
	expect(status).toBe('success');
	const entries = Object.entries(outputs).map(([node, items]) => [
		node,
		items.flat().map(({ json }) => json),
	]);
	return Object.fromEntries(entries);
}

const CLOCK = /^(?:(?:latency|duration|elapsed)Ms|timestamp|(?:created|updated|responded)At)$/;
const IDS = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|session \d+/g;

/**
 * What a workflow gives, but for what the clock says, the ids of stops and of sessions, and the order
 * in which n8n's tools ran for loops that run in parallel.
 */
export function timeless(given: unknown): string {
	const text = JSON.stringify(given, (key, value: unknown) => {
		if (CLOCK.test(key)) return undefined;
		return isToolRuns(value) ? value.map((run) => JSON.stringify(run)).sort() : value;
	});
	return text.replaceAll(IDS, 'an id');
}

const isToolRuns = (value: unknown): value is object[] =>
	Array.isArray(value) &&
	value.every((run) => typeof run === 'object' && run !== null && 'response' in run);

interface Place {
	server: Server;
	smtp: SmtpServer;
}

interface Asked {
	id: string;
	trigger: string;
	/** In the mail to the person. */
	words: string;
	approved: boolean;
}

/** A person is asked by mail and answers, and the execution goes on to its end. */
export async function runApproved({ server, smtp }: Place, asked: Asked): Promise<Items> {
	const execution = await server.rest.begin(asked.id, asked.trigger);
	const mail = await smtp.nextMail();
	expect(mail).toContain(asked.words);
	await server.rest.until(execution, ['waiting']);
	expect((await answerMail(server.origin, mail, asked.approved)).status).toBe(200);
	return itemsOf(await server.rest.until(execution, ['success', 'error']));
}

/** Begins an example as it is begun in n8n: by a chat, with a person who says yes, or by its button. */
export async function runExample(place: Place, file: string): Promise<string> {
	const { id, nodes } = workflowSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	const found = nodes.find(isTrigger);
	if (!found) throw new Error(`${file} has no trigger`);
	const { type, name: trigger, webhookId } = found;
	const { rest, origin } = place.server;
	if (type.endsWith('.chatTrigger')) {
		await rest.activate(id);
		const message = { sessionId: 'an example', chatInput: 'Hello' };
		const answer = await (await talk(`${origin}/webhook/${String(webhookId)}`, message)).text();
		return timeless(answer.split('\n').map(linesOf));
	}
	const words = 'The agent wants to run';
	const isAsking = nodes.some((node) => node.type.endsWith('HitlTool'));
	const run = isAsking
		? runApproved(place, { id, trigger, words, approved: true })
		: rest.run(id, trigger).then(itemsOf);
	return timeless(await run);
}

/** A streamed answer is one JSON value per line. */
const linesOf = (line: string): unknown => (line === '' ? line : JSON.parse(line));
