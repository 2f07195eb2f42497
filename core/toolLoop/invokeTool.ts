import type { ToolCall } from '../chat/chatResult';
import type { Content } from '../chat/messages';
import type { Budget } from '../schema/patterns/budget';
import { toolThrew } from './messagesToModel';
import { readArguments } from './readArguments';
import { inTime, type CallTime } from './inTime';
import { safely } from './safely';
import type { Tool } from './tool';
import { toolContent } from './toolContent';

/** How one call came out: `content` is what the model is told. */
export interface CallOutcome {
	content: Content;
	result?: unknown;
	error?: string;
	durationMs: number;
}

export interface InvokeOptions extends CallTime {
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

type Attempt = Omit<CallOutcome, 'durationMs'>;

async function attempt(tool: Tool, call: ToolCall, options: InvokeOptions): Promise<Attempt> {
	const ran = await inTime(options, async (signal) => {
		const read = await readArguments(tool, call.arguments, options.budget);
		// Its time may have been up while an asynchronous check was running.
		if (!read.ok || signal.aborted) return read;
		return {
			ok: true as const,
			value: await tool.execute?.(read.value, { signal, callId: call.id }),
		};
	});
	if (!ran.ok) return failed(ran.reason);
	if (!ran.value.ok) return failed(ran.value.said);
	return await contentOutcome(ran.value.value, options.resultLimit);
}

/** What the model is told about a result, from whomever it comes. */
export async function contentOutcome(value: unknown, resultLimit: number): Promise<Attempt> {
	// A getter or toJSON of somebody else's may throw.
	const content = await safely(() => toolContent(value, resultLimit));
	if (!content.ok) return failed(toolThrew(content.reason));
	if (!content.value.ok) return failed(toolThrew(content.value.reason));
	return { content: content.value.content, result: content.value.shown };
}

function failed(content: string): Attempt {
	return { content, error: content };
}
