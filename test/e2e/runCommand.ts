import { spawn } from 'node:child_process';

export interface CommandOptions {
	cwd: string;
	/** Added to the environment. */
	env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and gives what it printed. @throws Error with the end of its output. */
export function runCommand(command: string[], { cwd, env }: CommandOptions): Promise<string> {
	const [program = '', ...args] = command;
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { cwd, env: { ...process.env, ...env } });
		let stdout = '';
		let all = '';
		child.stdout.on('data', (chunk) => ((stdout += chunk), (all += chunk)));
		child.stderr.on('data', (chunk) => (all += chunk));
		child.on('error', reject);
		child.on('close', (code) => {
			if (code === 0) resolve(stdout);
			else reject(new Error(`${command.join(' ')} ended with ${code}:\n${all.slice(-4000)}`));
		});
	});
}
