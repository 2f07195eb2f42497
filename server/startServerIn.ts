import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from './ports';
import { importFiles, type Imports } from './importFiles';
import { installPackage } from './installPackage';
import { installServer, programOf } from './installServer';
import { openRest, restIsReady, type Rest } from './rest';
import { stage } from './stage';

export interface Server {
	rest: Rest;
	origin: string;
	/**
	 * Stops it as a user would, and starts it again on the same data but without the event log, like a
	 * new container. See docs/compatibility.md.
	 */
	restart(): Promise<void>;
	/** Everything that n8n keeps. */
	userFolder: string;
	/** The process id of n8n's main process. */
	pid(): number;
	stop(): Promise<void>;
}

interface Terms {
	imports: Imports;
	environment: NodeJS.ProcessEnv;
	/** A file for n8n's output. */
	log: string;
	/** Where n8n is installed; if missing, the pinned one. */
	folder?: string;
	/** Without this package. */
	isBare?: boolean;
}

/**
 * Starts n8n on the data of a folder, by default with this package from its tarball; resolves once n8n
 * is ready.
 */
export async function startServerIn(
	userFolder: string,
	{ imports, environment, log, folder, isBare }: Terms,
): Promise<Server> {
	const n8n = programOf(folder ?? (await installServer()));
	if (!isBare) {
		await stage('packing and installing the package', () => installPackage(userFolder));
	}
	const env = { ...settings(userFolder), ...(await freePorts()), ...environment };
	const command = { cwd: userFolder, env };
	await stage('importing workflows', () => importFiles(n8n, imports, command));
	const origin = `http://127.0.0.1:${env.N8N_PORT}`;
	const isReady = () => restIsReady(origin);
	const first = { words: [...n8n, 'start'], ...command, log, isReady };
	let child = await stage('starting n8n', () => launch(first));
	const restart = async () => {
		await stop(child);
		const N8N_EVENTBUS_LOGWRITER_LOGBASENAME = `restarted-${Date.now()}`;
		child = await launch({ ...first, env: { ...env, N8N_EVENTBUS_LOGWRITER_LOGBASENAME } });
	};
	try {
		const rest = await openRest(origin);
		const pid = () => child.pid ?? 0;
		return { rest, origin, userFolder, restart, pid, stop: () => stop(child) };
	} catch (error) {
		await stop(child);
		throw error;
	}
}

async function freePorts() {
	return { N8N_PORT: `${await freePort()}`, N8N_RUNNERS_BROKER_PORT: `${await freePort()}` };
}

interface Launch {
	/** The program and its arguments. */
	words: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** A file for its output, for whoever looks into a failure. */
	log: string;
	isReady(): Promise<boolean>;
}

const READY_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 15_000;

/** Starts one of n8n's processes; resolves once it is ready. */
export async function launch({ words, cwd, env, log, isReady }: Launch): Promise<ChildProcess> {
	const [program = '', ...args] = words;
	const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const kept = createWriteStream(log, { flags: 'a' });
	child.stdout.pipe(kept, { end: false });
	child.stderr.pipe(kept, { end: false });
	try {
		await waitUntilReady(isReady, child);
		return child;
	} catch (error) {
		await stop(child);
		const said = await readFile(log, 'utf8');
		throw new Error(`n8n did not start:\n${said.slice(-4_000)}`, { cause: error });
	}
}

async function waitUntilReady(isReady: () => Promise<boolean>, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) throw new Error(`n8n ended with ${child.exitCode}`);
		if (await isReady()) return;
		await sleep(250);
	}
	throw new Error(`n8n was not ready in ${READY_TIMEOUT_MS / 1_000} s`);
}

/** Sends a polite signal first: n8n then ends its task runner, which is a separate process. */
export async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
	child.kill('SIGKILL');
	await ended;
}

/**
 * Only PATH is inherited: a user's N8N_* variables would change n8n, and jest's NODE_ENV its database.
 */
export function settings(userFolder: string): NodeJS.ProcessEnv {
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
		// On a busy machine, n8n otherwise thinks it has lost its database and answers 503.
		DB_PING_TIMEOUT_MS: '60000',
	};
}
