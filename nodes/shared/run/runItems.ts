import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { z } from 'zod/v4';
import type { TokenHubClient } from '../../../core/client/createClient';
import { assertNotCancelled } from '../../../core/transport/pause';
import { perObject } from '../../../core/lib/perObject';
import { mapConcurrently } from '../../../core/lib/async';
import type { ItemRun, Place } from '../item/itemRun';
import { forgetItem, readForm } from '../item/itemReader';
import { logFailure, logTokens } from './logTokens';
import {
	assertNoFileAsText,
	checkTexts,
	type Form,
	inFormWords,
	withNearestModel,
} from './formMistakes';
import { asTokenHubError, toFailedItem, toNodeError, type FailedItem } from './nodeError';
import { openClients } from '../account/openClient';
import { runOptionsForm, type RunOptions } from '../form/runOptions';
import { openBudget, type Budget } from './budget';
import { openProgress, type Progress } from './progress';
import { findResult, type Askable } from './findResult';
import { withReuse } from './reuse';
import { endRun, warn } from './warnings';
import { isRead, endTurn, openOrder } from './streamed';
import { toDataObject } from './output';
import { outerLedger } from './toolSpending';

/** A piece of a run: the item whose fields are read, and what has been spent on it before. */
export interface Task {
	itemIndex: number;
	spentUsd?: number;
}

/** The outputs of one task. */
export type Outcome<Result> = { ok: true; results: Result[] } | { ok: false; failed: FailedItem };

/** What a node does with each item, in this order. */
export interface ItemWork<Asked extends Askable, Result extends object> {
	/** Reads what to ask. */
	read(this: void, place: Place): Promise<Asked>;
	/** The only step that costs anything. */
	ask(this: void, item: ItemRun, asked: Asked): Promise<Result>;
	/** How a kept result is read. */
	schema: z.ZodType<Result>;
	/**
	 * Adds to the result what comes from the item itself, which is not kept: another item may ask the
	 * same.
	 */
	complete(this: void, asked: Asked, result: Result): Result;
	/** Shows a result that was paid for before to the reader of a chat. */
	retell?(this: void, place: Place, result: Result): Promise<void>;
	/** What the item outputs of a result, new or reused. */
	show(this: void, place: Place, asked: Asked, result: Result): object[] | Promise<object[]>;
	/** The node's outputs, if it has several. */
	route?(this: void, context: IExecuteFunctions, outputs: ResultItem[]): INodeExecutionData[][];
}

/** An output item with the result that it shows; none for a failed item. */
export interface ResultItem {
	item: INodeExecutionData;
	result?: object;
}

/**
 * The item loop of every node: items in parallel up to `concurrency`, output in input order. With
 * Continue On Fail, a failed item becomes `{ error, message, details }`; without it, the first failure
 * stops the others.
 */
export async function runItems<Asked extends Askable, Result extends object>(
	context: IExecuteFunctions,
	work: ItemWork<Asked, Result>,
	form: Form = [],
): Promise<INodeExecutionData[][]> {
	const outcomes = await withReuse(context, async (reuse) => {
		const tasks = context.getInputData().map((_item, itemIndex) => ({ itemIndex }));
		const results = await runTasks({ context, tasks, form }, async (place, _task, open) => {
			checkTexts(context, place.itemIndex, form);
			const asked = await work.read(place);
			const found = await findResult(place, asked, { reuse, schema: work.schema });
			const answer = found.known ?? (await work.ask(await open(), asked));
			if (found.known) await work.retell?.(place, answer);
			else await found.keep(answer);
			const result = work.complete(asked, answer);
			return [{ result, shown: await work.show(place, asked, result) }];
		});
		return { results, end: results.every(({ ok }) => ok) ? 'done' : 'partly' };
	});
	const outputs = outcomes.flatMap(outputsOf);
	const results = outcomes.flatMap((outcome): object[] =>
		outcome.ok ? outcome.results.map(({ result }) => result) : [outcome.failed],
	);
	const items = endRun(
		context,
		results,
		outputs.map(({ item }) => item),
	);
	const routed = outputs.map(({ result }, n) => ({ item: items[n] ?? { json: {} }, result }));
	return work.route?.(context, routed) ?? [items];
}

function outputsOf(
	outcome: Outcome<{ result: object; shown: object[] }>,
	index: number,
): ResultItem[] {
	if (!outcome.ok) return [{ item: toItem(outcome.failed, [index]) }];
	return outcome.results.flatMap(({ result, shown }) =>
		shown.map((json) => ({ item: toItem(json, [index]), result })),
	);
}

interface Plan<Piece> {
	context: IExecuteFunctions;
	tasks: readonly Piece[];
	form: Form;
	/** US dollars that earlier passes of the run have spent. */
	spentUsd?: number;
}

/** Works on a piece; `open` opens the client, if any request is made. */
type RunTask<Piece, Result> = (
	place: Place,
	task: Piece,
	open: () => Promise<ItemRun>,
) => Promise<Result[]>;

/** The same for pieces that are not one item each: their outcomes, in order. */
export async function runTasks<Piece extends Task, Result extends object>(
	{ context, tasks, form, spentUsd }: Plan<Piece>,
	runTask: RunTask<Piece, Result>,
): Promise<Array<Outcome<Result>>> {
	const run = { ...openRun(context, { items: tasks.length, spentUsd }), form };
	if (isRead(context)) {
		openOrder(
			context,
			tasks.map(({ itemIndex }) => itemIndex),
		);
	}
	const outcomes = await mapConcurrently(tasks, run.concurrency(), (task) =>
		settle(run, task, runTask).finally(() => endTurn(context, task.itemIndex)),
	).finally(run.letGo);
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
	/** The run is over. */
	letGo(this: void): void;
	signal: AbortSignal;
	options(): RunOptions;
	concurrency(): number;
	client(itemIndex: number): Promise<TokenHubClient>;
	budget: Budget;
	progress: Progress;
}

/**
 * Ends a run that n8n stops. All items look at one plain signal: Node takes long to answer for one that
 * is made of several.
 */
function forwardStop(context: IExecuteFunctions, stop: AbortController): () => void {
	// Not available in every context or n8n version: a stopped run then ends with its timeouts.
	const stopped =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const end = () => stop.abort(stopped?.reason);
	if (stopped?.aborted) end();
	stopped?.addEventListener('abort', end, { once: true });
	return () => stopped?.removeEventListener('abort', end);
}

/** Options and credential are read when the first item needs them, so that a failure belongs to it. */
function openRun(
	context: IExecuteFunctions,
	{ items, spentUsd }: { items: number; spentUsd?: number },
): Run {
	const stop = new AbortController();
	const letGo = forwardStop(context, stop);
	let options: RunOptions | undefined;
	const clientFor = openClients(context);
	const readOptions = () => (options ??= readForm(context, 0, runOptionsForm).options);
	const budget = openBudget({ spentUsd, outer: outerLedger(context) });
	logTokens(context, budget);
	const metered = perObject((client: TokenHubClient) => ({ ...client, ledger: budget.ledger }));
	return {
		...{ context, items, stop, letGo, signal: stop.signal, budget },
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

async function settle<Piece extends Task, Result extends object>(
	run: Run & Pick<Plan<Piece>, 'form'>,
	task: Piece,
	runTask: RunTask<Piece, Result>,
): Promise<Outcome<Result>> {
	const { context, signal } = run;
	const { itemIndex, spentUsd = 0 } = task;
	const open = async (): Promise<ItemRun> => {
		const left = run.budget.left(run.options().maxCostUsd);
		const budgetUsd = left === undefined ? undefined : left + spentUsd;
		const client = await run.client(itemIndex);
		assertNotCancelled(signal);
		return { context, itemIndex, client, signal, budgetUsd };
	};
	try {
		assertNoFileAsText(context);
		const results = await runTask({ context, itemIndex }, task, open);
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

/** An item that descends from the input of this run, in whichever later run of the node it leaves. */
export function ofThisRun(
	context: IExecuteFunctions,
	{ json, pairedItem = [] }: INodeExecutionData,
): INodeExecutionData {
	const sourceOverwrite = context.getInputSourceData();
	const pairs = [pairedItem].flat().map((pair) => (typeof pair === 'number' ? pair : pair.item));
	return { json, pairedItem: pairs.map((item) => ({ item, sourceOverwrite })) };
}
