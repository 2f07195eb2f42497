import { abortable } from '../lib/async';
import type { ToolCall } from '../chat/chatResult';
import type { Content } from '../chat/messages';
import type { TokenHubClient } from '../client/createClient';
import { type Ledger, claimUncounted } from '../ledger';
import { type ValueOrReason, valueOrReason } from '../messageOf';
import type { Budget } from '../schema/patterns/budget';
import { alarm } from '../transport/pause';
import type { Sleep } from '../transport/ports';
import { isSpent, type Spending } from '../usage';
import { endingWith } from './limits';
import type { LoopRun } from './loopRun';
import { CANCELLED_CALL, toolThrew, toolTimedOut } from './messagesToModel';
import { findTool } from './offeredTools';
import { argumentsOf, readArguments } from './readArguments';
import { capText } from './results/capText';
import type { SettledCall, Step } from './resumeState';
import type { Tool } from './tool';
import { type ReadTerms, thrownContent, type ToolContent, toolContent } from './toolContent';

/** The outcome of one call: `content` is what the model reads. */
export interface CallOutcome {
	content: Content;
	/** The whole text of a result beyond its limit. */
	whole?: string;
	/** The name under which it is kept. */
	kept?: Step['kept'];
	result?: unknown;
	error?: string;
	durationMs: number;
	/** What the tool has paid for. */
	spending?: Spending;
	/** The tool calls of loops that it ran. */
	steps?: unknown[];
}

interface InvokeOptions extends CallTime {
	/** How many characters of a result the model sees. */
	resultLimit: number;
	/** How many characters of a longer result may be kept. */
	mostKept?: number;
	/** For the patterns of all calls of one answer. */
	budget?: Budget;
	client: TokenHubClient;
	/** Records what the tool pays for. */
	ledger: Ledger;
}

/**
 * Runs one call to its end, whatever happens: it never throws, and never takes longer than its time.
 */
export async function invokeTool(
	tool: Tool,
	call: ToolCall,
	options: InvokeOptions,
): Promise<CallOutcome> {
	const startedAt = performance.now();
	const outcome = await attempt(tool, call, options);
	const durationMs = Math.round(performance.now() - startedAt);
	return { ...outcome, durationMs, ...spendingIn(options.ledger) };
}

function spendingIn({ spent, steps }: Ledger): Pick<CallOutcome, 'spending' | 'steps'> {
	const spending = spent();
	const nested = steps?.() ?? [];
	return {
		...(isSpent(spending) ? { spending } : {}),
		...(nested.length > 0 ? { steps: nested } : {}),
	};
}

async function attempt(tool: Tool, call: ToolCall, options: InvokeOptions): Promise<ToolContent> {
	const ran = await inTime(options, async (signal) => {
		const read = await readArguments(tool, call, options.budget);
		if (!read.ok) return { content: read.said, error: read.said };
		// Its time may have run out during an asynchronous check.
		if (signal.aborted) return { content: '', error: '' };
		const { resultLimit: limit, mostKept } = options;
		const reading = { limit, mostKept, signal };
		const context = { signal, callId: call.id, client: endingWith(options.client, signal) };
		return await resultOf(() => tool.execute?.(read.value, context), reading, options.ledger);
	});
	return ran.ok ? ran.value : { content: ran.reason, error: ran.reason };
}

/**
 * What a tool returns, read to its end within the tool's time: a result may be a promise or a stream.
 */
async function resultOf(
	execute: () => unknown,
	reading: ReadTerms,
	ledger: Ledger,
): Promise<ToolContent> {
	const startedAt = performance.now();
	let value: unknown;
	try {
		value = await execute();
		ledger.add(claimUncounted(value, startedAt));
	} catch (thrown) {
		ledger.add(claimUncounted(thrown, startedAt));
		return await thrownContent(thrown, reading);
	}
	return await toolContent(value, reading);
}

/** How long a call may take, and what ends it earlier. */
interface CallTime {
	timeoutMs: number;
	/** The clock that measures it. */
	sleep: Sleep;
	signal?: AbortSignal;
}

export function timeOf({ client, request, signal }: LoopRun, tool: Tool): CallTime {
	const timeoutMs = tool.timeoutMs ?? request.toolTimeoutMs;
	return { timeoutMs, sleep: client.sleep, signal };
}

/**
 * Runs the work of one call, which may ignore its signal: it is abandoned when its time is up. The
 * model reads why it failed.
 */
export async function inTime<Result>(
	{ timeoutMs: ms, sleep, signal: outer }: CallTime,
	work: (signal: AbortSignal) => Promise<Result>,
): Promise<ValueOrReason<Result>> {
	const controller = new AbortController();
	const callOff = alarm(sleep, ms, () => controller.abort(toolTimedOut(ms)));
	const cancel = () => controller.abort(CANCELLED_CALL);
	outer?.addEventListener('abort', cancel, { once: true });
	if (outer?.aborted) cancel();
	const { signal } = controller;
	const stopped = () => ({ ok: false as const, reason: String(signal.reason) });
	try {
		if (signal.aborted) return stopped();
		const ran = await valueOrReason(() => abortable(work(signal), signal));
		// What it did after it was stopped is not its outcome.
		if (signal.aborted) return stopped();
		return ran.ok ? ran : { ok: false, reason: toolThrew(ran.reason) };
	} finally {
		callOff();
		outer?.removeEventListener('abort', cancel);
	}
}

/** A failed call, with the message that the model reads. */
export function errorOutcome(content: string): CallOutcome {
	return { content, error: content, durationMs: 0 };
}

export function settledCall(run: LoopRun, call: ToolCall, outcome: CallOutcome): SettledCall {
	const { content, result, error, durationMs, ...more } = withinLimit(run, outcome);
	const { kept, spending, steps } = more;
	return {
		content,
		step: {
			iteration: run.iterations,
			tool: nameOf(run, call),
			callId: call.id,
			arguments: argumentsOf(findTool(run.tools, call.name), call),
			...(error === undefined ? { result } : { error }),
			...{ durationMs, ...(kept ? { kept } : {}) },
			...(spending ? { spending } : {}),
			...(steps ? { steps } : {}),
		},
	};
}

/** A refusal may quote what somebody else has written, and is paid for in every later turn. */
function withinLimit({ request }: LoopRun, outcome: CallOutcome): CallOutcome {
	const { content, error } = outcome;
	if (error === undefined) return outcome;
	const capped = capText(error, request.toolResultLimit);
	return { ...outcome, error: capped, content: content === error ? capped : content };
}

/** The tool's own name, if the model used the one under which it is offered. */
export function nameOf(run: LoopRun, { name }: ToolCall): string {
	return run.tools.get(name)?.name ?? name;
}
