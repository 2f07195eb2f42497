import { TokenHubError } from '../../errors';
import type { RequestBody } from '../../ledger';
import { PARAMETERS, type Droppable } from '../parameters';
import type { TokenHubClient } from '../../client/createClient';
import { perObject } from '../../lib/perObject';
import { wrapClient } from './withFallbacks';

/** Parameters without which an extraction is still the same task. */
const DROPPABLE = Object.values(PARAMETERS)
	.filter((row) => row.mayBeDropped === true)
	.map(({ wire }) => wire);

/** By model: the parameters that it refused before. */
const memory = perObject((_account: object) => new Map<string, Set<Droppable>>());

/**
 * The parameters that a model has refused during the life of this client and of clients made from it.
 */
export function refusedBy(client: TokenHubClient, model: string): readonly Droppable[] {
	return [...(memory(client.account).get(model) ?? [])];
}

/**
 * The same client for tasks that can do without a parameter: after a 400 that names one, the same
 * request is sent without it, once, and later requests to the model leave it out. Newer Claude models,
 * for example, refuse a forced tool.
 */
export function withoutRefused(
	client: TokenHubClient,
	droppable: readonly Droppable[] = DROPPABLE,
): TokenHubClient {
	return wrapClient(client, async (body, ask) => {
		const refused = refusedBy(client, body.model).filter((name) => droppable.includes(name));
		const known = leaveOut(body, refused);
		try {
			return await ask(known);
		} catch (error) {
			const parameter = refusedParameter(error, known, droppable);
			if (!parameter) throw error;
			remember(client, body.model, parameter);
			return await ask(leaveOut(known, [parameter]));
		}
	});
}

function refusedParameter(
	error: unknown,
	body: RequestBody,
	droppable: readonly Droppable[],
): Droppable | undefined {
	if (!(error instanceof TokenHubError) || error.kind !== 'badRequest') return undefined;
	const named = [error.message, ...(error.details.failures ?? []).map(({ path }) => path)].join(
		' ',
	);
	return droppable.find((name) => name in body && new RegExp(`\\b${name}\\b`).test(named));
}

function leaveOut(body: RequestBody, names: readonly Droppable[]): RequestBody {
	const left: RequestBody & { [Name in Droppable]?: unknown } = { ...body };
	for (const name of names) delete left[name];
	return left;
}

function remember(client: TokenHubClient, model: string, parameter: Droppable): void {
	const models = memory(client.account);
	models.set(model, (models.get(model) ?? new Set()).add(parameter));
}
