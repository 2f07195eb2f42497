import type { IExecuteFunctions } from 'n8n-workflow';
import { fingerprint } from '../../../core/lib/names';
import { isRecord } from '../../../core/lib/isRecord';
import { perObject, remembered } from '../../../core/lib/perObject';
import { valueOrReason } from '../../../core/messageOf';
import { modelSupplier } from './aiNodeSdk';
import type { Access } from './readCredential';
import { TokenHubError } from '../../../core/errors';

/** What the global fetch uses to keep its connections. */
type Dispatcher = NonNullable<RequestInit['dispatcher']>;

/** For n8n versions without an egress filter. */
const NO_FILTER = {};

/**
 * By egress filter, of which n8n has one, and by account: the next run finds open connections, and a
 * late answer of an endpoint reaches no other account.
 */
const keptBy = perObject<object, Kept>(() => remembered<Promise<Dispatcher | undefined>>());
type Kept = ReturnType<typeof remembered<Promise<Dispatcher | undefined>>>;

/**
 * The dispatcher that n8n creates for its chat models. Undefined if this n8n creates none, or one that
 * does not ask its egress filter.
 */
export async function n8nDispatcher(
	context: Pick<IExecuteFunctions, 'helpers'>,
	access: Access,
): Promise<Dispatcher | undefined> {
	const filter = egressFilter(context);
	const kept = keptBy(filter ?? NO_FILTER);
	return await kept(fingerprint(access), async () => await supplied(filter, access));
}

async function supplied(filter: object | undefined, access: Access) {
	let isAsked = false;
	const getSecureEgressFilter = () => {
		isAsked = true;
		return filter;
	};
	const made = await valueOrReason(async () => {
		const supply = await modelSupplier();
		const { response } = supply({ helpers: { getSecureEgressFilter } }, { ...MODEL, ...access });
		const config: unknown = Reflect.get(response, 'clientConfig');
		return config;
	});
	if (!made.ok || (filter && !isAsked)) return undefined;
	const options = isRecord(made.value) ? made.value.fetchOptions : undefined;
	const dispatcher = isRecord(options) ? options.dispatcher : undefined;
	return isDispatcher(dispatcher) ? dispatcher : undefined;
}

/** Any model will do; core enforces the deadlines, so the dispatcher must not. */
const MODEL = { type: 'openai', model: 'none', useResponsesApi: false, timeout: 2_147_483_647 };

function isDispatcher(value: unknown): value is Dispatcher {
	return isRecord(value) && typeof value.dispatch === 'function';
}

/**
 * Asks n8n's SSRF protection before anything is sent, for a helpful message; the request itself is
 * checked again. Versions of n8n without it let everything pass.
 * @throws TokenHubError `badConfig` if the base URL may not be reached.
 */
export async function assertReachable(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	baseUrl: string,
): Promise<void> {
	const verdict = await egressFilter({ helpers })?.validateUrl(baseUrl);
	if (verdict && !verdict.ok) throw egressError(baseUrl, verdict.error);
}

/** n8n's filter; undefined in versions without one, and in some while it is off. */
function egressFilter({ helpers }: Pick<IExecuteFunctions, 'helpers'>) {
	return 'getSecureEgressFilter' in helpers ? helpers.getSecureEgressFilter() : undefined;
}

function egressError(baseUrl: string, cause: Error): TokenHubError {
	const { origin } = new URL(baseUrl);
	const message = `n8n does not let its nodes reach the Base URL at ${origin}: ${cause.message}`;
	return new TokenHubError('badConfig', message, {
		hint: 'Allow the host in N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES, or use another Base URL.',
		cause,
	});
}
