import { join } from 'node:path';
import { HELP, messageOf, readArguments, readItems, UsageError } from './input';
import { findWorkflows } from './findWorkflows';
import type { Screen } from './screen';

async function main(): Promise<number> {
	const asked = readArguments(process.argv.slice(2));
	if (asked.help) {
		process.stdout.write(HELP);
		return 0;
	}
	const root = join(__dirname, '..', '..');
	const found = findWorkflows(asked.workflows, join(root, 'examples'));
	const input = asked.input === undefined ? undefined : readItems(asked.input);
	const out = screen(process.stdout);
	const live = screen(process.stderr);
	live.write("Loading n8n's engine …\n");
	// Loaded late: the engine takes a second, and help and input errors do not need it.
	const { runDemo } = await import('./runDemo.js');
	const job = { ...found, input, json: asked.json };
	return await runDemo(job, { root, env: process.env, signal: onCtrlC(), out, live });
}

function screen(stream: NodeJS.WriteStream): Screen {
	return {
		write: (text) => void stream.write(text),
		isTTY: stream.isTTY ?? false,
		columns: stream.columns || Number(process.env.COLUMNS) || 100,
	};
}

/** The first Ctrl-C stops the run, which still prints its report; the second ends the process. */
function onCtrlC(): AbortSignal {
	const stop = new AbortController();
	process.once('SIGINT', () => stop.abort());
	return stop.signal;
}

main().then(
	(code) => (process.exitCode = code),
	(error: unknown) => {
		const expected = error instanceof UsageError;
		process.stderr.write(
			`${expected || !(error instanceof Error) ? messageOf(error) : error.stack}\n`,
		);
		process.exitCode = expected ? 2 : 1;
	},
);
