import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { TokenHubClient } from '../../core/client/createClient';
import { TokenHubError } from '../../core/errors';
import { mapConcurrently } from '../../core/mapConcurrently';
import { readForm } from './itemReader';
import { asTokenHubError, toFailedItem, toNodeError } from './nodeError';
import { openClient } from './openClient';
import { runOptionsForm, type RunOptions } from './runOptions';
import { openBudget, type Budget } from './budget';
import { toDataObject } from './toDataObject';

/** One item on its way through a node. */
export interface ItemRun {
	context: IExecuteFunctions;
	itemIndex: number;
	client: TokenHubClient;
	/** Aborts when n8n stops the run, or another item has ended it. */
	signal: AbortSignal;
	/** US dollars that the run may still spend; undefined without a limit. */
	budgetUsd?: number;
}

export type RunItem = (item: ItemRun) => Promise<object[]>;

/**
 * The item loop of every node: items side by side up to `concurrency`, output in input order. Under
 * Continue On Fail a failed item goes on as `{ error, message, details }`; without it the first
 * failure stops the others.
 */
export async function runItems(
	context: IExecuteFunctions,
	runItem: RunItem,
): Promise<INodeExecutionData[][]> {
	const run = openRun(context, runItem);
	const items = context.getInputData();
	const outputs = await mapConcurrently(items, run.concurrency(), (_item, index) =>
		settleItem(run, index),
	);
	return [outputs.flat()];
}

interface Run {
	context: IExecuteFunctions;
	runItem: RunItem;
	stop: AbortController;
	signal: AbortSignal;
	options(): RunOptions;
	concurrency(): number;
	client(): Promise<TokenHubClient>;
	budget: Budget;
}

/** Options and credential are read when the first item needs them, so that it can own the failure. */
function openRun(context: IExecuteFunctions, runItem: RunItem): Run {
	const stop = new AbortController();
	const stopped = context.getExecutionCancelSignal();
	const signal = stopped ? AbortSignal.any([stop.signal, stopped]) : stop.signal;
	let options: RunOptions | undefined;
	let client: Promise<TokenHubClient> | undefined;
	const readOptions = () => (options ??= readForm(context, 0, runOptionsForm).options);
	return {
		...{ context, runItem, stop, signal, budget: openBudget() },
		options: readOptions,
		concurrency() {
			try {
				return readOptions().concurrency;
			} catch {
				return 1;
			}
		},
		client: () => (client ??= openClient(context, readOptions())),
	};
}

async function settleItem(run: Run, itemIndex: number): Promise<INodeExecutionData[]> {
	const { context, budget } = run;
	try {
		const budgetUsd = budget.left(run.options().maxCostUsd);
		const client = await run.client();
		if (run.signal.aborted) throw new TokenHubError('cancelled', 'The run was cancelled.');
		const { signal } = run;
		const results = await run.runItem({ context, itemIndex, client, signal, budgetUsd });
		return results.map((result) => toItem(budget.spend(toDataObject(result)), itemIndex));
	} catch (thrown) {
		const error = asTokenHubError(thrown);
		budget.spend({ costUsd: error.details.costUsd });
		if (context.continueOnFail()) return [toItem(toDataObject(toFailedItem(error)), itemIndex)];
		run.stop.abort();
		throw toNodeError(context.getNode(), error, itemIndex);
	}
}

function toItem(json: IDataObject, itemIndex: number): INodeExecutionData {
	return { json, pairedItem: { item: itemIndex } };
}
