import type { Notes } from './notes';
import { textPart } from './pieces';
import type { Draft, DraftCall } from './readMessage';

type Answer = Extract<Draft, { role: 'tool' }>;
/** A message whose calls hold their answers. */
export type Turn = Exclude<Draft, Answer>;

/** Calls that wait for answers, in order. */
interface Waiting {
	calls: DraftCall[];
	/** The first of them that may have none. */
	next: number;
}

/** The calls of one turn. */
interface Issued {
	turn: Turn;
	all: Waiting;
	byName: Map<string, Waiting>;
}

/** Puts each answer to its call, wherever it stands; what answers nothing becomes text of the user. */
export function answerCalls(drafts: readonly Draft[], notes: Notes): Turn[] {
	const issued = issuedCalls();
	const turns: Array<Turn | Answer> = [];
	for (const draft of drafts) {
		if (draft.role !== 'tool') {
			if (draft.role === 'assistant') issued.add(draft);
			turns.push(draft);
		} else if (!issued.take(draft, { before: turns.at(-1), notes })) {
			turns.push(draft);
		}
	}
	return turns.flatMap((turn): Turn[] => {
		if (turn.role !== 'tool') return [turn];
		// An answer may stand before its call.
		if (issued.take(turn, { notes })) return [];
		notes.add('orphans', turn.id || turn.name || 'no id');
		const parts = [textPart('[Result of an earlier call]'), ...turn.said.parts];
		return [{ role: 'user', said: { parts, isList: true } }];
	});
}

function issuedCalls() {
	const byId = new Map<string, Waiting & { turn: Turn }>();
	let last: Issued | undefined;
	let place = 0;
	return {
		add(turn: Extract<Draft, { role: 'assistant' }>) {
			if (turn.calls.length === 0) return;
			last = { turn, all: { calls: turn.calls, next: 0 }, byName: new Map() };
			for (const call of turn.calls) {
				const known = byId.get(call.id);
				if (known?.turn === turn) known.calls.push(call);
				else byId.set(call.id, { calls: [call], next: 0, turn });
				const named = last.byName.get(call.name);
				if (named) named.calls.push(call);
				else last.byName.set(call.name, { calls: [call], next: 0 });
			}
		},
		/** Whether it answers a call. */
		take(answer: Answer, { before, notes }: { before?: Turn | Answer; notes: Notes }): boolean {
			const known = answer.id === '' ? undefined : byId.get(answer.id);
			const call = known ? (nextOf(known) ?? known.calls.at(-1)) : withoutId(answer, last);
			if (!call) return false;
			if (!known) notes.add('matched', call.name);
			if (before !== (known ?? last)?.turn) notes.add('moved', call.name);
			call.answers.push({ ...answer.said, place });
			place += 1;
			return true;
		},
	};
}

/** Of several calls that one id or name stands for, the first without an answer. */
function nextOf(waiting: Waiting): DraftCall | undefined {
	while (waiting.calls[waiting.next]?.answers.length) waiting.next += 1;
	return waiting.calls[waiting.next];
}

/** Older clients give the name of a function, and some nothing at all. */
function withoutId({ id, name }: Answer, last: Issued | undefined): DraftCall | undefined {
	if (id !== '' || !last) return undefined;
	const named = last.byName.get(name);
	return named ? nextOf(named) : nextOf(last.all);
}
