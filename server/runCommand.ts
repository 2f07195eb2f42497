import { spawn } from 'node:child_process';

interface Command {
	cwd: string;
	/** The complete environment; if missing, that of this process. */
	env?: NodeJS.ProcessEnv;
	timeoutMs?: number;
}

/** Runs a command to its end and returns its output; if it fails, the error contains the output. */
export async function runCommand(
	words: string[],
	{ cwd, env, timeoutMs }: Command,
): Promise<string> {
	const [program = '', ...args] = words;
	// npm waits for its downloads even after SIGTERM.
	const limit = { timeout: timeoutMs, killSignal: 'SIGKILL' } as const;
	const child = spawn(program, args, { cwd, env, ...limit });
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (output += data.toString()));
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', resolve);
	});
	if (code === 0) return output;
	throw new Error(`${words.join(' ')} ended with ${code}:\n${output.slice(-4_000)}`);
}

const TIMEOUT_MS = 10 * 60_000;

/** Runs npm in a folder, with additions to the environment. */
export async function npm(cwd: string, args: string[], added?: NodeJS.ProcessEnv): Promise<string> {
	const env = { ...process.env, ...added };
	return await runCommand(['npm', ...args], { cwd, env, timeoutMs: TIMEOUT_MS });
}
