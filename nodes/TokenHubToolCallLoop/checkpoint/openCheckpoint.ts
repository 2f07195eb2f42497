import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { perObject } from '../../../core/lib/perObject';
import type { ToolLoopRequest } from '../../../core/toolLoop/loopRequest';
import { valueOrReason } from '../../../core/messageOf';
import { resumeSchema, type ResumeState } from '../../../core/toolLoop/resumeState';
import { runIndexOf } from '../../shared/run/reuse';
import { nodeOf, type Place } from '../../shared/item/itemRun';
import { callStateWorkflow, STATE_HINT } from '../../shared/run/stateWorkflow';
import { warn } from '../../shared/run/warnings';
import type { LoopItem, Stored } from '../waiting/loopItem';
import { storedQuestion, type LoopMarks } from './loopMarks';

/** Where a loop is stored while it runs: in a workflow of the user. */
export interface Checkpoint {
	stored: Stored;
	/** An unfinished loop of the same question, or the output of the same task. */
	load(this: void): Promise<Kept>;
	save(this: void, state: ResumeState): Promise<void>;
	/** Marks the loop as finished. Its output is kept if n8n may die before it goes on. */
	close(this: void, output?: Output): Promise<void>;
}

type Output = Record<string, unknown>;

/** An unfinished loop, or the output of a finished one. */
interface Kept {
	resume?: ResumeState;
	output?: Output;
}

export interface CheckpointTerms {
	checkpointWorkflow?: string;
	checkpointKey?: string;
}

export function openCheckpoint(
	{ context, itemIndex }: Place,
	{ checkpointWorkflow: workflow, checkpointKey }: CheckpointTerms,
	{ loop, marks }: { loop: Pick<LoopItem, 'resume' | 'stored'>; marks: () => LoopMarks },
): Checkpoint | undefined {
	if (workflow === undefined || workflow === '') return undefined;
	// The item that came back need not have the fields from which they were made.
	const stored = loop.resume
		? loop.stored
		: { key: checkpointKey ?? keyOf({ context, itemIndex }), ...marks() };
	if (stored === undefined) return undefined;
	const { key, question, task } = stored;
	claim(context, key, itemIndex);
	const call = async (state?: object) => await callStateWorkflow(context, workflow, { key, state });
	return {
		stored,
		async load() {
			const kept = readKept(await call(), key);
			const isSame = kept.output ? kept.task === task : kept.question === question;
			if (isSame || (!kept.output && !kept.resume)) return kept;
			const other = kept.output ? 'another question, or the node has changed' : 'another question';
			warn(context, `The checkpoint "${key}" belongs to ${other}: a new loop was started.`);
			return {};
		},
		save: async (state) => void (await call({ ...withoutYes(state), question })),
		async close(output) {
			const state = output && { of: key, task, result: output };
			const closed = await valueOrReason(async () => await call({ done: true, ...state }));
			if (!closed.ok) warn(context, `The checkpoint "${key}" is still open: ${closed.reason}`);
		},
	};
}

function keyOf({ context, itemIndex }: Place): string {
	const run = runIndexOf(context);
	// Loops of several runs of the node may be active at the same time.
	const place = run === 0 ? itemIndex : `${run}/${itemIndex}`;
	return `${context.getExecutionId()}/${nodeOf(context).name}/${place}`;
}

/** A person's yes is for the execution that asked: if another one continues, they are asked again. */
function withoutYes(state: ResumeState): ResumeState {
	return { ...state, results: state.results.filter(({ approved }) => approved !== true) };
}

/**
 * The request, continued from where an earlier execution stopped if there is such a loop, or the output
 * with which it has ended.
 */
export async function fromCheckpoint(
	request: Omit<ToolLoopRequest, 'tools'>,
	checkpoint: Checkpoint | undefined,
): Promise<{ request: Omit<ToolLoopRequest, 'tools'>; output?: Output }> {
	if (!checkpoint || request.resume) return { request };
	const { resume, output } = await checkpoint.load();
	if (!resume) return { request, output };
	// As with a state from elsewhere, the system message is the node's.
	const system = request.system ?? '';
	return { request: { ...request, prompt: undefined, messages: undefined, resume, system } };
}

const keysOf = perObject<IExecuteFunctions, Map<string, number>>(() => new Map());

/** Two loops under one key would each continue the other's state. */
function claim(context: IExecuteFunctions, key: string, itemIndex: number): void {
	const keys = keysOf(context);
	const other = keys.get(key) ?? itemIndex;
	keys.set(key, other);
	if (other === itemIndex) return;
	throw new TokenHubError(
		'badConfig',
		`Items ${other} and ${itemIndex} have one Checkpoint Key: "${key}".`,
		{
			hint: 'Make it different for each item, for example with an ID from the item.',
		},
	);
}

/** With its key: a store that returns any row would give the answer to another task. */
const finishedSchema = z.object({
	done: z.literal(true),
	of: z.string(),
	task: z.string(),
	result: z.record(z.string(), z.unknown()),
});

const unfinishedSchema = resumeSchema.extend({ question: z.string().optional() });

/** @throws TokenHubError `badConfig` for anything else: starting over could do things twice. */
function readKept(state: unknown, key: string): Kept & Partial<LoopMarks> {
	if (state === undefined) return {};
	const isFinished = isRecord(state) && 'of' in state;
	const isLoop = isRecord(state) && ('version' in state || 'messages' in state);
	// If it finds nothing, such a workflow may return its input.
	if (isRecord(state) && !isFinished && !isLoop) return {};
	const read = (isFinished ? finishedSchema : unfinishedSchema).safeParse(state);
	if (!read.success) {
		throw new TokenHubError(
			'badConfig',
			'Checkpoint Workflow returned a state that cannot be read.',
			{
				hint: STATE_HINT,
				failures: read.error.issues.map(({ path, message }) => ({
					...{ path: path.join('/'), message },
				})),
			},
		);
	}
	if (!('done' in read.data)) {
		const { question = storedQuestion(read.data), ...resume } = read.data;
		return { resume, question };
	}
	const { of, task, result } = read.data;
	if (of === key) return { output: result, task };
	throw new TokenHubError('badConfig', 'Checkpoint Workflow returned the loop of another key.', {
		hint: STATE_HINT,
	});
}
