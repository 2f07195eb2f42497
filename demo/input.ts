import type { IBinaryKeyData, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod/v4';

/** Wrong input by the user: reported in one line, with exit code 2. */
export class UsageError extends Error {}

/** Checks the shape: under jest, Node's own errors belong to another realm's `Error`. */
export const messageOf = (error: unknown): string =>
	typeof error === 'object' && error !== null && 'message' in error
		? String(error.message)
		: String(error);

/** npm runs scripts in the package's folder; the user's own folder is in INIT_CWD. */
export function pathOf(given: string): string {
	const folders = [process.env.INIT_CWD, process.cwd()].filter((folder) => folder !== undefined);
	const found = folders.map((folder) => resolve(folder, given)).find((path) => existsSync(path));
	if (!found) throw new UsageError(`${given}: there is no such file`);
	return found;
}

export function readJsonFile(path: string, shown = path): unknown {
	try {
		// Windows editors put a byte order mark first.
		return JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
	} catch (error) {
		const reason =
			error instanceof SyntaxError ? `is not JSON: ${error.message}` : messageOf(error);
		throw new UsageError(`${shown}: ${reason.replace(/\s+/g, ' ')}`);
	}
}

const isObject = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const data = z.custom<IDataObject>(isObject);
const wrapped = z.object({ json: data, binary: z.custom<IBinaryKeyData>(isObject).optional() });
const plain = data.transform((json): INodeExecutionData => ({ json }));
const items = z.array(z.union([wrapped, plain])).min(1);

/** For `--input`: plain objects or n8n items, one or many. */
export function readItems(given: string): INodeExecutionData[] {
	const content = readJsonFile(pathOf(given), given);
	const parsed = items.safeParse(Array.isArray(content) ? content : [content]);
	if (parsed.success) return parsed.data;
	const [index] = parsed.error.issues[0]?.path ?? [];
	const which =
		index === undefined ? 'the list is empty' : `entry ${String(index)} is not an object`;
	throw new UsageError(`${given}: expected an object or an array of objects, but ${which}`);
}

export interface Arguments {
	/** If empty: the examples. */
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
