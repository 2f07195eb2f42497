import type { IExecuteFunctions } from 'n8n-workflow';
import type { Tool } from '../../core/toolLoop/tool';
import { runToolLoop } from '../../core/toolLoop/runToolLoop';
import { TokenHubError } from '../../core/errors';
import { readForm } from '../shared/itemReader';
import type { ItemRun, RunItem } from '../shared/runItems';
import { connectedTools } from './connectedTools';
import { inlineTools } from './inlineTools';
import { form, toLoopInput } from './parameters';

/** The item function of one run; all its items share the connected tools. */
export function startRun(context: IExecuteFunctions): RunItem {
	let connected: Promise<Tool[]> | undefined;
	return async (item) => await run(item, await (connected ??= connectedTools(context)));
}

async function run(item: ItemRun, connected: Tool[]): Promise<object[]> {
	const { context, itemIndex, client, signal, budgetUsd } = item;
	const input = toLoopInput(readForm(context, itemIndex, form));
	const tools = [...connected, ...inlineTools(context, input.inlineTools)];
	const request = { ...input.request, tools, maxCostUsd: budgetUsd };
	const { messages, ...result } = await runToolLoop(client, request, { signal });
	// In n8n a stopped run has no output: the item must not look as if it had been answered.
	if (result.stopReason === 'cancelled') throw cancelled(result);
	return [input.includeMessages ? { ...result, messages } : result];
}

function cancelled(
	result: Pick<Awaited<ReturnType<typeof runToolLoop>>, 'usage' | 'costUsd' | 'steps'>,
) {
	const { usage, costUsd, steps } = result;
	return new TokenHubError('cancelled', 'The run was cancelled.', { usage, costUsd, steps });
}
