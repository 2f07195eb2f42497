import { TokenHubError } from '../../errors';
import { wellFormed } from '../../lib/text';
import { inOneGo, type Steps } from '../../lib/steps';
import type { Message } from '../messages';
import type { SentNames } from '../toolCalls';
import { withoutApprovals } from './exchangesOf';
import { openNotes, type Notes } from './notes';
import { plainMessages } from './plainMessages';
import { calledText, textPart, type Part } from './pieces';
import { readMessage, type Draft, type DraftCall } from './readMessage';
import { nameSpeakers } from './speakers';
import { toMessages, type Turn } from './toMessages';

/** A conversation that a strict endpoint accepts. */
interface Repaired {
	messages: Message[];
	/** What was changed, one line for each kind. */
	warnings: string[];
	/** The repairs without which the conversation would mean something else. */
	faults: string[];
}

export interface RepairOptions {
	/** Whether tools are offered: without them, calls in a history are refused. */
	hasTools: boolean;
	/** Without it, calls keep their names, or get the nearest legal one. */
	offered?: SentNames;
	/** How many leading messages are not the caller's: places of keys are counted without them. */
	before?: number;
	/** True by default; a part of a conversation may be empty and may end with an assistant. */
	isWhole?: boolean;
}

/**
 * Any conversation in the form that Claude accepts, whatever client stored it. No content is lost; a
 * legal conversation is unchanged.
 * @throws TokenHubError `badConfig` if no user says anything in it.
 */
export function repairConversation(given: readonly unknown[], options: RepairOptions): Repaired {
	return inOneGo(repairSteps(given, options));
}

/** The same in steps: a conversation may have any number of messages. */
export function* repairSteps(given: readonly unknown[], options: RepairOptions): Steps<Repaired> {
	const { before = 0 } = options;
	const notes = openNotes().at('messages');
	const plain = plainMessages(given, before);
	if (plain !== given) notes.add('parts', 'what JSON has no form for');
	yield;
	const whole = wellFormed(plain);
	if (whole !== plain) notes.add('halves', 'texts');
	yield;
	const drafts: Draft[] = [];
	for (const [index, given] of withoutApprovals(whole, notes).entries()) {
		for (const message of given) drafts.push(...readMessage(message, notes.at(index - before)));
		yield;
	}
	nameSpeakers(drafts);
	const turns = answerCalls(joinedCalls(drafts, notes), notes);
	yield;
	const offered = options.hasTools ? turns : turns.flatMap((turn) => withoutCalls(turn, notes));
	const said = offered.filter((turn) => !isSilent(turn, notes));
	const spoken = said.filter(({ role }) => role !== 'system');
	if (options.isWhole !== false) closed(spoken, notes);
	const { offered: names = new Map<string, string>() } = options;
	const messages = yield* toMessages([...systemOf(said, notes), ...spoken], names, notes);
	return { messages, warnings: notes.warnings(), faults: notes.faults() };
}

function isSilent(turn: Turn, notes: Notes): boolean {
	const isEmpty = turn.said.parts.length === 0;
	if (!isEmpty || (turn.role === 'assistant' && turn.calls.length > 0)) return false;
	notes.add('empty', turn.role);
	return true;
}

/** Calls and results as text. */
function withoutCalls(turn: Turn, notes: Notes): Turn[] {
	if (turn.role !== 'assistant' || turn.calls.length === 0) return [turn];
	for (const { name } of turn.calls) notes.add('asText', name);
	const words = turn.calls.map((call) => textPart(calledText(call)));
	const results = turn.calls.flatMap(({ name, answers }) =>
		answers.flatMap(({ parts }) => [textPart(`[Result of ${name}]`), ...parts]),
	);
	const said = { parts: [...turn.said.parts, ...words], isList: true };
	const answered: Turn[] =
		results.length > 0 ? [{ role: 'user', said: { parts: results, isList: true } }] : [];
	return [{ role: 'assistant', said, calls: [] }, ...answered];
}

/** TokenHub advises one single system message. */
function systemOf(turns: readonly Turn[], notes: Notes): Turn[] {
	const system = turns.filter(({ role }) => role === 'system');
	const [first, ...more] = system;
	if (!first) return [];
	if (more.length > 0 || turns[0] !== first) notes.add('system', `${system.length} in all`);
	if (more.length === 0) return [first];
	const texts = system.flatMap(({ said }) => said.parts).flatMap(textOf);
	// Some clients repeat it in each request.
	const text = [...new Set(texts)].join('\n\n');
	return [{ role: 'system', said: { parts: [textPart(text)], isList: false } }];
}

function textOf(part: Part): string[] {
	return part.type === 'text' ? [part.text] : [];
}

const NOTHING_BEFORE = '(The conversation begins here.)';
const GO_ON = 'Please go on.';
const words = (text: string): Turn => ({
	role: 'user',
	said: { parts: [textPart(text)], isList: false },
});

/** Claude requires a user to speak first, and the model not to speak last. */
function closed(spoken: Turn[], notes: Notes): void {
	if (!spoken.some(({ role }) => role === 'user')) {
		throw new TokenHubError(
			'badConfig',
			'There is nothing to answer: the conversation has no user message.',
			{
				hint: 'Add at least one message with the role user that is not empty.',
			},
		);
	}
	if (spoken[0]?.role === 'assistant') {
		notes.add('opened', NOTHING_BEFORE);
		spoken.unshift(words(NOTHING_BEFORE));
	}
	const last = spoken.at(-1);
	if (last?.role !== 'assistant' || last.calls.length > 0) return;
	notes.add('closed', GO_ON);
	spoken.push(words(GO_ON));
}

/** Calls that follow one another before any result are one turn: a stream may be stored in pieces. */
function joinedCalls(drafts: readonly Draft[], notes: Notes): Draft[] {
	let last: DraftCall[] | undefined;
	return drafts.filter(({ role, said, ...draft }) => {
		const calls = 'calls' in draft ? draft.calls : [];
		const isSilentPiece = role === 'assistant' && said.parts.length === 0;
		if (!last || !isSilentPiece) {
			last = calls.length > 0 ? calls : undefined;
			return true;
		}
		for (const call of calls) {
			notes.add('joined', call.name);
			const at = last.findLastIndex((known) => isGrown(known, call));
			last.splice(at < 0 ? last.length : at, at < 0 ? 0 : 1, call);
		}
		return calls.length === 0;
	});
}

/** Whether a call is another one as far as that was written: a stream may be stored as it grows. */
function isGrown(known: DraftCall, call: DraftCall): boolean {
	const isSame = known.id !== '' && known.id === call.id && known.name === call.name;
	return isSame && call.arguments.startsWith(known.arguments);
}

type Answer = Extract<Draft, { role: 'tool' }>;

/** Calls that wait for results, in order. */
interface Waiting {
	calls: DraftCall[];
	/** The first of them that may not have one. */
	next: number;
}

/** The calls of one turn. */
interface Issued {
	turn: Turn;
	all: Waiting;
	byName: Map<string, Waiting>;
}

/** Puts each result after its call, wherever it was; a result without a call becomes user text. */
function answerCalls(drafts: readonly Draft[], notes: Notes): Turn[] {
	const issued = issuedCalls(
		new Set(drafts.map((draft) => (draft.role === 'tool' ? draft.id : ''))),
	);
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
		// A result may come before its call.
		if (issued.take(turn, { notes })) return [];
		notes.add('orphans', turn.id || turn.name || 'no id');
		const parts = [textPart('[Result of an earlier call]'), ...turn.said.parts];
		return [{ role: 'user', said: { parts, isList: true } }];
	});
}

/** @param wanted The ids that results have. */
function issuedCalls(wanted: ReadonlySet<string>) {
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
		/** Adds the result to its call, if there is one. */
		take(answer: Answer, { before, notes }: { before?: Turn | Answer; notes: Notes }): boolean {
			const known = answer.id === '' ? undefined : byId.get(answer.id);
			// What says neither an id nor a name belongs to no call that comes later.
			const isNamed = answer.name !== '' || before !== undefined;
			const call = known
				? (nextOf(known) ?? known.calls.at(-1))
				: isNamed && withoutId(answer, last, wanted);
			if (!call) return false;
			if (!known) notes.add('matched', call.name);
			if (before !== (known ?? last)?.turn) notes.add('moved', call.name);
			call.answers.push({ ...answer.said, place });
			place += 1;
			return true;
		},
	};
}

/** If several calls share an id or name, the first without a result, and for which there is none by its id. */
function nextOf(waiting: Waiting, wanted?: ReadonlySet<string>): DraftCall | undefined {
	for (;;) {
		const call = waiting.calls[waiting.next];
		const hasOwn = call && call.id !== '' && wanted?.has(call.id);
		if (!call || (call.answers.length === 0 && !hasOwn)) return call;
		waiting.next += 1;
	}
}

/**
 * Older clients give only the name of a function, and some nothing at all; others give only results an
 * id.
 */
function withoutId(
	{ id, name }: Answer,
	last: Issued | undefined,
	wanted: ReadonlySet<string>,
): DraftCall | undefined {
	const named = last?.byName.get(name);
	const isOther = name !== '' && !named;
	const waiting = named ?? (isOther ? undefined : last?.all);
	const call = waiting && nextOf(waiting, wanted);
	return id === '' || (named && call?.id === '') ? call : undefined;
}
