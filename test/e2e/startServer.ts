import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './freePort';
import { SERVER_LOG } from './paths';

export interface Server {
	origin: string;
	stop(): Promise<void>;
}

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;

/** Starts the n8n of `installFolder` on a free loopback port and waits until it serves. */
export async function startServer(installFolder: string, userFolder: string): Promise<Server> {
	const port = await freePort();
	const modules = join(installFolder, 'node_modules');
	await mkdir(dirname(SERVER_LOG), { recursive: true });
	const child = spawn(join(modules, 'node', 'bin', 'node'), [join(modules, 'n8n/bin/n8n'), 'start'], {
		cwd: userFolder,
		env: { ...environment(userFolder), N8N_PORT: `${port}`, ...(await brokerPort()) },
		// Its own process group, so that its task runner can be ended with it.
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const log = createWriteStream(SERVER_LOG);
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	killWithUs(child);
	const server = { origin: `http://127.0.0.1:${port}`, stop: () => stop(child) };
	try {
		await untilReady(server.origin, child);
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}

async function brokerPort() {
	return { N8N_RUNNERS_BROKER_PORT: `${await freePort()}` };
}

/** Nothing is inherited but PATH: NODE_ENV=test from jest, or a person's own N8N_*, change n8n. */
function environment(userFolder: string): NodeJS.ProcessEnv {
	return {
		PATH: process.env.PATH,
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_ENCRYPTION_KEY: 'n8n-nodes-tokenhub-e2e',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
	};
}

async function untilReady(origin: string, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) break;
		// The port opens long before the REST API is there: settings come last and as JSON.
		if (await answers(`${origin}/healthz`)) {
			if (await answers(`${origin}/rest/settings`)) return;
		}
		await sleep(250);
	}
	const log = await readFile(SERVER_LOG, 'utf8');
	throw new Error(`n8n did not start (exit code ${child.exitCode}):\n${log.slice(-4000)}`);
}

async function answers(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
		await response.arrayBuffer();
		return response.ok && (response.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) {
		const exited = once(child, 'exit');
		signalGroup(child, 'SIGTERM');
		await Promise.race([exited, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
	}
	// The task runner may outlive its parent.
	signalGroup(child, 'SIGKILL');
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// The group is gone already.
	}
}

function killWithUs(child: ChildProcess): void {
	process.once('exit', () => signalGroup(child, 'SIGKILL'));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => process.exit(130));
	}
}
