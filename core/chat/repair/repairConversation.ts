import { TokenHubError } from '../../errors';
import { wellFormed } from '../../wellFormed';
import type { Message } from '../messages';
import type { SentNames } from '../toolName';
import { answerCalls, type Turn } from './answerCalls';
import { withoutApprovals } from './denials';
import { openNotes, type Notes } from './notes';
import { calledText, textPart, type Part } from './pieces';
import { plainValues } from './plainValues';
import { readMessage } from './readMessage';
import { toMessages } from './toMessages';

/** A conversation that a strict endpoint takes. */
export interface Repaired {
	messages: Message[];
	/** What was changed, one line for each kind. */
	warnings: string[];
	/** Those of them after which another conversation might be meant. */
	faults: string[];
}

export interface RepairOptions {
	/** Whether tools are offered: calls in a history are refused without. */
	hasTools: boolean;
	/** Without them, calls keep their names, or get the nearest that is legal. */
	offered?: SentNames;
	/** By default true; a part of a conversation may end with an assistant, and be empty. */
	isWhole?: boolean;
}

/**
 * Any conversation in the form that Claude takes, whatever client wrote it down. Nothing that says
 * something is lost; a conversation that is legal stays as it is.
 * @throws TokenHubError `badConfig` when nothing in it is said by a user.
 */
export function repairConversation(given: readonly unknown[], options: RepairOptions): Repaired {
	const notes = openNotes();
	const plain = plainValues(given);
	if (plain !== given) notes.add('parts', 'what JSON has no form for');
	const whole = wellFormed(plain);
	if (whole !== plain) notes.add('halves', 'texts');
	const turns = answerCalls(
		withoutApprovals(whole).flatMap((message) => readMessage(message, notes)),
		notes,
	);
	const offered = options.hasTools ? turns : turns.flatMap((turn) => withoutCalls(turn, notes));
	const said = offered.filter((turn) => !isSilent(turn, notes));
	const spoken = said.filter(({ role }) => role !== 'system');
	if (options.isWhole !== false) closed(spoken, notes);
	const { offered: names = new Map<string, string>() } = options;
	const messages = toMessages([...systemOf(said, notes), ...spoken], names, notes);
	return { messages, warnings: notes.warnings(), faults: notes.faults() };
}

function isSilent(turn: Turn, notes: Notes): boolean {
	const isEmpty = turn.said.parts.length === 0;
	if (!isEmpty || (turn.role === 'assistant' && turn.calls.length > 0)) return false;
	notes.add('empty', turn.role);
	return true;
}

/** Calls and results in words. */
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
	return [{ role: 'system', said: { parts: [textPart(texts.join('\n\n'))], isList: false } }];
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

/** Claude wants a user to speak first, and never the model to speak last. */
function closed(spoken: Turn[], notes: Notes): void {
	if (!spoken.some(({ role }) => role === 'user')) {
		throw new TokenHubError('badConfig', 'There is nothing to answer: no message of a user.', {
			hint: 'Give at least one message with the role user that is not empty.',
		});
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
