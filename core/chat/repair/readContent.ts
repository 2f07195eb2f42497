import { isBlank } from '../../lib/text';
import { isRecord } from '../../lib/isRecord';
import type { TextPart } from '../messages';
import { documentOf, imageOf } from './documentOf';
import { exchangesOf } from './exchangesOf';
import type { Notes } from './notes';
import { calledText, textPart, wordOr, type Part, type Piece, type Said } from './pieces';

type Pieces = Omit<Said, 'parts'> & { pieces: Piece[] };

/** The content of any client: OpenAI's own, its Responses API, Claude's, Gemini's, the AI SDK's. */
export function readContent(content: unknown, notes: Notes): Pieces {
	if (typeof content === 'string') {
		return { pieces: worded([textPart(content)], notes), isList: false };
	}
	if (content === null || content === undefined) {
		return { pieces: [], isList: false, isMissing: content === undefined };
	}
	if (isRecord(content)) notes.add('parts', 'an object');
	const isList = Array.isArray(content);
	const list = withDeltas(isList ? content : [content], notes);
	if (isList && list.length === 0) notes.add('empty', 'content []');
	const pieces = list.flatMap((part, index) => readPart(part, isList ? notes.at(index) : notes));
	return { pieces: worded(pieces, notes), isList };
}

/** Blanks are not text. */
function worded(pieces: Piece[], notes: Notes): Piece[] {
	return pieces.filter((piece) => {
		if (piece.type !== 'text' || !isBlank(piece.text)) return true;
		notes.add('blank', JSON.stringify(piece.text));
		return false;
	});
}

const THOUGHTS = new Set(['thinking', 'redacted_thinking', 'reasoning']);
/** Where a step begins, or a cache ends: these parts say nothing. */
const STEP = 'step-start';
const MARKS = new Set([STEP, 'cache', 'cache-point', 'cachePoint']);
const OF_MARK = new Set(['type', 'id', 'cachePoint', 'cache_control', 'cacheControl', 'ttl']);

function readPart(part: unknown, notes: Notes): Piece[] {
	if (!isRecord(part)) {
		notes.add('parts', part === null ? 'null' : `a bare ${typeof part}`);
		if (part === null || part === undefined) return [];
		return [textPart(typeof part === 'string' ? part : (JSON.stringify(part) ?? typeof part))];
	}
	const type = wordOr(part.type, 'no type');
	if (THOUGHTS.has(type) || part.thought === true || isRecord(part.reasoningContent)) {
		notes.add('leftOut', THOUGHTS.has(type) ? type : 'a thought');
		return [];
	}
	const [mark] = part.type === undefined ? Object.keys(part) : [type];
	if (mark !== undefined && MARKS.has(mark) && Object.keys(part).every((key) => OF_MARK.has(key))) {
		notes.add('parts', mark);
		return mark === STEP ? [{ type: 'step' }] : [];
	}
	const text = isOtherData(part) ? undefined : textIn(part);
	if (text !== undefined) return [readText(text, part, notes)];
	const image = imageOf(part, notes);
	if (image) return [image];
	const exchanges = exchangesOf(part, readSaid, notes);
	if (exchanges.length === 0) {
		return documentOf(part, { type, saidBy: readSaid, notes }) ?? [withoutForm(part, type, notes)];
	}
	notes.add('parts', type);
	return exchanges;
}

const BESIDE_TEXT = new Set([
	...['text', 'thought', 'thoughtSignature', 'thought_signature', 'cache_control', 'citations'],
	...['annotations', 'id', 'index'],
]);

/** What a tool returned may have a text among its fields without being a part. */
function isOtherData(part: Record<string, unknown>): boolean {
	return part.type === undefined && Object.keys(part).some((key) => !BESIDE_TEXT.has(key));
}

function textIn({ text, refusal, type }: Record<string, unknown>): string | undefined {
	if (typeof text === 'string') return text;
	if (type === 'refusal' && typeof refusal === 'string') return refusal;
	// The Assistants API keeps the text one level deeper.
	return isRecord(text) && typeof text.value === 'string' ? text.value : undefined;
}

function readText(text: string, part: Record<string, unknown>, notes: Notes): TextPart {
	if (part.type !== 'text' || part.text !== text) notes.add('parts', wordOr(part.type, 'text'));
	notes.leaveOut(part, ['type', 'text', ...(part.type === 'refusal' ? ['refusal'] : [])]);
	return textPart(text);
}

/** Only texts and images. */
export function readSaid(content: unknown, notes: Notes): Said {
	return textsAndImages(readContent(content, notes));
}

export function textsAndImages({ pieces, ...rest }: Pieces): Said {
	return { ...rest, parts: pieces.flatMap(asPart) };
}

/** Calls inside a result become text. */
function asPart(piece: Piece): Part[] {
	if (piece.type === 'step') return [];
	if (piece.type === 'call') return [textPart(calledText(piece.call))];
	return piece.type === 'result' ? piece.said.parts : [piece];
}

const LONGEST_TEXT = 20_000;

/** An unknown part is kept as JSON, unless it is a file. */
function withoutForm(part: Record<string, unknown>, type: string, notes: Notes): TextPart {
	const isOwnData = part.type === undefined && !isRecord(part.inlineData ?? part.inline_data);
	const written = JSON.stringify(part, isOwnData ? undefined : withoutCode);
	const isFile = /audio/.test(type) || (typeof part.data === 'string' && isLongCode(part.data));
	if (isOwnData || (written.length <= LONGEST_TEXT && !isFile)) {
		notes.add(written.includes(NO_CODE) ? 'leftOut' : 'parts', type);
		return textPart(written);
	}
	notes.add('leftOut', type);
	return textPart(`[${type} left out]`);
}

const NO_CODE = '[data left out]';

/** Files and a gateway's encrypted data would be read, and paid for, letter by letter. */
function withoutCode(_key: string, value: unknown): unknown {
	if (typeof value !== 'string' || value.length < 500) return value;
	return isLongCode(value.replace(/^data:[^,]{0,100},/, '')) ? NO_CODE : value;
}

/** Whether it is data rather than text. */
function isLongCode(text: string): boolean {
	return text.length >= 100 && /^[\w+/=-]*$/.test(text);
}

type Given = Record<string, unknown>;

/**
 * A content whose calls have their arguments: when some clients join a stream, they keep the pieces of
 * arguments as separate parts, after the call or with its index.
 */
function withDeltas(content: readonly unknown[], notes: Notes): unknown[] {
	if (!content.some((part) => deltaOf(part) !== undefined)) return [...content];
	const made: unknown[] = [];
	const byIndex = new Map<unknown, number>();
	let last: number | undefined;
	for (const part of content) {
		const delta = deltaOf(part);
		const index = isRecord(part) ? part.index : undefined;
		const place = (index === undefined ? undefined : byIndex.get(index)) ?? last;
		const call = place === undefined ? undefined : made[place];
		if (delta !== undefined && place !== undefined && isRecord(part) && isRecord(call)) {
			notes.leaveOut(part, ['type', 'index', 'input', 'partial_json']);
			made[place] = { ...call, input: wordOr(call.input) + delta };
			continue;
		}
		made.push(part);
		if (!isOpenCall(part)) continue;
		last = made.length - 1;
		if (index !== undefined) byIndex.set(index, last);
	}
	return made;
}

function deltaOf(part: unknown): string | undefined {
	if (!isRecord(part) || part.type !== 'input_json_delta') return undefined;
	const { input, partial_json: claudes } = part;
	return [input, claudes].find((text) => typeof text === 'string');
}

/** Complete arguments accept no more pieces. */
function isOpenCall(part: unknown): part is Given {
	if (!isRecord(part) || part.type !== 'tool_use') return false;
	const { input } = part;
	return !isRecord(input) || Object.keys(input).length === 0;
}
