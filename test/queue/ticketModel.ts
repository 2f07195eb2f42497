import type { ChatBody, Reply } from '../../gateway';
import { readLabel } from './tickets';

/** The scripted side of the chains, which can be stopped in the middle of everything. */
export interface TicketModel {
	script(body: ChatBody): Promise<Reply>;
	/** Lets so many more chains come to their end; then every answer waits. */
	holdAfter(ends: number): void;
	/** Requests whose answer waits. */
	held(): ChatBody[];
	release(): void;
}

const DELAY_MS = 20;

export function ticketModel(): TicketModel {
	let left = Infinity;
	let waiting: Array<{ body: ChatBody; go: () => void }> = [];
	return {
		script: async (body) => {
			if (left === 0) await new Promise<void>((go) => waiting.push({ body, go }));
			if (isLast(body)) left -= 1;
			return { ...answer(body), delayMs: DELAY_MS };
		},
		holdAfter: (ends) => (left = ends),
		held: () => waiting.map(({ body }) => body),
		release: () => {
			left = Infinity;
			for (const { go } of waiting) go();
			waiting = [];
		},
	};
}

/** JSON Extract, at the end of the chain, asks for one certain call. */
const isLast = ({ tool_choice: choice }: ChatBody) => typeof choice === 'object';

/** What the tools said gets to the record only through the loop's answer and the extraction's text. */
function answer({ messages, tools = [], tool_choice: choice }: ChatBody): Reply {
	const text = JSON.stringify(messages);
	const id = readLabel(messages)?.id ?? '';
	if (typeof choice === 'object') {
		const status = /open-\d+/.exec(text)?.[0];
		const owner = /owner-of-T-\d{3}/.exec(text)?.[0];
		return { toolCalls: [{ name: choice.function.name, arguments: { id, status, owner } }] };
	}
	if (tools.length === 0) return { text: `Welcome, ${id}.` };
	const results = messages.filter(({ role }) => role === 'tool').map(({ content }) => content);
	if (results.length > 0) return { text: `They say: ${JSON.stringify(results)}` };
	return {
		toolCalls: tools.map(({ function: { name } }) => ({ name, arguments: { id } })),
	};
}
