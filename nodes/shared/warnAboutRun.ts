import type { IExecuteFunctions } from 'n8n-workflow';
import { isRecord } from '../../core/isRecord';
import { warn } from './warn';

const BUDGETS = ['costBudget', 'tokenBudget'];

/** What a person should know of a run, counted over its items: one line each. */
const LINES: Array<[words: (count: string) => string, holds: (json: object) => boolean]> = [
	[
		(count) => `Answers cut by Max Tokens: ${count}. Raise it, or turn on Auto Continue.`,
		(json) => is(json, 'finishReason', ['length']) || is(json, 'stopReason', ['truncated']),
	],
	[
		(count) => `Items ended by a budget: ${count}.`,
		(json) =>
			is(json, 'stopReason', BUDGETS) || is(Reflect.get(json, 'details'), 'kind', ['budget']),
	],
	[
		(count) => `Answers by a fallback model: ${count}. Each says why in "fallbacks".`,
		(json) => 'fallbacks' in json,
	],
	[
		(count) =>
			`Conversations that were mended before sending: ${count}. Each says how in "warnings".`,
		(json) => 'finishReason' in json && 'warnings' in json,
	],
];

export function warnAboutRun(context: IExecuteFunctions, outputs: readonly object[]): void {
	for (const [words, holds] of LINES) {
		const count = outputs.filter(holds).length;
		if (count > 0) warn(context, words(`${count} of ${outputs.length}`));
	}
}

function is(json: unknown, key: string, values: readonly string[]): boolean {
	const value = isRecord(json) ? json[key] : undefined;
	return typeof value === 'string' && values.includes(value);
}
