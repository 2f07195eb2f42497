import { tryJson } from '../../json/tryJson';
import { isRecord } from '../../lib/isRecord';
import { canonical } from '../../lib/isSame';
import { toolArguments } from '../../wire/wireCalls';
import type { ToolCall } from '../chatResult';
import { parseArguments } from '../toolCalls';
import type { Notes } from './notes';
import { CALL_KEYS, idOf, isCallType, wordOr } from './pieces';

type Given = Record<string, unknown>;

/** The keys of a message under which clients keep its calls. */
export const CALLED = [
	...['invalid_tool_calls', 'toolCalls', 'tool_calls', 'function_call', 'additional_kwargs'],
];

/** The calls of a message outside of its content, grouped by the places where clients keep them. */
export function readCalls(given: Given, notes: Notes): ToolCall[][] {
	const { additional_kwargs: more } = given;
	const held = isRecord(more) ? more : {};
	if (held === more) notes.at('additional_kwargs').leaveOut(held, ['tool_calls', 'function_call']);
	const item = isCallItem(given) ? [toCall(given, given, notes)] : [];
	return [
		listed(held.tool_calls, ['additional_kwargs', 'tool_calls'], notes),
		// What a client could not read itself.
		listed(given.invalid_tool_calls, ['invalid_tool_calls'], notes),
		listed(given.toolCalls, ['toolCalls'], notes),
		listed(given.tool_calls, ['tool_calls'], notes),
		legacyCall(given.function_call ?? held.function_call, notes),
		item,
	].filter((calls) => calls.length > 0);
}

function listed(given: unknown, path: readonly [string, string?], notes: Notes): ToolCall[] {
	const [key] = path;
	const list = listOfCalls(given, key, notes);
	if (!Array.isArray(list)) return [];
	if (list.length === 0) notes.add('keys', `${key} []`);
	else if (key !== 'tool_calls') notes.add('parts', key);
	const at = notes.at(...path.filter((step) => step !== undefined));
	return list.flatMap((call, index) => readCall(call, at.at(index)));
}

function legacyCall(given: unknown, notes: Notes): ToolCall[] {
	if (given === undefined || given === null) return [];
	notes.add('parts', 'function_call');
	const own = typeof given === 'string' ? tryJson(given) : given;
	return isRecord(own) ? readCall({ type: 'function', function: own }, notes) : [];
}

/** A database may keep them as JSON text, or under numbers; one call may stand alone. */
function listOfCalls(given: unknown, key: string, notes: Notes): unknown {
	if (Array.isArray(given) || given === undefined || given === null) return given;
	const value = typeof given === 'string' ? tryJson(given) : given;
	notes.add('parts', key);
	if (Array.isArray(value)) return value;
	if (!isRecord(value)) return [given];
	return Object.keys(value).every((key) => /^\d+$/.test(key)) ? Object.values(value) : [value];
}

/** In the Responses API, a call is an item of its own. */
export function isCallItem({ type, role, name }: Given): boolean {
	return isCallType(wordOr(type)) || (isCallType(wordOr(role)) && typeof name === 'string');
}

function readCall(given: unknown, notes: Notes): ToolCall[] {
	if (!isRecord(given)) {
		notes.add('leftOut', 'a call that is not an object');
		return [];
	}
	const { function: called, custom, type } = given;
	if (isRecord(custom) && !isRecord(called)) {
		notes.add('parts', 'custom');
		notes.leaveOut(given, ['id', 'type', 'custom']);
		notes.at('custom').leaveOut(custom, ['name', 'input']);
		return [toCall(given, { name: custom.name, args: { input: custom.input } }, notes)];
	}
	if (!isRecord(called) || type !== 'function') notes.add('parts', wordOr(type, 'tool call'));
	if (!isRecord(called)) {
		notes.leaveOut(given, CALL_KEYS);
		return [toCall(given, given, notes)];
	}
	notes.leaveOut(given, ['id', 'type', 'function']);
	notes.at('function').leaveOut(called, ['name', 'arguments']);
	return [toCall(given, called, notes)];
}

function toCall(identified: Given, called: Given, notes: Notes): ToolCall {
	const { name, args, input } = called;
	const own = typeof input === 'string' && !('arguments' in called) ? { input } : input;
	const given = called.arguments ?? args ?? own ?? null;
	if (typeof given !== 'string') notes.add('arguments', wordOr(name));
	return { id: idOf(identified, notes), name: wordOr(name), arguments: toolArguments(given) };
}

/**
 * The calls of a message, each once: clients keep what the model sent next to what they read of it. Two
 * calls in different places are the same if they have one id, or if one has no id and both do the same.
 * @param places Calls by their place. Those in one place are different calls.
 * @returns How each is sent; one that is missing is another one too.
 */
export function calledOnce(
	places: readonly ToolCall[][],
	notes: Notes,
): ReadonlyMap<ToolCall, ToolCall> {
	const made = new Map<ToolCall, ToolCall>();
	for (const calls of places) {
		const twins =
			made.size > 0 ? twinsOf([...made.values()], calls) : new Map<ToolCall, ToolCall>();
		for (const [call, told] of twins.size > 0 ? made : []) {
			const twin = twins.get(told);
			if (!twin) continue;
			notes.add('calledTwice', told.name);
			made.set(call, oneOf(told, twin));
		}
		const read = new Set(twins.values());
		for (const call of calls) if (!read.has(call)) made.set(call, call);
	}
	return made;
}

/** For each known call, the other one that is the same. */
function twinsOf(known: readonly ToolCall[], others: readonly ToolCall[]): Map<ToolCall, ToolCall> {
	const twins = new Map<ToolCall, ToolCall>();
	const taken = new Set<ToolCall>();
	const pair = ({ keyOf, isKnown, isOther }: Pairing) => {
		const waiting = grouped(
			others.filter((call) => !taken.has(call) && isOther(call)),
			keyOf,
		);
		for (const call of known) {
			if (twins.has(call) || !isKnown(call)) continue;
			const other = waiting.get(keyOf(call))?.pop();
			if (!other) continue;
			twins.set(call, other);
			taken.add(other);
		}
	};
	pair({ keyOf: ({ id }) => id, isKnown: hasId, isOther: hasId });
	pair({ keyOf: deedOf, isKnown: (call) => !hasId(call), isOther: () => true });
	pair({ keyOf: deedOf, isKnown: hasId, isOther: (call) => !hasId(call) });
	return twins;
}

interface Pairing {
	keyOf(this: void, call: ToolCall): string;
	isKnown(this: void, call: ToolCall): boolean;
	isOther(this: void, call: ToolCall): boolean;
}

const hasId = ({ id }: ToolCall) => id !== '';

/** The last of a list is the first that was given. */
function grouped(calls: readonly ToolCall[], keyOf: (call: ToolCall) => string) {
	const groups = new Map<string, ToolCall[]>();
	for (const call of [...calls].reverse()) {
		const group = groups.get(keyOf(call));
		if (group) group.push(call);
		else groups.set(keyOf(call), [call]);
	}
	return groups;
}

function deedOf({ name, arguments: text }: ToolCall): string {
	const parsed = parseArguments(text);
	if (!parsed.ok) return JSON.stringify([name, text]);
	// Two numbers that JavaScript cannot tell apart are different numbers.
	const digits = [...(parsed.numbers?.lossy.values() ?? [])].sort();
	return JSON.stringify([name, canonical(parsed.value), ...digits]);
}

/** What a client parsed is what it ran; a stream that was cut off may have left it empty. */
function oneOf(sent: ToolCall, read: ToolCall): ToolCall {
	const isEmpty = /^\s*(\{\s*\})?\s*$/.test(read.arguments);
	return {
		id: read.id || sent.id,
		name: read.name || sent.name,
		arguments: isEmpty ? sent.arguments : read.arguments,
	};
}
