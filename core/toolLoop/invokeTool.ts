import type { ToolCall } from '../chat/chatResult';
import type { Content } from '../chat/messages';
import type { Budget } from '../schema/patterns/budget';
import { inTime, type CallTime } from './inTime';
import { readArguments } from './readArguments';
import type { Tool } from './tool';
import type { Reading } from './results/abortable';
import { thrownContent, toolContent, type ToolContent } from './toolContent';

/** How one call came out: `content` is what the model is told. */
export interface CallOutcome {
	content: Content;
	result?: unknown;
	error?: string;
	durationMs: number;
}

export interface InvokeOptions extends CallTime {
	/** Characters of a result that the model is told. */
	resultLimit: number;
	/** For the patterns of all calls of one answer. */
	budget?: Budget;
}

/** Runs one call to its end, whatever happens: it never throws and never hangs past its time. */
export async function invokeTool(
	tool: Tool,
	call: ToolCall,
	options: InvokeOptions,
): Promise<CallOutcome> {
	const startedAt = performance.now();
	const outcome = await attempt(tool, call, options);
	return { ...outcome, durationMs: Math.round(performance.now() - startedAt) };
}

async function attempt(tool: Tool, call: ToolCall, options: InvokeOptions): Promise<ToolContent> {
	const ran = await inTime(options, async (signal) => {
		const read = await readArguments(tool, call.arguments, options.budget);
		if (!read.ok) return { content: read.said, error: read.said };
		// Its time may have been up while an asynchronous check was running.
		if (signal.aborted) return { content: '', error: '' };
		const reading = { limit: options.resultLimit, signal };
		return await resultOf(() => tool.execute?.(read.value, { signal, callId: call.id }), reading);
	});
	return ran.ok ? ran.value : { content: ran.reason, error: ran.reason };
}

/** What a tool gives, read to its end within the tool's time: a result may be a promise or a stream. */
async function resultOf(execute: () => unknown, reading: Reading): Promise<ToolContent> {
	let value: unknown;
	try {
		value = await execute();
	} catch (thrown) {
		return await thrownContent(thrown, reading);
	}
	return await toolContent(value, reading);
}
