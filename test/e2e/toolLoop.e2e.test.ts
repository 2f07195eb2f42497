import type { ChildProcess } from 'node:child_process';
import { createServer, type Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { listen } from '../support/listen';
import { answerMail } from './answerMail';
import { callingPrompt, scriptedModel } from './scriptedModel';
import { exampleFiles } from '../../server/paths';
import { everyTool, hanging, plainChat, postgresChat, simpleChat } from './loopWorkflows';
import { postgresCredential } from '../../server/postgres';
import { startMcp } from './startMcp';
import { startServer, type Server } from '../../server/startServer';
import { startSmtp, type SmtpServer } from './smtpServer';
import { talk } from './talk';

const KEYS = { 'th-demo-key': 'active' } as const;

let demo: Gateway;
let scripted: Gateway;
let server: Server;
let smtp: SmtpServer;
let api: HttpServer;
let mcp: ChildProcess;
let apiUrl: string;

beforeAll(async () => {
	demo = await startGateway({ keys: KEYS });
	scripted = await startGateway({ keys: KEYS, script: scriptedModel });
	smtp = await startSmtp();
	api = createServer(({ url }, response) => {
		// Anything but weather never comes.
		if (!url?.startsWith('/weather')) return;
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify({ degrees: 7, at: url }));
	});
	apiUrl = `http://127.0.0.1:${await listen(api)}`;
	const { url: mcpUrl, process } = await startMcp();
	mcp = process;
	const credential = (id: string, type: string, data: object) => ({ id, type, data, name: id });
	const tokenHub = (id: string, { url: baseUrl }: Gateway) =>
		credential(id, 'tokenHubApi', { apiKey: 'th-demo-key', baseUrl });
	server = await startServer({
		files: exampleFiles(),
		workflows: [
			everyTool({ mcpUrl, weatherUrl: `${apiUrl}/weather` }),
			hanging(`${apiUrl}/never`),
			...[simpleChat, postgresChat, plainChat],
		],
		credentials: [
			...[tokenHub('scripted', scripted), tokenHub('tokenhub-demo', demo)],
			credential('openai', 'openAiApi', { apiKey: 'th-demo-key', url: scripted.url }),
			credential('postgres', 'postgres', await postgresCredential()),
			credential('smtp-demo', 'smtp', {
				...{ user: '', password: '', host: '127.0.0.1', port: smtp.port },
				...{ secure: false, disableStartTls: true },
			}),
		],
	});
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await Promise.all([demo?.close(), scripted?.close()]);
	smtp?.close();
	api?.close();
	api?.closeAllConnections();
	mcp?.kill();
});

const stepsSchema = z.array(
	z.object({ tool: z.string(), result: z.unknown(), error: z.string().optional() }),
);

test('every kind of tool runs, side by side, in one turn', async () => {
	// n8n's own Call n8n Workflow tool runs published workflows only.
	await server.rest.activate('tokenhubFindOrder');
	const { outputs, error } = await server.rest.run('e2eEveryTool', 'Start');
	expect(error).toBeUndefined();
	const json = outputs['Loop']?.[0]?.[0]?.json ?? {};
	expect(json).toMatchObject({ stopReason: 'answered', iterations: 2 });
	const results = stepsSchema
		.parse(json.steps)
		.map(({ result, error: failed }) => failed ?? result);
	const sha = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
	expect(results).toEqual([
		'42',
		'olleh',
		expect.stringContaining(sha),
		expect.stringContaining('"degrees":7'),
		expect.stringContaining('shipped'),
		'12 of L-7',
		'Photo of L-7\n[image/png, 1 kB]',
		expect.stringContaining('the warehouse is closed'),
		expect.stringContaining('Question 1, answered.'),
		expect.stringContaining('Question 1, answered.'),
		expect.stringContaining('"age":36'),
		'[{"output":"Question 1, answered."}]',
	]);
	// The picture reached the model as a picture.
	const last = scripted.requests.findLast(({ body }) => JSON.stringify(body).includes('CALL'));
	expect(JSON.stringify(last?.body)).toContain('"image_url":{"url":"data:image/png;base64,');
	expect(scripted.requests.filter(({ status }) => status !== 200)).toEqual([]);
});

describe('a tool behind human approval', () => {
	const paid = () => demo.requests.length;

	test.each([
		['yes', true, expect.stringContaining('Order A-1042 is refunded.')],
		['no', false, expect.stringMatching(/Not run: .*said no/)],
	])(
		'waits over a restart of n8n, and takes a %s',
		async (_word, approved, output) => {
			const before = paid();
			const id = await server.rest.begin('tokenhubApproval1', 'When clicking ‘Execute workflow’');
			const mail = await smtp.nextMail();
			expect(mail).toContain('run refund_order with {"orderId":"A-1042"}');
			await server.rest.until(id, ['waiting']);
			expect(paid() - before).toBe(1);
			await server.restart();
			const answer = await answerMail(server.origin, mail, approved);
			expect(answer.status).toBe(200);
			const { outputs, error } = await server.rest.until(id, ['success', 'error']);
			expect(error).toBeUndefined();
			expect(outputs['Answer the customer']?.[0]?.[0]?.json).toMatchObject({ output, requests: 2 });
			expect(paid() - before).toBe(2);
		},
		120_000,
	);
});

const chunkSchema = z.object({
	type: z.string(),
	content: z.string().optional(),
	metadata: z.object({ nodeName: z.string(), itemIndex: z.number() }),
});

const talkTo = (id: string, sessionId: string, chatInput: string) =>
	talk(`${server.origin}/webhook/${id}`, { sessionId, chatInput });

/** The texts of one node's answer, which has one begin and one end. */
function deltasOf(text: string, node: string): string[] {
	const lines = text.split('\n').filter(Boolean);
	const chunks = lines.map((line) => chunkSchema.parse(JSON.parse(line)));
	const ours = chunks.filter(({ metadata }) => metadata.nodeName === node);
	expect(ours.map(({ type }) => type)).toEqual([
		'begin',
		...ours.slice(1, -1).map(() => 'item'),
		'end',
	]);
	return ours.flatMap(({ type, content }) => (type === 'item' ? [content ?? ''] : []));
}

describe('a streaming chat with Chat Completion', () => {
	test('gives the answer in pieces', async () => {
		await server.rest.activate('e2ePlainChat');
		const response = await talkTo('e2ePlainChat', 'one', 'Hello');
		const deltas = deltasOf(await response.text(), 'Answer');
		expect(deltas.length).toBeGreaterThan(1);
		expect(deltas.join('')).toBe('Question 1, answered.');
	});

	test('gives the first piece while the rest is not there yet', async () => {
		const response = await talkTo('e2ePlainChat', 'two', 'STALL');
		const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
		let text = '';
		// The endpoint sends half of its answer, and nothing after that.
		while (!text.includes('"item"')) text += (await reader?.read())?.value ?? '';
		expect(text).toContain('This');
		await reader?.cancel();
	});
});

describe('a streaming chat that remembers', () => {
	const say = async (id: string, sessionId: string, chatInput: string) =>
		deltasOf(await (await talkTo(id, sessionId, chatInput)).text(), 'Loop');

	test.each([['e2eSimpleChat'], ['e2ePostgresChat']])('%s', async (id) => {
		await server.rest.activate(id);
		const session = `session-${Date.now()}`;
		const deltas = await say(id, session, 'Hello');
		expect(deltas.length).toBeGreaterThan(1);
		expect(deltas.join('')).toBe('Question 1, answered.');
		const calls = callingPrompt([['Calculator', { input: '6*7' }]]);
		expect((await say(id, session, calls)).join('')).toBe('They say: 42');
		expect((await say(id, session, 'And?')).join('')).toBe('Question 3, answered.');
		const { body } = scripted.requests.at(-1) ?? {};
		expect(body).toMatchObject({
			messages: [
				{ role: 'user', content: 'Hello' },
				{ role: 'assistant', content: 'Question 1, answered.' },
				{ role: 'user', content: calls },
				{ role: 'assistant', tool_calls: [{ function: { name: 'Calculator' } }] },
				{ role: 'tool', content: '42' },
				{ role: 'assistant', content: 'They say: 42' },
				{ role: 'user', content: 'And?' },
			],
		});
		expect((await say(id, `${session}-other`, 'Hello')).join('')).toBe('Question 1, answered.');
	});
});

test("n8n's Stop ends a hanging tool, and no request follows", async () => {
	const before = scripted.requests.length;
	const id = await server.rest.begin('e2eHanging', 'Start');
	while (scripted.requests.length === before) await sleep(50);
	await sleep(300);
	await server.rest.post(`/rest/executions/${id}/stop`, {});
	const { status } = await server.rest.until(id, ['canceled', 'error', 'success', 'crashed']);
	expect(status).toBe('canceled');
	await sleep(1_000);
	expect(scripted.requests.length - before).toBe(1);
});
