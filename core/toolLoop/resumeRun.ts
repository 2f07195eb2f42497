import { TokenHubError } from '../errors';
import { toolThrew } from './faultMessages';
import type { LoopRun } from './loopRun';
import type { PendingCall, ResumeState } from './resumeState';
import { capText, toolContent } from './toolContent';

/**
 * Answers the calls that a stopped loop was waiting for, in the order in which they were issued.
 * @throws TokenHubError `badConfig` that names the calls without a result.
 */
export function resumeRun(run: LoopRun, resume: ResumeState): void {
	const given = new Map(resume.results.map((entry) => [entry.callId, entry]));
	const missing = resume.pending.filter(({ callId }) => !given.has(callId));
	if (missing.length > 0) {
		const names = missing.map(({ callId, name }) => `"${callId}" (${name})`).join(', ');
		throw new TokenHubError('badConfig', `The resumed loop has no result for ${names}.`, {
			hint: 'Add { callId, result } or { callId, error } to "results" for each pending call.',
		});
	}
	const last = run.messages.at(-1);
	const calls = last?.role === 'assistant' ? (last.tool_calls ?? []) : [];
	const pending = new Map(resume.pending.map((call) => [call.callId, call]));
	for (const { id } of calls) {
		const call = pending.get(id);
		const content = call ? takeResult(run, call, given.get(id) ?? {}) : resume.settled[id];
		run.messages.push({ role: 'tool', tool_call_id: id, content: content ?? '' });
	}
}

function takeResult(
	run: LoopRun,
	{ callId, name, arguments: args }: PendingCall,
	given: { result?: unknown; error?: string },
): string {
	const content = toolContent(given.result);
	const error = given.error ?? (content.ok ? undefined : content.reason);
	const said = error === undefined && content.ok ? content.text : toolThrew(error ?? '');
	run.steps.push({
		iteration: run.iterations,
		tool: name,
		callId,
		arguments: args,
		...(error === undefined ? { result: given.result } : { error: said }),
		durationMs: 0,
	});
	return capText(said, run.request.toolResultLimit);
}
