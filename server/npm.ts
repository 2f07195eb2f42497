import { runCommand } from './runCommand';

const TIMEOUT_MS = 10 * 60_000;

/** Runs npm in a folder, with what is added to the environment. */
export async function npm(cwd: string, args: string[], added?: NodeJS.ProcessEnv): Promise<string> {
	const env = { ...process.env, ...added };
	return await runCommand(['npm', ...args], { cwd, env, timeoutMs: TIMEOUT_MS });
}
