import { TokenHubError } from '../errors';
import { contentOutcome, type CallOutcome } from './invokeTool';
import type { LoopRun } from './loopRun';
import { notApproved, toolThrew } from './messagesToModel';
import { findTool } from './offeredTools';
import type { Plan } from './planCall';
import type { GivenResult, ResumeState, SettledCall } from './resumeState';
import { refused, runPlans, settledCall, withNudge, type Turn } from './runCalls';
import { openCalls } from './turnMessages';

/**
 * The turn that a stopped loop was waiting in, with the results that have come since. Approved calls
 * run now, side by side; calls without a result stay pending.
 * @throws TokenHubError `badConfig` for a result of no pending call, or when there is none at all.
 */
export async function resumeTurn(run: LoopRun, resume: ResumeState): Promise<Turn> {
	const given = givenResults(resume);
	const calls = new Map(openCalls(run.messages).map((call) => [call.id, call]));
	const waiting = resume.pending.filter(({ callId }) => !given.has(callId));
	const plans: Plan[] = [];
	const settled: SettledCall[] = [...resume.settled];
	for (const pending of resume.pending) {
		const entry = given.get(pending.callId);
		const call = calls.get(pending.callId);
		if (!entry || !call) continue;
		const nudge = pending.nudge ?? '';
		const tool = runsHere(entry) ? findTool(run.tools, call.name) : undefined;
		if (tool?.execute) plans.push({ call, tool, nudge });
		else settled.push(settledCall(run, call, withNudge(await givenOutcome(run, entry), nudge)));
	}
	settled.push(...(await runPlans(run, plans)));
	return { settled, pending: waiting, stuck: resume.stuck };
}

function givenResults({ results, pending }: ResumeState): Map<string, GivenResult> {
	const names = pending.map(({ callId, name }) => `"${callId}" (${name})`).join(', ');
	const stray = results.find(({ callId }) => !pending.some((call) => call.callId === callId));
	if (stray) {
		throw new TokenHubError('badConfig', `The resumed loop waits for no call "${stray.callId}".`, {
			hint: `It waits for ${names}.`,
		});
	}
	if (results.length === 0) {
		throw new TokenHubError('badConfig', `The resumed loop has no result for ${names}.`, {
			hint: 'Add { callId, result } or { callId, error } to its "results" for each of them.',
		});
	}
	return new Map(results.map((entry) => [entry.callId, entry]));
}

/** Whether the call was only waiting for a yes. */
function runsHere({ approved, result, error }: GivenResult): boolean {
	return approved === true && result === undefined && error === undefined;
}

async function givenOutcome(run: LoopRun, entry: GivenResult): Promise<CallOutcome> {
	if (entry.approved === false) return refused(notApproved(entry.reason));
	if (entry.error !== undefined) return refused(toolThrew(entry.error));
	return { ...(await contentOutcome(entry.result, run.request.toolResultLimit)), durationMs: 0 };
}
