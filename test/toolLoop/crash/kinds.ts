import type { ChatBody, Reply } from '../../../gateway';

export const TURNS = 6;

/** What is tried: how the loop works, or how its states are kept. */
export const KINDS = [
	...(['parallel tools', 'long results', 'approvals', 'nested loops'] as const),
	...(['slow store', 'torn file'] as const),
];
export type Kind = (typeof KINDS)[number];

const FACT = (turn: number) => `the code of turn ${turn} is K${turn * 7919}`;
/** Too long for the conversation: it is kept, and searched. */
export const LONG_RESULT = (turn: number) =>
	`${'lorem ipsum dolor '.repeat(4_000)}${FACT(turn)}${' sit amet'.repeat(4_000)}`;

/** What the model does, whatever has been asked before: it reads the conversation alone. */
export function replyOf(kind: Kind, { messages }: ChatBody): Reply {
	const turns = messages.filter(({ role }) => role === 'assistant').length;
	const said = JSON.stringify(messages);
	const [, inner] = /For (delegate-\w+)/.exec(said) ?? [];
	if (inner !== undefined) {
		const calls = [callOf(`act-${inner}-${turns}`, 'act', turns)];
		return turns >= 2 ? { text: `${inner} is done.` } : { toolCalls: calls };
	}
	if (kind === 'long results') return readsLong(turns, said);
	if (turns >= TURNS) return { text: 'All done.' };
	const calls = [
		callOf(`act-${turns}a`, 'act', turns),
		kind === 'nested loops'
			? callOf(`delegate-${turns}b`, 'delegate', turns)
			: callOf(`act-${turns}b`, 'act', turns),
		callOf(`look-${turns}c`, 'look', turns),
	];
	return { toolCalls: calls };
}

const callOf = (id: string, name: string, turn: number) => ({ id, name, arguments: { turn } });

/** A call that may run again, for its result has to be known; then a search in it, and so on. */
function readsLong(turns: number, said: string): Reply {
	const turn = Math.floor(turns / 2);
	if (turns >= TURNS) {
		const codes = Array.from({ length: TURNS / 2 }, (_none, at) => FACT(at));
		return {
			text: codes.every((code) => said.includes(code)) ? 'All done.' : 'A code is missing.',
		};
	}
	if (turns % 2 === 0) return { toolCalls: [callOf(`look-${turn}a`, 'look', turn)] };
	const name = [...said.matchAll(/kept as \\"(r\d+)/g)].at(-1)?.[1];
	const args = { result: name, words: `code of turn ${turn}` };
	return { toolCalls: [{ id: `find-${turn}`, name: 'search_result', arguments: args }] };
}

/** Calls of a run that nothing has interrupted. */
export const stepsOf = (kind: Kind) => (kind === 'long results' ? TURNS : 3 * TURNS);
/** Requests that it pays. */
export const requestsOf = (kind: Kind) => TURNS + 1 + (kind === 'nested loops' ? 3 * TURNS : 0);
/** Requests that may be under way at once. */
export const atOnce = (kind: Kind) => (kind === 'nested loops' ? 2 : 1);
