import type { ToolCall } from '../chat/chatResult';
import type { Content } from '../chat/messages';
import { sharingBudget } from '../schema/patterns/budget';
import { executeTool, type InvokeOptions } from './executeTool';
import { readArguments } from './readArguments';
import type { Tool } from './tool';
import type { ToolContent } from './toolContent';

/** How one call came out: `content` is what the model is told. */
export interface CallOutcome {
	content: Content;
	result?: unknown;
	error?: string;
	durationMs: number;
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
	const read = sharingBudget(() => readArguments(tool, call.arguments), options.budget);
	if (!read.ok) return { content: read.said, error: read.said };
	return await executeTool(tool, { args: read.value, callId: call.id }, options);
}
