import type { Endpoint } from './openEndpoint';
import type { Timings } from './closing';
import type { Outcome } from './outcome';

/** `--json`: the same facts for machines. */
export function jsonReport(outcomes: Outcome[], endpoint: Endpoint, timings: Timings): string {
	const workflows = outcomes.map(({ file, name, result, items, paid }) => ({
		...{ file, name, ok: result.ok, cancelled: result.cancelled, error: result.error },
		...{ items: items.map(({ json }) => json), ...paid, ms: result.ms },
	}));
	const { url, embedded } = endpoint;
	return JSON.stringify({ endpoint: { url, embedded }, workflows, timings }, undefined, 2);
}
