import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import {
	resumeSchema,
	type GivenResult,
	type ResumeState,
} from '../../../core/toolLoop/resumeState';
import { itemsResult } from '../tools/itemsResult';
import type { CallItem } from './loopOutputs';
import { pairedJson, runIndexOf } from './pairedCall';

/** What an item of the output Tool Calls says of its call. */
const callSchema = z.object({ callId: z.string(), resume: resumeSchema });
type Call = z.output<typeof callSchema>;

/** A loop whose calls have come back. */
interface ReturnedLoop {
	resume: ResumeState;
	from: number[];
}

interface Returned {
	/** Items that are no tool results, by index. */
	fresh: number[];
	loops: ReturnedLoop[];
	/** Loops that wait for further results. */
	waiting: number;
	/** Loops whose results have been used before. */
	used: number;
}

/**
 * Sorts the input: items that came from the output Tool Calls are results, whichever nodes they
 * passed. Results that arrive in several runs of the node, over several branches, are put together.
 */
export async function readReturned(context: IExecuteFunctions): Promise<Returned> {
	const runIndex = runIndexOf(context);
	const groups = new Map<string, Group>();
	const fresh: number[] = [];
	for (const [index, item] of context.getInputData().entries()) {
		const call = await readCall(context, { json: item.json, index, runIndex });
		if (!call) {
			fresh.push(index);
			continue;
		}
		const group = groups.get(call.resume.id) ?? { resume: call.resume, runIndex, calls: [] };
		group.calls.push({ index, item, callId: call.callId });
		groups.set(call.resume.id, group);
	}
	const returned: Returned = { fresh, loops: [], waiting: 0, used: 0 };
	for (const group of groups.values()) {
		const loop = await putTogether(context, group);
		if (loop === 'used' || loop === 'waiting') returned[loop] += 1;
		else returned.loops.push(loop);
	}
	return returned;
}

interface Group {
	resume: ResumeState;
	runIndex: number;
	calls: Array<{ index: number; item: INodeExecutionData; callId: string }>;
}

/** Named by the item itself, or by the item of Tool Calls that it descends from. */
async function readCall(
	context: IExecuteFunctions,
	{ json, index, runIndex }: { json: unknown; index: number; runIndex: number },
): Promise<Call | undefined> {
	const own = callSchema.safeParse(json);
	if (own.success) return own.data;
	// In its first run, no item can descend from the node.
	return runIndex > 0 ? callSchema.safeParse(await pairedJson(context, index)).data : undefined;
}

/** What the execution keeps of a loop whose results come in several runs. */
const keptSchema = z.object({
	results: z.array(resumeSchema.shape.results.unwrap().element),
	/** The run that took them all: n8n may try it again, but no other may pay for it twice. */
	takenBy: z.number().optional(),
});

async function putTogether(
	context: IExecuteFunctions,
	{ resume, runIndex, calls }: Group,
): Promise<ReturnedLoop | 'waiting' | 'used'> {
	const store = context.getContext('node');
	const kept = keptSchema.safeParse(store[resume.id]).data ?? { results: [] };
	if (kept.takenBy !== undefined && kept.takenBy !== runIndex) return 'used';
	const given = new Map(
		[...resume.results, ...kept.results].map((result) => [result.callId, result]),
	);
	for (const callId of new Set(calls.map((call) => call.callId))) {
		const items = calls.filter((call) => call.callId === callId).map(({ item }) => item);
		given.set(callId, { callId, ...(await givenBy(context, items)) });
	}
	const results = [...given.values()];
	const isWhole = resume.pending.every(({ callId }) => given.has(callId));
	store[resume.id] = { results, takenBy: isWhole ? runIndex : undefined };
	if (!isWhole) return 'waiting';
	return { resume: { ...resume, results }, from: calls.map(({ index }) => index) };
}

/** `result` or `error` where the item has one; else the whole of what came back. */
async function givenBy(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
): Promise<Omit<GivenResult, 'callId'>> {
	const failed = items.find(({ json }) => typeof json.error === 'string')?.json.error;
	if (typeof failed === 'string') return { error: failed };
	const rows = items.map((item) => ({ ...item, json: ownData(item.json) }));
	const results = rows.flatMap(({ json }) => ('result' in json ? [json.result] : []));
	if (results.length === rows.length && rows.every(({ binary }) => !binary)) {
		return { result: results.length === 1 ? results[0] : results };
	}
	return { result: await itemsResult(context, rows) };
}

/** Without the fields that the item had when it left the loop. */
function ownData(json: IDataObject): IDataObject {
	if (!('resume' in json)) return json;
	return Object.fromEntries(Object.entries(json).filter(([key]) => !CALL_FIELDS.has(key)));
}

const CALL_FIELDS = new Set<string>([
	'callId',
	'name',
	'args',
	'stopReason',
	'pendingToolCalls',
	'resume',
] satisfies Array<keyof CallItem>);
