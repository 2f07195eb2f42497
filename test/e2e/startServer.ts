import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackage } from './installPackage';
import { installServer } from './installServer';
import { openRest, type Rest } from './rest';
import { childEnv, runCommand } from './runCommand';

export interface Server {
	rest: Rest;
	origin: string;
	stop(): Promise<void>;
}

/** Files to import before the server starts; `import:workflow` keeps their ids. */
export interface Imports {
	workflows: string[];
	credentials: string;
}

/** n8n as a person runs it, with this package from its tarball; ready when this resolves. */
export async function startServer(
	imports: (userFolder: string) => Promise<Imports>,
	say: (line: string) => void,
): Promise<Server> {
	const folder = await installServer(say);
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	say('packing and installing the package …');
	await installPackage(userFolder);
	const port = await freePort();
	const env = { ...childEnv(), ...settings(userFolder, port, await freePort()) };
	const n8n = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	say('importing workflows …');
	await importAll([process.execPath, n8n], await imports(userFolder), { cwd: userFolder, env });
	say('starting n8n …');
	const child = spawn(process.execPath, [n8n, 'start'], { cwd: userFolder, env });
	let log = '';
	child.stdout.on('data', (data: Buffer) => (log += data.toString()));
	child.stderr.on('data', (data: Buffer) => (log += data.toString()));
	const stop = async () => {
		const ended = child.exitCode === null ? once(child, 'exit') : undefined;
		child.kill('SIGKILL');
		await ended;
		await rm(userFolder, { recursive: true, force: true });
	};
	const origin = `http://127.0.0.1:${port}`;
	try {
		await waitUntilReady(origin, () => child.exitCode);
		return { rest: await openRest(origin), origin, stop };
	} catch (error) {
		await stop();
		throw new Error(`n8n did not start:\n${log.slice(-4_000)}`, { cause: error });
	}
}

async function importAll(
	n8n: string[],
	{ workflows, credentials }: Imports,
	command: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
	await runCommand([...n8n, 'import:credentials', `--input=${credentials}`], command);
	for (const file of workflows) {
		await runCommand([...n8n, 'import:workflow', `--input=${file}`], command);
	}
}

function settings(userFolder: string, port: number, brokerPort: number) {
	return {
		N8N_USER_FOLDER: userFolder,
		N8N_PORT: String(port),
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_ENCRYPTION_KEY: 'e2e-only',
		DB_TYPE: 'sqlite',
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	server.close();
	await once(server, 'close');
	if (typeof address === 'object' && address) return address.port;
	throw new Error('no free port');
}

async function waitUntilReady(origin: string, exitCode: () => number | null): Promise<void> {
	for (let tries = 0; tries < 360; tries += 1) {
		if (exitCode() !== null) throw new Error(`n8n ended with ${exitCode()}`);
		const ready = await fetch(`${origin}/healthz/readiness`).catch(() => undefined);
		if (ready?.ok) return;
		await sleep(500);
	}
	throw new Error('n8n was not ready in three minutes');
}
