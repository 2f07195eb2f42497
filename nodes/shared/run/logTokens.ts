import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import type { TokenHubError } from '../../../core/errors';
import { isRecord } from '../../../core/lib/isRecord';
import { openLedger, type Ledger } from '../../../core/ledger';
import { valueOrReason } from '../../../core/messageOf';
import { sumSpending, type Spending } from '../../../core/usage';
import type { Budget } from './budget';
import { isOfOtherRow } from './toolSpending';
import { usedAsTool } from '../form/asTool';
import { nodeOf } from '../item/itemRun';

/**
 * Writes what a node's requests used to where n8n's Logs and Evaluations look for it: under the
 * connection of language models in the run's own data, which no node behind it is handed, so that
 * nothing is counted twice; and to its traces, and to its log streaming.
 *
 * Leans on n8n 2.0 to 2.41 for `additionalData.hooks.handlers.nodeExecuteAfter`, which n8n calls with
 * the data of a run before it shows and stores it; a node's context has no method for it. Where one of
 * them is missing, the Logs have no tokens, as before.
 */
export function logTokens(context: IExecuteFunctions, budget: Spent): void {
	const ledger = logAnswers(context, budget.ledger);
	const hooks = hooksOf(context);
	// The run of a tool belongs to the agent that called it.
	if (!hooks || usedAsTool(context)) return;
	const open = running.get(hooks) ?? listen(hooks);
	const { name } = nodeOf(context);
	open.set(name, [...(open.get(name) ?? []), { ledger, models: budget.models }]);
}

/**
 * Logs each answer that was paid for, under n8n's own name for it: only numbers, nothing of what was
 * said. Returns those that no other row of the Logs has.
 */
function logAnswers(context: IExecuteFunctions, ledger: Ledger): Ledger {
	const { add } = ledger;
	const own = openLedger();
	ledger.add = (spending, model) => {
		add(spending, model);
		if (isOfOtherRow(spending)) return;
		own.add(spending, model);
		const { usage: tokenUsage, costUsd, requests, estimated } = spending;
		if (requests === 0) return;
		const facts = { model, tokenUsage, costUsd, ...(estimated ? { estimated } : {}) };
		void valueOrReason(() => context.logAiEvent('ai-llm-generated-output', JSON.stringify(facts)));
	};
	return own;
}

/** Logs a failed item in the same way. */
export function logFailure(context: IExecuteFunctions, { kind, message, details }: TokenHubError) {
	const { status, requestId } = details;
	const facts = { kind, message, status, requestId };
	void valueOrReason(() => context.logAiEvent('ai-llm-errored', JSON.stringify(facts)));
}

type Spent = Pick<Budget, 'ledger' | 'models'>;
/** By execution: what a run of each node has spent, possibly in several tries. */
type Open = Map<string, Spent[]>;
const running = new WeakMap<Hooks, Open>();

type Hooks = Record<string, unknown>;

function hooksOf(context: object): Hooks | undefined {
	if (!('additionalData' in context)) return undefined;
	const { additionalData }: { additionalData?: unknown } = context;
	const { hooks } = isRecord(additionalData) ? additionalData : {};
	return isRecord(hooks) && isRecord(hooks.handlers) ? hooks.handlers : undefined;
}

function listen(handlers: Hooks): Open {
	const open: Open = new Map();
	running.set(handlers, open);
	const { nodeExecuteAfter: others } = handlers;
	if (!Array.isArray(others)) return open;
	const after = (name: string, task: unknown) => {
		const tries = open.get(name) ?? [];
		open.delete(name);
		const spending = sumSpending(tries.map(({ ledger }) => ledger.added()));
		if (spending.requests === 0 || !isRecord(task)) return;
		addTokens(task, spending, [...new Set(tries.flatMap(({ models }) => models()))]);
		addTracing(task, spending);
	};
	// First, so that the others see it; a new list, because n8n may be iterating over the old one.
	handlers.nodeExecuteAfter = [after, ...Array.from<unknown>(others)];
	return open;
}

/** A failed run has no data to add to: its error says what it cost. */
function addTokens(task: Hooks, spending: Spending, models: string[]): void {
	const { usage, costUsd, estimated, requests, retries } = spending;
	if (!isRecord(task.data)) return;
	const tokens =
		usage.totalTokens === 0 && estimated
			? { tokenUsageEstimate: { ...usage, totalTokens: estimated.totalTokens } }
			: { tokenUsage: usage };
	const json = { models, requests, retries, costUsd, ...tokens };
	task.data[NodeConnectionTypes.AiLanguageModel] = [[{ json }]];
}

/**
 * Attributes of the node's span in n8n's own OpenTelemetry, under the names that its model nodes use.
 */
function addTracing(task: Hooks, { usage, costUsd, estimated }: Spending): void {
	const metadata = isRecord(task.metadata) ? task.metadata : {};
	const isEstimated = usage.totalTokens === 0 && estimated !== undefined;
	task.metadata = {
		...metadata,
		tracing: {
			...(isRecord(metadata.tracing) ? metadata.tracing : {}),
			'llm.tokens.in': usage.promptTokens,
			'llm.tokens.out': usage.completionTokens,
			'llm.tokens.total': isEstimated ? estimated.totalTokens : usage.totalTokens,
			'llm.tokens.estimated': isEstimated,
			...(costUsd === null ? {} : { 'llm.cost.total': costUsd }),
		},
	};
}
