import { isBlank } from '../../lib/text';
import { isRecord } from '../../lib/isRecord';
import type { ToolCall } from '../chatResult';
import type { ImagePart, TextPart } from '../messages';
import type { Notes } from './notes';

/** What a message says, whoever it is from. */
export type Part = TextPart | ImagePart;
export interface Result {
	type: 'result';
	id: string;
	name: string;
	said: Said;
}
/** A call, and in which step of its message it was made, if that is told. */
export interface Call {
	type: 'call';
	call: ToolCall;
	step?: unknown;
}
/** Also where a step begins. */
export type Piece = Part | Result | Call | { type: 'step' };
/** Texts and images, and whether they were given in a list. */
export interface Said {
	parts: Part[];
	isList: boolean;
	/** Whether there was no content at all, not even null. */
	isMissing?: boolean;
}

export const textPart = (text: string): TextPart => ({ type: 'text', text });
export const wordOr = (value: unknown, other = '') => (typeof value === 'string' ? value : other);

export function calledText({ name, arguments: text }: ToolCall): string {
	return `[Called ${name} with ${text}]`;
}

/** The contents of all, one after the other. */
export function together(said: readonly Said[]): Said {
	const parts = said.flatMap((one) => one.parts);
	if (said.length < 2 || said.some(({ isList }) => isList)) {
		return { ...said[0], parts, isList: said.some(({ isList }) => isList) };
	}
	const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
	return { parts: texts.length === 0 ? [] : [textPart(texts.join('\n\n'))], isList: false };
}

/** Whether a client marks a result as a failure: OpenAI's format has no place for that. */
export function isFailure({ status, state, output, ...marks }: Record<string, unknown>): boolean {
	const { is_error: claudes, isError: mcps, tool_call_error: agnos } = marks;
	if ([claudes, mcps, agnos].includes(true)) return true;
	const isErrorOutput = isRecord(output) && /^error-/.test(String(output.type));
	return status === 'error' || state === 'output-error' || isErrorOutput;
}

/** The same result with the failure in its text. */
export function failing(said: Said, notes: Notes): Said {
	const [first, ...more] = said.parts;
	notes.add('failed', first?.type === 'text' ? first.text : 'no message');
	if (first?.type === 'text') {
		return { ...said, parts: [textPart(`The tool failed: ${first.text}`), ...more] };
	}
	return { ...said, parts: [textPart('The tool failed.'), ...said.parts] };
}

type Given = Record<string, unknown>;

/** Clients agree on the words, and on nothing else: `tool_use`, `tool-call`, `toolCall`, `function.call`. */
const kindOf = (type: string) => type.replace(/[^a-z]/gi, '').toLowerCase();

/** Whether a part or a message with this type or role is a call. */
export function isCallType(type: string): boolean {
	return /^(invalid|custom)?(tool|function)(use|call|callchunk)$/.test(kindOf(type));
}

/** Whether it is what a tool returned. */
export function isResultType(type: string): boolean {
	return /^(custom)?(tool|function)(call)?(result|response|output)$/.test(kindOf(type));
}

/** The keys under which clients name the call that something belongs to. */
export const CALL_IDS = [
	...['tool_call_id', 'toolCallId', 'tool_use_id', 'toolUseId', 'call_id', 'callId'],
] as const;

/** All keys that are read of a call, in any format. */
export const CALL_KEYS = [
	...[...CALL_IDS, 'type', 'id', 'name', 'toolName', 'tool_name'],
	...['input', 'args', 'arguments', 'tool_kwargs'],
];

/** The id of the call that a result answers; empty if there is none. */
export function answeredId(given: Given, notes: Notes): string {
	for (const key of CALL_IDS) {
		const id = idIn(given[key], notes);
		if (id !== '') return id;
	}
	return '';
}

/** The id of a call, or of a result that has no other. */
export function idOf(given: Given, notes: Notes): string {
	return answeredId(given, notes) || idIn(given.id, notes);
}

/** A number becomes text: some servers count their calls. */
function idIn(value: unknown, notes: Notes): string {
	if (typeof value !== 'number' || !Number.isFinite(value)) {
		return typeof value === 'string' ? value : '';
	}
	notes.add('ids', String(value));
	return String(value);
}

/** Whether a key of a message holds nothing to say: another one may. */
export function saysNothing(value: unknown): boolean {
	if (typeof value === 'string') return isBlank(value);
	return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}
