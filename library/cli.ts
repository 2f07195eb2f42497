#!/usr/bin/env node
import process, { argv, env, stderr, stdout } from 'node:process';
import { TokenHubError } from '../core';
import { evaluateCommand } from './cli/evaluateCommand';
import { USAGE } from './cli/options';
import { visible } from './report/inWords';

/** `npx n8n-nodes-tokenhub`: its exit code is 2 for whatever prevents it from working. */
async function main(args: readonly string[]): Promise<number> {
	if (args.length === 0 || args.includes('--help')) {
		stdout.write(USAGE);
		return args.length === 0 ? 2 : 0;
	}
	const stop = new AbortController();
	// A second Ctrl-C ends the process at once.
	process.once('SIGINT', () => stop.abort(new Error('Ctrl-C')));
	try {
		return await evaluateCommand(args, {
			env,
			signal: stop.signal,
			out: (text) => void stdout.write(text),
			progress: (line) => void (stderr.isTTY && stderr.write(`\r\u001b[K${line}`)),
		});
	} catch (error) {
		stderr.write(`${visible(error instanceof Error ? error.message : String(error))}\n`);
		if (error instanceof TokenHubError) stderr.write(`${visible(error.details.hint)}\n`);
		return 2;
	}
}

void main(argv.slice(2)).then((code) => {
	process.exitCode = code;
});
