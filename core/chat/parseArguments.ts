import { isRecord } from '../isRecord';
import { TOO_DEEP } from '../nesting';
import { riskyNotes } from '../json/cursor';
import { exactJson } from '../json/exactJson';
import { readWholeJson, type JsonReading } from '../json/readJson';
import { noteWords } from '../json/noteWords';
import type { SourceNumbers } from '../json/sourceNumbers';
import { perObject } from '../perObject';
import type { ToolCall } from './chatResult';

export interface Arguments {
	value: Record<string, unknown>;
	/** The same as legal JSON: the model's own text where that is legal. */
	json: string;
	/** Missing where every number says by itself what was written. */
	numbers?: SourceNumbers;
}

export type ParsedArguments = ({ ok: true } & Arguments) | { ok: false; reason: string };

/**
 * The arguments of a call, read tolerantly: an empty text is `{}`, an object in a JSON string is
 * taken out of it, small slips such as a trailing comma are repaired. What is more than a small slip
 * is refused, since a tool acts on it: half of an order is another order.
 */
export function parseArguments(text: string): ParsedArguments {
	if (text.trim() === '') return parseArguments('{}');
	const own = withoutFence(text);
	const read = readWholeJson(own);
	const inner = read.ok && typeof read.value === 'string' ? readWholeJson(read.value) : read;
	if (!inner.ok && inner.kind === 'tooDeep') return { ok: false, reason: `they are ${TOO_DEEP}` };
	const problem = problemIn(inner);
	if (problem !== undefined && /^["'\s]*\{/.test(text)) {
		return { ok: false, reason: `they are not valid JSON${problem}: ${preview(text)}` };
	}
	if (!inner.ok || problem !== undefined || !isRecord(inner.value)) {
		return { ok: false, reason: `they must be a JSON object, not ${preview(text)}` };
	}
	const { value, numbers } = inner;
	const isLegal = inner === read && inner.notes.length === 0;
	return { ok: true, value, json: isLegal ? own : exactJson(value, numbers), numbers };
}

/** The same of one call, parsed once for all who ask: nobody may change the value. */
export const argumentsIn = perObject(({ arguments: text }: ToolCall) => parseArguments(text));

/** Why a reading is not taken, to be put behind "not valid JSON". */
function problemIn(read: JsonReading): string | undefined {
	if (!read.ok) return read.kind === 'unclosed' ? '' : ` (${read.reason})`;
	// What is said of a value is read by nobody before the tool acts on it.
	const [comment] = read.comments?.named ?? [];
	if (comment) return ` (a comment is no JSON, and may doubt a value: ${preview(comment.words)})`;
	// What stands for no number at all is no null that the model chose.
	const risky = [
		...riskyNotes(new Set(read.notes)),
		...read.notes.filter((note) => note === 'readAsNull'),
	];
	const [twice] = read.duplicates?.named ?? [];
	if (twice !== undefined) return ` (a key stands twice, with two values: ${twice})`;
	return risky.length > 0 ? ` (${noteWords(risky)})` : undefined;
}

function withoutFence(text: string): string {
	return /^\s*```\w*\s*\n([^]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
}

function preview(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
