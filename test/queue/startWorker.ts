import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { freePort } from '../../server/ports';
import { launch, stop } from '../../server/startServerIn';
import type { Member } from './member';

/** Executions that one worker runs at the same time. */
export const CONCURRENCY = 10;

export interface Worker {
	/** The executions that it took from the queue, in order. */
	taken(): Promise<string[]>;
	/** At once, as a system short of memory does it: the worker has no time to hand anything back. */
	kill(): Promise<void>;
	stop(): Promise<void>;
}

export async function startWorker(n8n: string[], { cwd, env, log }: Member): Promise<Worker> {
	const port = await freePort();
	const health = {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: `${port}`,
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const child = await launch({
		words: [...n8n, 'worker', `--concurrency=${CONCURRENCY}`],
		...{ cwd, log, env: { ...env, ...health } },
		isReady: async () => {
			const answer = await fetch(`http://127.0.0.1:${port}/healthz/readiness`).catch(() => null);
			await answer?.body?.cancel();
			return answer?.ok === true;
		},
	});
	return {
		taken: async () => {
			const said = await readFile(log, 'utf8');
			return [...said.matchAll(/Worker started execution (\d+) /g)].map(([, id = '']) => id);
		},
		kill: async () => {
			const ended = once(child, 'exit');
			child.kill('SIGKILL');
			await ended;
		},
		stop: () => stop(child),
	};
}
