import { counted, seconds, usd } from './format';
import type { Outcome } from './outcome';
import { addPaid, nothingPaid } from './spending';

export interface Timings {
	engineMs: number;
	endpointMs: number;
	workflowsMs: number;
}

/** The last lines: totals, who answered, and what took the time. */
export function closing(outcomes: Outcome[], said: string, timings: Timings): string[] {
	const { usage, costUsd, requests } = outcomes.map((o) => o.paid).reduce(addPaid, nothingPaid());
	const failed = outcomes.filter(({ result }) => !result.ok).length;
	const totals = [
		`${counted(outcomes.length, 'workflow')}${failed > 0 ? `, ${failed} failed` : ', all ok'}`,
		counted(requests, 'request'),
		`${usage.promptTokens} tokens in, ${usage.completionTokens} out`,
		usd(costUsd),
	];
	const time = [
		`n8n engine ${seconds(timings.engineMs)}`,
		`endpoint ${seconds(timings.endpointMs)}`,
		`workflows ${seconds(timings.workflowsMs)}`,
	];
	return [
		'',
		`${totals.join(' · ')}.`,
		said,
		`Time: ${time.join(', ')}. Before that npm built the package: npm run build alone shows how long.`,
	];
}
