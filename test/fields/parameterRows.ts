import type { FieldRow } from './fieldRow';

/** A value of each parameter that all nodes have as an option, and its name on the wire. */
export const parameterRows: Array<[key: string, value: unknown, wire: string]> = [
	['temperature', 0.5, 'temperature'],
	['topP', 0.5, 'top_p'],
	['stop', ['X'], 'stop'],
	['user', 'u1', 'user'],
];

export const sentRows = parameterRows.map(([key, value, wire]): FieldRow => [
	...([`options.${key}`, value, `bodies.0.${wire}`, value] as const),
]);

/** The SDK of n8n's chat model has names of its own for these; the others go into the body as they are. */
const SDK_NAMES = ['temperature', 'topP', 'stop'];
export const suppliedRows = parameterRows.map(([key, value, wire]): FieldRow => {
	const field = `options.${key}`;
	if (SDK_NAMES.includes(key)) return [field, value, `seen.${key}`, value];
	return [field, value, 'seen.additionalParams', { [wire]: value }];
});
