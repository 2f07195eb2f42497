import type { ToolCall } from '../chat/chatResult';
import { argumentsIn } from '../chat/toolCalls';
import type { ClientCall, TokenHubClient } from '../client/createClient';
import { canonical } from '../lib/isSame';
import { type Ledger, openLedger } from '../ledger';
import type { SpentLimit } from '../ledger';
import { spentLimit } from '../purse';
import { pricedUsd, type Spending, type Usage } from '../usage';
import { isReader } from './kept/readerTools';
import type { StopReason } from './loopRequest';
import type { LoopRun } from './loopRun';
import { repeatedCall, repeatNudge, tooManyCalls } from './messagesToModel';
import { fittedArguments } from './readArguments';
import type { Tool } from './tool';

/** The limit that a run has reached before its next request, if any. */
export function reachedLimit(run: LoopRun): StopReason | undefined {
	const { request } = run;
	if (run.options.signal?.aborted) return 'cancelled';
	if (run.signal.aborted) return 'deadline';
	if (run.iterations >= request.maxIterations) return 'maxIterations';
	if (callsLeft(run) <= 0) return 'maxToolCalls';
	return spendingLimit(run);
}

/** The limit of spending that a run has reached, if any. */
export function spendingLimit({ ledger, request, spending }: LoopRun): SpentLimit | undefined {
	return spentLimit(spending, request) ?? ledger.reached();
}

function callsLeft(run: LoopRun): number {
	return (run.request.maxToolCalls ?? Infinity) - (run.callCounts.get(ALL_CALLS) ?? 0);
}

/** Whether a call may be made, with a note to the model if it should be the last of its kind. */
export type Verdict = { nudge: string } | { refusal: string; stuck?: true };

/** The key under which a run counts all its calls. */
const ALL_CALLS = 'all';

/**
 * Counts a call and checks it against the limits; a call of an unknown tool only against Repeat Limit,
 * because it never runs.
 */
export function countCall(run: LoopRun, tool: Tool | undefined, call: ToolCall): Verdict {
	const { repeatLimit, maxToolCalls } = run.request;
	// A search for tools does not count as a tool call, and neither does reading a kept result.
	if (!tool || isSearch(run, tool) || isReader(run, tool)) {
		return repeatVerdict(countUp(run, callKey(tool, call)), repeatLimit);
	}
	if (countUp(run, ALL_CALLS) > (maxToolCalls ?? Infinity)) {
		return { refusal: tooManyCalls(maxToolCalls ?? 0, 'tools') };
	}
	if (countUp(run, `tool ${tool.name}`) > (tool.maxCalls ?? Infinity)) {
		return { refusal: tooManyCalls(tool.maxCalls ?? 0, `"${call.name}"`) };
	}
	return repeatVerdict(countUp(run, callKey(tool, call)), repeatLimit);
}

function isSearch({ search, tools }: LoopRun, tool: Tool): boolean {
	return search !== undefined && tools.get(search.name) === tool;
}

function repeatVerdict(repeats: number, repeatLimit: number): Verdict {
	if (repeats > repeatLimit) return { refusal: repeatedCall(repeats - 1), stuck: true };
	return { nudge: repeats === repeatLimit && repeats > 1 ? repeatNudge(repeats) : '' };
}

function countUp({ callCounts }: LoopRun, key: string): number {
	const made = (callCounts.get(key) ?? 0) + 1;
	callCounts.set(key, made);
	return made;
}

/**
 * A JSON list, because a tool's name may contain spaces and a model may write any arguments. Arguments
 * that mean the same to the tool, such as `1` and `1.0`, in any order, have one key.
 */
export function callKey(tool: Tool | undefined, call: ToolCall): string {
	const { name } = tool ?? call;
	const parsed = argumentsIn(call);
	if (!parsed.ok) return `call ${JSON.stringify([name, call.arguments])}`;
	const { numbers } = parsed;
	const args = canonical(tool ? fittedArguments(tool, parsed).value : parsed.value);
	// Two numbers that JavaScript cannot tell apart are different numbers.
	const digits = [...(numbers?.lossy.values() ?? [])].sort();
	return `call ${JSON.stringify([name, args, ...digits])}`;
}

/** The same in a state that version 1.0.0 saved. */
export function formerCallKey({ name }: Tool, call: ToolCall): string {
	return `call ${name} ${call.arguments}`;
}

/** What the tool of one call pays for, while it does: the loop pays for it too. */
export function callLedger(run: LoopRun): Ledger {
	const { client, request } = run;
	const outer: Ledger = {
		...run.ledger,
		add: (spending, model) => run.ledger.add(priced(spending, client, request.model), model),
	};
	const ledger = openLedger(outer);
	ledger.reached = () => spendingLimit(run);
	const loops: Array<() => unknown[]> = [];
	ledger.nest = (steps) => void loops.push(steps);
	ledger.steps = () => loops.flatMap((steps) => steps());
	return ledger;
}

/** A client for a tool, which tells the loop what the tool's requests cost. */
export function clientOf({ client }: LoopRun, ledger: Ledger): TokenHubClient {
	return { ...client, ledger };
}

/**
 * A client whose requests end with the call for which it was made, even if nobody passes the signal on.
 */
export function endingWith(client: TokenHubClient, signal: AbortSignal): TokenHubClient {
	const both = (call: ClientCall = {}): ClientCall => ({
		...call,
		signal: call.signal ? AbortSignal.any([call.signal, signal]) : signal,
	});
	return {
		...client,
		complete: (body, call) => client.complete(body, both(call)),
		openStream: (body, call) => client.openStream(body, both(call)),
	};
}

/**
 * A cost that nobody knows is counted at the price of the loop's own model, so that a limit counts
 * everything.
 */
export function priced(spending: Spending, client: TokenHubClient, model: string): Spending {
	if (pricedUsd(spending) !== null) return spending;
	const { usage, estimated } = spending;
	const totalTokens = Math.max(estimated?.totalTokens ?? 0, usage.totalTokens);
	// What only the total contains has the price of completion tokens, which is the highest.
	const whole = { ...usage, completionTokens: totalTokens - usage.promptTokens, totalTokens };
	return { ...spending, estimated: { totalTokens, costUsd: client.priceOf(model, whole) } };
}

/** The least that tokens can have cost in US dollars, whichever models answered. */
export function leastCost(client: TokenHubClient, names: readonly string[], usage: Usage): number {
	const prices = names.flatMap((name) => client.priceOf(name, usage) ?? []);
	return prices.length > 0 ? Math.min(...prices) : 0;
}
