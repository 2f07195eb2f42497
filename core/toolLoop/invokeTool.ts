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

/** How one call came out: `content` is what the model is told. */
export interface CallOutcome {
	content: Content;
	/** The text of a result that is longer than its limit. */
	whole?: string;
	/** Under which name it is kept. */
	kept?: Step['kept'];
	result?: unknown;
	error?: string;
	durationMs: number;
	/** What the tool has paid for. */
	spending?: Spending;
	/** The tool calls of loops that it has run. */
	steps?: unknown[];
}

interface InvokeOptions extends CallTime {
	/** Characters of a result that the model is told. */
	resultLimit: number;
	/** Characters of a longer one that may be kept. */
	mostKept?: number;
	/** For the patterns of all calls of one answer. */
	budget?: Budget;
	client: TokenHubClient;
	/** Takes down what the tool pays for. */
	ledger: Ledger;
}

/** Runs one call to its end, whatever happens: it never throws and never hangs past its time. */
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
		// Its time may have been up while an asynchronous check was running.
		if (signal.aborted) return { content: '', error: '' };
		const { resultLimit: limit, mostKept } = options;
		const reading = { limit, mostKept, signal };
		const context = { signal, callId: call.id, client: endingWith(options.client, signal) };
		return await resultOf(() => tool.execute?.(read.value, context), reading, options.ledger);
	});
	return ran.ok ? ran.value : { content: ran.reason, error: ran.reason };
}

/** What a tool gives, read to its end within the tool's time: a result may be a promise or a stream. */
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

/** How long a call may take, and what ends it before. */
interface CallTime {
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
		// What it did when it was stopped is not what became of it.
		if (signal.aborted) return stopped();
		return ran.ok ? ran : { ok: false, reason: toolThrew(ran.reason) };
	} finally {
		callOff();
		outer?.removeEventListener('abort', cancel);
	}
}

/** A call that came to nothing, in the words that the model is told. */
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

/** A refusal may repeat what somebody else has written, and is paid for in every turn after. */
function withinLimit({ request }: LoopRun, outcome: CallOutcome): CallOutcome {
	const { content, error } = outcome;
	if (error === undefined) return outcome;
	const capped = capText(error, request.toolResultLimit);
	return { ...outcome, error: capped, content: content === error ? capped : content };
}

/** The tool's own name, where the model used the one it was offered under. */
export function nameOf(run: LoopRun, { name }: ToolCall): string {
	return run.tools.get(name)?.name ?? name;
}
