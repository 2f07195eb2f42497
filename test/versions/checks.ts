import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import type { Ground } from './ground';
import { begin, run, store, until } from './runWorkflow';
import * as workflows from './workflows';
import type { BuiltWorkflow } from '../../server/buildWorkflow';

type Check = (ground: Ground) => Promise<void>;

const SHA = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

/** What one node gave, by output; the execution must not have failed. */
async function outputsOf(ground: Ground, workflow: BuiltWorkflow, node: string) {
	const { outputs, error } = await run(ground, workflow);
	expect(error).toBeUndefined();
	return (outputs[node] ?? []).map((items) => items.map(({ json }) => json));
}

/** Never ends unless the execution does: what it says then. */
async function failure(ground: Ground, id: string): Promise<never> {
	const { status, error, outputs } = await until(ground, id, ['success', 'error', 'crashed']);
	throw new Error(`the execution ended as ${status}: ${JSON.stringify(error ?? outputs)}`);
}

/** By the name that stands over its column. */
export const checks: Record<string, Check> = {
	async listed({ server, types }) {
		const ours = ['ChatCompletion', 'ToolCallLoop', 'JsonExtract'].map((name) => `tokenHub${name}`);
		for (const name of [...ours, 'lmChatTokenHub']) {
			expect(types.map((type) => type.name)).toContain(`n8n-nodes-tokenhub.${name}`);
		}
		const listed = await server.rest.get('/types/credentials.json');
		expect(listed).toContainEqual(expect.objectContaining({ name: 'tokenHubApi' }));
	},

	async 'credential test'({ server, demo }) {
		const result = async (apiKey: string) =>
			await server.rest.post('/rest/credentials/test', {
				credentials: {
					...{
						id: 'tokenhub-demo',
						name: 'Test',
						type: 'tokenHubApi',
						data: { apiKey, baseUrl: demo.url },
					},
				},
			});
		expect(await result('th-demo-key')).toMatchObject({ status: 'OK' });
		expect(await result('th-bad-key')).toMatchObject({
			...{ status: 'Error', message: expect.stringContaining('refused this API key') },
		});
	},

	async chat(ground) {
		const [done] = await outputsOf(ground, workflows.chat, 'Node');
		expect(done).toMatchObject([{ finishReason: 'stop' }, { finishReason: 'stop' }]);
	},

	async 'error output'(ground) {
		const [, failed] = await outputsOf(ground, workflows.chat, 'Node');
		expect(failed).toMatchObject([{ n: 1, details: { kind: 'badConfig' } }]);
	},

	async extract(ground) {
		const outputs = await outputsOf(ground, workflows.extract, 'Node');
		expect(outputs).toMatchObject([[{ output: { name: 'Ada', age: 36 } }]]);
	},

	async 'connected tools'(ground) {
		const [[json] = []] = await outputsOf(ground, workflows.connectedTools, 'Loop');
		expect(json).toMatchObject({
			stopReason: 'answered',
			steps: [{ result: '42' }, { result: 'olleh' }, { result: expect.stringContaining(SHA) }],
		});
	},

	async 'inline tool'(ground) {
		const workflow = workflows.inlineTool(ground.weatherUrl);
		const [[json] = []] = await outputsOf(ground, workflow, 'Loop');
		expect(json).toMatchObject({ stopReason: 'answered', steps: [{ result: { degrees: 7 } }] });
	},

	async 'as a tool'(ground) {
		const [[json] = []] = await outputsOf(ground, workflows.asTool, 'Loop');
		const result = expect.stringContaining('Question 1, answered.');
		expect(json).toMatchObject({ stopReason: 'answered', steps: [{ result }] });
	},

	async memory(ground) {
		const [items] = await outputsOf(ground, workflows.memory, 'Loop');
		const answers = ['Question 1, answered.', 'Question 2, answered.'];
		expect(items).toMatchObject(answers.map((output) => ({ output })));
	},

	async streaming(ground) {
		const { id, versionId } = await store(ground, workflows.streaming);
		const { rest, origin } = ground.server;
		await rest.post(`/rest/workflows/${id}/activate`, { versionId });
		const body = JSON.stringify({ action: 'sendMessage', sessionId: 's', chatInput: 'Hello' });
		const headers = { 'content-type': 'application/json' };
		const ask = () => fetch(`${origin}/webhook/streaming/chat`, { method: 'POST', headers, body });
		let response = await ask();
		// n8n registers the webhooks of a published workflow a moment later.
		for (let tries = 0; response.status === 404 && tries < 40; tries += 1) {
			await sleep(250);
			response = await ask();
		}
		const lines = (await response.text()).split('\n').filter((line) => line.includes('"Node"'));
		expect(lines.filter((line) => line.includes('"item"')).length).toBeGreaterThan(1);
	},

	async stop(ground) {
		const { scripted, server } = ground;
		const before = scripted.requests.length;
		const id = await begin(ground, workflows.hanging);
		while (scripted.requests.length === before) await sleep(50);
		await server.rest.post(`/rest/executions/${id}/stop`, {});
		expect(await until(ground, id, ['canceled'])).toMatchObject({ status: 'canceled' });
		await sleep(1_000);
		expect(scripted.requests.at(-1)).toMatchObject({ abortedAt: expect.any(Number) });
		expect(scripted.requests.length - before).toBe(1);
	},

	async 'engine request'(ground) {
		const [[json] = []] = await outputsOf(ground, workflows.engineRequest, 'Loop');
		expect(json).toMatchObject({ stopReason: 'answered', steps: [{ tool: 'Hash' }] });
		expect(JSON.stringify(json?.steps)).toContain(SHA);
	},

	async approval(ground) {
		const { server, smtp } = ground;
		const id = await begin(ground, workflows.approval);
		const mail = await Promise.race([smtp.nextMail(), failure(ground, id)]);
		await until(ground, id, ['waiting']);
		const links = [...mail.matchAll(/href="([^"]+)"/g)].map(([, url]) => new URL(url ?? ''));
		const yes = links.find((url) => url.searchParams.get('approved') === 'true');
		// n8n takes any other user agent for the preview robot of a mail program.
		const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
		await fetch(`${server.origin}${yes?.pathname}${yes?.search}`, { headers });
		const { outputs, error } = await until(ground, id, ['success', 'error']);
		expect(error).toBeUndefined();
		expect(outputs['Answer the customer']?.[0]?.[0]?.json).toMatchObject({
			output: expect.stringContaining('Order A-1042 is refunded.'),
		});
	},

	async 'chat model'(ground) {
		const [[json] = []] = await outputsOf(ground, workflows.chatModel, 'Agent');
		expect(z.object({ output: z.string() }).parse(json).output).toContain('42');
	},
};
