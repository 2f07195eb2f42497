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
import type { LoopItem } from '../waiting/loopItem';

/** Where a loop is stored while it runs: in a workflow of the user. */
export interface Checkpoint {
	key: string;
	/** What is stored for the same question. */
	load(this: void, question: unknown): Promise<Kept>;
	save(this: void, state: ResumeState): Promise<void>;
	/** Marks the loop as finished. Its output is kept if n8n may die before it goes on. */
	close(this: void, finished?: { asked: Asked; output: Output }): Promise<void>;
}

type Output = Record<string, unknown>;
type Asked = Pick<ResumeState, 'messages' | 'history'>;

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
	loop: Pick<LoopItem, 'took' | 'checkpointKey'>,
): Checkpoint | undefined {
	if (workflow === undefined || workflow === '') return undefined;
	// The item that came back need not have the fields from which the key was made.
	const isBack = loop.took !== undefined;
	const key = isBack ? loop.checkpointKey : (checkpointKey ?? keyOf({ context, itemIndex }));
	if (key === undefined) return undefined;
	claim(context, key, itemIndex);
	const call = async (state?: object) => await callStateWorkflow(context, workflow, { key, state });
	return {
		key,
		async load(question) {
			const { asked, ...kept } = readKept(await call(), key);
			if (asked === undefined || asked === textOf(question)) return kept;
			warn(context, `The checkpoint "${key}" belongs to another question: a new loop was started.`);
			return {};
		},
		save: async (state) => void (await call(withoutYes(state))),
		async close(finished) {
			const state = finished && {
				...{ of: key, asked: questionIn(finished.asked), result: finished.output },
			};
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
	const { prompt, messages } = request;
	const { resume, output } = await checkpoint.load(prompt ?? messages?.at(-1)?.content);
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
	/** The text of the question. */
	asked: z.string(),
	result: z.record(z.string(), z.unknown()),
});

/** @throws TokenHubError `badConfig` for anything else: starting over could do things twice. */
function readKept(state: unknown, key: string): Kept & { asked?: string } {
	if (state === undefined) return {};
	const isFinished = isRecord(state) && 'of' in state;
	const isLoop = isRecord(state) && ('version' in state || 'messages' in state);
	// If it finds nothing, such a workflow may return its input.
	if (isRecord(state) && !isFinished && !isLoop) return {};
	const read = (isFinished ? finishedSchema : resumeSchema).safeParse(state);
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
	if (!('done' in read.data)) return { resume: read.data, asked: questionIn(read.data) };
	const { of, asked, result } = read.data;
	if (of === key) return { output: result, asked };
	throw new TokenHubError('badConfig', 'Checkpoint Workflow returned the loop of another key.', {
		hint: STATE_HINT,
	});
}

/** Images may be sent in a different form than they were given. */
function textOf(content: unknown): string {
	if (!Array.isArray(content)) return String(content);
	const texts = content.map((part) => (isRecord(part) ? part.text : undefined));
	return texts.filter((text) => typeof text === 'string').join('\n');
}

function questionIn({ messages, history }: Asked): string {
	const spoken = messages.filter(({ role }) => role !== 'system');
	return textOf(spoken[history]?.content);
}
