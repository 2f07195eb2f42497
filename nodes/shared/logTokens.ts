import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../core/isRecord';
import { sumSpending, type Spending } from '../../core/usage';
import type { Budget } from './budget';
import { usedAsTool } from './usedAsTool';

/**
 * Writes what a node's requests used to where n8n's Logs and Evaluations look for it: under the
 * connection of language models in the run's own data, which no node behind it is handed, so that
 * nothing is counted twice.
 *
 * Leans on n8n 2.0 to 2.41 for `additionalData.hooks.handlers.nodeExecuteAfter`, which n8n calls with
 * the data of a run before it shows and stores it; a node's context has no method for it. Where one of
 * them is missing, the Logs have no tokens, as before.
 */
export function logTokens(context: IExecuteFunctions, budget: Spent): void {
	const hooks = hooksOf(context);
	// The run of a tool belongs to the agent that called it.
	if (!hooks || usedAsTool(context)) return;
	const open = running.get(hooks) ?? listen(hooks);
	const { name } = context.getNode();
	open.set(name, [...(open.get(name) ?? []), budget]);
}

type Spent = Pick<Budget, 'ledger' | 'models'>;
/** By execution: what a run of each node has spent, which may take several tries. */
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
		addTokens(task, spending, [...new Set(tries.flatMap(({ models }) => models()))]);
	};
	// First, so that the others see it; a new list, since n8n may be on its way through the old one.
	handlers.nodeExecuteAfter = [after, ...Array.from<unknown>(others)];
	return open;
}

/** A run that failed has no data to add to: its error says what it cost. */
function addTokens(task: unknown, spending: Spending, models: string[]): void {
	const { usage, costUsd, estimated, requests, retries } = spending;
	if (requests === 0 || !isRecord(task) || !isRecord(task.data)) return;
	const tokens =
		usage.totalTokens === 0 && estimated
			? { tokenUsageEstimate: { ...usage, totalTokens: estimated.totalTokens } }
			: { tokenUsage: usage };
	const json = { models, requests, retries, costUsd, ...tokens };
	task.data[NodeConnectionTypes.AiLanguageModel] = [[{ json }]];
}
