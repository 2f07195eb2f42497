import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod/v4';

/** The owner of every server that the tests start. */
export const OWNER = {
	email: 'e2e@example.com',
	firstName: 'E',
	lastName: 'E',
	password: 'E2e-password-1',
};

const item = z.looseObject({ json: z.record(z.string(), z.unknown()), pairedItem: z.unknown() });
const runSchema = z.object({
	/** By connection type: `main`, or that of a sub-node. */
	data: z.record(z.string(), z.array(z.array(item).nullable())).optional(),
	error: z.unknown(),
	hints: z.array(z.object({ message: z.string() })).optional(),
});
const executionDataSchema = z.object({
	resultData: z.object({
		error: z.unknown(),
		runData: z.record(z.string(), z.array(runSchema)),
		lastNodeExecuted: z.string().optional(),
	}),
});

export interface Execution {
	status: string;
	/** From start to end, by n8n's own clock. */
	ms: number;
	error: unknown;
	/** By node: its outputs, each a list of items. */
	outputs: Record<string, Item[][]>;
	/** By node: the hints below its output. */
	hints: Record<string, string[]>;
	lastNode: string;
}

export interface Rest {
	get(path: string): Promise<unknown>;
	post(path: string, body: unknown): Promise<unknown>;
	/** Starts a workflow manually, as the editor's button does; returns the execution's id. */
	begin(workflowId: string, trigger: string): Promise<string>;
	/** Waits until an execution is in one of the states. */
	until(executionId: string, states: string[]): Promise<Execution>;
	/** Starts a workflow and waits until it has ended. */
	run(workflowId: string, trigger: string): Promise<Execution>;
	/** Publishes a workflow, so that its webhooks answer. */
	activate(workflowId: string): Promise<void>;
}

/** Calls n8n's own REST API as its editor does, as the owner. */
export async function openRest(origin: string): Promise<Rest> {
	const headers = { 'content-type': 'application/json', 'browser-id': 'e2e' };
	const cookie = await signIn(origin, headers);
	const call = async (path: string, init: RequestInit) => {
		const response = await fetch(origin + path, { ...init, headers: { ...headers, cookie } });
		const text = await response.text();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 1_000)}`);
		const json: unknown = JSON.parse(text);
		return z.object({ data: z.unknown() }).safeParse(json).data?.data ?? json;
	};
	// A busy n8n may close a kept-alive connection just as it is used again.
	const get = (path: string) =>
		call(path, { method: 'GET' }).catch((error: unknown) => {
			if (error instanceof TypeError) return call(path, { method: 'GET' });
			throw error;
		});
	const post = (path: string, body: unknown) =>
		call(path, { method: 'POST', body: JSON.stringify(body) });
	const begin = (id: string, trigger: string) => beginWorkflow(post, id, trigger);
	const until = (id: string, states: string[]) => untilIn(get, id, states);
	return {
		...{ get, post, begin, until },
		run: async (id, trigger) => await until(await begin(id, trigger), ENDED),
		activate: (id) => activate({ get, post }, id),
	};
}

/** Creates the owner, or signs in if there is one; returns the session's cookie. */
async function signIn(origin: string, headers: Record<string, string>): Promise<string> {
	const send = (path: string, body: object) =>
		fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) });
	const setup = await send('/rest/owner/setup', OWNER);
	const { email: emailOrLdapLoginId, password } = OWNER;
	const answer = setup.ok ? setup : await send('/rest/login', { emailOrLdapLoginId, password });
	if (!answer.ok) throw new Error(`owner: ${answer.status} ${await answer.text()}`);
	const cookies = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
	return cookies.join('; ');
}

/** The port answers before the REST API is ready; the API comes last and answers in JSON. */
export async function restIsReady(origin: string): Promise<boolean> {
	const settings = await fetch(`${origin}/rest/settings`).catch(() => undefined);
	const type = settings?.headers.get('content-type') ?? '';
	await settings?.body?.cancel();
	return settings?.ok === true && type.includes('json');
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

async function beginWorkflow(post: Rest['post'], id: string, trigger: string): Promise<string> {
	const started = await post(`/rest/workflows/${id}/run`, {
		triggerToStartFrom: { name: trigger },
	});
	return z.object({ executionId: z.string() }).parse(started).executionId;
}

async function untilIn(get: Rest['get'], id: string, states: string[]): Promise<Execution> {
	for (let tries = 0; tries < 960; tries += 1) {
		const execution = z
			.object({ status: z.string(), data: z.unknown(), startedAt: date, stoppedAt: date })
			.parse(await get(`/rest/executions/${id}`));
		// n8n 1 reports the state a moment before the data.
		const isThere = execution.data !== undefined && execution.data !== null;
		if (isThere && states.includes(execution.status)) return readExecution(execution);
		await sleep(250);
	}
	throw new Error(`execution ${id} was not ${states.join(' or ')} in four minutes`);
}

async function activate({ get, post }: Pick<Rest, 'get' | 'post'>, id: string): Promise<void> {
	const { versionId } = z
		.object({ versionId: z.string() })
		.parse(await get(`/rest/workflows/${id}`));
	await post(`/rest/workflows/${id}/activate`, { versionId });
}

type Item = z.output<typeof item>;

/** A node may run several times: each output has the items of all runs, in order. */
function allRuns(runs: Array<Array<Item[] | null>>): Item[][] {
	const outputs: Item[][] = [];
	for (const [index, items] of runs.flatMap((run) => [...run.entries()])) {
		(outputs[index] ??= []).push(...(items ?? []));
	}
	return outputs;
}

/** Empty while there is no date. */
const date = z
	.string()
	.nullish()
	.transform((text) => (text ? Date.parse(text) : NaN));

interface Raw {
	status: string;
	data: unknown;
	startedAt: number;
	stoppedAt: number;
}

function readExecution({ status, data, startedAt, stoppedAt }: Raw): Execution {
	const full = typeof data === 'string' ? unflatten(data) : data;
	const { resultData } = executionDataSchema.parse(full);
	const outputs = Object.entries(resultData.runData).map(([name, runs]) => [
		name,
		allRuns(runs.map((run) => Object.values(run.data ?? {})[0] ?? [])),
	]);
	const hints = Object.entries(resultData.runData).map(([name, runs]) => [
		name,
		runs.flatMap((run) => (run.hints ?? []).map(({ message }) => message)),
	]);
	return {
		status,
		ms: stoppedAt - startedAt,
		error: resultData.error,
		outputs: Object.fromEntries(outputs),
		hints: Object.fromEntries(hints),
		lastNode: resultData.lastNodeExecuted ?? '',
	};
}

/**
 * Reads n8n's stored execution data: a text with a list of values that refer to each other by index.
 */
function unflatten(text: string): unknown {
	const values = z.array(z.unknown()).parse(JSON.parse(text));
	const known = new Map<number, unknown>();
	const revive = (value: unknown): unknown =>
		typeof value === 'string' ? at(Number(value)) : value;
	const at = (index: number): unknown => {
		if (known.has(index)) return known.get(index);
		const value = values[index];
		if (typeof value !== 'object' || value === null) return value;
		// Registered before it is filled: values may refer to themselves.
		const target: unknown[] | Record<string, unknown> = Array.isArray(value) ? [] : {};
		known.set(index, target);
		for (const [key, entry] of Object.entries(value)) Reflect.set(target, key, revive(entry));
		return target;
	};
	return at(0);
}
