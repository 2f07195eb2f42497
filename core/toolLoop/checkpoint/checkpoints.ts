import { TokenHubError } from '../../errors';
import { callersAnswer } from '../callersAnswer';
import type { LoopRun } from '../loopRun';
import { savedRun } from '../loopResult';
import type { ResumeState } from '../resumeState';

/** Where the caller keeps the state of a run. */
export interface Checkpoints {
	/** Resolves when all that has happened is kept, or cannot be: see `failure`. */
	save(this: void): Promise<void>;
	/** Why it could not be kept: then nothing may begin any more. */
	failure?: TokenHubError;
}

/** One at a time, so that an older state never comes after a newer one. */
export function openCheckpoints(run: LoopRun): Checkpoints | undefined {
	const { options } = run;
	if (!options.onCheckpoint) return undefined;
	let last = Promise.resolve();
	let queued: Promise<void> | undefined;
	const checkpoints: Checkpoints = {
		save() {
			queued ??= last.then(async () => {
				queued = undefined;
				await keep();
			});
			last = queued;
			return last;
		},
	};
	const keep = async () => {
		if (checkpoints.failure) return;
		try {
			await callersAnswer(run, 'onCheckpoint', () => options.onCheckpoint?.(stateOf(run)));
		} catch (error) {
			const isOver = run.signal.aborted;
			if (error instanceof TokenHubError && !isOver) checkpoints.failure = error;
		}
	};
	return checkpoints;
}

/** The run as it is now: what goes on in it does not reach this. */
function stateOf(run: LoopRun): ResumeState {
	const {
		settled = [],
		pending = [],
		unfinished = [],
		stuck = false,
		results = [],
	} = run.turn ?? {};
	return {
		...savedRun(run),
		...{ messages: [...run.messages], steps: [...run.steps] },
		...{ settled: [...settled], pending: [...pending], stuck, results: [...results] },
		...(unfinished.length > 0 ? { unfinished: [...unfinished] } : {}),
		checkpoint: true,
	};
}

/** To be called before a request. @throws TokenHubError when the state could not be kept. */
export async function checkpoint({ checkpoints }: LoopRun): Promise<void> {
	if (!checkpoints) return;
	await checkpoints.save();
	if (checkpoints.failure) throw checkpoints.failure;
}
