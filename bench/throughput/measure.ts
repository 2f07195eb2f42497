import { readFileSync } from 'node:fs';
import type { Gateway } from '../../gateway';
import type { Server } from '../../server/startServer';
import { cpuSeconds } from '../cpu';

export interface Measured {
	items: number;
	/** Items that came out right. */
	right: number;
	/** By n8n's own clock. */
	wallMs: number;
	/** Of n8n's process, for each item. */
	cpuMs: number;
	/** How much n8n's resident memory grew at its highest. */
	memoryMb: number;
	/** Opened during the run. */
	connections: number;
	/** The most calls under way at once. */
	atOnce: number;
	requests: number;
}

/** Calls of the gateway that are under way, as its script counts them. */
export interface Traffic {
	now: number;
	most: number;
}

interface Means {
	server: Server;
	gateway: Gateway;
	traffic: Traffic;
}

/** Runs a workflow once; `isRight` judges the output of an item. */
export async function measure(
	{ server, gateway, traffic }: Means,
	{ id, items }: { id: string; items: number },
	isRight: (json: Record<string, unknown>, item: number) => boolean,
): Promise<Measured> {
	const before = {
		cpu: cpuSeconds(server.pid()),
		connections: gateway.connections(),
		requests: gateway.requests.length,
		memory: residentMb(server.pid()),
	};
	traffic.most = 0;
	let memory = before.memory;
	const watching = setInterval(() => {
		memory = Math.max(memory, residentMb(server.pid()));
	}, 50);
	const { outputs, ms } = await server.rest.run(id, 'Start');
	clearInterval(watching);
	const out = outputs.Node?.[0] ?? [];
	return {
		items,
		right: out.filter(({ json }, item) => isRight(json, item)).length,
		wallMs: ms,
		cpuMs: ((cpuSeconds(server.pid()) - before.cpu) * 1000) / items,
		memoryMb: memory - before.memory,
		connections: gateway.connections() - before.connections,
		atOnce: traffic.most,
		requests: gateway.requests.length - before.requests,
	};
}

/** Of several runs: the median of each number, but the fewest that came out right. */
export function medianOf(runs: readonly Measured[]): Measured {
	const median = (of: (run: Measured) => number) =>
		runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? NaN;
	return {
		items: median(({ items }) => items),
		right: Math.min(...runs.map(({ right }) => right)),
		wallMs: median(({ wallMs }) => wallMs),
		cpuMs: median(({ cpuMs }) => cpuMs),
		memoryMb: median(({ memoryMb }) => memoryMb),
		connections: median(({ connections }) => connections),
		atOnce: median(({ atOnce }) => atOnce),
		requests: median(({ requests }) => requests),
	};
}

function residentMb(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
}
