import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import type { Rest } from '../../server/rest';

export interface Listed {
	id: string;
	status: string;
}

/** The executions of a workflow, as n8n's public API lists them. */
export interface Executions {
	/** Those in one state; n8n lists a queued one in none. */
	inState(workflowId: string, status: string): Promise<Listed[]>;
	/** All of them, in whatever state, once none is under way and so many are listed, or in minutes. */
	settled(workflowId: string, count: number): Promise<Listed[]>;
}

/** In the order of an execution's life: one that goes on while the list is read is not missed. */
const UNDER_WAY = ['new', 'running', 'waiting'];
const ENDED = ['success', 'error', 'crashed', 'canceled', 'unknown'];
const LIMIT_MS = 150_000;

/**
 * Not the editor's list: its pages are cut by id and sorted by start, so that executions that started
 * in another order than they came, as in queue mode, may be on no page at all (n8n 2.41.1).
 */
export async function openExecutions(rest: Rest, origin: string): Promise<Executions> {
	const { rawApiKey } = z.object({ rawApiKey: z.string() }).parse(
		await rest.post('/rest/api-keys', {
			...{ label: 'test', expiresAt: null, scopes: ['execution:list', 'execution:read'] },
		}),
	);
	const list = async (workflowId: string, statuses: string[]) => {
		const found: Listed[] = [];
		for (const status of statuses) {
			found.push(...(await listOne({ origin, rawApiKey }, { workflowId, status })));
		}
		return found;
	};
	return {
		inState: (workflowId, status) => list(workflowId, [status]),
		settled: async (workflowId, count) => {
			const deadline = Date.now() + LIMIT_MS;
			for (;;) {
				const open = await list(workflowId, UNDER_WAY);
				const all = [...open, ...(await list(workflowId, ENDED))];
				if (open.length === 0 && all.length >= count) return all;
				if (Date.now() > deadline) return all;
				await sleep(500);
			}
		},
	};
}

const pageSchema = z.object({
	data: z.array(z.object({ id: z.coerce.string(), status: z.string() })),
	nextCursor: z.string().nullish(),
});

async function listOne(
	{ origin, rawApiKey }: { origin: string; rawApiKey: string },
	filter: { workflowId: string; status: string },
): Promise<Listed[]> {
	const found: Listed[] = [];
	let from: { cursor?: string } | undefined = {};
	while (from) {
		const query = new URLSearchParams({ ...filter, ...from, limit: '100' });
		const answer = await fetch(`${origin}/api/v1/executions?${query.toString()}`, {
			headers: { 'X-N8N-API-KEY': rawApiKey },
		});
		if (!answer.ok) throw new Error(`executions: ${answer.status} ${await answer.text()}`);
		const { data, nextCursor } = pageSchema.parse(await answer.json());
		found.push(...data);
		from = nextCursor ? { cursor: nextCursor } : undefined;
	}
	return found;
}

export async function until(what: string, isSo: () => Promise<boolean> | boolean): Promise<void> {
	const deadline = Date.now() + LIMIT_MS;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`not in ${LIMIT_MS / 1_000} s: ${what}`);
		await sleep(250);
	}
}
