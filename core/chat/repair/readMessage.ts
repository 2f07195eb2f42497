import { isRecord } from '../../lib/isRecord';
import { isBlank } from '../../lib/text';
import type { ToolCall } from '../chatResult';
import { CALLED, calledOnce, isCallItem, readCalls } from './readCalls';
import { addedTo, ENVELOPE, placesOf, unwrap, WORDED } from './unwrap';
import {
	failing,
	isCallType,
	isFailure,
	isResultType,
	answeredId,
	textPart,
	wordOr,
	type Part,
	type Piece,
	type Said,
	saysNothing,
} from './pieces';
import type { Notes } from './notes';
import { messagesIn } from './otherShapes';
import { nameIn, type Speaker } from './speakers';
import { readContent, readSaid, textsAndImages } from './readContent';

/** A call and its answer. */
export interface DraftCall extends ToolCall {
	answers: Array<Said & { place: number }>;
}

/** A message, as far as it is understood. */
export type Draft = { said: Said; speaker?: Speaker } & (
	| { role: 'system' }
	| { role: 'user' }
	| { role: 'assistant'; calls: DraftCall[] }
	| { role: 'tool'; id: string; name: string }
);

/** In the Responses API: what the model did besides writing. */
const ITEMS = ['reasoning', 'mcp_approval_request', 'mcp_list_tools', 'tool.execution'];
const isItem = (name: string, { role }: Record<string, unknown>) =>
	ITEMS.includes(name) || (role === undefined && name.endsWith('_call') && !isCallType(name));

/** What a person has decided about one of them. */
const DECISION = 'mcp_approval_response';

const ROLES = new Map<string, Draft['role']>([
	...(['system', 'user', 'assistant', 'tool'] as const).map((role) => [role, role] as const),
	['developer', 'system'],
	['human', 'user'],
	[DECISION, 'user'],
	['ai', 'assistant'],
	['model', 'assistant'],
	['chatbot', 'assistant'],
	['function', 'tool'],
	// What Llama and ChatGLM call it.
	['ipython', 'tool'],
	['observation', 'tool'],
]);

/** The role of a message whose role or type has this name in some client; undefined if it is unknown. */
function knownRole(name: string, given: Record<string, unknown>): Draft['role'] | undefined {
	if (isItem(name, given) || isCallType(name)) return 'assistant';
	const isOutput = given.role === undefined && name.endsWith('_call_output');
	return isOutput || isResultType(name) ? 'tool' : ROLES.get(name);
}

/** A given message; several if the content of a user contains results. */
export function readMessage(given: unknown, notes: Notes): Draft[] {
	if (typeof given === 'string') {
		notes.add('role', 'a bare text as user');
		return [{ role: 'user', said: readSaid(given, notes) }];
	}
	if (!isRecord(given)) {
		notes.add('noMessage', given === null ? 'null' : typeof given);
		return [];
	}
	const short = plainDraft(given);
	if (short) return [short];
	const { form, messages, isHeld } = messagesIn(given);
	if (form !== undefined) notes.add('parts', form);
	if (isHeld) notes.leaveOut(given, ['message']);
	return messages.flatMap((message) => {
		const plain = unwrap(message);
		const isMoved = form !== undefined || plain.content !== message.content;
		const inside = isMoved ? notes.asWhole() : notes;
		inside.leaveOut(message, [...Object.keys(plain), ...ENVELOPE]);
		return readRecord(plain, inside);
	});
}

/**
 * Nearly all messages have a text and a role, and nothing else. They are read here, in a fraction of
 * the time, with the same result as `readRecord`; undefined for all others.
 */
function plainDraft(given: Record<string, unknown>): Draft | undefined {
	const { role, content } = given;
	if (typeof content !== 'string' || isBlank(content)) return undefined;
	if (Object.keys(given).length > 2) return undefined;
	const said = { parts: [textPart(content)], isList: false };
	if (role === 'system' || role === 'user') return { role, said };
	return role === 'assistant' ? { role, said, calls: [] } : undefined;
}

function readRecord(given: Record<string, unknown>, notes: Notes): Draft[] {
	const role = roleOf(given, notes);
	if (role === 'tool') return readAnswers(given, notes);
	const type = roleName(given);
	if (isItem(type, given)) {
		const said = readSaid([{ type, ...given }], notes);
		return said.parts.length > 0 ? [{ role: 'assistant', said, calls: [] }] : [];
	}
	if (type === DECISION) return [{ role: 'user', said: readSaid([given], notes) }];
	const name = isCallItem(given) ? '' : nameIn(given);
	notes.leaveOut(given, [...knownKeys(given, role), ...(name === '' ? [] : ['name'])]);
	const said = placesOf(given, notes).map(({ at, content }) => readContent(content, notes.at(at)));
	const { pieces, beside } = eachOnce(said, readCalls(given, notes), notes);
	const [first] = said;
	const form = { isList: said.some(({ isList }) => isList), isMissing: first?.isMissing };
	const steps = stepsOf(pieces);
	const drafts = steps.flatMap((step, index) => {
		const others = index === steps.length - 1 ? beside : [];
		return readStep({ role, form, pieces: step, calls: others }, notes);
	});
	const spoken = drafts.find((draft) => draft.role === role && draft.said.parts.length > 0);
	if (spoken && name !== '') spoken.speaker = { name, notes };
	else if (name !== '') notes.leaveOut({ name }, []);
	return drafts;
}

/** What all places of a message say, and the calls outside of its content. */
function eachOnce(said: ReadonlyArray<{ pieces: Piece[] }>, outside: ToolCall[][], notes: Notes) {
	const inside = said.map(({ pieces }) => callsIn(pieces)).filter((calls) => calls.length > 0);
	const [first] = said;
	if (first && said.length === 1 && inside.length + outside.length < 2) {
		return { pieces: first.pieces, beside: outside.flat() };
	}
	const calls = calledOnce([...inside, ...outside], notes);
	const once = (call: ToolCall) => [calls.get(call) ?? []].flat();
	const pieces = said
		.reduce<Piece[]>((before, more) => [...before, ...addedTo(before, more.pieces)], [])
		.flatMap((piece): Piece[] =>
			piece.type === 'call' ? once(piece.call).map((call) => ({ ...piece, call })) : [piece],
		);
	return { pieces, beside: outside.flat().flatMap(once) };
}

const callsIn = (pieces: readonly Piece[]) =>
	pieces.flatMap((piece) => (piece.type === 'call' ? [piece.call] : []));

interface Step {
	role: Exclude<Draft['role'], 'tool'>;
	form: Omit<Said, 'parts'>;
	pieces: readonly Piece[];
	/** The calls outside of the content. */
	calls: readonly ToolCall[];
}

function readStep({ role, form, pieces, calls: beside }: Step, notes: Notes): Draft[] {
	const parts = pieces.flatMap((piece): Part[] =>
		piece.type === 'text' || piece.type === 'image_url' ? [piece] : [],
	);
	const calls = [...callsIn(pieces), ...beside].map((call) => ({ ...call, answers: [] }));
	const results = pieces.flatMap((piece): Draft[] =>
		piece.type === 'result' ? [{ ...piece, role: 'tool' }] : [],
	);
	if (role === 'user' && calls.length === 0) {
		const isAnswer = results.length > 0 && parts.length === 0;
		return isAnswer ? results : [...results, { role, said: { ...form, parts } }];
	}
	const said = { ...form, parts: role === 'user' ? parts : withoutImages(parts, role, notes) };
	if (role === 'assistant') return [{ role, said, calls }, ...results];
	// Only the calls are the model's.
	const silent = { parts: [], isList: false };
	const made: Draft[] = calls.length > 0 ? [{ role: 'assistant', said: silent, calls }] : [];
	return [...(parts.length > 0 || made.length === 0 ? [{ role, said }] : []), ...made, ...results];
}

/** What is said after the results of calls is a separate turn, and so is what a client marks as one. */
function stepsOf(pieces: readonly Piece[]): Piece[][] {
	const steps: Piece[][] = [[]];
	let [isCalled, isAnswered] = [false, false];
	let last: unknown;
	for (const piece of pieces) {
		const isWord = piece.type !== 'call' && piece.type !== 'result';
		const isMarked = piece.type === 'step' || (piece.type === 'call' && piece.step !== last);
		if (isCalled && (isMarked || (isAnswered && isWord))) {
			steps.push([]);
			[isCalled, isAnswered] = [false, false];
		}
		if (piece.type === 'call') [isCalled, last] = [true, piece.step];
		isAnswered ||= isCalled && piece.type === 'result';
		if (piece.type !== 'step') steps.at(-1)?.push(piece);
	}
	return steps.filter((step, index) => index === 0 || step.length > 0);
}

const SPOKEN = ['role', 'content', ...WORDED];
const SPOKEN_BY_MODEL = [...SPOKEN, ...CALLED];
/** The keys of a call that is a message by itself. */
const CALL = ['type', 'name', 'arguments', 'args', 'input'];
const CALL_ID = ['call_id', 'callId', 'tool_call_id'];

function knownKeys(given: Record<string, unknown>, role: string): string[] {
	const own = role === 'assistant' ? SPOKEN_BY_MODEL : SPOKEN;
	if (isCallItem(given)) {
		// The id of an item is that of its call only if it has no other.
		const ids = CALL_ID.some((key) => key in given) ? CALL_ID : ['id'];
		return [...own, ...CALL, ...ids];
	}
	return given.role === undefined ? [...own, 'type'] : own;
}

/** Whether a role is known, under whatever name. */
export function hasKnownRole(message: Record<string, unknown>): boolean {
	if (plainDraft(message)) return true;
	const isKnown = (one: Record<string, unknown>) => knownRole(roleName(one), one) !== undefined;
	return messagesIn(message).messages.every((one) => isKnown(unwrap(one)));
}

/** Some clients capitalize roles, and LangChain also uses the names of its classes. */
function roleName({ role, type }: Record<string, unknown>): string {
	const named = wordOr(role, wordOr(type, 'none'));
	const plain = named.replace(/Message(?:Chunk)?$/, '').toLowerCase();
	return knownRole(plain, { role }) === undefined ? named : plain;
}

function roleOf(given: Record<string, unknown>, notes: Notes): Draft['role'] {
	const { role } = given;
	const named = roleName(given);
	const known = knownRole(named, given);
	const isNone = role === undefined && named === 'none';
	if (known !== role || isNone) {
		const own = isNone ? 'no role' : wordOr(role, named);
		notes.add('role', `${own} as ${known ?? 'user'}`);
	}
	return known ?? 'user';
}

function withoutImages(parts: readonly Part[], role: string, notes: Notes): Part[] {
	return parts.map((part) => {
		if (part.type === 'text') return part;
		notes.add('leftOut', `an image of the ${role}`);
		return textPart('[image]');
	});
}

const ANSWER = [
	...['role', 'tool_call_id', 'toolCallId', 'call_id', 'callId', 'type', 'tool_name', 'toolName'],
];

/** One for each result: some clients put all results of a turn into one message. */
function readAnswers(given: Record<string, unknown>, notes: Notes): Draft[] {
	const keys = ['content', 'parts', 'output', 'text', 'result', 'response'].filter((key) =>
		isGiven(given[key]),
	);
	const at = keys.find((key) => !saysNothing(given[key])) ?? keys[0] ?? 'content';
	notes.leaveOut(given, [...ANSWER, at]);
	const content = readContent(given[at], notes.at(at));
	const results = content.pieces.flatMap((piece) => (piece.type === 'result' ? [piece] : []));
	const others = content.pieces.filter(({ type }) => type !== 'result');
	const id = answeredId(given, notes);
	if (results.length === 0) {
		const said = textsAndImages(content);
		const told = isFailure(given) ? failing(said, notes) : said;
		const name = wordOr(given.name, wordOr(given.tool_name, wordOr(given.toolName)));
		return [{ role: 'tool', id, name, said: told }];
	}
	const beside: Draft[] =
		others.length > 0
			? [{ role: 'user', said: textsAndImages({ ...content, pieces: others }) }]
			: [];
	return [...results.map((result): Draft => ({ ...result, role: 'tool' })), ...beside];
}

const isGiven = (value: unknown) => value !== undefined && value !== null;
