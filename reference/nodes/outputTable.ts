import type { OutputField } from '../../nodes/shared/run/output';
import { code, sentence, table } from '../markdown';

/** Keys of an output item. */
export function outputTable(fields: Record<string, OutputField>): string {
	const rows = Object.entries(fields).map(([key, { type, text, when }]) => [
		code(key),
		type,
		sentence(text) + (when ? ` Only when ${when}.` : ''),
	]);
	return table(['Key', 'Type', 'What it is'], rows);
}
