import { freePort } from './freePort';
import { importFiles, type Imports } from './importFiles';
import { installPackage } from './installPackage';
import { installServer, programOf } from './installServer';
import { launch, stop } from './launch';
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

interface Terms {
	imports: Imports;
	environment: NodeJS.ProcessEnv;
	/** A file that keeps what n8n says. */
	log: string;
	/** Where n8n is installed; the pinned one when missing. */
	folder?: string;
	/** Without this package. */
	isBare?: boolean;
}

/** n8n on the data of a folder, with this package from its tarball unless told otherwise; ready when this resolves. */
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
