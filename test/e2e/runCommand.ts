import { spawn } from 'node:child_process';
import { dirname, delimiter } from 'node:path';

export interface Command {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	timeoutMs?: number;
}

/** Runs a command to its end; its output is in the error when it fails. */
export async function runCommand(
	words: string[],
	{ cwd, env, timeoutMs }: Command,
): Promise<string> {
	const [program = '', ...args] = words;
	const child = spawn(program, args, { cwd, env: { ...childEnv(), ...env }, timeout: timeoutMs });
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

/** This process's Node comes first, so that n8n runs on it as well. */
export function childEnv(): NodeJS.ProcessEnv {
	const path = [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
	return { ...process.env, PATH: path, NODE_ENV: 'production' };
}
