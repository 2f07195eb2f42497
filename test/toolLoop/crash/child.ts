import {
	appendFileSync,
	existsSync,
	readdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, defineTool, runToolLoop, type ResumeState, type Tool } from '../../../core';
import { LONG_RESULT, type Kind } from './kinds';

/** A program that may die at any moment: what it keeps is in one folder, and it continues from there. */

const [, , baseUrl = '', folder = '', kind = ''] = process.argv;
const isKind = (...kinds: Kind[]) => kinds.some((one) => one === kind);
const file = (name: string) => join(folder, name);
const log = (line: string) => appendFileSync(file('log'), `${line}\n`);
const isLate = isKind('slow store');

function write(name: string, value: unknown): void {
	writeFileSync(file(`${name}.new`), JSON.stringify(value));
	renameSync(file(`${name}.new`), file(name));
}

/** Where the states of one loop are kept: a file that is replaced, or one a state, of which the last may be torn. */
function openStore(name: string) {
	const keptIn = () =>
		readdirSync(folder)
			.filter((one) => one.startsWith(`${name}.`))
			.sort();
	let n = existsSync(folder) ? keptIn().length : 0;
	return {
		async keep(state: ResumeState) {
			await sleep(isLate ? Math.random() * 30 : 1);
			if (!isKind('torn file')) return write(name, state);
			const text = JSON.stringify(state);
			const target = file(`${name}.${String(n++).padStart(6, '0')}`);
			writeFileSync(target, text.slice(0, text.length / 2));
			await sleep(2);
			appendFileSync(target, text.slice(text.length / 2));
		},
		last(): ResumeState | undefined {
			if (!isKind('torn file'))
				return existsSync(file(name)) ? JSON.parse(readFileSync(file(name), 'utf8')) : undefined;
			return keptIn().reduce<ResumeState | undefined>((before, one) => {
				try {
					return JSON.parse(readFileSync(file(one), 'utf8'));
				} catch {
					return before;
				}
			}, undefined);
		},
	};
}

const client = createClient({ apiKey: 'th-demo-key', baseUrl });

/** With an effect that must not happen twice, in its middle. */
const tool = (name: string, more: Partial<Parameters<typeof defineTool>[0]> = {}) =>
	defineTool({
		...{ name, description: name },
		parameters: { type: 'object', properties: { turn: { type: 'number' } }, required: ['turn'] },
		async execute({ turn }: Record<string, unknown>, { callId }) {
			log(`begin ${callId}`);
			await sleep(4);
			log(`effect ${callId}`);
			await sleep(4);
			return isKind('long results') ? LONG_RESULT(Number(turn)) : `did ${String(turn)}`;
		},
		...more,
	});

/** A loop as a tool: it may run again, because it continues where it stood. */
const delegate = defineTool({
	...{ name: 'delegate', description: 'delegate', idempotent: true },
	parameters: { type: 'object', properties: { turn: { type: 'number' } }, required: ['turn'] },
	async execute(_args, { callId, client: own }) {
		const store = openStore(`inner-${callId}`);
		const state = store.last();
		const result = await runToolLoop(
			own,
			{ ...(state ? { resume: state } : { prompt: `For ${callId}` }), tools: [tool('act')] },
			{ onCheckpoint: (next) => store.keep(next) },
		);
		return result.output;
	},
});

async function main() {
	const tools: Tool[] = [
		tool('act', isKind('approvals') ? { needsApproval: true } : {}),
		tool('look', { idempotent: true }),
		delegate,
	];
	const store = openStore('state');
	const kept = store.last();
	process.stdout.write('ready\n');
	const onCheckpoint = (next: ResumeState) => store.keep(next);
	const ask = (state?: ResumeState) =>
		runToolLoop(
			client,
			{ ...(state ? { resume: state } : { prompt: 'Go' }), tools, toolConcurrency: 2 },
			{ onCheckpoint },
		);
	let result = await ask(kept);
	while (result.resume) {
		const resume = {
			...result.resume,
			results: result.resume.pending.map(({ callId }) => ({ callId, approved: true })),
		};
		await store.keep(resume);
		result = await ask(resume);
	}
	write('result', result);
}

void main();
