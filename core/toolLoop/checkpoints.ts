import { randomUUID } from 'node:crypto';
import { asTokenHubError } from '../door';
import { TokenHubError } from '../errors';
import { deepCopy } from '../lib/own';
import { callersAnswer } from './control';
import { errorOutcome, settledCall } from './invokeTool';
import { keptState } from './kept/keptResults';
import { type Checkpoints, elapsedMs, type LoopRun, type OpenTurn } from './loopRun';
import type { Plan } from './planCall';
import type { GivenResult, ResumeState, SettledCall } from './resumeState';

/** One at a time, so that an older state is never stored after a newer one. */
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
			await callersAnswer(run, callbackOf(run), () => options.onCheckpoint?.(stateOf(run)));
		} catch (error) {
			const isOver = run.signal.aborted;
			if (!isOver) checkpoints.failure = notKept(error);
		}
	};
	return checkpoints;
}

function callbackOf({ iterations, turn }: LoopRun): Parameters<typeof callersAnswer>[1] {
	const where = turn ? `In turn ${iterations}` : `Before turn ${iterations + 1}`;
	return { name: 'onCheckpoint', where, path: '/onCheckpoint' };
}

function notKept(error: unknown): TokenHubError {
	const { message, details, cause } = asTokenHubError(error, false);
	return new TokenHubError('badConfig', message, {
		hint: 'Correct onCheckpoint. The last state that it has stored can be resumed.',
		...{ failures: details.failures, cause },
	});
}

/** The current state of the run as a copy: neither changes the other. */
function stateOf(run: LoopRun): ResumeState {
	const {
		settled = [],
		pending = [],
		unfinished = [],
		stuck = false,
		results = [],
	} = run.turn ?? {};
	return deepCopy({
		...savedRun(run),
		...{ settled, pending, stuck, results },
		...(unfinished.length > 0 ? { unfinished } : {}),
		checkpoint: true as const,
	});
}

/** Called before a request. @throws TokenHubError if the state could not be stored. */
export async function checkpoint({ checkpoints }: LoopRun): Promise<void> {
	if (!checkpoints) return;
	await checkpoints.save();
	if (checkpoints.failure) throw checkpoints.failure;
}

/** The run as plain JSON, without the turn in which it stopped. */
export function savedRun(run: LoopRun): Omit<ResumeState, 'stuck' | 'settled' | 'pending'> {
	const { messages, history, steps, iterations, spending, answeredBy: model, context } = run;
	return {
		version: 1,
		id: randomUUID(),
		...{ messages, history, steps, iterations, spending, model },
		context: context.state,
		...keptState(run),
		elapsedMs: elapsedMs(run),
		callCounts: Object.fromEntries(run.callCounts),
		...loadedTools(run),
		...(run.cuts > 0 ? { cuts: run.cuts } : {}),
		results: [],
	};
}

function loadedTools({ search, tools }: LoopRun): Pick<ResumeState, 'loaded'> {
	if (!search) return {};
	return { loaded: [...search.loaded].map((name) => tools.get(name)?.name ?? name) };
}

/** Called before the first call of the turn begins. */
export function openTurn(
	run: LoopRun,
	plans: readonly Plan[],
	{ settled = [], approved = [] }: { settled?: SettledCall[]; approved?: GivenResult[] } = {},
): OpenTurn {
	const isApproved = ({ call }: Plan) => approved.some(({ callId }) => callId === call.id);
	return {
		settled: [
			...settled,
			...plans.flatMap((plan) =>
				'refusal' in plan ? [settledCall(run, plan.call, errorOutcome(plan.refusal))] : [],
			),
		],
		pending: plans.flatMap((plan) => ('pending' in plan ? [plan.pending] : [])),
		unfinished: plans.flatMap((plan) =>
			'tool' in plan && !isApproved(plan) ? [unfinishedCall(plan, false)] : [],
		),
		stuck: plans.some((plan) => 'stuck' in plan),
		results: approved,
	};
}

type Running = Extract<Plan, { tool: unknown }>;

function unfinishedCall({ call, nudge }: Running, begun: boolean): OpenTurn['unfinished'][number] {
	return { callId: call.id, begun, ...(nudge === '' ? {} : { nudge }) };
}

export function beginCall({ turn }: LoopRun, plan: Running): void {
	if (!turn) return;
	const others = <Entry extends { callId: string }>(entries: Entry[]) =>
		entries.filter(({ callId }) => callId !== plan.call.id);
	turn.pending = others(turn.pending);
	turn.results = others(turn.results);
	turn.unfinished = [...others(turn.unfinished), unfinishedCall(plan, true)];
}

export function endCall({ turn }: LoopRun, settled: SettledCall): void {
	if (!turn) return;
	const { callId } = settled.step;
	turn.unfinished = turn.unfinished.filter((call) => call.callId !== callId);
	if (turn.settled.every(({ step }) => step.callId !== callId)) turn.settled.push(settled);
}
