import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway } from '../../gateway';
import { buildWorkflow, MODEL } from '../../server/buildWorkflow';
import { startServer } from '../../server/startServer';
import { keepPicture, openPage } from '../browser/openEditor';
import { installedVersion, installPackage, removePackage, updatePackage } from './communityNodes';
import { twoVersions } from './packages';
import { openRegistry } from './registry';

const KEY = 'th-demo-key';
const workflow = buildWorkflow('kept', [
	{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', to: [['Chat', 'main']] },
	{
		name: 'Chat',
		type: 'n8n-nodes-tokenhub.tokenHubChatCompletion',
		parameters: { model: MODEL, prompt: 'Hello', maxTokens: 64, options: {} },
		credentials: { tokenHubApi: { id: 'tokenhub', name: 'TokenHub' } },
	},
]);

async function open() {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-install-'));
	const [now, next] = await twoVersions(folder);
	const registry = await openRegistry();
	const certificate = join(folder, 'registry.pem');
	await writeFile(certificate, registry.certificate);
	const gateway = await startGateway({ keys: { [KEY]: 'active' } });
	const data = { apiKey: KEY, baseUrl: gateway.url };
	const credential = { id: 'tokenhub', name: 'TokenHub', type: 'tokenHubApi', data };
	const environment = {
		...{ HTTPS_PROXY: registry.proxyUrl, NO_PROXY: '127.0.0.1' },
		...{ NODE_EXTRA_CA_CERTS: certificate, npm_config_registry: registry.url },
	};
	const imports = { files: [], workflows: [workflow], credentials: [credential] };
	const server = await startServer(imports, environment, { isBare: true });
	const { page, browser } = await openPage(server.origin);
	const close = async () => {
		await browser.close();
		await server.stop();
		registry.close();
		await gateway.close();
		await rm(folder, { recursive: true });
	};
	return { ...{ now, next, registry, gateway, server, page, close } };
}

let opened: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
	opened = await open();
}, 45 * 60_000);
afterAll(async () => {
	await opened?.close();
});

/** The workflow's outcome as it is now, and what n8n keeps of it. */
async function run() {
	const { server } = opened;
	const { status, outputs } = await server.rest.run('kept', 'Start');
	return { status, text: outputs.Chat?.[0]?.[0]?.json.text };
}

test('the package is installed, updated and removed in n8n’s settings, and workflows stay', async () => {
	const { now, next, registry, server, page, gateway } = opened;
	const { name } = now;
	try {
		registry.publish(now);
		await installPackage(page, { name, origin: server.origin });
		expect(await installedVersion(page, name)).toBe(now.version);
		expect(await run()).toEqual({ status: 'success', text: expect.stringMatching(/./) });

		registry.publish(next);
		await updatePackage(page, { name, origin: server.origin });
		expect(await installedVersion(page, name)).toBe(next.version);
		expect(await run()).toEqual({ status: 'success', text: expect.stringMatching(/./) });

		await removePackage(page, name);
		await expect(run()).rejects.toThrow(/tokenHubChatCompletion/);
		await installPackage(page, { name, origin: server.origin });
		expect(await run()).toEqual({ status: 'success', text: expect.stringMatching(/./) });
		expect(gateway.requests).toHaveLength(3);
	} catch (error) {
		await keepPicture(page, 'install');
		throw error;
	}
});
