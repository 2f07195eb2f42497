import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEndpoint, type Endpoint } from '../demo/openEndpoint';
import { messageOf } from '../core/messageOf';
import { exampleFiles, ROOT } from '../server/paths';
import { freePort, isListening } from '../server/ports';
import { unpackPackage } from '../server/installPackage';
import { OWNER } from '../server/rest';
import { stage } from '../server/stage';
import { startServerIn } from '../server/startServerIn';
import { watchSources } from './watchSources';

/** Kept between starts, with your workflows and executions. `--fresh` starts over. */
const DATA = join(ROOT, '.cache', 'dev');
const SOURCES = ['core', 'credentials', 'nodes'].map((folder) => join(ROOT, folder));
const N8N_PORT = 5678;

async function main(): Promise<void> {
	if (process.argv.includes('--fresh')) await rm(DATA, { recursive: true, force: true });
	await mkdir(DATA, { recursive: true });
	const endpoint = await openEndpoint(process.env);
	try {
		await serve(endpoint, onCtrlC());
	} finally {
		await endpoint.close();
	}
}

async function serve(endpoint: Endpoint, ended: AbortSignal): Promise<void> {
	const data = { apiKey: endpoint.apiKey, baseUrl: endpoint.url };
	const credential = { id: 'tokenhub-demo', name: 'TokenHub', type: 'tokenHubApi', data };
	const server = await startServerIn(DATA, {
		imports: { files: exampleFiles(), workflows: [], credentials: [credential] },
		environment: { N8N_DEV_RELOAD: 'true', N8N_PORT: `${await usualPort()}` },
		log: join(DATA, 'n8n.log'),
	});
	watchSources(SOURCES, reload, ended);
	process.stdout.write(welcome(server.origin, endpoint.url));
	if (!ended.aborted) await once(ended, 'abort');
	await server.stop();
}

/**
 * The same steps as at the start, so n8n always gets what would be published. n8n notices the changed
 * files.
 */
async function reload(file: string): Promise<void> {
	const build = stage(`${file} changed: building`, () => unpackPackage(DATA));
	await build.catch((error: unknown) => process.stderr.write(`${messageOf(error)}\n`));
}

async function usualPort(): Promise<number> {
	return (await isListening('127.0.0.1', N8N_PORT)) ? await freePort() : N8N_PORT;
}

function welcome(origin: string, endpoint: string): string {
	return `
  n8n        ${origin}
  e-mail     ${OWNER.email}
  password   ${OWNER.password}
  endpoint   ${endpoint}

The examples are imported anew at each start; workflows of your own are kept in .cache/dev.
Changes under core/, credentials/ and nodes/ are built and loaded; reload the page to see new fields.
Ctrl-C ends all of it.
`;
}

/** The terminal sends Ctrl-C to n8n as well, which then ends by itself. */
function onCtrlC(): AbortSignal {
	const stop = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
	return stop.signal;
}

main().catch((error: unknown) => {
	process.stderr.write(`${messageOf(error)}\n`);
	process.exitCode = 1;
});
