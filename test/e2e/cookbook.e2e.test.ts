import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { postgresCredential } from '../../server/postgres';
import type { Rest } from '../../server/rest';
import { startServer, type Server } from '../../server/startServer';
import { keptLoops, storeTables } from './storeTables';
import { startSmtp, type SmtpServer } from './smtpServer';
import { itemsOf as plainItems, runApproved, runExample, timeless } from './runExample';
import { startEmbeddings } from './startEmbeddings';
import { changed, examples, fileOf, jobs, labelOf, recipes, startOf, stores } from './recipes';
import { memoryTape } from '../recording/memoryTape';
import { talk } from './talk';

/** What the nodes ask: the endpoint that writes everything down, and later the one that reads it back. */
let gateway: Gateway;
let upstream: Gateway;
const tape = memoryTape();
let isReplayed = false;
let smtp: SmtpServer;
let embeddings: Awaited<ReturnType<typeof startEmbeddings>>;
let server: Server;

beforeAll(async () => {
	upstream = await startGateway();
	gateway = await startGateway({ record: tape, upstream: upstream.url });
	smtp = await startSmtp();
	embeddings = await startEmbeddings();
	server = await startServer({
		files: [...recipes.map(fileOf), ...examples, ...stores],
		workflows: [storeTables, keptLoops, jobs, changed],
		credentials: [
			{
				...{ id: 'tokenhub-demo', name: 'TokenHub', type: 'tokenHubApi' },
				data: { apiKey: 'th-demo-key', baseUrl: gateway.url },
			},
			{
				...{ id: 'openai-demo', name: 'OpenAI', type: 'openAiApi' },
				data: { apiKey: 'sk-demo', url: embeddings.url },
			},
			{
				...{ id: 'postgres-demo', name: 'Postgres', type: 'postgres' },
				data: await postgresCredential(),
			},
			{
				...{ id: 'smtp-demo', name: 'SMTP', type: 'smtp' },
				data: {
					...{ user: '', password: '', host: '127.0.0.1', port: smtp.port },
					...{ secure: false, disableStartTls: true },
				},
			},
		],
	});
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
	await upstream?.close();
	smtp?.close();
	embeddings?.server.close();
});

type Ended = Awaited<ReturnType<Rest['run']>>;

/** Runs with what is pinned to the trigger, as the button in the editor does. */
async function run(recipe: string): Promise<Record<string, object[]>> {
	const { id, trigger } = startOf(recipe);
	return itemsOf(await server.rest.run(id, trigger));
}

/** What the workflows of one recipe have given. */
let given: unknown[] = [];

const itemsOf = (ended: Ended) => noted(plainItems(ended));

function noted<Given>(one: Given): Given {
	given.push(one);
	return one;
}

async function said(webhook: string, message: Parameters<typeof talk>[1]): Promise<unknown> {
	const path = `${server.origin}/webhook/${webhook}`;
	return noted(await (await talk(path, message)).json());
}

const paid = expect.closeTo(0.001, 2);
const HAIKU = 'anthropic/claude-haiku-4-5';
const SONNET = 'anthropic/claude-sonnet-4-6';

/** What docs/cookbook.md says of each recipe. */
const checks: Record<string, () => Promise<void>> = {
	async 'lead-qualification'() {
		const items = await run('lead-qualification');
		expect(items['To sales']).toEqual([
			{
				...{ to: 'ada@blau.example', company: 'Blau AG', score: 100, costUsd: paid },
				reasons: { interest: 40, timeline: 25, teamSize: 15, budget: 20 },
				draft: expect.stringContaining('Ada Park'),
			},
		]);
		expect(items['On the newsletter list']).toMatchObject([
			{ email: 'ben@rot.example', interest: 'pricing', score: 40 },
		]);
		expect(items['Archive']).toMatchObject([{ email: 'seo@spam.example', score: 0 }]);
		expect(items['Read by a person']).toMatchObject([
			{ email: 'cleo@gold.example', kind: 'badConfig', costUsd: 0 },
		]);
	},

	async 'invoice-to-json'() {
		const items = await run('invoice-to-json');
		expect(items['Book it']).toMatchObject([
			{
				...{ reference: 'INV-2026-0117', vendor: 'Nordlicht GmbH', due: '2026-12-17' },
				...{ amount: 533.12, currency: 'EUR', costUsd: paid },
				lines: [
					{ description: 'Desk lamp', quantity: 2, unitPrice: 24.5 },
					{ description: 'Standing desk', quantity: 1, unitPrice: 399 },
				],
			},
		]);
		expect(items['Review']).toMatchObject([
			{
				invoice: 'R-20881',
				problems: ['the lines add up to 1276, the net amount is 1376'],
				quotes: ['net: 1376.00', 'vat: 261.44', 'total: 1637.44'],
			},
		]);
		expect(items['Ask the sender']).toMatchObject([
			{ to: 'news@papier.example', kind: 'schemaMismatch', costUsd: expect.any(Number) },
		]);
	},

	async 'support-agent'() {
		const { id } = startOf('support-agent');
		await server.rest.activate(id);
		const sessionId = newSession();
		const say = (chatInput: string) => said('tokenhub-support-chat', { sessionId, chatInput });
		expect(await say('Where is my order A-1042?')).toMatchObject({
			output: expect.stringContaining('2026-11-24'),
			...{ handedOver: false, requests: 2, costUsd: expect.any(Number) },
		});
		// The order stands in the turn before: the memory brought it.
		expect(await say('It arrived broken. Please open a ticket.')).toMatchObject({
			output: expect.stringContaining('A colleague will take care of it.'),
			...{ handedOver: true, stopReason: 'answered' },
			steps: expect.arrayContaining([
				expect.objectContaining({
					tool: 'open_ticket',
					arguments: expect.objectContaining({ orderId: 'A-1042' }),
				}),
			]),
		});
	},

	async 'chat-with-pictures'() {
		const { id } = startOf('chat-with-pictures');
		// Once: the memory of its session would make another request of it.
		if (!isReplayed) {
			const pinned = plainItems(await server.rest.run(id, 'Chat'));
			expect(pinned['Answer']).toEqual([
				{ output: expect.stringContaining('2026-11-24'), costUsd: paid },
			]);
		}
		await server.rest.activate(id);
		const sessionId = newSession();
		const say = (chatInput: string, ...files: File[]) =>
			said('tokenhub-picture-chat', { sessionId, chatInput, files });
		const label = new File([labelOf('chat-with-pictures')], 'label.png', { type: 'image/png' });
		const before = gateway.requests.length;
		expect(await say('When does this order arrive?', label)).toMatchObject({
			output: expect.stringContaining('2026-11-24'),
		});
		const bodies = () => gateway.requests.slice(before).map(({ body }) => JSON.stringify(body));
		expect(bodies().map((body) => body.includes('data:image/png;base64,'))).toEqual([true, true]);
		const answer = await say('It is broken. Please open a ticket.');
		expect(answer).toMatchObject({ output: expect.stringContaining('ticket') });
		const [, , ...later] = bodies();
		// The question, the call with the number from the label, and the answer are remembered.
		for (const body of later) {
			expect(body).toContain('When does this order arrive?');
			expect(body).toContain('2026-11-24');
			expect(body).not.toContain('data:image');
		}
		const video = new File(['\0\x01\xff\xfe'], 'lamp.txt', { type: 'text/plain' });
		expect(await say('And what about order A-1077?', video)).toMatchObject({
			output: expect.stringMatching(/packed.*could not open every file: .*lamp\.txt/s),
		});
	},

	async 'queue-mode'() {
		await server.rest.run('e2eStoreTables', 'Start');
		await server.rest.activate('tokenhubKeepPg01');
		const { id } = startOf('queue-mode');
		const done = [
			{ id: 'J-1', state: 'done', answer: expect.stringContaining('refund'), tries: 1 },
			{ id: 'J-2', state: 'done', answer: expect.stringContaining('packed'), tries: 1 },
		];
		const first = itemsOf(await server.rest.run(id, 'New job'));
		expect(first['Mark as done']).toEqual(done);
		const again = itemsOf(await server.rest.run(id, 'New job'));
		expect(again['Agent']).toBeUndefined();
		// A worker has lost two jobs, one of them for the third time.
		await server.rest.run('e2eJobs', 'Start');
		const lost = itemsOf(await server.rest.run(id, 'Every ten minutes'));
		expect(lost['Mark as done']).toEqual([
			{ id: 'J-3', state: 'done', answer: expect.stringContaining('packed'), tries: 2 },
		]);
	},

	async 'contract-with-evidence'() {
		const items = await run('contract-with-evidence');
		expect(items['File it']).toMatchObject([
			{
				...{ file: 'nordlicht.txt', contractNumber: 'LSA-2026-014', client: 'Nordlicht GmbH' },
				...{ effectiveDate: '2026-12-01', paymentTerm: 30, noticePeriod: 90 },
				...{ governingLaw: 'Germany', requests: 3, costUsd: expect.any(Number) },
				duties: [{ duty: 'D-01', party: 'supplier' }, { duty: 'D-02' }, { due: '2027-01-31' }],
				quotes: expect.arrayContaining(['effectiveDate: 1 December 2026', 'duties/0/duty: D-01']),
			},
		]);
		expect(items['Legal review']).toMatchObject([
			{
				...{ file: 'cafe-nord.txt', toCheck: [] },
				conflicts: ['conflict /paymentTerm: kept 30, also 45'],
				values: expect.arrayContaining([
					expect.objectContaining({
						...{ field: 'governingLaw', quote: 'Austria', score: 1 },
						context: expect.stringContaining('Governing law: Austria'),
					}),
				]),
			},
		]);
	},

	async 'image-to-record'() {
		const items = await run('image-to-record');
		expect(items['Book the expense']).toMatchObject([
			{
				...{ employee: 'ada@example.com', shop: 'Café Nord', total: 9.7, currency: 'EUR' },
				...{ date: '2026-11-14', costUsd: paid },
			},
		]);
		expect(items['Ask the manager']).toMatchObject([
			{ employee: 'ben@example.com', shop: 'Hotel Elbe', amount: 269 },
		]);
		expect(items['Ask for another photo']).toMatchObject([
			{ to: 'cleo@example.com', missing: ['shop', 'date', 'currency', 'total'] },
		]);
	},

	async 'model-cascade'() {
		const items = await run('model-cascade');
		const [a, b, c, d, e, f, g, h, i] = items['Ticket'] ?? [];
		for (const ticket of [a, b, c, d, e, f, g]) expect(ticket).toMatchObject({ readBy: HAIKU });
		expect(h).toMatchObject({ order: 'A-1033', topic: 'delivery', readBy: SONNET });
		expect(i).toMatchObject({ order: 'A-1054', topic: 'return', readBy: SONNET });
		expect(items['Read by a person']).toMatchObject([{ from: 'j@example.com' }]);
		const [report] = items['Compare the cost'] ?? [];
		expect(report).toMatchObject({ mails: 10, byHaiku: 7, bySonnet: 2, failed: 1 });
		const { readUsd, sonnetOnlyUsd, savedPercent } = costs.parse(report);
		expect(savedPercent).toBe(Math.round(100 * (1 - readUsd / sonnetOnlyUsd)));
		expect(savedPercent).toBeGreaterThan(40);
	},

	async 'measure-extraction'() {
		const { id, trigger } = startOf('measure-extraction');
		const measured = itemsOf(await server.rest.run(id, trigger));
		expect(measured['What differs']).toEqual([
			{ row: 1, score: 1, differences: [] },
			{
				...{ row: 2, score: 0.8 },
				differences: ['/total is wrong: expected 1673.44, got 1637.44'],
			},
		]);
		const metrics = measured['Set the metrics'] ?? [];
		expect(metrics).toHaveLength(3);
		expect(metrics).toEqual(
			expect.arrayContaining([
				{ score: 1, exact: 1, costUsd: paid },
				{ score: 0.8, exact: 0, costUsd: paid },
				{ score: 0, exact: 0, costUsd: 0 },
			]),
		);
		expect(measured['Use the record']).toBeUndefined();
		const used = itemsOf(await server.rest.run(id, 'When clicking ‘Execute workflow’'));
		expect(used['Use the record']).toEqual([
			expect.objectContaining({ number: 'INV-2026-0118', total: 49, currency: 'EUR' }),
		]);
		expect(used['Set the metrics']).toBeUndefined();
	},

	async 'human-approval'() {
		const asked = { order: 'A-1042', amount: 73.5, reason: 'the lamp arrived broken' };
		const yes = await approval(true);
		expect(yes['Book the refund']).toMatchObject([
			{
				...{ to: 'ada@example.com', costUsd: expect.any(Number) },
				refund: asked,
				result: expect.anything(),
			},
		]);
		expect(yes['Tell the team']).toBeUndefined();
		const no = await approval(false);
		expect(no['Tell the team']).toMatchObject([
			{ to: 'ada@example.com', asked, why: expect.stringContaining('said no') },
		]);
		expect(no['Book the refund']).toBeUndefined();
		for (const items of [yes, no]) {
			expect(items['Send the answer']).toMatchObject([
				{ to: 'ben@example.com', answer: expect.stringContaining('packed') },
			]);
		}
	},

	async 'batch-of-1000'() {
		const counts = {
			...{ items: 1000, done: 990, failed: { badConfig: 10 }, isWell: true },
			sentiment: { positive: 490, negative: 250, neutral: 250 },
			product: { lamp: 330, chair: 330, desk: 330 },
		};
		const before = gateway.requests.length;
		const first = await run('batch-of-1000');
		expect(first['Report']).toEqual([{ ...counts, reused: 0, costUsd: expect.any(Number) }]);
		expect(first['Done']).toHaveLength(1);
		expect(first['Call somebody']).toBeUndefined();
		expect(gateway.requests.length - before).toBe(990);
		const { costUsd } = z.object({ costUsd: z.number() }).parse(first['Report']?.[0]);
		expect(costUsd).toBeGreaterThan(0.1);
		// Another execution is another person's, for all that anybody knows.
		const second = await run('batch-of-1000');
		expect(second['Report']).toEqual([{ ...counts, reused: 0, costUsd }]);
		expect(gateway.requests.length - before).toBe(2 * 990);
	},

	async 'survives-a-crash'() {
		await server.rest.run('e2eStoreTables', 'Start');
		await server.rest.activate('tokenhubKeepTabl');
		const items = await run('survives-a-crash');
		expect(items['Send the answer']).toEqual([
			{
				...{ ticket: 'T-501', calls: ['find_order', 'refund'], costUsd: paid },
				answer: expect.stringContaining('73.5'),
			},
			{
				...{ ticket: 'T-502', calls: ['find_order'], costUsd: paid },
				answer: expect.stringContaining('packed'),
			},
		]);
		expect(items['Check by hand']).toBeUndefined();
		// Not compared with the recording: the stored output tells how long it took.
		const kept = plainItems(await server.rest.run('e2eKeptLoops', 'Start'));
		// In the order in which they were first stored: the loops run in parallel.
		expect(kept.Rows).toHaveLength(2);
		for (const key of ['T-501', 'T-502']) {
			const state = expect.stringContaining('"done":true');
			expect(kept.Rows).toContainEqual(expect.objectContaining({ key, state }));
		}
	},

	async 'answers-from-documents'() {
		const { id } = startOf('answers-from-documents');
		const filled = itemsOf(await server.rest.run(id, 'Fill the store'));
		expect(filled['Store the handbook']).toHaveLength(4);
		const items = itemsOf(await server.rest.run(id, 'Chat'));
		expect(items['Answer']).toMatchObject([
			{
				output: expect.stringContaining('Lamps carry a warranty of 3 years'),
				...{ searched: [expect.stringContaining('warranty')], costUsd: expect.any(Number) },
			},
		]);
		expect(JSON.stringify(items['Answer'])).not.toContain('Parcels take');
	},

	async 'mcp-both-ways'() {
		const { id } = startOf('mcp-both-ways');
		const down = itemsOf(await server.rest.run(id, 'Chat'));
		expect(down['Say sorry']).toMatchObject([{ why: expect.any(String), costUsd: 0 }]);
		await server.rest.activate(id);
		// n8n opens the server of a published workflow a moment later.
		let answers: object[] | undefined;
		for (let tries = 0; !answers && tries < 20; tries += 1) {
			await sleep(250);
			answers = itemsOf(await server.rest.run(id, 'Chat'))['Answer'];
		}
		expect(answers).toMatchObject([
			{ output: expect.stringContaining('2026-11-24'), tools: ['Shop_find_order'] },
		]);
		await server.rest.post(`/rest/workflows/${id}/deactivate`, {});
	},
};

let sessions = 0;
const newSession = () => `session ${(sessions += 1)}`;

const costs = z.object({
	readUsd: z.number(),
	sonnetOnlyUsd: z.number(),
	savedPercent: z.number(),
});

/** The refund is asked for, a person answers, and the execution goes on to its end. */
async function approval(approved: boolean): Promise<Record<string, object[]>> {
	const words = 'run refund with {"order":"A-1042","amount":73.5';
	const asked = { ...startOf('human-approval'), words, approved };
	return noted(await runApproved({ server, smtp }, asked));
}

test('every recipe is checked here', () => {
	expect(Object.keys(checks).sort()).toEqual([...recipes].sort());
});

/** What each recipe and example has given while it was recorded. */
const recorded = new Map<string, string>();

async function checked(recipe: string): Promise<string> {
	given = [];
	await checks[recipe]?.();
	return timeless(given);
}

test.each(recipes)(
	'%s does what docs/cookbook.md says',
	async (recipe) => void recorded.set(recipe, await checked(recipe)),
	600_000,
);

const named = examples.map((file) => [basename(file), file] as const);

test.each(named)('%s runs as it is', async (_name, file) => {
	recorded.set(file, await runExample({ server, smtp }, file));
});

describe('from the recording, without another endpoint', () => {
	beforeAll(async () => {
		const { port } = new URL(gateway.url);
		await gateway.close();
		await upstream.close();
		expect(tape.text()).not.toContain('th-demo-key');
		gateway = await startGateway({ replay: tape, port: Number(port) });
		isReplayed = true;
	}, 120_000);

	test.each(recipes)(
		'%s gives the same',
		async (recipe) => expect(await checked(recipe)).toBe(recorded.get(recipe)),
		600_000,
	);

	test.each(named)('%s gives the same', async (_name, file) => {
		expect(await runExample({ server, smtp }, file)).toBe(recorded.get(file));
	});

	test('a changed prompt is a miss, and n8n says what has changed', async () => {
		const { status, error } = await server.rest.run(changed.id, 'When clicking ‘Execute workflow’');
		expect(status).toBe('error');
		expect(error).toMatchObject({
			message: expect.stringMatching(
				/differs at \/messages\/1\/content: recorded .*one sentence.*, now .*two sentences/s,
			),
		});
	});
});
