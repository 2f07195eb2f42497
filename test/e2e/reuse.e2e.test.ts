import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { startGateway, type Gateway } from '../../gateway';
import { buildWorkflow, MODEL } from '../../server/buildWorkflow';
import { startServer, type Server } from '../../server/startServer';

/** Production executions of a workflow whose third item fails until the endpoint is mended. */
let gateway: Gateway;
let server: Server;
let mended = false;

const ID = 'e2eReuse';
const workflow = buildWorkflow(ID, [
	{
		...{ name: 'Webhook', type: 'n8n-nodes-base.webhook', typeVersion: 2, webhookId: ID },
		parameters: { httpMethod: 'POST', path: ID, responseMode: 'onReceived', options: {} },
		to: [['Split', 'main']],
	},
	{
		...{ name: 'Split', type: 'n8n-nodes-base.splitOut', typeVersion: 1 },
		parameters: { fieldToSplitOut: 'body.items', options: {} },
		to: [['Node', 'main']],
	},
	{
		...{ name: 'Node', type: 'n8n-nodes-tokenhub.tokenHubChatCompletion' },
		parameters: {
			...{ model: MODEL, prompt: '={{ $json.q }}', maxTokens: 64 },
			options: { reuseResults: true, concurrency: 1, maxRetries: 0 },
		},
		credentials: { tokenHubApi: { id: 'reuse', name: 'TokenHub' } },
	},
]);

beforeAll(async () => {
	gateway = await startGateway({
		script: ({ messages }) => {
			const asked = JSON.stringify(messages.at(-1)?.content);
			return asked === '"c"' && !mended ? { status: 500 } : { text: `To ${asked}` };
		},
	});
	server = await startServer({
		files: [],
		workflows: [workflow],
		credentials: [
			{
				...{ id: 'reuse', name: 'TokenHub', type: 'tokenHubApi' },
				data: { apiKey: 'th-demo-key', baseUrl: gateway.url },
			},
		],
	});
	await server.rest.activate(ID);
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
});

const listSchema = z.object({ results: z.array(z.object({ id: z.string() })) });
const newest = async () => {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: ID }));
	const listed = await server.rest.get(`/rest/executions?filter=${filter}`);
	return Math.max(0, ...listSchema.parse(listed).results.map(({ id }) => Number(id)));
};

/** One call of the webhook; its execution when it has ended. */
async function call() {
	const before = await newest();
	const items = ['a', 'b', 'c', 'd'].map((q) => ({ q }));
	const init = {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ items }),
	};
	const url = `${server.origin}/webhook/${ID}`;
	// n8n registers the webhooks of a published workflow a moment later.
	while ((await fetch(url, init)).status === 404) await sleep(250);
	while ((await newest()) === before) await sleep(100);
	return await ended(await newest());
}

async function ended(id: number) {
	const execution = await server.rest.until(`${id}`, ['success', 'error']);
	return { id, ...execution, items: execution.outputs.Node?.[0]?.map(({ json }) => json) ?? [] };
}

const bodySchema = z.object({ messages: z.array(z.object({ content: z.unknown() })) });

/** The questions that reached the endpoint since the last time. */
function asked(): unknown[] {
	return gateway.requests.splice(0).map(({ body }) =>
		bodySchema
			.parse(body)
			.messages.map(({ content }) => content)
			.at(-1),
	);
}

const texts = ['To "a"', 'To "b"', 'To "c"', 'To "d"'];

test("n8n's Retry takes over what the failed execution had finished", async () => {
	mended = false;
	const failed = await call();
	expect(failed.status).toBe('error');
	expect(JSON.stringify(failed.error)).toContain('2 of 4 items done');
	expect(asked()).toEqual(['a', 'b', 'c']);
	mended = true;
	await server.rest.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow: false });
	const retried = await ended(await newest());
	expect(retried.items.map(({ text }) => text)).toEqual(texts);
	expect(retried.items.map(({ reused }) => reused)).toEqual([true, true, undefined, undefined]);
	expect(asked()).toEqual(['c', 'd']);
});

test('the next execution with the same input asks again, whoever it is from', async () => {
	mended = false;
	expect((await call()).status).toBe('error');
	expect(asked()).toEqual(['a', 'b', 'c']);
	mended = true;
	const next = await call();
	expect(next.items.map(({ text }) => text)).toEqual(texts);
	expect(next.items.map(({ reused }) => reused)).toEqual(texts.map(() => undefined));
	expect(asked()).toEqual(['a', 'b', 'c', 'd']);
});

test('Retry takes them over after a restart of n8n as well', async () => {
	mended = false;
	const failed = await call();
	expect(failed.status).toBe('error');
	asked();
	await server.restart();
	mended = true;
	await server.rest.post(`/rest/executions/${failed.id}/retry`, { loadWorkflow: false });
	const retried = await ended(await newest());
	expect(retried.items.map(({ text }) => text)).toEqual(texts);
	expect(asked()).toEqual(['c', 'd']);
});
