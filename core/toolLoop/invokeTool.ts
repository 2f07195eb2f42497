import type { ToolCall } from '../chat/chatResult';
import { badArguments, invalidArguments, toolThrew } from './faultMessages';
import { tryJson } from '../tryJson';
import { executeTool, type InvokeOptions } from './executeTool';
import { parseArguments } from '../chat/parseArguments';
import { safely } from './safely';
import type { Tool } from './tool';
import { capText, toolContent } from './toolContent';

/** How one call came out: `content` is what the model is told. */
export interface CallOutcome {
	content: string;
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
	const parsed = parseArguments(call.arguments);
	if (!parsed.ok) return failed(badArguments(parsed.reason));
	const checked = await safely(() => tool.check(parsed.value));
	if (!checked.ok) return failed(toolThrew(checked.reason));
	if (!checked.value.ok) return failed(invalidArguments(checked.value.failures));
	const ran = await executeTool(tool, { args: checked.value.value, callId: call.id }, options);
	if (!ran.ok) return failed(ran.reason);
	const content = await safely(() => toolContent(ran.value));
	if (!content.ok) return failed(toolThrew(content.reason));
	if (!content.value.ok) return failed(toolThrew(content.value.reason));
	return {
		content: capText(content.value.text, options.resultLimit),
		result: typeof ran.value === 'string' ? ran.value : jsonOrText(content.value.text),
	};
}

function failed(content: string): Attempt {
	return { content, error: content };
}

function jsonOrText(text: string): unknown {
	const value = tryJson(text);
	return value === undefined ? text : value;
}
