import type { IExecuteFunctions, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod/v4';
import { valueOrReason } from '../../../core/messageOf';
import type { GivenResult, ResumeState } from '../../../core/toolLoop/resumeState';
import { itemsResult } from '../tools/itemsResult';
import { readDecision } from './engineCalls';
import { issuedLoop, keepResults, resumeIssued, type Issued } from './issuedLoops';
import type { Stored } from './loopItem';
import { callSchema, type CallItem } from './loopOutputs';
import { nodeOf } from '../../shared/item/itemRun';
import { runIndexOf } from '../../shared/run/reuse';

/** A call that this node has issued in this execution. */
interface Call {
	id: string;
	callId: string;
	issued: Issued;
}

/** A loop whose calls have come back. */
interface ReturnedLoop {
	resume: ResumeState;
	/** The stop from which it was taken. */
	took: string;
	stored?: Stored;
	from: number[];
}

interface Returned {
	/** Items that are not tool results, by index. */
	fresh: number[];
	/** Those of them that look like results, but belong to no call of this execution. */
	foreign: number[];
	loops: ReturnedLoop[];
	/** How many loops wait for further results. */
	waiting: number;
	/** How many loops' results have been used before. */
	used: number;
}

/**
 * Sorts the input: items that belong to calls of this node are results, whichever nodes they passed.
 * Results that arrive in several runs of the node, over several branches, are put together.
 */
export async function readReturned(context: IExecuteFunctions): Promise<Returned> {
	const runIndex = runIndexOf(context);
	const groups = new Map<string, Group>();
	const returned: Returned = { fresh: [], foreign: [], loops: [], waiting: 0, used: 0 };
	for (const [index, item] of context.getInputData().entries()) {
		const call = runIndex > 0 ? await readCall(context, item.json, index) : undefined;
		if (!call) {
			returned.fresh.push(index);
			if ('callId' in item.json && callSchema.safeParse(item.json).success) {
				returned.foreign.push(index);
			}
			continue;
		}
		const { id, callId, issued } = call;
		const group = groups.get(id) ?? { id, issued, runIndex, calls: [] };
		group.calls.push({ index, item, callId });
		groups.set(id, group);
	}
	for (const group of groups.values()) {
		const loop = await putTogether(context, group);
		if (loop === 'used' || loop === 'waiting') returned[loop] += 1;
		else returned.loops.push(loop);
	}
	return returned;
}

interface Group {
	id: string;
	issued: Issued;
	runIndex: number;
	calls: Array<{ index: number; item: INodeExecutionData; callId: string }>;
}

/** Named by the item itself, or by the item of Tool Calls from which it descends. */
async function readCall(
	context: IExecuteFunctions,
	json: unknown,
	index: number,
): Promise<Call | undefined> {
	return issuedCall(context, json) ?? issuedCall(context, await pairedJson(context, index));
}

function issuedCall(context: IExecuteFunctions, json: unknown): Call | undefined {
	const named = callSchema.safeParse(json).data;
	const issued = named && issuedLoop(context, named.resume.id);
	if (!named || !issued) return undefined;
	const { callId, resume } = named;
	const isKnown = issued.takenBy !== undefined || issued.calls.includes(callId);
	return isKnown ? { id: resume.id, callId, issued } : undefined;
}

async function putTogether(
	context: IExecuteFunctions,
	{ id, issued, runIndex, calls }: Group,
): Promise<ReturnedLoop | 'waiting' | 'used'> {
	if (issued.takenBy !== undefined && issued.takenBy !== runIndex) return 'used';
	const given = new Map(issued.results.map((result) => [result.callId, result]));
	for (const callId of new Set(calls.map((call) => call.callId))) {
		const items = calls.filter((call) => call.callId === callId).map(({ item }) => item);
		const isApproval = issued.approvals.includes(callId);
		const own = isApproval ? decisionBy(items) : await givenBy(context, items);
		given.set(callId, { callId, ...own });
	}
	const kept = keepResults(context, { id, issued, results: [...given.values()] });
	if (!issued.calls.every((callId) => given.has(callId))) return 'waiting';
	const resume = resumeIssued(context, { id, issued: kept, runIndex });
	const { stored } = issued;
	return { resume, took: id, stored, from: calls.map(({ index }) => index) };
}

/** Each item has to say yes explicitly: anything else is not a yes. */
function decisionBy(items: readonly INodeExecutionData[]): Omit<GivenResult, 'callId'> {
	const decisions = items.map(({ json }) => readDecision(json));
	const [first] = decisions;
	return decisions.find(({ approved }) => approved !== true) ?? first ?? {};
}

/** `result` or `error` if the item has one; otherwise everything that came back. */
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
	if (!callSchema.safeParse(json).success) return json;
	return Object.fromEntries(Object.entries(json).filter(([key]) => !CALL_FIELDS.has(key)));
}

const CALL_FIELDS = new Set<string>([
	'callId',
	'name',
	'args',
	'needsApproval',
	'stopReason',
	'pendingToolCalls',
	'resume',
] satisfies Array<keyof CallItem>);

const itemSchema = z.object({ json: z.unknown() });

/**
 * The item of this node, from an earlier run, from which an input item descends: n8n's paired items
 * lead back to it through nodes that keep none of its fields. Undefined if they do not.
 */
export async function pairedJson(context: IExecuteFunctions, itemIndex: number): Promise<unknown> {
	// `$('name').item` refuses a node's own name.
	const words = [nodeOf(context).name, context.getInputSourceData(), { item: itemIndex }];
	const terms = words.map((word) => JSON.stringify(word)).join(', ');
	const expression = `{{ $getPairedItem(${terms}) }}`;
	const read = await valueOrReason(() => context.evaluateExpression(expression, itemIndex));
	return read.ok ? itemSchema.safeParse(read.value).data?.json : undefined;
}
