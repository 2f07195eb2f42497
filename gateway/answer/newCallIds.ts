import type { ChatBody } from '../contract/chatBody';

/** Makes call ids that the conversation does not hold yet: it may stem from another gateway. */
export function newCallIds({ messages }: ChatBody, n: number): () => string {
	const taken = new Set(
		messages.flatMap((message) =>
			message.role === 'assistant' ? (message.tool_calls ?? []).map((call) => call.id) : [],
		),
	);
	let count = 0;
	return () => {
		let id: string;
		do {
			count += 1;
			id = `call_${String(n + 1).padStart(6, '0')}_${count}`;
		} while (taken.has(id));
		return id;
	};
}
