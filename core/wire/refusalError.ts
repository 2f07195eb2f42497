import type { ErrorKind } from '../errorKinds';
import { TokenHubError, type ErrorFacts } from '../errors';
import { causesOf, messageOf } from '../messageOf';
import { isTooLarge } from '../transport/answerSize';
import { hasNeverLeft } from '../transport/connectionErrors';
import { tryJson } from '../json/tryJson';
import { contextTokens, kindOf } from './kindOf';
import { isPage, oneLineOf, withoutStatus, statedError, type StatedError } from './statedError';

/** A failed HTTP attempt as one of our errors. */
export interface AttemptFailure {
	error: TokenHubError;
	/** Whether sending it again may help. */
	retryable: boolean;
	/** How long the gateway asked to wait. */
	waitMs?: number;
}

/** Failures that may pass. */
const RETRYABLE_KINDS: readonly ErrorKind[] = ['rateLimit', 'overloaded', 'network', 'badResponse'];

/** Whatever fetch or the parser threw, as one of our error kinds. */
export function attemptFailure(thrown: unknown, signal?: AbortSignal): AttemptFailure {
	const failure = failureOf(thrown);
	// After a cancel, nothing is retried; a permanent error stays what it is.
	return signal?.aborted && failure.retryable ? { error: cancelled(), retryable: false } : failure;
}

function failureOf(thrown: unknown): AttemptFailure {
	const own = ownError(thrown);
	if (own) {
		const isKept = isTooLarge(own) || foreign.has(own);
		const retryable = RETRYABLE_KINDS.includes(own.kind) && !isKept;
		const { waitMs, ...verdict } = verdictOf(own) ?? { retryable };
		return { error: own, retryable: verdict.retryable, waitMs };
	}
	if (thrown instanceof SyntaxError) {
		return { error: new TokenHubError('badResponse', 'The answer is not JSON.'), retryable: true };
	}
	return { error: networkError(thrown), retryable: true };
}

const foreign = new WeakSet<Error>();

/** The same error, known as that of an answer of another API, which would write and bill the same again. */
export function markForeign<Foreign extends Error>(error: Foreign): Foreign {
	foreign.add(error);
	return error;
}

/** Our own errors may be the cause of what a fetch throws. */
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
	// OpenSSL's own message names a source file.
	const told = isPlain ? 'it does not answer over HTTPS' : reason;
	return new TokenHubError('network', `TokenHub could not be reached: ${told}`, {
		cause: thrown,
		...(isPlain ? { hint: NO_HTTPS } : {}),
	});
}

const NO_HTTPS =
	'The server at the Base URL speaks http: start the Base URL with http:// instead of https://.';

/** An answer whose status is not a success, with its body. */
interface Refusal {
	status: number;
	headers: Headers;
	text: string;
}

/** What is known about an error besides its kind. */
interface Verdict {
	/** Whether sending it again may help. */
	retryable: boolean;
	/** How long the gateway asked to wait. */
	waitMs?: number;
	/** How the error was stated: in OpenAI's format, by a web page, or otherwise. */
	form: 'openAi' | 'page' | 'other';
}

const verdicts = new WeakMap<TokenHubError, Verdict>();

/** For an error that a gateway has stated; undefined for any other. */
export function verdictOf(error: TokenHubError): Verdict | undefined {
	return verdicts.get(error);
}

/**
 * Whether a request that failed in this way may have been billed: it had been sent, and no error
 * answered it. A gateway that is cut off, or that answers with something else, may have written the
 * whole answer.
 */
export function mayBeBilled(thrown: unknown): boolean {
	if (hasNeverLeft(thrown)) return false;
	const own = ownError(thrown);
	return !own || (!verdicts.has(own) && LEFT_OPEN_KINDS.includes(own.kind));
}

const LEFT_OPEN_KINDS: readonly ErrorKind[] = ['timeout', 'network', 'badResponse', 'cancelled'];

/** Refusals of a server in front of the API, which names no parameter. */
const HINT_OF_STATUS: Partial<Record<number, string>> = {
	405: 'Check the Base URL of the credential: nothing answers chat completions there.',
	413: 'Send fewer or smaller files, or a shorter prompt: the request is too large for the server.',
};

/** The error for a refusal. */
export function refusalError({ status, headers, text }: Refusal): TokenHubError {
	if (isRedirect(status)) return redirectError(status, headers);
	const stated = statedError(tryJson(text) ?? text);
	const { message = '', codes = '', isOpenAi, param } = stated ?? {};
	const form = isOpenAi ? 'openAi' : isPage(text) ? 'page' : 'other';
	const isWall = form === 'page' && (status === 401 || status === 403);
	const kind = isWall ? 'network' : kindOf({ status, codes, message });
	const words = withoutStatus(oneLineOf(message || codes), status);
	const said = form === 'page' ? `a web page came: ${words}` : words || 'no message';
	const error = new TokenHubError(kind, `TokenHub answered ${status}: ${said}`, {
		status,
		requestId: requestId(headers),
		hint: isWall ? WALL_HINT : HINT_OF_STATUS[status],
		...failures({ kind, message, words, param }),
	});
	const retryable = (status < 400 || isWall ? false : asked(headers)) ?? mayPass(kind);
	verdicts.set(error, { retryable, form, waitMs: retryAfterMs(headers, Date.now()) });
	return error;
}

const WALL_HINT =
	'A firewall or a proxy between here and the Base URL refused the request: no API answers with a page.';

/** The error inside an answer with status 200, or among the events of a stream. */
export function answerError(stated: StatedError, text = ''): TokenHubError {
	const { message, codes, status, param } = stated;
	const kind = kindOf({ status, codes, message });
	const words = oneLineOf(message || codes);
	const said = status === undefined ? words : withoutStatus(words, status);
	const answered = status === undefined ? 'with an error' : String(status);
	const error = new TokenHubError(kind, `TokenHub answered ${answered}: ${said || 'no message'}`, {
		status,
		raw: text === '' ? undefined : text,
		...failures({ kind, message, words: said, param }),
	});
	verdicts.set(error, {
		retryable: mayPass(kind),
		form: stated.isOpenAi ? 'openAi' : 'other',
	});
	return error;
}

/** A gateway's own timeout too; ours have waited as long as the caller wants. */
const mayPass = (kind: ErrorKind) => kind === 'timeout' || RETRYABLE_KINDS.includes(kind);

/** What the gateway itself says about retrying. */
function asked(headers: Headers): boolean | undefined {
	const verdict = headers.get('x-should-retry');
	return verdict === 'true' ? true : verdict === 'false' ? false : undefined;
}

function requestId(headers: Headers): string | undefined {
	return headers.get('x-request-id') ?? headers.get('request-id') ?? undefined;
}

interface Said {
	kind: ErrorKind;
	/** The whole message. */
	message: string;
	/** The message as it is shown. */
	words: string;
	param?: string;
}

/** The parameter that was refused, or by how much a prompt is too long. */
function failures({ kind, message, words, param }: Said): Pick<ErrorFacts, 'failures' | 'hint'> {
	if (kind !== 'contextLength') return param ? { failures: [{ path: param, message: words }] } : {};
	const { sent, limit } = contextTokens(message);
	if (limit === undefined) return {};
	const number = (count: number) => count.toLocaleString('en');
	const takes = `the model accepts ${number(limit)} tokens`;
	const isForAnswer = sent !== undefined && sent <= limit;
	const all = isForAnswer ? `${takes}, including the answer` : takes;
	const has = sent === undefined ? takes : `the request has ${number(sent)} tokens, ${all}`;
	const lower = isForAnswer ? 'Lower the maximum number of tokens, shorten' : 'Shorten';
	return {
		hint: `${lower} the prompt or the conversation, or choose a model with a larger context: ${has}.`,
		failures: [{ path: param ?? 'messages', message: has, code: 'contextLength', value: sent }],
	};
}

export const REDIRECT_HINT =
	'Use the address that the gateway redirects to: redirects are not followed.';

function redirectError(status: number, headers: Headers): TokenHubError {
	const error = new TokenHubError('badConfig', redirectMessage(status, headers), {
		...{ status, requestId: requestId(headers), hint: REDIRECT_HINT },
	});
	verdicts.set(error, { retryable: false, form: 'other' });
	return error;
}

export function isRedirect(status = 0): boolean {
	return status >= 300 && status < 400;
}

/** Names the new address without its query, which may contain anything. */
export function redirectMessage(status: number | undefined, headers?: Headers): string {
	const [target = ''] = (headers?.get('location') ?? '').split(/[?#]/);
	return `TokenHub answered ${status}: it redirects${target ? ` to ${target.slice(0, 300)}` : ''}.`;
}

/**
 * How long a gateway asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date, measured
 * by the gateway's own clock if it sends the time. If there are several, the longest. Undefined if it
 * does not say, or not in a form that makes sense: what cannot be read never means "at once".
 */
export function retryAfterMs(headers: Headers | undefined, now: number): number | undefined {
	const milliseconds = longest(headers?.get('retry-after-ms'), 1);
	if (milliseconds !== undefined) return milliseconds;
	const text = headers?.get('retry-after');
	const wait = longest(text, 1000) ?? dateOf(text) - (dateOf(headers?.get('date')) || now);
	// A date in the past means that two clocks differ, not that the gateway is ready.
	return wait >= 0 ? wait : undefined;
}

/** By the standard, seconds have no unit; some gateways add one. */
const UNITS: Record<string, number> = { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000 };
const AMOUNT = /^(\d{1,15}(?:\.\d{1,9})?) ?(ms|sec|min|s|m)?$/i;

/** In milliseconds; a header that occurs several times is a list. */
function longest(text: string | null | undefined, unit: number): number | undefined {
	const amounts = (text ?? '').split(',').map((part) => AMOUNT.exec(part.trim()));
	const waits = amounts.map(
		(amount) => Number(amount?.[1]) * (UNITS[amount?.[2]?.toLowerCase() ?? ''] ?? unit),
	);
	return waits.some(Number.isNaN) ? undefined : Math.max(...waits);
}

/** HTTP's three date formats; `Date.parse` alone finds a date in almost any text. */
const DATE =
	/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (?:\d{1,2}[ -][a-z]{3}[ -]\d{2,4} [\d:]{8}|[a-z]{3} [ \d]\d [\d:]{8} \d{4})(?: GMT| UTC)?$/i;

function dateOf(text: string | null | undefined): number {
	return text && DATE.test(text.trim()) ? Date.parse(text) : Number.NaN;
}

/** `tools.17.custom.input_schema`, as Claude says it, or `tools[17].function`, as OpenAI's SDKs do. */
const BY_PLACE = /\btools(?:\.|\[)(\d+)\b/;
/** A message about the conversation may quote any text. */
const OF_MESSAGES = /\bmessages(?:\.|\[)\d/;
const BY_NAME = /\b(?:function|tool)(?:\s+(?:named|called))?:?\s+["'`]([\w-]{1,128})["'`]/i;

/** The name, as it was sent, of the one tool that a refusal is about. */
export function refusedTool(error: unknown, names: readonly string[]): string | undefined {
	if (!(error instanceof TokenHubError) || error.kind !== 'badRequest') return undefined;
	const words = [...(error.details.failures ?? []).map(({ path }) => path), error.message];
	const [said] = words.flatMap((text) => {
		const at = BY_PLACE.exec(text);
		const isOwn = at && (OF_MESSAGES.exec(text)?.index ?? Infinity) > at.index;
		return isOwn ? [names[Number(at[1])]] : [];
	});
	if (said !== undefined) return said;
	const name = OF_MESSAGES.test(error.message) ? undefined : BY_NAME.exec(error.message)?.[1];
	return names.find((known) => known === name);
}
