import { isRecord } from '../../isRecord';
import type { ToolCall } from '../chatResult';
import { toolArguments } from '../toolArguments';
import { noteKeys, type Notes } from './notes';
import { textPart, wordOr, type Part, type Said } from './pieces';
import { readContent, readSaid, saidOf } from './readContent';

/** A call with whatever answers it. */
export interface DraftCall extends ToolCall {
	answers: Array<Said & { place: number }>;
}

/** A message as far as it is understood. */
export type Draft =
	| { role: 'system'; said: Said }
	| { role: 'user'; said: Said }
	| { role: 'assistant'; said: Said; calls: DraftCall[] }
	| { role: 'tool'; said: Said; id: string; name: string };

const ROLES = new Map<string, Draft['role']>([
	...(['system', 'user', 'assistant', 'tool'] as const).map((role) => [role, role] as const),
	['developer', 'system'],
	['human', 'user'],
	['ai', 'assistant'],
	['model', 'assistant'],
	['function', 'tool'],
	['function_call_output', 'tool'],
	['function_call', 'assistant'],
]);

/** What somebody hands over as a message; several where results stand among the words of a user. */
export function readMessage(given: unknown, notes: Notes): Draft[] {
	if (typeof given === 'string') {
		notes.add('role', 'a bare text as user');
		return [{ role: 'user', said: readSaid(given, notes) }];
	}
	if (!isRecord(given)) {
		notes.add('noMessage', given === null ? 'null' : typeof given);
		return [];
	}
	const role = roleOf(given, notes);
	if (role === 'tool') return readAnswers(given, notes);
	noteKeys(given, role === 'assistant' ? SPOKEN_BY_MODEL : SPOKEN, notes);
	const { pieces, ...form } = readContent(contentOf(given), notes);
	const parts = pieces.flatMap((piece): Part[] =>
		piece.type === 'text' || piece.type === 'image_url' ? [piece] : [],
	);
	const inContent = pieces.flatMap((piece) => (piece.type === 'call' ? [piece.call] : []));
	const calls = [...inContent, ...callsOf(given, notes)].map((call) => ({ ...call, answers: [] }));
	const results = pieces.flatMap((piece): Draft[] =>
		piece.type === 'result' ? [{ ...piece, role: 'tool' }] : [],
	);
	if (role === 'user' && calls.length === 0)
		return [...results, { role, said: { ...form, parts } }];
	const said = { ...form, parts: withoutImages(parts, role, notes) };
	if (role === 'system') return [{ role, said }];
	return [{ role: 'assistant', said, calls }, ...results];
}

const SPOKEN = ['role', 'content', 'parts'];
const SPOKEN_BY_MODEL = [...[...SPOKEN, 'tool_calls', 'function_call', 'call_id', 'arguments']];

/** Whether somebody's role is known, whatever they call it. */
export function hasKnownRole(message: Record<string, unknown>): boolean {
	return ROLES.has(roleName(message));
}

function roleName({ role, type }: Record<string, unknown>): string {
	return wordOr(role, wordOr(type, 'none'));
}

function roleOf(given: Record<string, unknown>, notes: Notes): Draft['role'] {
	const { role } = given;
	const named = roleName(given);
	const known = ROLES.get(named);
	if (known !== role) notes.add('role', `${named} as ${known ?? 'user'}`);
	return known ?? 'user';
}

/** Of an assistant without words: what it refused with, or said aloud. */
function contentOf(given: Record<string, unknown>): unknown {
	const { content, parts, refusal, audio } = given;
	const said = parts === undefined ? content : (content ?? parts);
	const hasWords = Array.isArray(said) ? said.length > 0 : Boolean(said);
	if (hasWords) return said;
	if (typeof refusal === 'string' && refusal !== '') return refusal;
	return isRecord(audio) && typeof audio.transcript === 'string' ? audio.transcript : said;
}

function withoutImages(parts: readonly Part[], role: string, notes: Notes): Part[] {
	return parts.map((part) => {
		if (part.type === 'text') return part;
		notes.add('leftOut', `an image of the ${role}`);
		return textPart('[image]');
	});
}

function callsOf(given: Record<string, unknown>, notes: Notes): ToolCall[] {
	const { tool_calls: list, function_call: legacy, type } = given;
	const calls = Array.isArray(list) ? list.flatMap((call) => readCall(call, notes)) : [];
	if (Array.isArray(list) && list.length === 0) notes.add('keys', 'tool_calls []');
	if (legacy !== undefined && legacy !== null) notes.add('parts', 'function_call');
	const called = isRecord(legacy) ? readCall({ type: 'function', function: legacy }, notes) : [];
	// An item of the Responses API is a call by itself.
	const item = type === 'function_call' ? [toCall(wordOr(given.call_id), given, notes)] : [];
	return [...calls, ...called, ...item];
}

function readCall(given: unknown, notes: Notes): ToolCall[] {
	if (!isRecord(given)) {
		notes.add('leftOut', 'a call that is no object');
		return [];
	}
	const { function: called, type } = given;
	if (!isRecord(called) || type !== 'function') notes.add('parts', wordOr(type, 'tool call'));
	if (!isRecord(called)) return [toCall(wordOr(given.id), given, notes)];
	noteKeys(given, ['id', 'type', 'function'], notes);
	noteKeys(called, ['name', 'arguments'], notes);
	return [toCall(wordOr(given.id), called, notes)];
}

function toCall(id: string, called: Record<string, unknown>, notes: Notes): ToolCall {
	const { name, args, input } = called;
	const given = called.arguments ?? args ?? input ?? null;
	if (typeof given !== 'string') notes.add('arguments', wordOr(name));
	return { id, name: wordOr(name), arguments: toolArguments(given) };
}

/** One for each result in it: some clients put those of a turn into one message. */
function readAnswers(given: Record<string, unknown>, notes: Notes): Draft[] {
	noteKeys(given, ['role', 'content', 'tool_call_id', 'call_id', 'output', 'type'], notes);
	const content = readContent(given.content ?? given.output, notes);
	const results = content.pieces.flatMap((piece) => (piece.type === 'result' ? [piece] : []));
	if (results.length > 0) return results.map((result) => ({ ...result, role: 'tool' }));
	const id = wordOr(given.tool_call_id, wordOr(given.call_id));
	return [{ role: 'tool', id, name: wordOr(given.name), said: saidOf(content) }];
}
