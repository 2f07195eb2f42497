import type { FieldRow } from './fieldRow';
import { suppliedRows } from './parameterRows';
import { modelRow } from './sharedRows';

/** The Chat Model asks by n8n's SDK: `seen` is what that is told, the requests are those of its fetch. */
export const modelRows: FieldRow[] = [
	['model', modelRow[1], 'seen.model', modelRow[3]],
	['options.maxTokens', 77, 'seen.maxTokens', 77],
	...suppliedRows,
	['options.timeoutSeconds', 7, 'seen.timeout', 7000],
	[
		...(['options.maxRetries', 0, 'bodies.length', 1] as const),
		{ script: [{ status: 503, headers: { 'retry-after': '0' } }, { text: 'Hi' }] },
	],
];
