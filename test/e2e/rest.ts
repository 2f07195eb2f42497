import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';
import { unflatten } from './unflatten';

const OWNER = {
	email: 'e2e@example.com',
	firstName: 'E',
	lastName: 'E',
	password: 'E2e-password-1',
};

const item = z.looseObject({ json: z.record(z.string(), z.unknown()), pairedItem: z.unknown() });
const runSchema = z.object({
	data: z
		.object({
			main: z.array(z.array(item).nullable()).optional(),
		})
		.optional(),
	error: z.unknown(),
});
const executionDataSchema = z.object({
	resultData: z.object({
		error: z.unknown(),
		runData: z.record(z.string(), z.array(runSchema)),
		lastNodeExecuted: z.string().optional(),
	}),
});

interface Execution {
	status: string;
	error: unknown;
	/** By node: its outputs, each a list of items. */
	outputs: Record<string, Array<z.output<typeof item>[]>>;
	lastNode: string;
}

export interface Rest {
	get(path: string): Promise<unknown>;
	post(path: string, body: unknown): Promise<unknown>;
	/** Runs a workflow by hand, as the editor's button does, and waits for its end. */
	run(workflowId: string, trigger: string): Promise<Execution>;
}

/** n8n's own REST API as its editor uses it, as the owner. */
export async function openRest(origin: string): Promise<Rest> {
	const headers = { 'content-type': 'application/json', 'browser-id': 'e2e' };
	const setup = await fetch(`${origin}/rest/owner/setup`, {
		method: 'POST',
		headers,
		body: JSON.stringify(OWNER),
	});
	if (!setup.ok) throw new Error(`owner setup: ${setup.status} ${await setup.text()}`);
	const cookie = setup.headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ');
	const call = async (path: string, init: RequestInit) => {
		const response = await fetch(origin + path, { ...init, headers: { ...headers, cookie } });
		const text = await response.text();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 1_000)}`);
		const json: unknown = JSON.parse(text);
		return z.object({ data: z.unknown() }).safeParse(json).data?.data ?? json;
	};
	const get = (path: string) => call(path, { method: 'GET' });
	const post = (path: string, body: unknown) =>
		call(path, { method: 'POST', body: JSON.stringify(body) });
	return { get, post, run: (id, trigger) => runWorkflow({ get, post }, id, trigger) };
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

async function runWorkflow(
	{ get, post }: Pick<Rest, 'get' | 'post'>,
	id: string,
	trigger: string,
): Promise<Execution> {
	const started = await post(`/rest/workflows/${id}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	const { executionId } = z.object({ executionId: z.string() }).parse(started);
	for (let tries = 0; tries < 240; tries += 1) {
		const execution = z
			.object({ status: z.string(), data: z.unknown() })
			.parse(await get(`/rest/executions/${executionId}`));
		if (ENDED.includes(execution.status)) return readExecution(execution);
		await sleep(250);
	}
	throw new Error(`execution ${executionId} did not end in a minute`);
}

function readExecution({ status, data }: { status: string; data: unknown }): Execution {
	const full = typeof data === 'string' ? unflatten(data) : data;
	const { resultData } = executionDataSchema.parse(full);
	const outputs = Object.entries(resultData.runData).map(([name, runs]) => [
		name,
		(runs[0]?.data?.main ?? []).map((items) => items ?? []),
	]);
	return {
		status,
		error: resultData.error,
		outputs: Object.fromEntries(outputs),
		lastNode: resultData.lastNodeExecuted ?? '',
	};
}
