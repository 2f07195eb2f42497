import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './freePort';
import { importFiles, type Imports } from './importFiles';
import { installPackage } from './installPackage';
import { installServer } from './installServer';
import { SERVER_LOG } from './paths';
import { openRest, type Rest } from './rest';
import { stage } from './stage';

export interface Server {
	rest: Rest;
	origin: string;
	/**
	 * Stopped as a person would stop it, and started again on the same data, but for the event log: as
	 * a new container has it. See docs/compatibility.md.
	 */
	restart(): Promise<void>;
	/** Everything that n8n keeps. */
	userFolder: string;
	/** Of n8n's main process. */
	pid(): number;
	stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;

/** n8n as a person runs it, with this package from its tarball; ready when this resolves. */
export async function startServer(
	imports: Imports,
	environment: NodeJS.ProcessEnv = {},
): Promise<Server> {
	const modules = join(await installServer(), 'node_modules');
	const n8n = [join(modules, 'node', 'bin', 'node'), join(modules, 'n8n', 'bin', 'n8n')];
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const removeFolder = () => rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	await rm(SERVER_LOG, { force: true });
	try {
		await stage('packing and installing the package', () => installPackage(userFolder));
		const port = await freePort();
		const env = {
			...settings(userFolder),
			...environment,
			N8N_PORT: `${port}`,
			...(await brokerPort()),
		};
		const command = { cwd: userFolder, env };
		await stage('importing workflows', () => importFiles(n8n, imports, command));
		const origin = `http://127.0.0.1:${port}`;
		let child = await stage('starting n8n', () => launch(n8n, command, origin));
		const restart = async () => {
			await stop(child);
			const N8N_EVENTBUS_LOGWRITER_LOGBASENAME = `restarted-${Date.now()}`;
			const again = { ...command, env: { ...env, N8N_EVENTBUS_LOGWRITER_LOGBASENAME } };
			child = await launch(n8n, again, origin);
		};
		const rest = await openRest(origin);
		const pid = () => child.pid ?? 0;
		return {
			rest,
			origin,
			userFolder,
			restart,
			pid,
			stop: () => stop(child).finally(removeFolder),
		};
	} catch (error) {
		await removeFolder();
		throw error;
	}
}

async function brokerPort() {
	return { N8N_RUNNERS_BROKER_PORT: `${await freePort()}` };
}

async function launch(
	[node = '', ...words]: string[],
	command: { cwd: string; env: NodeJS.ProcessEnv },
	origin: string,
): Promise<ChildProcess> {
	const child = spawn(node, [...words, 'start'], { ...command, stdio: ['ignore', 'pipe', 'pipe'] });
	const log = createWriteStream(SERVER_LOG, { flags: 'a' });
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	try {
		await waitUntilReady(origin, child);
		return child;
	} catch (error) {
		await stop(child);
		const said = await readFile(SERVER_LOG, 'utf8');
		throw new Error(`n8n did not start:\n${said.slice(-4_000)}`, { cause: error });
	}
}

/** Nothing but PATH is inherited: a person's N8N_* would change n8n, and jest's NODE_ENV its database. */
function settings(userFolder: string): NodeJS.ProcessEnv {
	return {
		PATH: process.env.PATH,
		HOME: userFolder,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_ENCRYPTION_KEY: 'e2e-only',
	};
}

async function waitUntilReady(origin: string, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) throw new Error(`n8n ended with ${child.exitCode}`);
		// The port answers before the REST API is there, which comes last and speaks JSON.
		const settings = await fetch(`${origin}/rest/settings`).catch(() => undefined);
		const type = settings?.headers.get('content-type') ?? '';
		await settings?.body?.cancel();
		if (settings?.ok && type.includes('json')) return;
		await sleep(250);
	}
	throw new Error(`n8n was not ready in ${READY_TIMEOUT_MS / 1_000} s`);
}

/** Asked politely first: n8n then ends its task runner, which is a process of its own. */
async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
	child.kill('SIGKILL');
	await ended;
}
