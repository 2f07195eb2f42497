import { isRecord } from '../../lib/isRecord';
import { isBlank } from '../../lib/text';
import type { ToolCall } from '../chatResult';
import { calledOnce, isCallItem, readCalls } from './readCalls';
import { contentIn, ENVELOPE, unwrap, WORDED } from './unwrap';
import {
	failing,
	isFailure,
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
import { readContent, readSaid, textsAndImages } from './readContent';

/** A call and its answer. */
export interface DraftCall extends ToolCall {
	answers: Array<Said & { place: number }>;
}

/** A message, as far as it is understood. */
export type Draft =
	| { role: 'system'; said: Said }
	| { role: 'user'; said: Said }
	| { role: 'assistant'; said: Said; calls: DraftCall[] }
	| { role: 'tool'; said: Said; id: string; name: string };

/** In the Responses API: what the model did besides writing. */
const ITEMS = [
	...['reasoning', 'web_search_call', 'file_search_call', 'code_interpreter_call', 'mcp_call'],
	...['image_generation_call', 'computer_call', 'local_shell_call', 'shell_call'],
	...['mcp_approval_request', 'mcp_list_tools'],
];

/** What a person has decided about one of them. */
const DECISION = 'mcp_approval_response';

const OUTPUTS = [
	...['function_call_output', 'function_call_result', 'custom_tool_call_output'],
	...['computer_call_output', 'local_shell_call_output', 'shell_call_output'],
];

const ROLES = new Map<string, Draft['role']>([
	...(['system', 'user', 'assistant', 'tool'] as const).map((role) => [role, role] as const),
	['developer', 'system'],
	['human', 'user'],
	['ai', 'assistant'],
	['model', 'assistant'],
	['chatbot', 'assistant'],
	['function', 'tool'],
	['function_call', 'assistant'],
	['custom_tool_call', 'assistant'],
	...OUTPUTS.map((type) => [type, 'tool'] as const),
	...ITEMS.map((type) => [type, 'assistant'] as const),
	[DECISION, 'user'],
]);

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
	if (ITEMS.includes(roleName(given))) {
		const said = readSaid([given], notes);
		return said.parts.length > 0 ? [{ role: 'assistant', said, calls: [] }] : [];
	}
	if (roleName(given) === DECISION) return [{ role: 'user', said: readSaid([given], notes) }];
	notes.leaveOut(given, knownKeys(given, role));
	const { at, content } = contentIn(given, notes);
	const { pieces, ...form } = readContent(content, notes.at(at));
	const inContent = pieces.flatMap((piece) => (piece.type === 'call' ? [piece.call] : []));
	const [known = [], ...beside] = calledOnce([inContent, ...readCalls(given, notes)], notes);
	const waiting = known.values();
	const steps = stepsOf(
		pieces.map((piece): Piece => {
			return piece.type === 'call' ? { ...piece, call: waiting.next().value ?? piece.call } : piece;
		}),
	);
	return steps.flatMap((step, index) => {
		const calls = index === steps.length - 1 ? beside.flat() : [];
		return readStep({ role, form, pieces: step, calls }, notes);
	});
}

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
	const inContent = pieces.flatMap((piece) => (piece.type === 'call' ? [piece.call] : []));
	const calls = [...inContent, ...beside].map((call) => ({ ...call, answers: [] }));
	const results = pieces.flatMap((piece): Draft[] =>
		piece.type === 'result' ? [{ ...piece, role: 'tool' }] : [],
	);
	if (role === 'user' && calls.length === 0)
		return [...results, { role, said: { ...form, parts } }];
	const said = { ...form, parts: withoutImages(parts, role, notes) };
	if (role !== 'system') return [{ role: 'assistant', said, calls }, ...results];
	const silent = { parts: [], isList: false };
	const made: Draft[] = calls.length > 0 ? [{ role: 'assistant', said: silent, calls }] : [];
	return [{ role, said }, ...made, ...results];
}

/** What is said after the results of calls is a separate turn. */
function stepsOf(pieces: readonly Piece[]): Piece[][] {
	const steps: Piece[][] = [[]];
	let isCalled = false;
	let isAnswered = false;
	for (const piece of pieces) {
		if (isAnswered && piece.type !== 'call' && piece.type !== 'result') {
			steps.push([]);
			isAnswered = false;
			isCalled = false;
		}
		isCalled ||= piece.type === 'call';
		isAnswered ||= isCalled && piece.type === 'result';
		steps.at(-1)?.push(piece);
	}
	return steps;
}

const SPOKEN = ['role', 'content', ...WORDED];
const SPOKEN_BY_MODEL = [...SPOKEN, 'tool_calls', 'function_call'];
/** The keys of a call that is a message by itself. */
const CALL = ['type', 'call_id', 'callId', 'name', 'arguments', 'args', 'input'];

function knownKeys(given: Record<string, unknown>, role: string): string[] {
	const own = role === 'assistant' ? SPOKEN_BY_MODEL : SPOKEN;
	if (isCallItem(given)) return [...own, ...CALL];
	return given.role === undefined ? [...own, 'type'] : own;
}

/** Whether a role is known, under whatever name. */
export function hasKnownRole(message: Record<string, unknown>): boolean {
	if (plainDraft(message)) return true;
	return messagesIn(message).messages.every((one) => ROLES.has(roleName(unwrap(one))));
}

/** Some clients capitalize roles, and LangChain also uses the names of its classes. */
function roleName({ role, type }: Record<string, unknown>): string {
	const named = wordOr(role, wordOr(type, 'none'));
	const plain = named.replace(/Message(?:Chunk)?$/, '').toLowerCase();
	return ROLES.has(plain) ? plain : named;
}

function roleOf(given: Record<string, unknown>, notes: Notes): Draft['role'] {
	const { role } = given;
	const named = roleName(given);
	const known = ROLES.get(named);
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
	const keys = ['content', 'parts', 'output', 'text', 'result'].filter((key) =>
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
