import type { RequestBody } from '../../ledger';
import type { TokenHubClient, ClientCall } from '../../client/createClient';
import type { ErrorKind } from '../../errorKinds';
import { TokenHubError } from '../../errors';
import type { Fallback } from '../../usage';

/** Failures of one model that another may not share. */
export const FALLBACK_KINDS = [
	'rateLimit',
	'overloaded',
	'notFound',
	'timeout',
	'badResponse',
	'network',
	'badRequest',
	'contextLength',
] as const satisfies readonly ErrorKind[];
export type FallbackKind = (typeof FALLBACK_KINDS)[number];

/** The others are seldom the model's fault. */
export const FALLBACK_DEFAULT = FALLBACK_KINDS.filter(
	(kind) => !['network', 'badRequest', 'contextLength'].includes(kind),
);

interface Fallbacks {
	/** In order. */
	models: readonly string[];
	on?: readonly FallbackKind[];
}

/**
 * A client that asks the next model when one fails for good because of itself; the answer names the
 * models that failed.
 */
export function withFallbacks(
	client: TokenHubClient,
	{ models, on = FALLBACK_DEFAULT }: Fallbacks,
): TokenHubClient {
	const kinds: readonly ErrorKind[] = on;
	// A prompt that is too long counts as a refused request.
	const passesOn = (kind: ErrorKind) =>
		kinds.includes(kind === 'contextLength' && !kinds.includes(kind) ? 'badRequest' : kind);
	if (models.length === 0) return client;
	const wrapped = wrapClient(client, async (body, ask, call) => {
		const fallbacks: Fallback[] = [];
		const inOrder = [body.model, ...models].slice(call?.passedOver ?? 0);
		for (const [index, model] of inOrder.entries()) {
			try {
				const answer = await ask({ ...body, model });
				return fallbacks.length > 0 ? { ...answer, fallbacks } : answer;
			} catch (error) {
				const passes = error instanceof TokenHubError && passesOn(error.kind);
				const isLast = index === inOrder.length - 1 || call?.ledger?.reached();
				if (!passes || isLast) throw error;
				fallbacks.push({ model, kind: error.kind, message: error.message });
			}
		}
		return await ask(body);
	});
	return {
		...wrapped,
		modelsFor: (model) => [...client.modelsFor(model), ...models],
		passesOn: ({ kind }) => passesOn(kind),
	};
}

/** Asks, perhaps several times and with other bodies, and returns one answer. */
type Asking = <Answer extends { fallbacks?: Fallback[] }>(
	body: RequestBody,
	ask: (body: RequestBody) => Promise<Answer>,
	call?: ClientCall,
) => Promise<Answer>;

/** The same client with another way of asking, whole or streamed. */
export function wrapClient(client: TokenHubClient, asking: Asking): TokenHubClient {
	return {
		...client,
		complete: (body, call) => asking(body, (next) => client.complete(next, call), call),
		openStream: (body, call) => asking(body, (next) => client.openStream(next, call), call),
	};
}
