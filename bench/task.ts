import { z } from 'zod/v4';
import type { ChatBody, Reply } from '../gateway';

/** Two rounds of three calls per item, then an answer that repeats the results of the tools. */
export const ROUNDS = 2;
export const CALLS = 3;

const questionOf = ({ messages }: ChatBody): string => {
	const asked = messages.find(({ role }) => role === 'user')?.content;
	return /item \d+/.exec(JSON.stringify(asked))?.[0] ?? '';
};

export function script(body: ChatBody): Reply {
	const results = body.messages.filter(({ role }) => role === 'tool');
	const round = Math.floor(results.length / CALLS);
	if (round >= ROUNDS) {
		return { text: results.map(({ content }) => JSON.stringify(content)).join('\n') };
	}
	const name = body.tools?.[0]?.function.name ?? 'lookup';
	const item = questionOf(body);
	return {
		toolCalls: Array.from({ length: CALLS }, (_, call) => ({
			id: `${item.replace(' ', '')}_${round}_${call}`,
			name,
			arguments: { q: `${item} round ${round} call ${call}` },
		})),
	};
}

/** Whether the answer has every value that the item's tools returned, and none of another item. */
export function isRight(item: number, answer: unknown): boolean {
	const found = new Set(String(answer).match(/value of item \d+ round \d call \d/g) ?? []);
	const wanted = Array.from({ length: ROUNDS * CALLS }, (_, index) => {
		const [round, call] = [Math.floor(index / CALLS), index % CALLS];
		return `value of item ${item} round ${round} call ${call}`;
	});
	return found.size === wanted.length && wanted.every((value) => found.has(value));
}

/** Removes from requests what n8n's OpenAI model adds and TokenHub does not accept. */
export function repair(body: unknown): unknown {
	const read = z
		.looseObject({
			tools: z.array(z.looseObject({ function: z.looseObject({}) })).optional(),
			messages: z.array(z.looseObject({ content: z.unknown() })).optional(),
		})
		.safeParse(body).data;
	if (!read) return body;
	const tools = read.tools?.map(({ type, function: { strict: _strict, ...rest } }) => ({
		type,
		function: rest,
	}));
	const messages = read.messages?.map((message) =>
		Array.isArray(message.content) && message.content.length === 0
			? { ...message, content: null }
			: message,
	);
	return { ...read, ...(tools ? { tools } : {}), messages };
}
