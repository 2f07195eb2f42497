import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { startServer, type Server } from '../../server/startServer';
import { listen } from '../support/listen';
import { answerMail } from './answerMail';
import { approving, asked, asking, ordering, type Asked } from './approvalWorkflows';
import { scriptedModel } from './scriptedModel';
import { startMcp } from './startMcp';
import { startSmtp, type SmtpServer } from './smtpServer';

/** Approve When with a mail that n8n sends and waits for, over every kind of n8n's tools. */

let gateway: Gateway;
let server: Server;
let smtp: SmtpServer;
let shop: HttpServer;
let mcp: ChildProcess;
/** What reached the shop. */
const reached: string[] = [];
/** An amount that the shop takes and says nothing to. */
const HELD = 4711;

beforeAll(async () => {
	gateway = await startGateway({ script: scriptedModel });
	smtp = await startSmtp();
	shop = createServer(({ url = '' }, response) => {
		reached.push(url);
		// Nobody hears of it.
		if (url.endsWith(`/${HELD}`)) return;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ done: url }));
	});
	const started = await startMcp();
	mcp = started.process;
	const places = { mcpUrl: started.url, shopUrl: `http://127.0.0.1:${await listen(shop)}` };
	const tokenHub = { apiKey: 'th-demo-key', baseUrl: gateway.url };
	server = await startServer({
		files: [],
		workflows: [ordering(places.shopUrl), approving(places), asking],
		credentials: [
			{ id: 'scripted', name: 'TokenHub', type: 'tokenHubApi', data: tokenHub },
			{
				...{ id: 'smtp', name: 'SMTP', type: 'smtp' },
				data: {
					...{ user: '', password: '', host: '127.0.0.1', port: smtp.port },
					...{ secure: false, disableStartTls: true },
				},
			},
		],
	});
	await server.rest.activate('e2eOrdering');
	await server.rest.activate('e2eAsking');
	await server.rest.activate('e2eApproving');
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
	smtp?.close();
	shop?.close();
	shop?.closeAllConnections();
	mcp?.kill();
});

const listSchema = z.object({ results: z.array(z.object({ id: z.string() })) });
async function newest(): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: 'e2eApproving' }));
	const listed = await server.rest.get(`/rest/executions?filter=${filter}`);
	return Math.max(0, ...listSchema.parse(listed).results.map(({ id }) => Number(id)));
}

/** Production executions, as a customer's request starts them. */
async function begin(...items: Asked[]): Promise<string> {
	const before = await newest();
	const body = JSON.stringify({ items: items.map(asked) });
	const headers = { 'content-type': 'application/json' };
	const url = `${server.origin}/webhook/e2eApproving`;
	while ((await fetch(url, { method: 'POST', headers, body })).status === 404) await sleep(250);
	while ((await newest()) === before) await sleep(100);
	return `${await newest()}`;
}

const stepSchema = z.looseObject({
	tool: z.string(),
	result: z.unknown(),
	error: z.string().optional(),
});
const resultSchema = z.looseObject({
	output: z.string(),
	stopReason: z.string(),
	requests: z.number(),
	steps: z.array(stepSchema),
});

async function ended(id: string) {
	const { error, outputs, hints } = await server.rest.until(id, ['success', 'error', 'crashed']);
	expect(error).toBeUndefined();
	const items = (outputs.End?.[0] ?? []).map(({ json }) => resultSchema.parse(json));
	return { items, hints: hints.Loop ?? [] };
}

/** The next mail, once n8n has stored that it waits. */
async function nextAsked(id: string): Promise<string> {
	const { status, error } = await server.rest.until(id, ['waiting', 'success', 'error']);
	expect({ status, error }).toEqual({ status: 'waiting', error: undefined });
	return await smtp.nextMail();
}

const answer = async (mail: string, isYes: boolean) =>
	expect((await answerMail(server.origin, mail, isYes)).status).toBe(200);

beforeEach(() => {
	reached.length = 0;
	gateway.requests.length = 0;
});

const PAY = { pay: [{ amount: 2000 }] };
const kinds: Array<[name: string, calls: Asked['calls'], did: RegExp]> = [
	['defined in the node', PAY, /\/pay\/2000/],
	['an HTTP Request Tool', { refund: [{ order: 'A-1' }] }, /\/refund\?order=A-1/],
	['an MCP Client Tool', { stock: [{ sku: 'L-7' }] }, /12 of L-7/],
	['a Call n8n Workflow Tool', { order: [{ sku: 'L-7' }] }, /\/order\/L-7/],
	['an AI Agent Tool', { Expert: [{ question: 'why?' }] }, /Question 1, answered/],
];

describe.each(kinds)('%s', (_name, calls, did) => {
	test('runs once after a yes', async () => {
		const id = await begin({ calls });
		await answer(await nextAsked(id), true);
		const { items } = await ended(id);
		expect(items).toMatchObject([
			{ stopReason: 'answered', steps: [{ tool: expect.any(String) }] },
		]);
		expect(JSON.stringify(items[0]?.steps[0]?.result)).toMatch(did);
		expect(new Set(reached).size).toBe(reached.length);
	});

	test('does not after a no', async () => {
		const id = await begin({ calls });
		await answer(await nextAsked(id), false);
		const { items } = await ended(id);
		expect(items).toMatchObject([
			{ stopReason: 'answered', requests: 2, steps: [{ error: expect.stringMatching(/said no/) }] },
		]);
		expect(reached).toEqual([]);
	});
});

test('nobody answers in time: it does not run', async () => {
	const id = await begin({ calls: PAY, waitSeconds: 2 });
	await smtp.nextMail();
	const { items } = await ended(id);
	expect(items).toMatchObject([{ stopReason: 'answered', steps: [{ error: expect.any(String) }] }]);
	expect(reached).toEqual([]);
}, 120_000);

test('what needs no yes runs meanwhile', async () => {
	const id = await begin({ calls: { pay: [{ amount: 20 }, { amount: 2000 }] }, above: 1000 });
	const mail = await nextAsked(id);
	expect(mail).toContain('2000');
	expect(reached).toEqual(['/pay/20']);
	await answer(mail, true);
	const { items } = await ended(id);
	expect(items).toMatchObject([{ stopReason: 'answered', steps: [{}, {}] }]);
	expect(reached).toEqual(['/pay/20', '/pay/2000']);
});

test('two calls of a turn are asked about one by one', async () => {
	const id = await begin({ calls: { pay: [{ amount: 2000 }, { amount: 3000 }] } });
	const first = await nextAsked(id);
	expect(first).toContain('2000');
	await answer(first, true);
	const second = await nextAsked(id);
	expect(second).toContain('3000');
	await answer(second, false);
	const { items } = await ended(id);
	expect(items).toMatchObject([
		{
			...{ stopReason: 'answered', requests: 2 },
			steps: [{ result: expect.anything() }, { error: expect.stringMatching(/said no/) }],
		},
	]);
	expect(reached).toEqual(['/pay/2000']);
});

test('several items are asked about one by one, and each gets its own answer', async () => {
	const id = await begin(
		{ calls: { pay: [{ amount: 1001 }] } },
		{ calls: {} },
		{ calls: { pay: [{ amount: 1002 }] } },
		{ calls: { pay: [{ amount: 1003 }] } },
	);
	for (const [amount, isYes] of [
		[1001, true],
		[1002, false],
		[1003, true],
	] as const) {
		const mail = await nextAsked(id);
		expect(mail).toContain(`${amount}`);
		await answer(mail, isYes);
	}
	const { items } = await ended(id);
	expect(items.map(({ stopReason }) => stopReason)).toEqual(Array(4).fill('answered'));
	expect(reached).toEqual(['/pay/1001', '/pay/1003']);
	// The one without a call, and two requests for each of the others.
	expect(gateway.requests).toHaveLength(7);
});

test('n8n is killed while a person thinks', async () => {
	const id = await begin({ calls: PAY });
	const mail = await nextAsked(id);
	process.kill(server.pid(), 'SIGKILL');
	await server.restart();
	await answer(mail, true);
	const { items } = await ended(id);
	expect(items).toMatchObject([{ stopReason: 'answered', requests: 2 }]);
	expect(reached).toEqual(['/pay/2000']);
	expect(gateway.requests).toHaveLength(2);
}, 120_000);

describe('n8n is killed after the yes', () => {
	/** How it ends, and after a further click on the link. */
	async function outcomeOf(id: string, mail: string) {
		await server.restart();
		const clicked = await answerMail(server.origin, mail, true);
		const { status } = await server.rest.until(id, ['success', 'error', 'crashed']);
		return { status, isTaken: clicked.ok };
	}

	test('while the call runs: it is not made again, and n8n says that the execution crashed', async () => {
		const id = await begin({ calls: { pay: [{ amount: HELD }] } });
		const mail = await nextAsked(id);
		const begun = once(shop, 'request');
		await answer(mail, true);
		await begun;
		process.kill(server.pid(), 'SIGKILL');
		expect(await outcomeOf(id, mail)).toEqual({ status: 'crashed', isTaken: false });
		expect(reached).toEqual([`/pay/${HELD}`]);
	}, 180_000);

	test.each([
		['as the click is on its way', false],
		['as soon as it has been answered', true],
	])(
		'%s: the call is made once, or n8n says that the execution crashed',
		async (_moment, isAnswered) => {
			const id = await begin({ calls: PAY });
			const mail = await nextAsked(id);
			const clicked = answerMail(server.origin, mail, true).catch(() => undefined);
			if (isAnswered) await clicked;
			process.kill(server.pid(), 'SIGKILL');
			await clicked;
			const { status, isTaken } = await outcomeOf(id, mail);
			if (status === 'success') expect(reached).toEqual(['/pay/2000']);
			else expect({ status, isTaken }).toEqual({ status: 'crashed', isTaken: false });
			expect(reached.length).toBeLessThanOrEqual(1);
		},
		180_000,
	);
});

test("a person's answer that has lost its call is refused, with the call", async () => {
	const id = await begin({ calls: PAY, isLost: true });
	await answer(await nextAsked(id), true);
	const { error } = await server.rest.until(id, ['success', 'error', 'crashed']);
	expect(error).toMatchObject({
		message: expect.stringMatching(/^A person said yes, but .* Waiting: "pay" \(/),
		description: expect.stringContaining('Connect the node that asks directly to this node'),
	});
	expect(reached).toEqual([]);
	expect(gateway.requests).toHaveLength(1);
});

test('the mail is answered twice: once is enough', async () => {
	const id = await begin({ calls: PAY });
	const mail = await nextAsked(id);
	await answer(mail, true);
	await answerMail(server.origin, mail, true);
	const { items } = await ended(id);
	expect(items).toHaveLength(1);
	expect(reached).toEqual(['/pay/2000']);
});
