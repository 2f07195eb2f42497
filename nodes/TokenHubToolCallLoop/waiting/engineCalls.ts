import {
	NodeConnectionTypes,
	type EngineRequest,
	type EngineResponse,
	type IExecuteFunctions,
	type ITaskData,
} from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../../core/lib/isRecord';
import { readInput } from '../../../core/readInput';
import type { GivenResult } from '../../../core/toolLoop/resumeState';
import { itemsResult } from '../tools/itemsResult';
import { isSpent } from '../../../core/usage';
import { toDataObject } from '../../shared/run/output';
import { spentByEngine } from '../../shared/run/toolSpending';
import { warn, warningsOf } from '../../shared/run/warnings';
import { reviewInput, toolInput, type EngineTool } from '../tools/engineTool';
import { loopItemSchema, type LoopItem } from './loopItem';

const callSchema = z.object({ loop: z.number().int(), callId: z.string() });
const stateSchema = z.object({
	loops: z.array(loopItemSchema),
	asked: z.array(callSchema),
	/** From earlier calls of the node, and lost if they are not repeated. */
	warnings: z.array(z.string()).default([]),
});

/** What an action is about; n8n returns it with the action's result. */
const aboutSchema = z.object({
	/** `loop` is the position of its loop in the state. */
	...callSchema.shape,
	toolName: z.string(),
	arguments: z.unknown(),
	/** Missing if the action runs the tool itself. */
	gatedNode: z.string().optional(),
	reviewNode: z.string().optional(),
	/** The node whose review approved it. */
	parentNodeName: z.string().optional(),
	byFromAi: z.boolean().default(false),
});
type About = z.output<typeof aboutSchema>;
type Action = EngineRequest['actions'][number];

/** Asks the engine for every call that it has to run; undefined if there is none. */
export function engineRequest(
	context: IExecuteFunctions,
	loops: readonly LoopItem[],
	engineToolsOf: (loop: LoopItem) => ReadonlyMap<string, EngineTool>,
): EngineRequest | undefined {
	const actions = loops.flatMap((item, loop) =>
		(item.resume?.pending ?? []).flatMap(({ callId, name, arguments: args }) => {
			const tool = engineToolsOf(item).get(name);
			if (!tool) return [];
			const { node, gatedNode, toolName, byFromAi } = tool;
			const about = { loop, callId, toolName, arguments: args, gatedNode, byFromAi };
			return [toAction(about, item, { node, parent: undefined })];
		}),
	);
	return actions.length > 0 ? toRequest(context, actions, loops) : undefined;
}

function toRequest(
	context: IExecuteFunctions,
	actions: Action[],
	loops: readonly LoopItem[],
): EngineRequest {
	const asked = actions.map(({ metadata }) => callSchema.parse(metadata));
	return { actions, metadata: toDataObject({ loops, asked, warnings: warningsOf(context) }) };
}

function toAction(
	about: About,
	{ itemIndex }: LoopItem,
	{ node, parent }: { node: string; parent: string | undefined },
): Action {
	const { gatedNode, toolName, arguments: args, callId } = about;
	const input = gatedNode === undefined ? toolInput(args, about) : reviewInput(args, toolName);
	return {
		actionType: 'ExecutionNodeAction',
		nodeName: node,
		input: toDataObject(input),
		type: NodeConnectionTypes.AiTool,
		id: callId,
		metadata: toDataObject({
			...about,
			...{ itemIndex, parentNodeName: parent, reviewNode: gatedNode && node },
			// n8n's own views of a review look for this.
			hitl: gatedNode && { gatedToolNodeName: gatedNode, toolName, originalInput: args },
		}),
	};
}

/**
 * The loops after the engine's answer: with the results of their calls, or another request for what a
 * person has just approved. Undefined on a node's first call, when there is no answer yet.
 */
export async function readEngineResponse(
	context: IExecuteFunctions,
	response: EngineResponse | undefined,
): Promise<LoopItem[] | EngineRequest | undefined> {
	// On a node's first call, n8n passes an empty response.
	if (!response || Object.keys(response.metadata ?? {}).length === 0) return undefined;
	const { actionResponses } = response;
	const state = readInput(stateSchema, response.metadata, 'state of the loops');
	const { loops, asked } = state;
	for (const words of state.warnings) warn(context, words);
	const approved: Action[] = [];
	for (const { action, data } of actionResponses) {
		const about = aboutSchema.parse(action.metadata);
		const item = loops[about.loop];
		if (!item?.resume) continue;
		const { gatedNode, reviewNode, ...call } = about;
		const review = gatedNode === undefined ? undefined : readReview(data);
		if (gatedNode !== undefined && review?.approved === true) {
			approved.push(toAction(call, item, { node: gatedNode, parent: reviewNode }));
		} else {
			const { callId, parentNodeName } = about;
			const yes = parentNodeName === undefined ? {} : { approved: true };
			const given = review ?? (await readResult(context, data));
			const spending = spentByEngine(context, action.nodeName);
			item.resume.results.push({
				callId,
				...yes,
				...given,
				...(isSpent(spending) ? { spending } : {}),
			});
		}
	}
	// A call that the engine did not run must not be requested again and again.
	const came = actionResponses.map(({ action }) => callSchema.parse(action.metadata));
	const lost = asked.filter((call) => !came.some((other) => isSameCall(call, other)));
	for (const { loop, callId } of lost) {
		loops[loop]?.resume?.results.push({ callId, error: 'n8n did not run it' });
	}
	return approved.length > 0 ? toRequest(context, approved, loops) : loops;
}

type CallPlace = z.output<typeof callSchema>;
const isSameCall = (a: CallPlace, b: CallPlace) => a.loop === b.loop && a.callId === b.callId;

const reviewSchema = z.object({ approved: z.boolean(), chatInput: z.string().optional() });

function readReview(data: ITaskData): Pick<GivenResult, 'approved' | 'reason' | 'error'> {
	const json: unknown = data.data?.ai_tool?.[0]?.[0]?.json;
	// A review that nobody answered in time passes on its own input, including the user's item.
	if (isRecord(json) && 'toolCallId' in json) return { error: 'nobody has answered in time' };
	return readDecision(json, data.error?.message);
}

/** As n8n's nodes that send and wait say it. Anything other than a yes must not let a tool run. */
export function readDecision(
	json: unknown,
	error = 'no person has approved it',
): Pick<GivenResult, 'approved' | 'reason' | 'error'> {
	const inner = isRecord(json) && isRecord(json.data) ? json.data : json;
	const read = reviewSchema.safeParse(inner);
	return read.success ? { approved: read.data.approved, reason: read.data.chatInput } : { error };
}

async function readResult(
	context: IExecuteFunctions,
	{ data, error }: ITaskData,
): Promise<Pick<GivenResult, 'result' | 'error'>> {
	const items = data?.ai_tool?.[0] ?? [];
	if (error) return { error: error.message };
	return { result: await itemsResult(context, items) };
}
