import type { Plan } from '../planCall';
import type { LoopRun } from '../loopRun';
import type { GivenResult, ResumeState, SettledCall } from '../resumeState';
import { refused, settledCall } from '../settledCall';

/** The calls of the turn that is under way, as a checkpoint shows them. */
export interface OpenTurn extends Pick<ResumeState, 'settled' | 'pending' | 'stuck'> {
	unfinished: NonNullable<ResumeState['unfinished']>;
	/** Of pending calls that have not begun. */
	results: GivenResult[];
}

/** Before the first of its calls begins. */
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
				'refusal' in plan ? [settledCall(run, plan.call, refused(plan.refusal))] : [],
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
