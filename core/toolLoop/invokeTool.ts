import type { ToolCall } from '../chat/chatResult';
import type { Content } from '../chat/messages';
import type { TokenHubClient } from '../client/createClient';
import { takeUncounted, type Ledger } from '../ledger';
import type { Budget } from '../schema/patterns/budget';
import { countedTokens, type Spending } from '../usage';
import { inTime, type CallTime } from './inTime';
import { endingWith } from './callLedger';
import { readArguments } from './readArguments';
import type { Step } from './resumeState';
import type { Tool } from './tool';
import { thrownContent, toolContent, type ReadTerms, type ToolContent } from './toolContent';

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

export interface InvokeOptions extends CallTime {
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
		...(spending.requests > 0 || countedTokens(spending) > 0 ? { spending } : {}),
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
		ledger.add(takeUncounted(value, startedAt));
	} catch (thrown) {
		ledger.add(takeUncounted(thrown, startedAt));
		return await thrownContent(thrown, reading);
	}
	return await toolContent(value, reading);
}
