import { TokenHubError, type ErrorKind } from '../errors';
import { isRecord } from '../isRecord';
import { causesOf, messageOf, wordOf } from '../messageOf';
import { tryJson } from '../tryJson';
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

/** What a refusal said of sending again; of every other error its kind decides. */
const refusals = new WeakMap<TokenHubError, Pick<AttemptFailure, 'retryable' | 'waitMs'>>();

/** Whatever fetch or the parser threw, as one of our error kinds. */
export function attemptFailure(thrown: unknown, signal?: AbortSignal): AttemptFailure {
	const own = ownError(thrown);
	if (signal?.aborted) return { error: own ?? cancelled(), retryable: false };
	if (own) {
		const retryable = RETRYABLE_KINDS.includes(own.kind) && !isTooLarge(own);
		return { error: own, ...(refusals.get(own) ?? { retryable }) };
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
	return new TokenHubError('network', `TokenHub could not be reached: ${reason}`, {
		cause: thrown,
	});
}

/** An answer whose status is no success, its body read. */
export interface Refusal {
	status: number;
	headers: Headers;
	text: string;
}

/** The error that a refusal is. */
export function refusalError({ status, headers, text }: Refusal): TokenHubError {
	const { message, code, type, param } = statedIn(text);
	const kind = kindOf(status, `${wordOf(code)} ${wordOf(type)}`);
	const error = new TokenHubError(kind, refusalMessage({ status, headers, text: message }), {
		status,
		requestId: headers.get('x-request-id') ?? undefined,
		hint: isRedirect(status) ? REDIRECT_HINT : undefined,
		failures: param ? [{ path: wordOf(param), message: `${status} ${message}` }] : undefined,
	});
	const mayPass = kind !== 'credit' && RETRYABLE_STATUS(status);
	const retryable = !isRedirect(status) && (verdictOf(headers) ?? mayPass);
	refusals.set(error, { retryable, waitMs: retryAfterMs(headers, Date.now()) });
	return error;
}

/** What the body of a refusal says, in OpenAI's form or in any other. */
function statedIn(text: string) {
	const body = tryJson(text);
	const stated = isRecord(body) ? body.error : undefined;
	const { message, code, type, param } = isRecord(stated) ? stated : { message: stated };
	return { message: wordOf(message ?? stated) || text.trim() || 'no words', code, type, param };
}

export const REDIRECT_HINT =
	'Use the address that the gateway redirects to: redirects are not followed.';
const RETRYABLE_STATUS = (status: number) => [408, 409, 429].includes(status) || status >= 500;

function verdictOf(headers: Headers): boolean | undefined {
	const verdict = headers.get('x-should-retry');
	return verdict === 'true' ? true : verdict === 'false' ? false : undefined;
}

function refusalMessage({ status, headers, text }: Refusal): string {
	if (isRedirect(status)) return redirectMessage(status, headers);
	const short = text.length > 500 ? `${text.slice(0, 500)}…` : text;
	return `TokenHub answered ${status}: ${short}`;
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
