import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Launch {
	/** The program and its arguments. */
	words: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	/** A file that keeps what it says, for the person who looks into a failure. */
	log: string;
	isReady(): Promise<boolean>;
}

const READY_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 15_000;

/** Starts a process of n8n's; ready when this resolves. */
export async function launch({ words, cwd, env, log, isReady }: Launch): Promise<ChildProcess> {
	const [program = '', ...args] = words;
	const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
	const kept = createWriteStream(log, { flags: 'a' });
	child.stdout.pipe(kept, { end: false });
	child.stderr.pipe(kept, { end: false });
	try {
		await waitUntilReady(isReady, child);
		return child;
	} catch (error) {
		await stop(child);
		const said = await readFile(log, 'utf8');
		throw new Error(`n8n did not start:\n${said.slice(-4_000)}`, { cause: error });
	}
}

async function waitUntilReady(isReady: () => Promise<boolean>, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + READY_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null) throw new Error(`n8n ended with ${child.exitCode}`);
		if (await isReady()) return;
		await sleep(250);
	}
	throw new Error(`n8n was not ready in ${READY_TIMEOUT_MS / 1_000} s`);
}

/** Asked politely first: n8n then ends its task runner, which is a process of its own. */
export async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	await Promise.race([ended, sleep(STOP_TIMEOUT_MS, undefined, { ref: false })]);
	child.kill('SIGKILL');
	await ended;
}
