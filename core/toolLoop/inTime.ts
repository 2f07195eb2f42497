import { alarm } from '../transport/pause';
import type { Sleep } from '../transport/ports';
import type { LoopRun } from './loopRun';
import { CANCELLED_CALL, toolThrew, toolTimedOut } from './messagesToModel';
import { abortable } from '../async';
import { safely, type Settled } from './safely';
import type { Tool } from './tool';

/** How long a call may take, and what ends it before. */
export interface CallTime {
	timeoutMs: number;
	/** The clock that it goes by. */
	sleep: Sleep;
	signal?: AbortSignal;
}

export function timeOf({ client, request, signal }: LoopRun, tool: Tool): CallTime {
	const timeoutMs = tool.timeoutMs ?? request.toolTimeoutMs;
	return { timeoutMs, sleep: client.sleep, signal };
}

/**
 * Runs the work of one call, which may ignore its signal: it is left behind when its time is up. The
 * reason of a failure is what the model is told.
 */
export async function inTime<Result>(
	{ timeoutMs: ms, sleep, signal: outer }: CallTime,
	work: (signal: AbortSignal) => Promise<Result>,
): Promise<Settled<Result>> {
	const controller = new AbortController();
	const callOff = alarm(sleep, ms, () => controller.abort(toolTimedOut(ms)));
	const cancel = () => controller.abort(CANCELLED_CALL);
	outer?.addEventListener('abort', cancel, { once: true });
	if (outer?.aborted) cancel();
	const { signal } = controller;
	const stopped = () => ({ ok: false as const, reason: String(signal.reason) });
	try {
		if (signal.aborted) return stopped();
		const ran = await safely(() => abortable(work(signal), signal));
		// What it did when it was stopped is not what became of it.
		if (signal.aborted) return stopped();
		return ran.ok ? ran : { ok: false, reason: toolThrew(ran.reason) };
	} finally {
		callOff();
		outer?.removeEventListener('abort', cancel);
	}
}
