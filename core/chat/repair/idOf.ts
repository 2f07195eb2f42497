import type { Notes } from './notes';

type Given = Record<string, unknown>;

/** Under which clients name the call that something belongs to. */
const CALL_IDS = [
	...['tool_call_id', 'toolCallId', 'tool_use_id', 'toolUseId', 'call_id', 'callId'],
] as const;

/** The id of the call that a result answers; empty where there is none. */
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

/** A number is its text: servers count their calls. */
function idIn(value: unknown, notes: Notes): string {
	if (typeof value !== 'number' || !Number.isFinite(value)) {
		return typeof value === 'string' ? value : '';
	}
	notes.add('ids', String(value));
	return String(value);
}
