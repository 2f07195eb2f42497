import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { startGateway } from '../../../gateway';
import { atOnce, replyOf, requestsOf, stepsOf, type Kind } from './kinds';

/** What one loop came to that was killed again and again. */
export interface Survived {
	kills: number;
	/** What is wrong with it. */
	faults: string[];
}

/** The program, bundled once: it has to start fast. */
export function bundled(): { program: string; remove(): void } {
	const folder = mkdtempSync(join(tmpdir(), 'crash-'));
	const program = join(folder, 'child.cjs');
	buildSync({
		...{ entryPoints: [join(__dirname, 'child.ts')], outfile: program },
		...{ bundle: true, platform: 'node', logLevel: 'warning' },
	});
	return { program, remove: () => rmSync(folder, { recursive: true }) };
}

/** Kills the program at random moments, up to so many times, and lets it end then. */
export async function killedLoop(
	program: string,
	kind: Kind,
	mostKills: number,
): Promise<Survived> {
	const gateway = await startGateway({ script: (body) => replyOf(kind, body) });
	const folder = mkdtempSync(join(tmpdir(), 'crash-run-'));
	let kills = 0;
	try {
		while (!existsSync(join(folder, 'result')) && kills <= mostKills) {
			const isLast = kills === mostKills;
			const end = await runOnce(
				[program, gateway.url, folder, kind],
				isLast ? undefined : Math.random() * 250,
			);
			if (end === 'hung') return { kills, faults: ['it hangs'] };
			if (end === 'killed') kills += 1;
			else if (!existsSync(join(folder, 'result')))
				return { kills, faults: ['it ended without a result'] };
		}
		const answered = gateway.requests.filter(({ status }) => status !== null).length;
		return {
			kills,
			faults: faultsOf(folder, kind, { asked: gateway.requests.length, answered, kills }),
		};
	} finally {
		await gateway.close();
		rmSync(folder, { recursive: true });
	}
}

/** Far longer than a loop takes, on any machine. */
const HUNG_MS = 120_000;

/** How it ended; killed so long after it was ready. */
async function runOnce(
	args: string[],
	killAfterMs: number | undefined,
): Promise<'ended' | 'killed' | 'hung'> {
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	let hung = false;
	const limit = setTimeout(() => {
		hung = true;
		child.kill('SIGKILL');
	}, HUNG_MS);
	const ended = new Promise<boolean>((resolve) => {
		child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL'));
	});
	if (killAfterMs !== undefined) {
		child.stdout.once('data', () => void sleep(killAfterMs).then(() => child.kill('SIGKILL')));
	}
	const wasKilled = await ended;
	clearTimeout(limit);
	return hung ? 'hung' : wasKilled ? 'killed' : 'ended';
}

interface Step {
	callId: string;
	result?: unknown;
	error?: string;
}

function faultsOf(
	folder: string,
	kind: Kind,
	paid: { asked: number; answered: number; kills: number },
): string[] {
	const result = JSON.parse(readFileSync(join(folder, 'result'), 'utf8'));
	const steps: Step[] = result.steps;
	const again = paid.asked - atOnce(kind) * paid.kills;
	return [
		...faultsOfSteps(steps, readFileSync(join(folder, 'log'), 'utf8').trim().split('\n')),
		...(result.output === 'All done.' && result.stopReason === 'answered'
			? []
			: [`the answer is wrong: ${String(result.output)}`]),
		...(steps.length === stepsOf(kind) ? [] : [`${steps.length} steps`]),
		...(again <= requestsOf(kind) ? [] : [`${again} requests besides those in flight`]),
		// What a killed process had paid without having been told is all that may be missing.
		...(result.requests <= paid.answered &&
		result.requests >= Math.min(requestsOf(kind), paid.answered - atOnce(kind) * paid.kills)
			? []
			: [`the result counts ${result.requests} requests of ${paid.answered}`]),
	];
}

function faultsOfSteps(steps: readonly Step[], lines: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
	const twice = [...counts].filter(([line, count]) => line.includes(' act-') && count > 1);
	const own = steps.filter(({ callId }) => !/^(?:delegate|find)-/.test(callId));
	const lost = own.filter(
		({ callId, result: given }) => given !== undefined && !counts.has(`effect ${callId}`),
	);
	const odd = steps.filter(
		({ error }) => error !== undefined && !error.startsWith('It is not known'),
	);
	const repeatable = steps.filter(
		({ callId, error }) => !callId.startsWith('act') && error !== undefined,
	);
	return [
		...twice.map(([line, times]) => `"${line}" happened ${times} times`),
		...lost.map(({ callId }) => `${callId} has a result, and did not happen`),
		...odd.map(({ callId, error }) => `${callId}: ${error}`),
		...repeatable.map(({ callId }) => `${callId} may be run again, and was not`),
	];
}
