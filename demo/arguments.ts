import { parseArgs } from 'node:util';
import { messageOf, UsageError } from './usageError';

export interface Arguments {
	/** Empty: the examples. */
	workflows: string[];
	input?: string;
	json: boolean;
	help: boolean;
}

export const HELP = `Runs n8n workflows through n8n's own engine, with the TokenHub nodes.

  npm start                                          every workflow in examples/
  npm start -- my.workflow.json                      one of your own
  npm start -- my.workflow.json --input items.json   with your items instead of the trigger's

  --input <file>   JSON: one object, or an array of objects or of n8n items ({ "json": { … } })
  --json           results as JSON on standard output
  --help           this text

Answers come from the embedded endpoint, which is no real model. To use TokenHub itself:
  TOKENHUB_API_KEY=th-… npm start        (TOKENHUB_BASE_URL is optional)

A workflow may hold the TokenHub nodes, Manual Trigger, Execute Workflow Trigger, No Operation and
sticky notes, and any node whose output is pinned. The workflows it calls are looked for, by id, in
its own folder. Exit code: 0 all succeeded, 1 a workflow failed, 2 wrong input.
`;

export function readArguments(argv: string[]): Arguments {
	const { values, positionals } = parse(argv);
	if (values.input !== undefined && positionals.length === 0) {
		throw new UsageError(
			'--input needs a workflow: npm start -- my.workflow.json --input items.json',
		);
	}
	const { input, json = false, help = false } = values;
	return { workflows: positionals, input, json, help };
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				input: { type: 'string' },
				json: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		});
	} catch (error) {
		throw new UsageError(`${messageOf(error).split('. ')[0]}. See npm start -- --help`);
	}
}
