import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { forErrorOutput } from '../shared/forErrorOutput';
import { runTasks, type Outcome } from '../shared/runItems';
import { engineRequest, takeResponse } from './waiting/engineCalls';
import type { LoopItem } from './waiting/loopItem';
import { loopOutputs } from './waiting/loopOutputs';
import { readReturned } from './waiting/returnedResults';
import { run } from './run';
import { openParts, type RunParts } from './runParts';
import { openReuse, type Reuse, type RunEnd } from '../shared/reuse/openReuse';
import { warn } from '../shared/warn';
import { warnAboutRun } from '../shared/warnAboutRun';

/**
 * One call of the node by n8n: loops side by side, each to its end or to where it waits. When some
 * wait for n8n's engine, it runs their calls and calls the node again with what came out.
 */
export async function runLoops(
	context: IExecuteFunctions,
	response?: EngineResponse,
): Promise<NodeOutput> {
	const reuse = openReuse(context);
	const opened = (await takeResponse(context, response)) ?? (await openLoops(context, reuse));
	// Further calls, before any loop can go on.
	if (!Array.isArray(opened)) return opened;
	const parts = openParts(context);
	let end: RunEnd = 'open';
	let loops: LoopItem[];
	try {
		loops = await runOpen({ context, loops: opened, parts, reuse });
		// One that waits for n8n's engine may still fail when the node is called again.
		const isWhole = loops.every(({ done }) => done?.how !== 'failed');
		if (loops.every(({ done }) => done)) end = isWhole ? 'done' : 'partly';
	} finally {
		reuse.close(end);
		await parts.close();
	}
	const request = engineRequest(loops, ({ itemIndex }) => parts.engineToolsOf(itemIndex));
	if (request) return request;
	warnAboutRun(
		context,
		loops.map(({ done }) => done?.json ?? {}),
	);
	const [ended = [], calls = []] = loopOutputs(loops);
	return [forErrorOutput(context, ended), calls];
}

/** A loop for each new item, and for each one whose tool results have come back. */
async function openLoops(context: IExecuteFunctions, reuse: Reuse): Promise<LoopItem[]> {
	const { fresh, loops, waiting, used } = await readReturned(context);
	if (waiting > 0) warn(context, `Loops that wait for further tool results: ${waiting}.`);
	if (used > 0) warn(context, `Loops whose tool results came a second time, unused: ${used}.`);
	const asked = fresh.map(async (itemIndex): Promise<LoopItem> => {
		const [known] = (await reuse.known(itemIndex)) ?? [];
		const loop = { itemIndex, from: [itemIndex], spentUsd: 0, beforeUsd: 0 };
		return known ? { ...loop, done: { how: 'answered', json: { ...known } } } : loop;
	});
	return [
		...(await Promise.all(asked)),
		...loops.map(({ resume, from }) => {
			const spentUsd = resume.spending.costUsd ?? 0;
			return { itemIndex: from[0] ?? 0, from, spentUsd, beforeUsd: spentUsd, resume };
		}),
	];
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
	const outcomes = await runTasks({ context, tasks, spentUsd }, async (item, loop) => {
		const next = await run(item, loop, parts);
		const { done } = next;
		// One that waited for others was made of more than its own item.
		if (done?.how === 'answered' && !loop.resume) reuse.keep(loop.itemIndex, [done.json]);
		return [{ next, costUsd: next.spentUsd }];
	});
	return loops.map((loop) => {
		const outcome = outcomes[tasks.indexOf(loop)];
		return outcome ? afterRun(loop, outcome) : loop;
	});
}

function afterRun(loop: LoopItem, outcome: Outcome<{ next: LoopItem }>): LoopItem {
	if (outcome.ok) return outcome.results[0]?.next ?? loop;
	const { failed } = outcome;
	const spentUsd = Math.max(loop.spentUsd, failed.details.costUsd ?? 0);
	return { ...loop, spentUsd, resume: undefined, done: { how: 'failed', json: failed } };
}
