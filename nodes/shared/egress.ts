import type { IExecuteFunctions } from 'n8n-workflow';
import { TokenHubError } from '../../core/errors';

/**
 * Asks n8n's protection against requests into its own network before anything is sent, for words
 * that help; what is sent then asks it again. Versions of n8n without it let everything pass.
 * @throws TokenHubError `badConfig` when the base URL may not be reached.
 */
export async function assertReachable(
	{ helpers }: Pick<IExecuteFunctions, 'helpers'>,
	baseUrl: string,
): Promise<void> {
	const verdict = await egressFilter({ helpers })?.validateUrl(baseUrl);
	if (verdict && !verdict.ok) throw refused(baseUrl, verdict.error);
}

/** n8n's filter; undefined before n8n has one, and where some versions give none while it is off. */
export function egressFilter({ helpers }: Pick<IExecuteFunctions, 'helpers'>) {
	return 'getSecureEgressFilter' in helpers ? helpers.getSecureEgressFilter() : undefined;
}

function refused(baseUrl: string, cause: Error): TokenHubError {
	const { origin } = new URL(baseUrl);
	const message = `n8n does not let its nodes reach the Base URL at ${origin}: ${cause.message}`;
	return new TokenHubError('badConfig', message, {
		hint: 'Allow the host in N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES, or use another Base URL.',
		cause,
	});
}
