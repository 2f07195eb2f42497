import { refusedTool } from '../wire/refusalError';
import { TokenHubError } from '../errors';
import { fingerprint } from '../names';
import { perObject } from '../perObject';
import type { LoopRun } from './loopRun';
import { offeredName, setAside } from './offeredTools';
import { toFunctionTool, type Tool } from './tool';
import { sentTools } from './turnTools';

/** Why the gateway of an account has refused tools, by the model and what was sent of each. */
export const refusalsOf = perObject((_account: object) => new Map<string, string>());

/**
 * Asks, and asks once more for each tool that the gateway turns down by its place or its name: that
 * one is set aside, here and in later runs of the client. Refused requests cost nothing, and there are
 * no more of them than tools.
 * @throws what the request throws; the refusal itself when it names a forced tool, or the last one.
 */
export async function withoutRefusedTools<Answer>(
	run: LoopRun,
	ask: () => Promise<Answer>,
): Promise<Answer> {
	leaveOutKnown(run);
	const refused = new Map<string, string>();
	for (;;) {
		try {
			const answer = await ask();
			// Only now it is known that it was this tool.
			for (const [key, reason] of refused) run.refusals.set(key, reason);
			return answer;
		} catch (error) {
			const name = refusedTool(error, [...sentTools(run).keys()]);
			const tool = name === undefined ? undefined : run.tools.get(name);
			if (!(error instanceof TokenHubError) || name === undefined || !tool) throw error;
			if (!mayLeaveOut(run, name)) throw error;
			refused.set(keyOf(run, name, tool), error.message);
			leaveOut(run, name, error.message);
		}
	}
}

/** Tools that were refused before: the same request would fail again. */
function leaveOutKnown(run: LoopRun): void {
	if (run.refusals.size === 0) return;
	for (const [name, tool] of [...run.tools]) {
		const reason = run.refusals.get(keyOf(run, name, tool));
		if (reason !== undefined && mayLeaveOut(run, name)) leaveOut(run, name, reason);
	}
}

function leaveOut(run: LoopRun, name: string, reason: string): void {
	const tool = run.tools.get(name);
	run.tools.delete(name);
	if (tool) run.warnings.push(setAside(tool, reason).words);
}

const fingerprintOf = perObject((_tool: Tool) => new Map<string, string>());

function keyOf({ request, change }: LoopRun, name: string, tool: Tool): string {
	const known = fingerprintOf(tool);
	const print = known.get(name) ?? fingerprint(toFunctionTool(tool, name));
	known.set(name, print);
	return `${change?.model ?? request.model} ${print}`;
}

function mayLeaveOut(run: LoopRun, name: string): boolean {
	return run.tools.size > 1 && !isForced(run, name);
}

function isForced({ request, tools }: LoopRun, name: string): boolean {
	const { toolChoice } = request;
	return typeof toolChoice === 'object' && offeredName(tools, toolChoice.name) === name;
}
