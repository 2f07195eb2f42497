import { isRecord } from '../lib/isRecord';
import { wordOf } from '../messageOf';

/** A tool call: the parts that are relied on. */
export interface WireCall {
	id: string;
	function: { name: string; arguments: string };
}

/** A piece of a call; what it does not say is undefined. */
export interface WireCallDelta {
	index?: number;
	id?: string;
	function: { name?: string; arguments: string };
}

/** The calls of a message: OpenAI's, its legacy `function_call`, or Claude's own parts. */
export function readCalls(message: Record<string, unknown>, parts: unknown[]): WireCall[] {
	return callsIn(message, parts).map((call) => {
		const { id = '', function: called } = readDelta(call);
		return { id, function: { name: called.name ?? '', arguments: called.arguments } };
	});
}

export function readDeltaCalls(
	message: Record<string, unknown>,
	parts: unknown[],
): WireCallDelta[] {
	const deltas = callsIn(message, parts).map(readDelta);
	// Of several pieces that nothing else tells apart, each has its place.
	const isBare = ({ index, id, function: { name } }: WireCallDelta) =>
		index === undefined && !id && !name;
	const isPlaced = deltas.length > 1 && deltas.every(isBare);
	return isPlaced ? deltas.map((delta, index) => ({ ...delta, index })) : deltas;
}

function callsIn(
	message: Record<string, unknown>,
	parts: unknown[],
): Array<Record<string, unknown>> {
	const { tool_calls: given, function_call: legacy } = message;
	const calls: unknown[] = Array.isArray(given) ? given : isRecord(given) ? [given] : [];
	const known = calls.filter(isRecord);
	if (known.length > 0) return known;
	return isRecord(legacy) ? [{ function: legacy, index: 0 }] : parts.filter(isRecord);
}

/** The function is in `function`, in `custom`, or next to the id. */
function readDelta(call: Record<string, unknown>): WireCallDelta {
	const called = [call.function, call.custom].find(isRecord) ?? call;
	const { name, arguments: text, input, args } = called;
	return {
		index: readIndex(call.index),
		id: readId(call.id),
		function: {
			name: typeof name === 'string' ? name : undefined,
			arguments: toolArguments(text ?? input ?? args),
		},
	};
}

function readId(id: unknown): string | undefined {
	return typeof id === 'number' ? String(id) : typeof id === 'string' ? id : undefined;
}

/** An index that is not a position in a list says nothing. */
function readIndex(index: unknown): number | undefined {
	const number = typeof index === 'string' && /^\d{1,15}$/.test(index) ? Number(index) : index;
	return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** Arguments as text: some gateways send the object itself, or nothing. */
export function toolArguments(sent: unknown): string {
	return sent === null ? '' : wordOf(sent);
}
