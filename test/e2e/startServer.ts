import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { freePort } from './freePort';
import { importFiles, type Imports } from './importFiles';
import { installPackage } from './installPackage';
import { installServer, programOf } from './installServer';
import { launch, stop } from './launch';
import { SERVER_LOG } from './paths';
import { openRest, restIsReady, type Rest } from './rest';
import { settings } from './settings';
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

/** An n8n that is installed already, in place of the pinned one. */
export interface Installed {
	folder: string;
	log: string;
}

/** n8n as a person runs it, with this package from its tarball; ready when this resolves. */
export async function startServer(
	imports: Imports,
	environment: NodeJS.ProcessEnv = {},
	installed?: Installed,
): Promise<Server> {
	const { folder, log } = installed ?? { folder: await installServer(), log: SERVER_LOG };
	const n8n = programOf(folder);
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const removeFolder = () => rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
	await mkdir(dirname(log), { recursive: true });
	await rm(log, { force: true });
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
		const isReady = () => restIsReady(origin);
		const first = { words: [...n8n, 'start'], ...command, log, isReady };
		let child = await stage('starting n8n', () => launch(first));
		const restart = async () => {
			await stop(child);
			const N8N_EVENTBUS_LOGWRITER_LOGBASENAME = `restarted-${Date.now()}`;
			child = await launch({ ...first, env: { ...env, N8N_EVENTBUS_LOGWRITER_LOGBASENAME } });
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
