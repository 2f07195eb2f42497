import { isBlank } from '../../isBlank';
import { isRecord } from '../../isRecord';
import type { TextPart } from '../messages';
import { toolArguments } from '../toolArguments';
import { imageOf } from './imageOf';
import { noteKeys, type Notes } from './notes';
import {
	calledText,
	textPart,
	wordOr,
	type Part,
	type Piece,
	type Result,
	type Said,
} from './pieces';

type Pieces = Omit<Said, 'parts'> & { pieces: Piece[] };

/** Content of any client: OpenAI's own, its Responses API, Claude's, Gemini's, the AI SDK's. */
export function readContent(content: unknown, notes: Notes): Pieces {
	if (typeof content === 'string') {
		return { pieces: worded([textPart(content)], notes), isList: false };
	}
	if (content === null || content === undefined) {
		return { pieces: [], isList: false, isMissing: content === undefined };
	}
	if (!Array.isArray(content)) notes.add('parts', typeof content);
	const list: unknown[] = Array.isArray(content) ? content : [content];
	if (Array.isArray(content) && list.length === 0) notes.add('empty', 'content []');
	return {
		pieces: worded(
			list.flatMap((part) => readPart(part, notes)),
			notes,
		),
		isList: Array.isArray(content),
	};
}

/** Blanks are no text. */
function worded(pieces: Piece[], notes: Notes): Piece[] {
	return pieces.filter((piece) => {
		if (piece.type !== 'text' || !isBlank(piece.text)) return true;
		notes.add('blank', JSON.stringify(piece.text));
		return false;
	});
}

const THOUGHTS = new Set(['thinking', 'redacted_thinking', 'reasoning']);

function readPart(part: unknown, notes: Notes): Piece[] {
	if (!isRecord(part)) {
		notes.add('parts', part === null ? 'null' : typeof part);
		return part === null || part === undefined
			? []
			: [textPart(JSON.stringify(part) ?? typeof part)];
	}
	const type = wordOr(part.type, 'no type');
	if (THOUGHTS.has(type)) {
		notes.add('leftOut', type);
		return [];
	}
	const text = textIn(part);
	if (text !== undefined) return [readText(text, part, notes)];
	const image = imageOf(part, notes);
	if (image) return [image];
	const exchange = readCallPart(part) ?? readResultPart(part, notes);
	if (!exchange) return [withoutForm(part, type, notes)];
	notes.add('parts', type);
	return [exchange];
}

function textIn({ text, refusal, type }: Record<string, unknown>): string | undefined {
	if (typeof text === 'string') return text;
	if (type === 'refusal' && typeof refusal === 'string') return refusal;
	// The Assistants API has the text one level deeper.
	return isRecord(text) && typeof text.value === 'string' ? text.value : undefined;
}

function readText(text: string, part: Record<string, unknown>, notes: Notes): TextPart {
	if (part.type !== 'text' || part.text !== text) notes.add('parts', wordOr(part.type, 'text'));
	noteKeys(part, ['type', 'text', ...(part.type === 'refusal' ? ['refusal'] : [])], notes);
	return textPart(text);
}

/** Texts and images alone. */
export function readSaid(content: unknown, notes: Notes): Said {
	return saidOf(readContent(content, notes));
}

export function saidOf({ pieces, ...rest }: Pieces): Said {
	return { ...rest, parts: pieces.flatMap(asPart) };
}

/** Calls inside a result are words. */
function asPart(piece: Piece): Part[] {
	if (piece.type === 'call') return [textPart(calledText(piece.call))];
	return piece.type === 'result' ? piece.said.parts : [piece];
}

function readCallPart(part: Record<string, unknown>): Piece | undefined {
	const isCall = part.type === 'tool_use' || part.type === 'tool-call';
	if (!isCall) return undefined;
	const id = wordOr(part.id, wordOr(part.toolCallId));
	const name = wordOr(part.name, wordOr(part.toolName));
	return {
		type: 'call',
		call: { id, name, arguments: toolArguments(part.input ?? part.args ?? null) },
	};
}

function readResultPart(part: Record<string, unknown>, notes: Notes): Result | undefined {
	if (part.type !== 'tool_result' && part.type !== 'tool-result') return undefined;
	const { output } = part;
	const value = isRecord(output) && 'value' in output ? output.value : (output ?? part.result);
	const id = wordOr(part.tool_use_id, wordOr(part.toolCallId));
	const said = readSaid(part.content ?? asText(value), notes);
	return { type: 'result', id, name: wordOr(part.toolName), said };
}

function asText(value: unknown): unknown {
	return typeof value === 'string' || value === undefined ? value : JSON.stringify(value);
}

const LONGEST_TEXT = 20_000;

/** What nobody knows is kept as it is written, unless it is a file. */
function withoutForm(part: Record<string, unknown>, type: string, notes: Notes): TextPart {
	const written = JSON.stringify(part);
	if (written.length <= LONGEST_TEXT && !('data' in part) && !/audio|file|document/.test(type)) {
		notes.add('parts', type);
		return textPart(written);
	}
	notes.add('leftOut', type);
	return textPart(`[${type} left out]`);
}
