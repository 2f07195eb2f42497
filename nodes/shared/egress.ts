import type { IExecuteFunctions } from 'n8n-workflow';
import type { ClientOptions } from '../../core/client/clientConfig';
import { TokenHubError } from '../../core/errors';
import { perObject } from '../../core/perObject';

/** What of n8n's egress filter is asked; n8n makes one for the instance. */
type Filter = ReturnType<IExecuteFunctions['helpers']['getSecureEgressFilter']>;

type Lookup = NonNullable<ClientOptions['lookup']>;

/** One lookup for each filter: connections are shared by those who look up alike. */
const lookupBy = perObject((filter: Filter): Lookup => filter.createSecureLookup());

/**
 * n8n's protection against requests into its own network: it refuses the address before anything is
 * sent, and each address that the host resolves to. Undefined in versions of n8n without it.
 * @throws TokenHubError `badConfig` when the base URL may not be reached.
 */
export async function egressLookup(
	{ helpers }: IExecuteFunctions,
	baseUrl: string,
): Promise<Lookup | undefined> {
	if (!('getSecureEgressFilter' in helpers)) return undefined;
	const filter = helpers.getSecureEgressFilter();
	const verdict = await filter.validateUrl(baseUrl);
	if (!verdict.ok) throw refused(baseUrl, verdict.error);
	return lookupBy(filter);
}

function refused(baseUrl: string, cause: Error): TokenHubError {
	const { origin } = new URL(baseUrl);
	const message = `n8n does not let its nodes reach the Base URL at ${origin}: ${cause.message}`;
	return new TokenHubError('badConfig', message, {
		hint: 'Allow the host in N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES, or use another Base URL.',
		cause,
	});
}
