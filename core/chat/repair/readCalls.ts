import { isRecord } from '../../isRecord';
import { toolArguments } from '../../wire/wireCalls';
import type { ToolCall } from '../chatResult';
import { idOf } from './idOf';
import { noteKeys, type Notes } from './notes';
import { wordOr } from './pieces';

type Given = Record<string, unknown>;

/** The calls of a message that do not stand in its content, by the places where clients have them. */
export function readCalls(given: Given, notes: Notes): ToolCall[][] {
	const { tool_calls: list, function_call: legacy, type } = given;
	const calls = Array.isArray(list) ? list.flatMap((call) => readCall(call, notes)) : [];
	if (Array.isArray(list) && list.length === 0) notes.add('keys', 'tool_calls []');
	if (legacy !== undefined && legacy !== null) notes.add('parts', 'function_call');
	const called = isRecord(legacy) ? readCall({ type: 'function', function: legacy }, notes) : [];
	// An item of the Responses API is a call by itself.
	const isItem = type === 'function_call' || type === 'custom_tool_call';
	return [calls, called, isItem ? [toCall({ ...given, id: undefined }, given, notes)] : []];
}

function readCall(given: unknown, notes: Notes): ToolCall[] {
	if (!isRecord(given)) {
		notes.add('leftOut', 'a call that is no object');
		return [];
	}
	const { function: called, custom, type } = given;
	if (isRecord(custom) && !isRecord(called)) {
		notes.add('parts', 'custom');
		return [toCall(given, { name: custom.name, args: { input: custom.input } }, notes)];
	}
	if (!isRecord(called) || type !== 'function') notes.add('parts', wordOr(type, 'tool call'));
	if (!isRecord(called)) return [toCall(given, given, notes)];
	noteKeys(given, ['id', 'type', 'function'], notes);
	noteKeys(called, ['name', 'arguments'], notes);
	return [toCall(given, called, notes)];
}

function toCall(identified: Given, called: Given, notes: Notes): ToolCall {
	const { name, args, input } = called;
	const own = typeof input === 'string' && !('arguments' in called) ? { input } : input;
	const given = called.arguments ?? args ?? own ?? null;
	if (typeof given !== 'string') notes.add('arguments', wordOr(name));
	return { id: idOf(identified, notes), name: wordOr(name), arguments: toolArguments(given) };
}
