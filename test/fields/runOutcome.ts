import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { startGateway, type Gateway, type Script } from '../../gateway';
import { KEY } from '../support/openGateway';
import { openReader } from '../support/openReader';
import { runNode, type NodeRun } from '../support/runNode';
import type { Outcome, RunOutcome, Setting } from './fieldRow';

/** Stands for the gateway's own origin in parameters: other addresses than the model's answer 404. */
const API = 'http://api.test';
const UUID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;
const VOLATILE = ['latencyMs', 'durationMs', 'elapsedMs', 'created', 'x-request-id'];

/** One of the package's nodes in n8n's engine, on a gateway of its own. */
export function runOutcome(type: NodeRun['type']): RunOutcome {
	return async (parameters, setting) => {
		const { parts, times = 1, stopWhenQuiet, hurried, isRead, ...rest } = setting;
		const reader = openReader();
		const { script = rest.script ?? ANSWER, supplied, seen } = parts?.() ?? {};
		const watched = watch(script);
		const gateway = await startGateway({ keys: { [KEY]: 'active' }, script: watched.script });
		const stop = new AbortController();
		const node = { id: randomUUID(), ...rest.node };
		const run = (retryOf?: NodeRun['retryOf']) =>
			runNode(
				{ apiKey: KEY, baseUrl: gateway.url },
				{
					...{ ...runPart(rest), type, node, supplied, signal: stop.signal, retryOf },
					...(isRead ? { onChunk: reader.onChunk } : {}),
					parameters: { ...Object(withOrigin(parameters, gateway.origin)) },
				},
			);
		const clock = hurried ? hurry() : undefined;
		const first = run();
		let isOver = false;
		if (stopWhenQuiet) void quiet(gateway, () => isOver).then(() => stop.abort());
		let ran = await first.finally(() => (isOver = true));
		for (let n = 1; n < times; n += 1) ran = await run(ran.run);
		clock?.mockRestore();
		await gateway.close();
		return toOutcome({ ran, gateway, peak: watched.peak(), seen, chat: reader.text() });
	};
}

const ANSWER: Script = () => ({ text: '{"a":"b"}' });

function runPart({ items, input, tools, workflows }: Setting) {
	return { items, input, tools, workflows };
}

function withOrigin(parameters: unknown, origin: string): unknown {
	return JSON.parse(JSON.stringify(parameters).replaceAll(API, origin));
}

/** Turns of the event loop, not time: what can happen has happened. */
export async function turns(count = 100): Promise<void> {
	for (let n = 0; n < count; n += 1) await turn();
}

const LONG_MS = 10_000;

/** Waits of minutes take milliseconds, the shorter still first. */
function hurry() {
	const { setTimeout } = globalThis;
	return jest
		.spyOn(globalThis, 'setTimeout')
		.mockImplementation((run, ms = 0) => setTimeout(run, ms < LONG_MS ? ms : ms / LONG_MS));
}

/** Until a request was answered, and none followed. */
async function quiet(gateway: Gateway, isOver: () => boolean): Promise<void> {
	const { requests } = gateway;
	while (!isOver() && (requests.at(-1)?.status ?? null) === null) await turn();
	const before = requests.length;
	await turns();
	if (!isOver() && requests.length > before) await quiet(gateway, isOver);
}

/** The same script, each answer held until those that come beside it are there. */
function watch(script: Script) {
	let underWay = 0;
	let peak = 0;
	const watched: Script = async (body, n) => {
		underWay += 1;
		peak = Math.max(peak, underWay);
		await turns();
		underWay -= 1;
		if (typeof script === 'function') return await script(body, n);
		return script[n] ?? { status: 500, error: { message: 'The script is used up.' } };
	};
	return { script: watched, peak: () => peak };
}

interface Ended {
	ran: Awaited<ReturnType<typeof runNode>>;
	gateway: Gateway;
	peak: number;
	seen: unknown;
	chat?: string;
}

export function toOutcome({ ran, gateway, peak, seen, chat = '' }: Ended): Outcome {
	const toModel = gateway.requests.filter(({ path }) => path.endsWith('/chat/completions'));
	const others = gateway.requests.filter((request) => !toModel.includes(request));
	const outputs = (ran.nodes.Node?.outputs ?? []).map((items) => items.map(({ json }) => json));
	const hints = ran.run?.data.resultData.runData.Node?.[0]?.hints ?? [];
	const { message = '', description = '' } = ran.error ?? {};
	const outcome: Outcome = {
		bodies: toModel.map(({ body }) => body),
		calls: others.map(({ method, path, headers, body }) => ({ method, path, headers, body })),
		...{ peak, outputs, seen, chat, json: outputs.flat()[0] },
		hints: hints.map((hint) => hint.message),
		error: ran.error && `${message} ${description}`,
	};
	return steady(outcome, gateway.origin);
}

/** Without what no two runs have in common. */
function steady(outcome: Outcome, origin: string): Outcome {
	const text = JSON.stringify(outcome, (key, value) =>
		VOLATILE.includes(key) ? undefined : value,
	);
	const { host } = new URL(origin);
	return JSON.parse(
		text.replaceAll(origin, API).replaceAll(host, 'api.test').replace(UUID, 'some-id'),
	);
}
