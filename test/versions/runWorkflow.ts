import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { valueOrReason } from '../../core/messageOf';
import type { BuiltWorkflow } from '../../server/buildWorkflow';
import { fitVersions } from './fitVersions';
import type { Execution } from '../../server/rest';
import type { Ground } from './ground';

const storedSchema = z.looseObject({ id: z.string() });
const startedSchema = z.object({ executionId: z.string() });

/** Stores a workflow, with versions of its nodes that this n8n has. */
export async function store({ server, types }: Ground, workflow: BuiltWorkflow) {
	const { id: _id, ...rest } = fitVersions(workflow, types);
	return storedSchema.parse(await server.rest.post('/rest/workflows', rest));
}

/** Starts it by hand; the execution's id. */
export async function begin(ground: Ground, workflow: BuiltWorkflow): Promise<string> {
	const { rest } = ground.server;
	const stored = await store(ground, workflow);
	// Older versions take the workflow from the request.
	const body = { workflowData: stored, triggerToStartFrom: { name: triggerOf(workflow) } };
	return startedSchema.parse(await rest.post(`/rest/workflows/${stored.id}/run`, body)).executionId;
}

export async function run(ground: Ground, workflow: BuiltWorkflow): Promise<Execution> {
	const id = await begin(ground, workflow);
	return await until(ground, id, ['success', 'error', 'crashed', 'canceled']);
}

/** Some versions fail to give an execution that has just begun. */
export async function until({ server }: Ground, id: string, states: string[]): Promise<Execution> {
	for (let tries = 0; tries < 20; tries += 1) {
		const given = await valueOrReason(() => server.rest.until(id, states));
		if (given.ok) return given.value;
		if (!given.reason.includes(': 500 ')) throw new Error(given.reason);
		await sleep(250);
	}
	throw new Error(`n8n does not give execution ${id}`);
}

const nodeSchema = z.object({ name: z.string(), type: z.string() });

function triggerOf({ nodes }: BuiltWorkflow): string {
	const all = z.array(nodeSchema).parse(nodes);
	return all.find(({ type }) => type.endsWith('Trigger'))?.name ?? '';
}
