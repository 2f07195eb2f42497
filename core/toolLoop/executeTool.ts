import { CANCELLED_CALL, toolThrew, toolTimedOut } from './messagesToModel';
import type { Budget } from '../schema/patterns/budget';
import { safely, type Settled } from './safely';
import type { Tool } from './tool';

export interface InvokeOptions {
	timeoutMs: number;
	resultLimit: number;
	signal?: AbortSignal;
	/** For the patterns of all calls of one answer. */
	budget?: Budget;
}

/** A tool that ignores its signal is left behind when its time is up. */
export async function executeTool(
	tool: Tool,
	{ args, callId }: { args: unknown; callId: string },
	options: InvokeOptions,
): Promise<Settled<unknown>> {
	const ms = tool.timeoutMs ?? options.timeoutMs;
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(toolTimedOut(ms)), ms);
	const cancel = () => controller.abort(CANCELLED_CALL);
	options.signal?.addEventListener('abort', cancel, { once: true });
	if (options.signal?.aborted) cancel();
	const { signal } = controller;
	const stopped = new Promise<Settled<unknown>>((resolve) => {
		const stop = () => resolve({ ok: false, reason: String(signal.reason) });
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		if (signal.aborted) return await stopped;
		const running = safely(() => tool.execute?.(args, { signal, callId }));
		const first = await Promise.race([stopped, running]);
		return first.ok || signal.aborted ? first : { ok: false, reason: toolThrew(first.reason) };
	} finally {
		clearTimeout(timer);
		options.signal?.removeEventListener('abort', cancel);
	}
}
