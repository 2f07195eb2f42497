import { randomUUID } from 'node:crypto';
import { z } from 'zod/v4';
import { isRecord } from '../lib/isRecord';
import { riskyNotes, noteWords } from '../json/cursor';
import { exactJson, type SourceNumbers } from '../json/exactJson';
import { readWholeJson, type JsonReading } from '../json/readJson';
import { LONGEST_NAME, markedName } from '../lib/names';
import { TOO_DEEP, isTooDeep } from '../nesting';
import { perObject } from '../lib/perObject';
import { wellFormedJson } from '../lib/text';
import type { ToolCall } from './chatResult';
import type { Message, AssistantMessage } from './messages';

/** OpenAI accepts ids of at most 40 characters. */
const randomId = () => `call_${randomUUID().replaceAll('-', '')}`;

/**
 * The same calls with ids that Claude accepts, neither empty nor used before in this conversation.
 * Other models use ids such as `functions.add:0`.
 */
export function uniqueIds(
	calls: readonly ToolCall[],
	used: Set<string>,
	newId = randomId,
): ToolCall[] {
	return calls.map((call) => {
		const isLegal = /^[a-zA-Z0-9_-]+$/.test(call.id) && !used.has(call.id);
		const id = isLegal ? call.id : newId();
		used.add(id);
		return { ...call, id };
	});
}

/** The ids of all calls in a conversation. */
export function usedIds(messages: readonly Message[]): Set<string> {
	return new Set(
		messages.flatMap((message) =>
			message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [],
		),
	);
}

/** The warning about a tool that is not offered. */
export function setAsideWords(name: string, reason: string): string {
	return `The tool "${name}" was left out: ${reason}`;
}

const LEGAL = new RegExp(`^[a-zA-Z0-9_-]{1,${LONGEST_NAME}}$`);

const toolNameSchema = z.string().min(1, 'give the tool a name');

/** The nearest name that Claude accepts: n8n, MCP servers and models themselves allow more. */
export function legalToolName(name: string): string {
	if (LEGAL.test(name)) return name;
	const legal = underscored(name);
	return legal.length > LONGEST_NAME || legal === '' ? distinctToolName(name) : legal;
}

/**
 * A legal name that no other name is likely to share: the beginning, and a mark derived from the whole
 * name.
 */
export function distinctToolName(name: string): string {
	return markedName(name, underscored(name) || 'tool');
}

const underscored = (name: string) => name.replace(/[^a-zA-Z0-9_-]/g, '_');

/** By a tool's own name: the name under which a request offers it. */
export type SentNames = ReadonlyMap<string, string>;

/**
 * The names under which tools, and the calls of a history, are sent. A legal name is kept; if two
 * become the same, the second gets a mark, so that no call has another tool's name.
 * @param offered Names that are already fixed.
 */
export function sentToolNames(
	names: readonly string[],
	offered: SentNames = new Map(),
): Map<string, string> {
	const sentNames = new Map(offered);
	const taken = new Set([
		...offered.values(),
		...names.filter((name) => legalToolName(name) === name),
	]);
	for (const name of names) {
		if (sentNames.has(name)) continue;
		const legal = legalToolName(name);
		const sent = legal !== name && taken.has(legal) ? distinctToolName(name) : legal;
		taken.add(sent);
		sentNames.set(name, sent);
	}
	return sentNames;
}

export interface Arguments {
	value: Record<string, unknown>;
	/** The same as legal JSON: the model's own text if that is legal. */
	json: string;
	/** Missing if every number is exactly what was written. */
	numbers?: SourceNumbers;
}

type ParsedArguments = ({ ok: true } & Arguments) | { ok: false; reason: string };

/**
 * The arguments of a call, read tolerantly: an empty text is `{}`, an object inside a JSON string is
 * unwrapped, small mistakes such as a trailing comma are repaired. Anything more is refused, because a
 * tool acts on it: half an order is a different order.
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

/** The same for one call, parsed once for all callers: nobody may change the value. */
export const argumentsIn = perObject(({ arguments: text }: ToolCall) => parseArguments(text));

/** Why a reading is not accepted, to follow "not valid JSON". */
function problemIn(read: JsonReading): string | undefined {
	if (!read.ok) return read.kind === 'unclosed' ? '' : ` (${read.reason})`;
	// The tool would act before anybody reads what a comment says about a value.
	const [comment] = read.comments?.named ?? [];
	if (comment)
		return ` (a comment is not JSON, and may cast doubt on a value: ${preview(comment.words)})`;
	// A literal that is not a number is not a null that the model chose.
	const risky = [
		...riskyNotes(new Set(read.notes)),
		...read.notes.filter((note) => note === 'readAsNull'),
	];
	const [twice] = read.duplicates?.named ?? [];
	if (twice !== undefined) return ` (a key occurs twice, with different values: ${twice})`;
	return risky.length > 0 ? ` (${noteWords(risky)})` : undefined;
}

function withoutFence(text: string): string {
	return /^\s*```\w*\s*\n([^]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
}

function preview(text: string): string {
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

type MessageCall = NonNullable<AssistantMessage['tool_calls']>[number];

/** One object for each call of a message, by which its arguments are cached. */
export const toToolCall = perObject(
	({ id, function: { name, arguments: text } }: MessageCall): ToolCall => ({
		id,
		name,
		arguments: text,
	}),
);

/** Claude refuses a history with illegal names, or with arguments that are not a JSON object. */
export function toMessageCall(call: ToolCall): MessageCall {
	const { id, name } = call;
	const parsed = argumentsIn(call);
	const args = parsed.ok ? wellFormedJson(parsed.json) : '{}';
	return { id, type: 'function', function: { name: legalToolName(name), arguments: args } };
}

export const functionToolSchema = z.strictObject({
	type: z.literal('function'),
	/** What the model sees. */
	function: z.strictObject({
		/** Claude accepts 1 to 64 letters, digits, `_` or `-`: any other name is sent as a legal one. */
		name: toolNameSchema,
		/** Tells the model when to call it. */
		description: z.string().optional(),
		/** JSON Schema of its arguments. */
		parameters: z
			.record(z.string(), z.unknown())
			.refine((schema) => !isTooDeep(schema), `the parameters are ${TOO_DEEP}`)
			.optional(),
	}),
});
/**
 * A function tool in OpenAI's format.
 * @interface
 */
export type FunctionTool = z.output<typeof functionToolSchema>;

const forcedTool = z.strictObject({
	type: z.literal('function'),
	/** The tool's name. */
	function: z.strictObject({ name: toolNameSchema }),
});
/**
 * The one tool that the model must call.
 * @interface
 */
export type ForcedTool = z.output<typeof forcedTool>;

export const toolChoiceSchema = z.union(
	[z.enum(['auto', 'none', 'required']), forcedTool],
	'use "auto", "none", "required" or { type: "function", function: { name } }',
);
/** What the model may or must call: whatever it likes, nothing, any tool, or one of them. */
export type ToolChoice = 'auto' | 'none' | 'required' | ForcedTool;
