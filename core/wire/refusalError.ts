import { TokenHubError, type ErrorFacts, type ErrorKind } from '../errors';
import { tryJson } from '../tryJson';
import { contextTokens } from './contextTokens';
import { kindOf } from './kindOf';
import { retryAfterMs } from './retryAfterMs';
import { isPage, saidWords, withoutStatus } from './saidWords';
import { statedError, type StatedError } from './statedError';

/** An answer whose status is no success, its body read. */
export interface Refusal {
	status: number;
	headers: Headers;
	text: string;
}

/** What is known of an error beside its kind. */
export interface Verdict {
	/** Whether sending it again may help. */
	retryable: boolean;
	/** How long the gateway asked to wait. */
	waitMs?: number;
	/** How the error was stated: by an API of OpenAI's form, by a web page, or otherwise. */
	form: 'openAi' | 'page' | 'other';
}

const verdicts = new WeakMap<TokenHubError, Verdict>();

/** Of an error that a gateway has stated; undefined for any other. */
export function verdictOf(error: TokenHubError): Verdict | undefined {
	return verdicts.get(error);
}

/** The error that a refusal is. */
export function refusalError({ status, headers, text }: Refusal): TokenHubError {
	if (isRedirect(status)) return redirectError(status, headers);
	const stated = statedError(tryJson(text) ?? text);
	const { message = '', codes = '', isOpenAi, param } = stated ?? {};
	const form = isOpenAi ? 'openAi' : isPage(text) ? 'page' : 'other';
	const isWall = form === 'page' && (status === 401 || status === 403);
	const kind = isWall ? 'network' : kindOf({ status, codes, message });
	const words = withoutStatus(saidWords(message || codes), status);
	const said = form === 'page' ? `a web page came: ${words}` : words || 'no words';
	const error = new TokenHubError(kind, `TokenHub answered ${status}: ${said}`, {
		status,
		requestId: requestId(headers),
		hint: isWall ? WALL_HINT : undefined,
		...failures({ kind, message, words, param }),
	});
	const retryable = (status < 400 || isWall ? false : asked(headers)) ?? mayPass(kind);
	verdicts.set(error, { retryable, form, waitMs: retryAfterMs(headers, Date.now()) });
	return error;
}

const WALL_HINT =
	'A firewall or a proxy between here and the Base URL refused the request: no API answers with a page.';

/** The error that stands inside an answer with status 200, or among the events of a stream. */
export function answerError(stated: StatedError, text = ''): TokenHubError {
	const { message, codes, status, param } = stated;
	const kind = kindOf({ status, codes, message });
	const words = saidWords(message || codes);
	const said = status === undefined ? words : withoutStatus(words, status);
	const answered = status === undefined ? 'with an error' : String(status);
	const error = new TokenHubError(kind, `TokenHub answered ${answered}: ${said || 'no words'}`, {
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

const PASSING: readonly ErrorKind[] = [
	...(['rateLimit', 'overloaded', 'timeout', 'network', 'badResponse'] as const),
];
const mayPass = (kind: ErrorKind) => PASSING.includes(kind);

/** What the gateway itself says of sending it again. */
function asked(headers: Headers): boolean | undefined {
	const verdict = headers.get('x-should-retry');
	return verdict === 'true' ? true : verdict === 'false' ? false : undefined;
}

function requestId(headers: Headers): string | undefined {
	return headers.get('x-request-id') ?? headers.get('request-id') ?? undefined;
}

interface Said {
	kind: ErrorKind;
	/** All of it. */
	message: string;
	/** As it is shown. */
	words: string;
	param?: string;
}

/** The parameter that was refused, or how much too long a prompt is. */
function failures({ kind, message, words, param }: Said): Pick<ErrorFacts, 'failures' | 'hint'> {
	if (kind !== 'contextLength') return param ? { failures: [{ path: param, message: words }] } : {};
	const { sent, limit } = contextTokens(message);
	if (limit === undefined) return {};
	const number = (count: number) => count.toLocaleString('en');
	const takes = `the model takes ${number(limit)} tokens`;
	const has = sent === undefined ? takes : `the request has ${number(sent)} tokens, ${takes}`;
	return {
		hint: `Shorten the prompt or the conversation, or choose a model that takes more: ${has}.`,
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

/** Names the new address without its query, in which there may be anything. */
export function redirectMessage(status: number | undefined, headers?: Headers): string {
	const [target = ''] = (headers?.get('location') ?? '').split(/[?#]/);
	return `TokenHub answered ${status}: it redirects${target ? ` to ${target.slice(0, 300)}` : ''}.`;
}
