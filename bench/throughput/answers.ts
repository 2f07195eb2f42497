import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatBody, Reply } from '../../gateway';
import type { Traffic } from './measure';

/** How the gateway behaves; changed between runs. */
export interface Conditions {
	latencyMs: number;
	/** Of a hundred requests, one is throttled and one fails. */
	faults: boolean;
}

/** Answers every question in the requested form, after the latency, and counts calls. */
export function answers(conditions: Conditions, traffic: Traffic) {
	let asked = 0;
	return async (body: ChatBody): Promise<Reply> => {
		asked += 1;
		const turn = asked % 100;
		traffic.now += 1;
		traffic.most = Math.max(traffic.most, traffic.now);
		if (conditions.latencyMs > 0) await sleep(conditions.latencyMs);
		traffic.now -= 1;
		if (conditions.faults && turn === 30) return { status: 429, headers: { 'retry-after': '1' } };
		if (conditions.faults && turn === 70) return { status: 500 };
		return answer(body);
	};
}

function answer({ messages, tools, tool_choice: choice }: ChatBody): Reply {
	const asked = JSON.stringify(messages);
	const item = Number(/item (\d+)\./.exec(asked)?.[1]);
	const record = { name: `item ${item}`, age: item };
	const name = tools?.[0]?.function.name;
	if (name !== undefined && typeof choice === 'object') {
		return { toolCalls: [{ name, arguments: record }] };
	}
	return { text: asked.includes('JSON') ? JSON.stringify(record) : `item ${item} it is.` };
}

/** Whatever field a node puts the answer in. */
export function isRight(json: Record<string, unknown>, item: number): boolean {
	return new RegExp(`item ${item}\\b`).test(JSON.stringify(json)) && !('error' in json);
}
