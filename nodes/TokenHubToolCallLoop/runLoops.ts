import type { EngineRequest, EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { countedUsd, reused } from '../../core/usage';
import { valueOrReason } from '../../core/messageOf';
import { shownBy } from '../shared/run/output';
import { checkTexts } from '../shared/run/formMistakes';
import { runTasks, type Outcome } from '../shared/run/runItems';
import { asksOneByOne, nextCalls } from './waiting/askOneByOne';
import { engineRequest, readEngineResponse } from './waiting/engineCalls';
import type { LoopItem } from './waiting/loopItem';
import { forget, issue } from './waiting/issuedLoops';
import { assertNoLostDecision } from './waiting/lostDecision';
import { loopOutputs } from './waiting/loopOutputs';
import { readReturned } from './waiting/returnedResults';
import { properties as form } from './description';
import { fingerprintOf } from './loopFingerprint';
import { resumesFrom } from './parameters';
import { run } from './run';
import { openParts, type RunParts } from './runParts';
import { type Reuse, type RunEnd, withReuse } from '../shared/run/reuse';
import { endRun, warn } from '../shared/run/warnings';

/**
 * One call of the node by n8n: loops in parallel, each to its end or to where it waits. If some wait
 * for n8n's engine, it runs their calls and calls the node again with the results.
 */
export async function runLoops(
	context: IExecuteFunctions,
	response?: EngineResponse,
): Promise<NodeOutput> {
	const parts = openParts(context);
	const ran = await withReuse<EngineRequest | LoopItem[]>(context, async (reuse) => {
		const opened =
			(await readEngineResponse(context, response)) ?? (await openLoops(context, reuse));
		// The engine has to run further calls before any loop can continue.
		if (!Array.isArray(opened)) return { results: opened, end: 'open' };
		const loops = await runOpen({ context, loops: opened, parts, reuse });
		return { results: loops, end: endOf(loops) };
	}).finally(() => parts.close());
	if (!Array.isArray(ran)) return ran;
	const request = engineRequest(context, ran, ({ itemIndex }) => parts.engineToolsOf(itemIndex));
	if (request) return request;
	// Only now is the run over: before, n8n may have to retry it from what is kept.
	for (const { resume, done, stored } of ran) {
		if (resume && done) issue(context, { resume, stored });
	}
	forget(
		context,
		ran.flatMap(({ took }) => took ?? []),
	);
	const show = shownBy(context);
	const [ended = [], calls = []] = loopOutputs(ran.map((loop) => asShown(loop, show)));
	const results = ran.map(({ done }) => done?.json ?? {});
	return [endRun(context, results, ended), nextCalls(context, calls)];
}

/** A loop that waits for n8n's engine may still fail when the node is called again. */
function endOf(loops: readonly LoopItem[]): RunEnd {
	if (!loops.every(({ done }) => done)) return 'open';
	return loops.every(({ done }) => done?.how !== 'failed') ? 'done' : 'partly';
}

/** Items with calls of manual tools keep every key: the loop continues from them. */
function asShown(loop: LoopItem, show: (result: object) => object): LoopItem {
	const { done } = loop;
	if (done?.how !== 'answered') return loop;
	return { ...loop, done: { ...done, json: { ...show(done.json) } } };
}

/** A loop for each new item, and for each loop whose tool results have come back. */
async function openLoops(context: IExecuteFunctions, reuse: Reuse): Promise<LoopItem[]> {
	const { fresh, foreign, loops, waiting, used } = await readReturned(context);
	await warnOfForeign(context, foreign);
	// The call that a person is asked about next leaves at the end of this run.
	const isWaiting = waiting > 0 && !asksOneByOne(context);
	if (isWaiting) warn(context, `Loops still waiting for tool results: ${waiting}.`);
	if (used > 0)
		warn(context, `Loops whose tool results arrived a second time and were ignored: ${used}.`);
	const asked = fresh.map(async (itemIndex): Promise<LoopItem> => {
		// Without a credential, there is no account to include; the item itself reports that.
		const made = reuse.isOn
			? await valueOrReason(() => fingerprintOf(context, itemIndex))
			: undefined;
		const key = made?.ok ? made.value : undefined;
		const known = key === undefined ? undefined : reuse.known(key);
		const loop = { itemIndex, from: [itemIndex], spentUsd: 0, beforeUsd: 0, key };
		return known ? { ...loop, done: { how: 'answered', json: { ...reused(known) } } } : loop;
	});
	return [
		...(await Promise.all(asked)),
		...loops.map(({ resume, from, ...kept }) => {
			const spentUsd = countedUsd(resume.spending) ?? 0;
			const spent = { spentUsd, beforeUsd: spentUsd };
			return { itemIndex: from[0] ?? 0, from, ...spent, resume, ...kept };
		}),
	];
}

/** Anybody who can post to a webhook may write such an item: it is a question like any other. */
async function warnOfForeign(
	context: IExecuteFunctions,
	foreign: readonly number[],
): Promise<void> {
	const isMeant = await Promise.all(
		foreign.map((index) => valueOrReason(() => resumesFrom(context, index))),
	);
	// An item whose fields cannot be read reports that itself.
	const count = isMeant.filter((read) => !read.ok || !read.value).length;
	if (count === 0) return;
	const said = `Items with a "callId" and "resume" that this node has not issued in this execution: ${count}.`;
	warn(
		context,
		`${said} They were treated as new items. To continue a loop of another execution, use the option Resume From.`,
	);
}

async function runOpen({
	context,
	loops,
	parts,
	reuse,
}: {
	context: IExecuteFunctions;
	loops: readonly LoopItem[];
	parts: RunParts;
	reuse: Reuse;
}): Promise<LoopItem[]> {
	const tasks = loops.filter(({ done }) => !done);
	const spentUsd = loops.reduce((sum, loop) => sum + loop.spentUsd - loop.beforeUsd, 0);
	const outcomes = await runTasks(
		{ context, tasks, form, spentUsd },
		async ({ itemIndex }, loop, open) => {
			if (!loop.resume) {
				assertNoLostDecision(context, itemIndex);
				checkTexts(context, itemIndex, form);
			}
			const next = await run(await open(), loop, parts);
			const { key, done } = next;
			if (key !== undefined && isReusable(loop, done)) reuse.keep(key, done.json);
			return [{ next, costUsd: next.spentUsd }];
		},
	);
	return loops.map((loop) => {
		const outcome = outcomes[tasks.indexOf(loop)];
		return outcome ? afterRun(loop, outcome) : loop;
	});
}

/** A loop that waited for others depends on more than its own item, and a budget may be raised. */
function isReusable(
	{ resume }: LoopItem,
	done: LoopItem['done'],
): done is NonNullable<LoopItem['done']> {
	return (
		done?.how === 'answered' && !resume && Reflect.get(done.json, 'stopReason') !== 'costBudget'
	);
}

function afterRun(loop: LoopItem, outcome: Outcome<{ next: LoopItem }>): LoopItem {
	if (outcome.ok) return outcome.results[0]?.next ?? loop;
	const { failed } = outcome;
	const spentUsd = Math.max(loop.spentUsd, countedUsd(failed.details) ?? 0);
	return { ...loop, spentUsd, resume: undefined, done: { how: 'failed', json: failed } };
}
