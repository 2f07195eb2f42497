import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, defineTool, runToolLoop } from '../../../core';

/** A program that may die at any moment: what it keeps is in one folder, and it continues from there. */

const [, , baseUrl = '', folder = ''] = process.argv;
const file = (name: string) => join(folder, name);
const write = (name: string, value: unknown) => {
	writeFileSync(file(`${name}.new`), JSON.stringify(value));
	renameSync(file(`${name}.new`), file(name));
};
const log = (line: string) => appendFileSync(file('log'), `${line}\n`);

/** With an effect that must not happen twice, in its middle. */
const tool = (name: string, idempotent: boolean) =>
	defineTool({
		...{ name, description: name, idempotent },
		parameters: { type: 'object', properties: { turn: { type: 'number' } }, required: ['turn'] },
		async execute({ turn }, { callId }) {
			log(`begin ${callId}`);
			await sleep(4);
			log(`effect ${callId}`);
			await sleep(4);
			return `did ${String(turn)}`;
		},
	});

async function main() {
	const client = createClient({ apiKey: 'th-demo-key', baseUrl });
	const tools = [tool('act', false), tool('look', true)];
	const state = existsSync(file('state')) ? readFileSync(file('state'), 'utf8') : undefined;
	const asked = state === undefined ? { prompt: 'Go' } : { resume: JSON.parse(state) };
	process.stdout.write('ready\n');
	const result = await runToolLoop(
		client,
		{ ...asked, tools, toolConcurrency: 2 },
		{
			onCheckpoint: async (next) => {
				await sleep(1);
				write('state', next);
			},
		},
	);
	write('result', result);
}

void main();
