import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway, type Gateway } from '../../gateway';
import { listen } from '../support/listen';
import { forwardTo, openProxy } from '../support/openProxy';
import { selfSigned } from '../support/selfSigned';
import { buildWorkflow, MODEL, type BuiltWorkflow, type Part } from '../../server/buildWorkflow';
import { startServer, type Server } from '../../server/startServer';

/**
 * n8n as a company runs it: behind a proxy, with a certificate authority of its own and n8n's
 * protection against requests into its network, which lets one host through.
 */
let gateway: Gateway;
let server: Server;
let proxy: Awaited<ReturnType<typeof openProxy>>;
let secureHost: string;
const closing: Array<() => void> = [];

const start: Part = {
	...{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Node', 'main']] },
};
const node = (type: string, credential: string, parameters: object): Part => ({
	...{ name: 'Node', type: `n8n-nodes-tokenhub.${type}`, onError: 'continueRegularOutput' },
	parameters: { model: MODEL, maxTokens: 64, options: { maxRetries: 0 }, ...parameters },
	credentials: { tokenHubApi: { id: credential, name: credential } },
});

function workflows(innerUrl: string): BuiltWorkflow[] {
	const chat = (credential: string) => node('tokenHubChatCompletion', credential, { prompt: 'Hi' });
	const tool = {
		...{ name: 'inner', description: 'd', type: 'httpRequest', method: 'GET', url: innerUrl },
		...{ schemaSource: 'jsonSchema', jsonSchema: '{"type":"object"}' },
	};
	const loop = node('tokenHubToolCallLoop', 'secure', { prompt: 'Go', tools: { values: [tool] } });
	const many = node('tokenHubChatCompletion', 'secure', {
		...{ prompt: 'Never.', options: { concurrency: 5 } },
	});
	const items = Array.from({ length: 20 }, () => ({ json: {} }));
	return [
		buildWorkflow('networkAllowed', [start, chat('secure')]),
		buildWorkflow('networkBlocked', [start, chat('inner')]),
		buildWorkflow('networkTool', [start, loop]),
		buildWorkflow('networkMany', [start, many], { pinData: { Start: items } }),
	];
}

beforeAll(async () => {
	gateway = await startGateway({
		script: ({ messages, tools }) => {
			const words = JSON.stringify(messages);
			if (words.includes('Never.')) return { fault: 'hang' };
			if (!tools) return { text: 'Hello.' };
			const result = messages.find(({ role }) => role === 'tool');
			if (!result) return { toolCalls: [{ name: 'inner', arguments: {} }] };
			return { text: `The tool says: ${JSON.stringify(result.content)}` };
		},
	});
	const pair = selfSigned();
	// TLS in front of the embedded endpoint.
	const secure = createServer(pair, forwardTo(gateway.origin));
	secureHost = `localhost:${await listen(secure)}`;
	proxy = await openProxy();
	const folder = mkdtempSync(join(tmpdir(), 'authority-'));
	const authority = join(folder, 'ca.pem');
	writeFileSync(authority, pair.cert);
	closing.push(
		() => secure.close(),
		() => secure.closeAllConnections(),
		() => rmSync(folder, { recursive: true }),
		() => proxy.close(),
	);
	const credential = (id: string, baseUrl: string) => ({
		...{ id, name: id, type: 'tokenHubApi', data: { apiKey: 'th-demo-key', baseUrl } },
	});
	server = await startServer(
		{
			files: [],
			workflows: workflows(`${gateway.origin}/inner`),
			credentials: [
				credential('secure', `https://${secureHost}/api/v1`),
				credential('inner', gateway.url),
			],
		},
		{
			HTTPS_PROXY: proxy.url,
			NODE_EXTRA_CA_CERTS: authority,
			N8N_SSRF_PROTECTION_ENABLED: 'true',
			N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
		},
	);
}, 45 * 60_000);

afterAll(async () => {
	await server?.stop();
	await gateway?.close();
	for (const close of closing) close();
});

async function run(id: string) {
	const { outputs, error } = await server.rest.run(id, 'Start');
	expect(error).toBeUndefined();
	return outputs.Node?.[0]?.[0]?.json;
}

test('the allowed host is reached, by the proxy and with its own certificate', async () => {
	expect(await run('networkAllowed')).toMatchObject({ text: 'Hello.', retries: 0 });
	expect(proxy.asked).toContain(`CONNECT ${secureHost}`);
});

test("an address in n8n's own network is refused before anything is sent", async () => {
	const before = gateway.requests.length;
	expect(await run('networkBlocked')).toMatchObject({
		error: expect.stringContaining('does not let its nodes reach the Base URL'),
		details: { kind: 'badConfig', hint: expect.stringContaining('N8N_SSRF_ALLOWED_HOSTNAMES') },
	});
	expect(gateway.requests).toHaveLength(before);
});

test('an HTTP tool is refused the same, and the model is told', async () => {
	const before = gateway.requests.length;
	const json = await run('networkTool');
	expect(json).toMatchObject({ stopReason: 'answered', steps: [{ tool: 'inner' }] });
	expect(JSON.stringify(json?.output)).toMatch(/block|not allowed|restricted/i);
	expect(gateway.requests.slice(before).map(({ path }) => path)).not.toContain('/inner');
});

test("n8n's Stop ends the requests under way, and those that wait are never sent", async () => {
	const before = gateway.requests.length;
	const id = await server.rest.begin('networkMany', 'Start');
	const sent = () => gateway.requests.slice(before);
	while (sent().length < 5) await new Promise((resolve) => setTimeout(resolve, 20));
	const stoppedAt = Date.now();
	await server.rest.post(`/rest/executions/${id}/stop`, {});
	await server.rest.until(id, ['canceled']);
	while (sent().some(({ abortedAt }) => abortedAt === undefined)) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	const last = Math.max(...sent().map(({ abortedAt = 0 }) => abortedAt));
	process.stdout.write(`e2e: all requests ended ${last - stoppedAt} ms after Stop\n`);
	expect(sent()).toHaveLength(5);
});
