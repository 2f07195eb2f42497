import type { Budget } from '../schema/patterns/budget';
import { CANCELLED_CALL, toolTimedOut } from './messagesToModel';
import type { Tool } from './tool';
import { thrownContent, toolContent, type ToolContent } from './toolContent';

export interface InvokeOptions {
	timeoutMs: number;
	/** Characters of a result that the model is told. */
	resultLimit: number;
	signal?: AbortSignal;
	/** For the patterns of all calls of one answer. */
	budget?: Budget;
}

interface Given {
	args: unknown;
	callId: string;
}

/**
 * What a tool gives, read to its end within the tool's time: a result may be a promise or a stream.
 * One that ignores its signal is left behind when the time is up.
 */
export async function executeTool(
	tool: Tool,
	given: Given,
	options: InvokeOptions,
): Promise<ToolContent> {
	const ms = tool.timeoutMs ?? options.timeoutMs;
	const controller = new AbortController();
	const timer = setTimeout(() => controller.abort(toolTimedOut(ms)), ms);
	const cancel = () => controller.abort(CANCELLED_CALL);
	options.signal?.addEventListener('abort', cancel, { once: true });
	if (options.signal?.aborted) cancel();
	const { signal } = controller;
	const stopped = new Promise<ToolContent>((resolve) => {
		const stop = () => resolve({ content: String(signal.reason), error: String(signal.reason) });
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		if (signal.aborted) return await stopped;
		const outcome = await Promise.race([stopped, run(tool, given, { options, signal })]);
		// What it did when it was stopped is not what became of it.
		return signal.aborted ? await stopped : outcome;
	} finally {
		clearTimeout(timer);
		options.signal?.removeEventListener('abort', cancel);
	}
}

async function run(
	tool: Tool,
	{ args, callId }: Given,
	{ options, signal }: { options: InvokeOptions; signal: AbortSignal },
): Promise<ToolContent> {
	const reading = { limit: options.resultLimit, signal };
	let value: unknown;
	try {
		value = await tool.execute?.(args, { signal, callId });
	} catch (thrown) {
		return await thrownContent(thrown, reading);
	}
	return await toolContent(value, reading);
}
