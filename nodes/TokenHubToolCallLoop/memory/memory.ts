import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import type { Message } from '../../../core/chat/messages';
import { isRecord } from '../../../core/lib/isRecord';
import { subNodesOf } from '../../shared/run/subNodes';
import { valueOrReason } from '../../../core/messageOf';
import type { Views } from '../subNodes/itemView';
import { assertKnown, hasCredentials } from '../tools/toolNodes';
import { usedAsTool } from '../../shared/form/asTool';
import { fromLangchain } from './langchainMessages';
import { asMemoryMessages } from './sdkMessages';

type Method = (this: unknown, ...values: unknown[]) => unknown;
const method = z.custom<Method>((value) => typeof value === 'function');

export const REMEMBER = ['answer', 'turn'] as const;

/** One exchange to be stored in memory. */
export interface Exchange {
	question: string;
	answer: string;
	/** The question, the calls with their results, and the answer. */
	turn: readonly Message[];
	remember: (typeof REMEMBER)[number];
}

/** The memory connected to the node, for the session of one item. */
export interface Memory {
	/** Equal for items of one session. */
	session: unknown;
	/** As it was stored; system messages are separate. */
	load(): Promise<{ history: Message[]; system: string[] }>;
	/** @returns a message about what was not stored of it. */
	save(exchange: Exchange): Promise<string | undefined>;
}

interface Place {
	context: IExecuteFunctions;
	views: Views;
	itemIndex: number;
}

/** @throws n8n's own error if the memory node cannot be opened, for example without a session id. */
export async function openMemory(place: Place): Promise<Memory | undefined> {
	if (usedAsTool(place.context)) return undefined;
	const supplied = await supply(place);
	if (!isRecord(supplied)) return undefined;
	const memory = supplied;
	const chatHistory = isRecord(memory.chatHistory) ? memory.chatHistory : {};
	return {
		session: chatHistory.sessionId ?? chatHistory,
		load: () => load(memory),
		save: (exchange) => save(memory, chatHistory, exchange),
	};
}

/** Memory nodes read their parameters for the item, but their credential for the first one. */
async function supply({ context, views, itemIndex }: Place): Promise<unknown> {
	const kind = NodeConnectionTypes.AiMemory;
	const subNodes = subNodesOf(context, kind);
	if (subNodes?.length === 0) return undefined;
	const isSeveral = context.getInputData().length > 1;
	if (!subNodes || !isSeveral || !subNodes.some(({ nodes }) => nodes.some(hasCredentials))) {
		return await context.getInputConnectionData(kind, itemIndex);
	}
	subNodes.forEach(assertKnown);
	const [memory] = await views.open({ kind, subNodes, itemIndex }).supplied();
	return memory;
}

async function load(memory: Record<string, unknown>) {
	const loaded = await method.parse(memory.loadMemoryVariables).call(memory, {});
	const kept = isRecord(loaded) ? Object.values(loaded).find(Array.isArray) : undefined;
	const messages = (kept ?? []).flatMap((entry) => fromLangchain(entry) ?? []);
	const system = messages.flatMap(({ role, content }) =>
		role === 'system' && typeof content === 'string' ? [content] : [],
	);
	return { history: messages.filter(({ role }) => role !== 'system'), system };
}

async function save(
	memory: Record<string, unknown>,
	chatHistory: Record<string, unknown>,
	{ question, answer, turn, remember }: Exchange,
): Promise<string | undefined> {
	const kept = remember === 'turn' ? await valueOrReason(() => asMemoryMessages(turn)) : undefined;
	if (kept?.ok) {
		await method.parse(chatHistory.addMessages).call(chatHistory, kept.value);
		return undefined;
	}
	await method.parse(memory.saveContext).call(memory, { input: question }, { output: answer });
	return kept && `Only question and answer are kept: whole turns need n8n 2.16 (${kept.reason}).`;
}
