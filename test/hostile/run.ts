import fc from 'fast-check';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { messageOf } from '../../core/messageOf';
import { hostileCase, type HostileCase } from './hostileCase';
import { judge } from './judge';
import { openHostile, type Hostile } from './openHostile';

/** `npm run test:hostile -- --minutes 20`: cases as long as one likes, each watched for blocks. */
const LONGEST_BLOCK_MS = 250;
const MOST_SPECIMENS = 20;

const { minutes, seed } = parseArgs({
	options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string' } },
}).values;

const found = new Map<string, { count: number; specimen: string }>();

function report(what: string, given: HostileCase): void {
	const known = found.get(what);
	if (known) known.count += 1;
	else if (found.size < MOST_SPECIMENS) {
		const specimen = JSON.stringify(given);
		found.set(what, { count: 1, specimen });
		console.error(`${what}\n  ${specimen}\n`);
	}
}

/** The longest time for which nothing else could run, and what was not as promised. */
async function play(
	server: Hostile,
	given: HostileCase,
): Promise<{ blockMs: number; wrong?: string }> {
	const delay = monitorEventLoopDelay({ resolution: 5 });
	delay.enable();
	let wrong: string | undefined;
	try {
		await judge(server, given);
	} catch (error) {
		const cause: unknown = error instanceof Error ? error.cause : undefined;
		wrong = `${messageOf(error)}${cause === undefined ? '' : `: ${messageOf(cause)}`}`;
	}
	await sleep(0);
	delay.disable();
	return { blockMs: delay.max / 1e6, ...(wrong === undefined ? {} : { wrong }) };
}

/** Another program may have had the processor: a block counts when it comes every time. */
async function blocksAgain(server: Hostile, given: HostileCase): Promise<number> {
	let least = Infinity;
	for (let times = 0; times < 3 && least > LONGEST_BLOCK_MS; times += 1) {
		least = Math.min(least, (await play(server, given)).blockMs);
	}
	return least;
}

async function main(): Promise<void> {
	const server = await openHostile();
	let current: HostileCase | undefined;
	process.on('unhandledRejection', (reason) => {
		if (current) report(`unhandled rejection: ${messageOf(reason)}`, current);
	});
	const firstSeed = seed === undefined ? Date.now() % 2 ** 31 : Number(seed);
	const until = performance.now() + Number(minutes) * 60_000;
	let cases = 0;
	let longestMs = 0;
	for (let round = 0; performance.now() < until; round += 1) {
		for (const given of fc.sample(hostileCase, { numRuns: 200, seed: firstSeed + round })) {
			if (performance.now() > until) break;
			current = given;
			const { blockMs, wrong } = await play(server, given);
			cases += 1;
			if (wrong !== undefined) report(wrong.replace(/\d+/g, '#'), given);
			const sureMs = blockMs > LONGEST_BLOCK_MS ? await blocksAgain(server, given) : blockMs;
			if (cases > 20) longestMs = Math.max(longestMs, sureMs);
			if (sureMs > LONGEST_BLOCK_MS) report('a block of more than # ms', given);
		}
	}
	await server.close();
	const words = [...found].map(([what, { count }]) => `\n  ${count} × ${what}`).join('');
	console.log(
		`${cases} cases, seed ${firstSeed}, longest block ${Math.round(longestMs)} ms${words}`,
	);
	process.exitCode = found.size > 0 ? 1 : 0;
}

void main();
