import { asTokenHubError } from '../door';
import type { TokenHubError } from '../errors';
import { createClient } from './createClient';
import type { ClientOptions } from './clientConfig';

/** What `checkAccess` found. */
export interface Access {
	/** Whether calls will be let in. */
	ok: boolean;
	/** For the person who typed the key: what is wrong, or that all is well. */
	message: string;
}

/**
 * Tells a good key from a bad one without paying. Only successful requests are billed and no
 * `GET /models` is documented, so a request is sent that every gateway must refuse: it holds no
 * message. Refused as invalid, it was let in first, so the key is good.
 * It does not throw: a key or a base URL that cannot be right is `ok: false` as well.
 */
export async function checkAccess(
	options: Pick<ClientOptions, 'apiKey' | 'baseUrl' | 'fetch' | 'sleep'>,
): Promise<Access> {
	try {
		const client = createClient({ ...options, maxRetries: 0, timeoutMs: PROBE_TIMEOUT_MS });
		await client.complete(PROBE);
		return ACCEPTED;
	} catch (error) {
		return access(asTokenHubError(error, false));
	}
}

const PROBE_TIMEOUT_MS = 15_000;
const PROBE = { model: 'anthropic/claude-haiku-4-5', messages: [], max_tokens: 1 };
const ACCEPTED: Access = { ok: true, message: 'The key works.' };

function access({ kind, message, details }: TokenHubError): Access {
	if (kind === 'badRequest') return ACCEPTED;
	// Being throttled also means being known.
	if (kind === 'rateLimit') return ACCEPTED;
	return { ok: false, message: WORDS[kind] ?? `${message} ${details.hint}` };
}

const WORDS: Partial<Record<TokenHubError['kind'], string>> = {
	auth: 'TokenHub refused this API key. Copy it again from the TokenHub dashboard.',
	credit:
		'The key is good, but the account has no credit left. Top it up in the TokenHub dashboard.',
	notFound: 'There is no chat completion API at this Base URL. Use https://tokenhub.store/api/v1.',
	badResponse: 'Something answers at this Base URL, but it is not TokenHub.',
};
