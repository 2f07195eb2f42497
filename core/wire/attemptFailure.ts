import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { TokenHubError, type ErrorKind } from '../errors';
import { isRecord } from '../isRecord';
import { causesOf, messageOf, wordOf } from '../messageOf';
import { isTooLarge } from './answerSize';
import { retryAfterMs } from './retryAfterMs';

/** One HTTP attempt that failed, in our terms. */
export interface AttemptFailure {
	error: TokenHubError;
	/** Whether sending it again may help. */
	retryable: boolean;
	/** How long the gateway asked to wait. */
	waitMs?: number;
}

const RETRYABLE_KINDS: readonly ErrorKind[] = ['rateLimit', 'overloaded', 'network', 'badResponse'];

/** Whatever the SDK, fetch or the parser threw, as one of our error kinds. */
export function attemptFailure(thrown: unknown, signal?: AbortSignal): AttemptFailure {
	if (signal?.aborted || thrown instanceof APIUserAbortError) {
		return { error: ownError(thrown) ?? cancelled(), retryable: false };
	}
	const own = ownError(thrown);
	if (own) return { error: own, retryable: RETRYABLE_KINDS.includes(own.kind) && !isTooLarge(own) };
	if (thrown instanceof APIConnectionTimeoutError || thrown instanceof APIConnectionError) {
		return { error: networkError(thrown), retryable: true };
	}
	if (isApiError(thrown)) return apiFailure(thrown);
	// The latter by an error body too deep to be written down.
	if (thrown instanceof SyntaxError || thrown instanceof RangeError) {
		return { error: new TokenHubError('badResponse', 'The answer is not JSON.'), retryable: true };
	}
	return { error: networkError(thrown), retryable: true };
}

/** Our own errors travel through the SDK as causes of its own. */
function ownError(thrown: unknown): TokenHubError | undefined {
	return causesOf(thrown).find((error) => error instanceof TokenHubError);
}

function cancelled(): TokenHubError {
	return new TokenHubError('cancelled', 'The run was cancelled.');
}

function networkError(thrown: unknown): TokenHubError {
	const words = causesOf(thrown).map(messageOf);
	const reason = words.findLast((said) => said !== '') ?? messageOf(thrown);
	return new TokenHubError('network', `TokenHub could not be reached: ${reason}`, {
		cause: thrown,
	});
}

/** `instanceof` alone leaves the class's type parameters as `any`. */
function isApiError(thrown: unknown): thrown is AnyApiError {
	return thrown instanceof APIError;
}

type AnyApiError = APIError<number | undefined, Headers | undefined, object | undefined>;

function apiFailure(thrown: AnyApiError): AttemptFailure {
	const { status, code, requestID, headers } = thrown;
	const kind = kindOf(status, `${wordOf(code)} ${wordOf(thrown.type)}`);
	const error = new TokenHubError(kind, apiMessage(thrown), {
		status,
		requestId: requestID ?? undefined,
		hint: isRedirect(status) ? REDIRECT_HINT : undefined,
		failures: thrown.param ? [{ path: wordOf(thrown.param), message: thrown.message }] : undefined,
		cause: thrown,
	});
	const mayPass = kind !== 'credit' && RETRYABLE_STATUS(status ?? 0);
	const verdict = isRedirect(status) ? false : verdictOf(headers);
	const retryable = verdict ?? (status === undefined ? isPassing(kind) : mayPass);
	return { error, retryable, waitMs: retryAfterMs(headers, Date.now()) };
}

export const REDIRECT_HINT =
	'Use the address that the gateway redirects to: redirects are not followed.';
const RETRYABLE_STATUS = (status: number) => [408, 409, 429].includes(status) || status >= 500;
const isPassing = (kind: ErrorKind) => RETRYABLE_KINDS.includes(kind);

function verdictOf(headers: Headers | undefined): boolean | undefined {
	const verdict = headers?.get('x-should-retry');
	return verdict === 'true' ? true : verdict === 'false' ? false : undefined;
}

function apiMessage({ status, message, error, headers }: AnyApiError): string {
	if (isRedirect(status)) return redirectMessage(status, headers);
	const said = isRecord(error) && typeof error.message === 'string' ? error.message : message;
	const short = said.length > 500 ? `${said.slice(0, 500)}…` : said;
	return status === undefined ? short : `TokenHub answered ${status}: ${short}`;
}

export function isRedirect(status = 0): boolean {
	return status >= 300 && status < 400;
}

/** Names the new address without its query, in which there may be anything. */
export function redirectMessage(status: number | undefined, headers?: Headers): string {
	const [target = ''] = (headers?.get('location') ?? '').split(/[?#]/);
	return `TokenHub answered ${status}: it redirects${target ? ` to ${target.slice(0, 300)}` : ''}.`;
}

/** The kind of a refusal, by HTTP status, or by its words when it came inside an answer. */
export function kindOf(status: number | undefined, words: string): ErrorKind {
	if (/insufficient_quota|credit|billing/.test(words)) return 'credit';
	if (status === undefined) return kindOfWords(words);
	if (status < 400) return 'badConfig';
	if (status >= 500) return status === 504 ? 'timeout' : 'overloaded';
	return KIND_OF_STATUS[status] ?? 'badRequest';
}

const KIND_OF_STATUS: Record<number, ErrorKind> = {
	401: 'auth',
	402: 'credit',
	403: 'auth',
	404: 'notFound',
	408: 'timeout',
	409: 'overloaded',
	429: 'rateLimit',
};

function kindOfWords(words: string): ErrorKind {
	if (/overloaded|unavailable|server_error|api_error/.test(words)) return 'overloaded';
	if (/rate_limit/.test(words)) return 'rateLimit';
	if (/invalid_request/.test(words)) return 'badRequest';
	return 'badResponse';
}
