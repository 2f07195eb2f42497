import { asTokenHubError } from '../door';
import { isRecord } from '../isRecord';
import { accessOf, ACCEPTED } from './accessWords';
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
 * message. Refused for that mistake, in the form of the API, it was let in first, so the key is good;
 * every other answer is told as what it is.
 * It does not throw: a key or a base URL that cannot be right is `ok: false` as well.
 */
export async function checkAccess(
	options: Pick<ClientOptions, 'apiKey' | 'baseUrl'>,
): Promise<Access> {
	try {
		const client = createClient({ ...options, maxRetries: 0, timeoutMs: PROBE_TIMEOUT_MS });
		await client.complete(PROBE);
		return ACCEPTED;
	} catch (error) {
		const failure = asTokenHubError(error, false);
		const isOfKey = failure.details.failures?.[0]?.path === '/apiKey';
		return (isOfKey ? keyFault(options) : undefined) ?? accessOf(failure);
	}
}

const PROBE_TIMEOUT_MS = 15_000;
const PROBE = { model: 'anthropic/claude-haiku-4-5', messages: [], max_tokens: 1 };

/** What is wrong with a key that cannot be one, in words for who typed it. */
function keyFault(options: unknown): Access | undefined {
	const apiKey = isRecord(options) ? options.apiKey : undefined;
	const key = typeof apiKey === 'string' ? apiKey : '';
	const found = KEY_FAULTS.find(([pattern]) => !pattern.test(key));
	return found && { ok: false, message: found[1] };
}

const AGAIN = 'copy it again from the dashboard.';
const KEY_FAULTS: ReadonlyArray<[good: RegExp, words: string]> = [
	[/\S/, 'There is no key yet: copy it from the TokenHub dashboard.'],
	[/^\S*$/, `This key has a space or a line break in it: ${AGAIN}`],
	[/^th-/, `This key does not start with th-…: ${AGAIN}`],
	[/^.{4,}$/, `This key is cut short: ${AGAIN}`],
	[/^[\x21-\x7e]*$/, `This key has a character in it that no key has: ${AGAIN}`],
];
