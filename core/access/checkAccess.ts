import { asTokenHubError } from '../door';
import type { TokenHubError } from '../errors';
import { accessOf, ACCEPTED } from './accessWords';
import { createClient } from '../client/createClient';
import type { ClientOptions } from '../client/clientConfig';

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
 * message. Refused for that mistake, in the form of the API, it was let in first, so the key is good;
 * every other answer is told as what it is.
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
		const failure = asTokenHubError(error, false);
		return keyFault(failure) ?? accessOf(failure);
	}
}

const PROBE_TIMEOUT_MS = 15_000;
const PROBE = { model: 'anthropic/claude-haiku-4-5', messages: [], max_tokens: 1 };

const AGAIN = 'copy it again from the dashboard.';
/** What the client says of a key that cannot be one, in words for who typed it. */
const KEY_FAULTS: ReadonlyArray<[said: RegExp, words: string]> = [
	[/missing|empty/, 'There is no key yet: copy it from the TokenHub dashboard.'],
	[/space/, `This key has a space or a line break in it: ${AGAIN}`],
	[/starts with/, `This key does not start with th-…: ${AGAIN}`],
	[/cut short/, `This key is cut short, or has a character in it that no key has: ${AGAIN}`],
];

function keyFault({ details }: TokenHubError): Access | undefined {
	const [fault] = details.failures ?? [];
	if (fault?.path !== '/apiKey') return undefined;
	const found = KEY_FAULTS.find(([said]) => said.test(fault.message));
	return found && { ok: false, message: found[1] };
}
