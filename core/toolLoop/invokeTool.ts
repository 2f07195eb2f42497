import type { ToolCall } from '../chat/chatResult';
import type { Content } from '../chat/messages';
import { sharingBudget } from '../schema/patterns/budget';
import { toolThrew } from './messagesToModel';
import { readArguments } from './readArguments';
import { executeTool, type InvokeOptions } from './executeTool';
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
	const read = sharingBudget(() => readArguments(tool, call.arguments), options.budget);
	if (!read.ok) return failed(read.said);
	const ran = await executeTool(tool, { args: read.value, callId: call.id }, options);
	if (!ran.ok) return failed(ran.reason);
	return await contentOutcome(ran.value, options.resultLimit);
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
