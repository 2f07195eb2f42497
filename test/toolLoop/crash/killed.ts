import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { startGateway, type Script } from '../../../gateway';

const TURNS = 6;

/** Six turns of three calls each, whatever has been asked before: it reads the conversation alone. */
const script: Script = ({ messages }) => {
	const turn = messages.filter(({ role }) => role === 'assistant').length;
	if (turn >= TURNS) return { text: 'All done.' };
	const call = (name: string, part: string) => ({
		...{ id: `${name}-${turn}${part}`, name },
		arguments: { turn, part },
	});
	return { toolCalls: [call('act', 'a'), call('act', 'b'), call('look', 'c')] };
};

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
export async function killedLoop(program: string, mostKills: number): Promise<Survived> {
	const gateway = await startGateway({ keys: { 'th-demo-key': 'active' }, script });
	const folder = mkdtempSync(join(tmpdir(), 'crash-run-'));
	let kills = 0;
	try {
		while (!existsSync(join(folder, 'result')) && kills <= mostKills) {
			const isLast = kills === mostKills;
			const wasKilled = await runOnce(
				[program, gateway.url, folder],
				isLast ? undefined : Math.random() * 250,
			);
			if (wasKilled) kills += 1;
			else if (!existsSync(join(folder, 'result')))
				return { kills, faults: ['it ended without a result'] };
		}
		return { kills, faults: faultsOf(folder, gateway.requests.length - kills) };
	} finally {
		await gateway.close();
		rmSync(folder, { recursive: true });
	}
}

/** Whether it was killed, so long after it was ready. */
async function runOnce(args: string[], killAfterMs: number | undefined): Promise<boolean> {
	const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
	const ended = new Promise<boolean>((resolve) => {
		child.once('exit', (_code, signal) => resolve(signal === 'SIGKILL'));
	});
	if (killAfterMs !== undefined) {
		child.stdout.once('data', () => void sleep(killAfterMs).then(() => child.kill('SIGKILL')));
	}
	return await ended;
}

function faultsOf(folder: string, paid: number): string[] {
	const result = JSON.parse(readFileSync(join(folder, 'result'), 'utf8'));
	const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
	const counts = new Map<string, number>();
	for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
	const twice = [...counts].filter(([line, count]) => line.includes(' act-') && count > 1);
	const steps: Array<{ callId: string; result?: unknown; error?: string }> = result.steps;
	const lost = steps.filter(
		({ callId, result: given }) => given !== undefined && !counts.has(`effect ${callId}`),
	);
	const odd = steps.filter(
		({ error }) => error !== undefined && !error.startsWith('It is not known'),
	);
	const looks = steps.filter(
		({ callId, error }) => callId.startsWith('look') && error !== undefined,
	);
	return [
		...twice.map(([line, count]) => `"${line}" happened ${count} times`),
		...lost.map(({ callId }) => `${callId} has a result, and did not happen`),
		...odd.map(({ callId, error }) => `${callId}: ${error}`),
		...looks.map(({ callId }) => `${callId} may be run again, and was not`),
		...(result.output === 'All done.' && result.stopReason === 'answered'
			? []
			: ['the answer is wrong']),
		...(steps.length === 3 * TURNS ? [] : [`${steps.length} steps`]),
		...(paid <= TURNS + 1 ? [] : [`${paid} requests besides those in flight`]),
	];
}
