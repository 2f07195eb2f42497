import { freePort } from '../../server/ports';
import { settings } from '../../server/startServerIn';
import { logOf } from '../../server/paths';
import { rm } from 'node:fs/promises';

/** One process of n8n's, before it is started. */
export interface Member {
	cwd: string;
	env: NodeJS.ProcessEnv;
	log: string;
}

/** Not what n8n does, only how soon: a worker counts as gone after ten seconds instead of sixty. */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '2000',
};

/** `shared` leads to the database and the queue; everything else is its own, as in containers. */
export async function openMember(folder: string, shared: NodeJS.ProcessEnv): Promise<Member> {
	const log = logOf(`queue-${folder.split('/').at(-1)}`);
	await rm(log, { force: true });
	const env = {
		...settings(folder),
		...shared,
		...SOON,
		EXECUTIONS_MODE: 'queue',
		N8N_RUNNERS_BROKER_PORT: `${await freePort()}`,
	};
	return { cwd: folder, env, log };
}
