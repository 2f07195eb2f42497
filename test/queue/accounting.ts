import { z } from 'zod/v4';
import type { Gateway } from '../../gateway';
import type { Rest } from '../../server/rest';
import type { Listed } from './executions';
import { readLabel } from './tickets';

/** One execution that succeeded, and what came out at the end of its chain. */
export interface Result {
	execution: string;
	output: unknown;
}

const webhookItem = z.object({ body: z.object({ id: z.string() }) });
const reportItem = z.object({ execution: z.object({ id: z.string() }) });

/** By ticket: what n8n kept of the executions that succeeded with it. */
export async function resultsOf(rest: Rest, succeeded: Listed[]): Promise<Map<string, Result[]>> {
	const found = new Map<string, Result[]>();
	for (const { id: execution } of succeeded) {
		const { outputs } = await rest.until(execution, ['success']);
		const { id } = webhookItem.parse(outputs.Webhook?.[0]?.[0]?.json).body;
		const output = outputs.Extract?.[0]?.[0]?.json.output;
		found.set(id, [...(found.get(id) ?? []), { execution, output }]);
	}
	return found;
}

/** By ticket: the executions that its requests came from, in order; every request must have both. */
export function requestsOf({ requests }: Gateway): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const { body } of requests) {
		const label = readLabel(body);
		if (!label) throw new Error(`a request that no ticket explains: ${JSON.stringify(body)}`);
		found.set(label.id, [...(found.get(label.id) ?? []), label.execution]);
	}
	return found;
}

/** The executions that n8n's error workflow was told of. */
export async function reportedIn(rest: Rest, reports: Listed[]): Promise<string[]> {
	const found: string[] = [];
	for (const { id } of reports) {
		const { outputs } = await rest.until(id, ['success']);
		found.push(reportItem.parse(outputs['Error Trigger']?.[0]?.[0]?.json).execution.id);
	}
	return found.sort();
}

export const idsOf = (listed: Listed[]) => listed.map(({ id }) => id).sort();

export const withStatus = (listed: Listed[], status: string) =>
	listed.filter((execution) => execution.status === status);
