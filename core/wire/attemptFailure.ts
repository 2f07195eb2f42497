import { TokenHubError, type ErrorKind } from '../errors';
import { causesOf, messageOf } from '../messageOf';
import { isTooLarge } from './answerSize';
import { verdictOf } from './refusalError';

/** One HTTP attempt that failed, in our terms. */
export interface AttemptFailure {
	error: TokenHubError;
	/** Whether sending it again may help. */
	retryable: boolean;
	/** How long the gateway asked to wait. */
	waitMs?: number;
}

const RETRYABLE_KINDS: readonly ErrorKind[] = ['rateLimit', 'overloaded', 'network', 'badResponse'];

/** Whatever fetch or the parser threw, as one of our error kinds. */
export function attemptFailure(thrown: unknown, signal?: AbortSignal): AttemptFailure {
	const failure = failureOf(thrown);
	// What would be asked again is not any more; an error for good stays what it is.
	return signal?.aborted && failure.retryable ? { error: cancelled(), retryable: false } : failure;
}

function failureOf(thrown: unknown): AttemptFailure {
	const own = ownError(thrown);
	if (own) {
		const retryable = RETRYABLE_KINDS.includes(own.kind) && !isTooLarge(own);
		const { waitMs, ...verdict } = verdictOf(own) ?? { retryable };
		return { error: own, retryable: verdict.retryable, waitMs };
	}
	if (thrown instanceof SyntaxError) {
		return { error: new TokenHubError('badResponse', 'The answer is not JSON.'), retryable: true };
	}
	return { error: networkError(thrown), retryable: true };
}

/** Our own errors may come as causes of what a fetch throws. */
function ownError(thrown: unknown): TokenHubError | undefined {
	return causesOf(thrown).find((error) => error instanceof TokenHubError);
}

function cancelled(): TokenHubError {
	return new TokenHubError('cancelled', 'The run was cancelled.');
}

function networkError(thrown: unknown): TokenHubError {
	const words = causesOf(thrown).map(messageOf);
	const reason = words.findLast((said) => said !== '') ?? messageOf(thrown);
	const isPlain = reason.includes('wrong version number');
	// OpenSSL's own words name the file of its source.
	const told = isPlain ? 'it does not answer in https' : reason;
	return new TokenHubError('network', `TokenHub could not be reached: ${told}`, {
		cause: thrown,
		...(isPlain ? { hint: NO_HTTPS } : {}),
	});
}

const NO_HTTPS =
	'The server at the Base URL speaks http: start the Base URL with http:// instead of https://.';
