import type { ClientOptions } from '../client/clientConfig';
import { createClient } from '../client/createClient';
import { asTokenHubError } from '../door';
import type { TokenHubError } from '../errors';
import { verdictOf } from '../wire/refusalError';
import { isPage, oneLineOf } from '../wire/statedError';

/** What `checkAccess` found. */
export interface Access {
	/** Whether calls will be accepted. */
	ok: boolean;
	/** For the person who entered the key: what is wrong, or that everything is fine. */
	message: string;
}

/**
 * Tells a good key from a bad one without paying. Only successful requests are billed, and no `GET
 * /models` is documented, so it sends a request without any message, which every gateway must refuse.
 * If the request is refused for that mistake, in the API's format, it was let in first, so the key is
 * good; every other answer is reported as what it is. It does not throw: a key or a base URL that
 * cannot be right is `ok: false` too.
 */
export async function checkAccess(
	options: Pick<ClientOptions, 'apiKey' | 'baseUrl' | 'fetch' | 'sleep'>,
): Promise<Access> {
	try {
		const client = createClient({ ...options, maxRetries: 0, timeoutMs: PROBE_TIMEOUT_MS });
		await client.complete(PROBE);
		return ACCEPTED;
	} catch (error) {
		const failure = asTokenHubError(error, false);
		return keyFault(failure) ?? accessOf(failure);
	}
}

const PROBE_TIMEOUT_MS = 15_000;
const PROBE = { model: 'anthropic/claude-haiku-4-5', messages: [], max_tokens: 1 };

const AGAIN = 'copy it again from the dashboard.';
/** The client's messages about a key that cannot be right, and what the person who entered it reads. */
const KEY_FAULTS: ReadonlyArray<[said: RegExp, words: string]> = [
	[/missing|empty/, 'There is no key yet: copy it from the TokenHub dashboard.'],
	[/space/, `This key has a space or a line break in it: ${AGAIN}`],
	[/starts with/, `This key does not start with th-…: ${AGAIN}`],
	[/incomplete/, `This key is incomplete, or contains a character that no key has: ${AGAIN}`],
];

function keyFault({ details }: TokenHubError): Access | undefined {
	const [fault] = details.failures ?? [];
	if (fault?.path !== '/apiKey') return undefined;
	const found = KEY_FAULTS.find(([said]) => said.test(fault.message));
	return found && { ok: false, message: found[1] };
}

/**
 * What the answer to the test request means for the person who entered key and address. Only a refusal
 * of the request's own mistake, in the API's format, shows that the key was accepted; everything else
 * says what it is.
 */
function accessOf(error: TokenHubError): Access {
	if (isOwnMistake(error)) return ACCEPTED;
	return { ok: false, message: whyNot(error) };
}

const ACCEPTED: Access = { ok: true, message: 'The key works.' };

/** What the test request lacks, and words that say so: other mistakes mention messages too. */
const MISTAKE =
	/\b(?:messages|(?:one|1|no|user|empty) message|prompt|contents|conversation)\b|\binputs? (?:is|are|must|cannot|required)\b|消息/i;
const LACKS =
	/\b(?:empty|at least|minimum|requires?|required|missing|must|too short|specif(?:y|ied)|provided?|cannot|needs?|without|no)\b|为空|必须|至少|缺少/i;
/** What has to be done before messages are let in at all. */
const BEFORE =
	/\b(?:accept|terms|verif\w+|e-?mail|account|pars(?:e|ed|ing)|headers?|max_tokens)\b/i;

function isOwnMistake(error: TokenHubError): boolean {
	const { message, details } = error;
	const { status, failures = [] } = details;
	const isRefused = error.kind === 'badRequest' && (status === 400 || status === 422);
	if (!isRefused || verdictOf(error)?.form !== 'openAi') return false;
	if (failures.some(({ path }) => /\b(?:messages|prompt)\b/i.test(path))) return true;
	return MISTAKE.test(message) && LACKS.test(message) && !BEFORE.test(message);
}

const USE = 'Use https://tokenhub.store/api/v1, or the address of your own gateway.';
const UNKNOWN = 'It is not known whether the key works';

function whyNot(error: TokenHubError): string {
	const { kind, message, details } = error;
	const { status, raw = '' } = details;
	const isFromPage = verdictOf(error)?.form === 'page' || isPage(raw);
	if (isFromPage) return pageWords(status, saidOf(error));
	const told = toldWords(error);
	if (told) return `${told} ${quoted(error)}`.trim();
	if (kind === 'auth') {
		return `TokenHub refused this API key. Copy it again from the TokenHub dashboard. ${quoted(error)}`.trim();
	}
	if (kind === 'credit' && verdictOf(error)?.form === 'openAi') {
		return 'The key is good, but the account has no credit left. Top it up in the TokenHub dashboard.';
	}
	if (kind === 'credit') return `The gateway asks for payment. ${UNKNOWN}. ${quoted(error)}`.trim();
	if (kind === 'network' && status === undefined) return networkWords(message);
	if (kind === 'timeout' && status === undefined) {
		return `${message} ${UNKNOWN}: check the Base URL and the network.`;
	}
	if (kind === 'badResponse' && status === undefined) {
		const said = verdictOf(error) ? quoted(error) : '';
		return `Something answers at this Base URL, but it is not TokenHub. ${USE} ${said}`.trim();
	}
	if (kind === 'badConfig' && LOGIN.test(message)) return `${message} ${LOGIN_WORDS}`;
	if (kind === 'badConfig' || status === undefined) return `${message} ${details.hint}`;
	return `${statusWords(status)} ${quoted(error)}`.trim();
}

/** Where networks and companies have their login pages. */
const LOGIN =
	/ to \S*(?:\b(?:log-?in|sign-?in|auth\w*|sso|saml|oauth\d?|portal|captive)\b|cloudflareaccess|zscaler)/i;
const LOGIN_WORDS = `This looks like a login page, perhaps of the network. ${UNKNOWN}: ask whoever runs the network to allow requests to the Base URL.`;

/** Refusals that are about neither the key nor the address, although their status is. */
const TOLD: ReadonlyArray<[statuses: readonly number[], said: RegExp, words: string]> = [
	// AWS says this about an address that it does not know.
	[
		[403],
		/missing authentication token/i,
		`There is no chat completion API at this Base URL. ${USE}`,
	],
	[
		[401, 403],
		/\b(?:ip|network|firewall|country|region|territory|waf|blocked|error code: 1\d{3})\b/i,
		`A rule of the network or of the account refused the request, not the key. ${UNKNOWN}.`,
	],
	[
		[400, 403, 404, 422],
		/\b(?:models?|deployment|endpoints found)\b|模型/i,
		`The model that the test asks for (${PROBE.model}) is not available here. ${UNKNOWN}.`,
	],
];

function toldWords(error: TokenHubError): string | undefined {
	const { status = 0 } = error.details;
	if (error.kind === 'credit') return undefined;
	return TOLD.find(
		([statuses, said]) => statuses.includes(status) && said.test(saidOf(error)),
	)?.[2];
}

/** The gateway's own message, without our prefix. */
function saidOf({ message, details: { raw } }: TokenHubError): string {
	if (raw !== undefined) return oneLineOf(raw);
	return message.replace(/^TokenHub answered [^:]*:(?: a web page came:)?\s*/, '');
}

function quoted(error: TokenHubError): string {
	const said = saidOf(error);
	return said === '' || said === 'no message' ? '' : `It said: ${said}`;
}

function pageWords(status: number | undefined, title: string): string {
	const page = `a web page${title === '' ? '' : ` (${title})`}`;
	if (status === undefined) {
		return `At this Base URL, ${page} answers, not TokenHub: perhaps a website, or the login page of a network. ${USE}`;
	}
	if (status === 401 || status === 403) {
		return `A firewall or a proxy refused the request with ${page}, status ${status}. ${UNKNOWN}: ask whoever runs the network to allow requests to the Base URL.`;
	}
	if (status === 404 || status === 410) {
		return `There is no chat completion API at this Base URL, only ${page}. ${USE}`;
	}
	return `${statusWords(status)} It answered with ${page}.`;
}

/** For the status of something between here and an API, or in its place. */
function statusWords(status: number): string {
	const found = STATUS_WORDS.find(([statuses]) => statuses.includes(status))?.[1];
	if (found) return found;
	if (status >= 500) {
		return `The gateway, or a server in front of it, is failing at the moment (${status}). ${UNKNOWN}: try again later.`;
	}
	return `The test request was refused (${status}), but not for the mistake that it contains on purpose. ${UNKNOWN}.`;
}

const between = Array.from({ length: 11 }, (_, index) => 411 + index);
const STATUS_WORDS: ReadonlyArray<[statuses: readonly number[], words: string]> = [
	[[404, 410], `There is no chat completion API at this Base URL. ${USE}`],
	[[405], `This Base URL does not accept chat completion requests (405). ${USE}`],
	[[407], `A proxy asks for its own login (407). ${UNKNOWN}: configure the proxy first.`],
	[[429], `Requests are throttled at the moment (429). ${UNKNOWN}: try again in a minute.`],
	[[408, 504], `No answer arrived in time. ${UNKNOWN}: try again later.`],
	[[451], `This address is blocked for legal reasons (451). ${UNKNOWN}.`],
	[[511], `The network asks for its own login (511). ${UNKNOWN}.`],
	[between, `Something in between does not accept the format of the request. ${UNKNOWN}.`],
];

/** What socket errors mean, whatever sent the request. */
function networkWords(message: string): string {
	const found = NETWORK_WORDS.find(([pattern]) => pattern.test(message))?.[1];
	const said = message.replace(/^TokenHub could not be reached: /, '');
	if (found) return `TokenHub could not be reached: ${found} (${said})`;
	return `${message} Check the Base URL, the network and any proxy in between.`;
}

const NETWORK_WORDS: ReadonlyArray<[pattern: RegExp, words: string]> = [
	[/ENOTFOUND|EAI_AGAIN|getaddrinfo/i, 'there is no host with this name. Check the Base URL.'],
	[
		/certificate|self-signed|CERT_|ERR_TLS|altnames|\bCA\b/i,
		'its certificate is not trusted. To trust your own certificates, set NODE_EXTRA_CA_CERTS.',
	],
	[
		/wrong version number|not answer over HTTPS|EPROTO|ssl|tls/i,
		'there is no HTTPS at this address. Check whether the Base URL begins with http:// or https://.',
	],
	[/proxy|tunnel/i, 'the proxy did not let the request through. Check its settings.'],
	[/ECONNREFUSED/i, 'nothing answers at this host and port. Check the Base URL.'],
	[/ECONNRESET|socket hang up|other side closed|closed without/i, 'the connection was closed.'],
	[
		/ETIMEDOUT|timed? ?out|ENETUNREACH|EHOSTUNREACH/i,
		'its host does not answer. Check the network.',
	],
];
