import { TokenHubError } from '../errors';
import { connectionFacts } from './connectionFacts';

const LIMITS: readonly unknown[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];

/** What an error of Node's fetch means where its own words mislead; any other as it is. */
export function fetchError(error: unknown): unknown {
	const codes = connectionFacts(error).map(({ code }) => code);
	if (codes.some((code) => LIMITS.includes(code))) {
		return new TokenHubError(
			'timeout',
			"The answer stalled: fetch's own limit of silence passed.",
			{
				hint: "Node's fetch waits 300 s: give createClient a fetch with a longer headersTimeout.",
				cause: error,
			},
		);
	}
	return codes.includes('ERR_ASSERTION') ? new Error('its answer is no HTTP') : error;
}

/**
 * The answer that an error hides: fetch sends what was answered by 421 once more by itself, where the
 * body's length no longer fits.
 */
export function hiddenAnswer(error: unknown): Response | undefined {
	const isHidden = connectionFacts(error).some(({ code }) => code === MISFIT);
	return isHidden ? new Response(null, { status: 421 }) : undefined;
}

const MISFIT = 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH';
