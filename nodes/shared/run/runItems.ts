import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { TokenHubClient } from '../../../core/client/createClient';
import { assertNotCancelled } from '../../../core/transport/pause';
import { perObject } from '../../../core/perObject';
import { mapConcurrently } from '../../../core/async';
import { forgetItem, readForm } from '../item/itemReader';
import { logFailure, logTokens } from './logTokens';
import { inFormWords, type Form, assertNoFileAsText, withNearestModel } from './formMistakes';
import { asTokenHubError, toFailedItem, toNodeError, type FailedItem } from './nodeError';
import { openClients } from '../account/openClient';
import { runOptionsForm, type RunOptions } from '../form/runOptions';
import { openBudget, type Budget } from './budget';
import { openProgress, type Progress } from './progress';
import { type Reuse, withReuse } from './reuse';
import { endRun, warn } from './warnings';
import { isRead, endTurn, openOrder } from './streamed';
import { toDataObject } from './output';
import { outerLedger } from './toolSpending';

/** One item on its way through a node. */
export interface ItemRun {
	context: IExecuteFunctions;
	itemIndex: number;
	client: TokenHubClient;
	/** Aborts when n8n stops the run, or another item has ended it. */
	signal: AbortSignal;
	/** US dollars that the item may still spend, those of its earlier passes included. */
	budgetUsd?: number;
}

/** A piece of a run: an item, whose fields are read, and what has been spent on it before. */
export interface Task {
	itemIndex: number;
	spentUsd?: number;
}

/** The outputs of one task. */
export type Outcome<Result> = { ok: true; results: Result[] } | { ok: false; failed: FailedItem };

export type RunItem = (item: ItemRun) => Promise<object[]>;

/**
 * The item loop of every node: items in parallel up to `concurrency`, output in input order. Under
 * Continue On Fail a failed item goes on as `{ error, message, details }`; without it the first
 * failure stops the others.
 */
export async function runItems(
	context: IExecuteFunctions,
	runItem: RunItem,
	form: Form = [],
): Promise<INodeExecutionData[][]> {
	const outputs = await withReuse(context, async (reuse) => {
		const results = await Promise.all(
			context.getInputData().map((_item, itemIndex) => reuse.known(itemIndex)),
		);
		const tasks = [...results.entries()].flatMap(([itemIndex, known]) =>
			known ? [] : { itemIndex },
		);
		const outcomes = await runTasks({ context, tasks, form, reuse }, runItem);
		for (const [n, { itemIndex }] of tasks.entries()) results[itemIndex] = outputsOf(outcomes[n]);
		return { results, end: outcomes.every(({ ok }) => ok) ? 'done' : 'partly' };
	});
	const items = outputs.flatMap((results = [], index) =>
		results.map((json) => toItem(json, [index])),
	);
	const all = outputs.flatMap((results = []) => results);
	return [endRun(context, all, items)];
}

function outputsOf(outcome: Outcome<object> | undefined): object[] {
	return outcome?.ok ? outcome.results : outcome ? [outcome.failed] : [];
}

interface Plan<Piece> {
	context: IExecuteFunctions;
	tasks: readonly Piece[];
	form: Form;
	/** US dollars that earlier passes of the run have spent. */
	spentUsd?: number;
	/** Takes the results of finished items at once. */
	reuse?: Pick<Reuse, 'keep'>;
}

/** The same for pieces that are not one item each: their outcomes, in order. */
export async function runTasks<Piece extends Task, Result extends object>(
	{ context, tasks, form, spentUsd, reuse }: Plan<Piece>,
	runTask: (item: ItemRun, task: Piece) => Promise<Result[]>,
): Promise<Array<Outcome<Result>>> {
	const run = { ...openRun(context, { items: tasks.length, spentUsd }), form };
	openOrder(
		context,
		tasks.map(({ itemIndex }) => itemIndex),
	);
	const outcomes = await mapConcurrently(tasks, run.concurrency(), (task) =>
		settle(run, task, async (item) => {
			const results = await runTask(item, task);
			reuse?.keep(item.itemIndex, results);
			return results;
		}).finally(() => endTurn(context, task.itemIndex)),
	);
	const hasRead = outcomes.some(({ ok }) => ok);
	for (const words of hasRead ? run.budget.warnings(run.options().maxCostUsd) : []) {
		warn(context, words);
	}
	return outcomes;
}

interface Run {
	context: IExecuteFunctions;
	items: number;
	stop: AbortController;
	signal: AbortSignal;
	options(): RunOptions;
	concurrency(): number;
	client(itemIndex: number): Promise<TokenHubClient>;
	budget: Budget;
	progress: Progress;
}

/** Options and credential are read when the first item needs them, so that it can own the failure. */
function openRun(
	context: IExecuteFunctions,
	{ items, spentUsd }: { items: number; spentUsd?: number },
): Run {
	const stop = new AbortController();
	// Not in every context, nor in every n8n: a stopped run then ends with its timeouts.
	const stopped =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const signal = stopped ? AbortSignal.any([stop.signal, stopped]) : stop.signal;
	let options: RunOptions | undefined;
	const clientFor = openClients(context);
	const readOptions = () => (options ??= readForm(context, 0, runOptionsForm).options);
	const budget = openBudget({ spentUsd, outer: outerLedger(context) });
	logTokens(context, budget);
	const metered = perObject((client: TokenHubClient) => ({ ...client, ledger: budget.ledger }));
	return {
		...{ context, items, stop, signal, budget },
		progress: openProgress(context, { items, spentUsd: budget.spentUsd }),
		options: readOptions,
		concurrency() {
			try {
				return readOptions().concurrency;
			} catch {
				return 1;
			}
		},
		client: async (itemIndex) => metered(await clientFor(itemIndex, readOptions())),
	};
}

async function settle<Result extends object>(
	run: Run & Pick<Plan<Task>, 'form'>,
	task: Task,
	runTask: (item: ItemRun) => Promise<Result[]>,
): Promise<Outcome<Result>> {
	const { context, signal } = run;
	const { itemIndex, spentUsd = 0 } = task;
	try {
		assertNoFileAsText(context);
		const left = run.budget.left(run.options().maxCostUsd);
		const budgetUsd = left === undefined ? undefined : left + spentUsd;
		const client = await run.client(itemIndex);
		assertNotCancelled(signal);
		const results = await runTask({ context, itemIndex, client, signal, budgetUsd });
		run.progress.done();
		return { ok: true, results };
	} catch (thrown) {
		const asThrown = inFormWords(asTokenHubError(thrown), run.form);
		const error = withNearestModel(asThrown, context, itemIndex);
		logFailure(context, error);
		if (context.continueOnFail()) return { ok: false, failed: toFailedItem(error) };
		run.stop.abort();
		const soFar = run.items > 1 ? run.progress.words() : undefined;
		throw toNodeError(context.getNode(), error, { itemIndex, soFar, isRead: isRead(context) });
	} finally {
		forgetItem(context, itemIndex);
	}
}

/** An output item, and the input items that it came from. */
export function toItem(json: object, from: readonly number[]): INodeExecutionData {
	const sources = from.map((item) => ({ item }));
	const [source] = sources;
	return {
		json: toDataObject(json),
		pairedItem: sources.length === 1 && source ? source : sources,
	};
}
