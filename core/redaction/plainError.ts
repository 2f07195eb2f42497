import { TokenHubError, withFacts } from '../errors';
import { isRecord } from '../isRecord';
import { withoutSecrets } from './errorWords';
import { mapTexts, type Redactor } from './redactor';

/** Causes of causes that are looked at. */
const DEEPEST_CAUSE = 5;

/** The words of an error as they may be shown. */
export function errorText(text: string, redactor: Redactor): string {
	return withoutSecrets(redactor.text(text));
}

/**
 * Whatever was thrown, with nothing in it but words, and no secret in those: errors of HTTP clients
 * carry requests and answers, headers included.
 */
export function plainError(thrown: unknown, redactor: Redactor, depth = 0): Error {
	if (thrown instanceof TokenHubError) return plainOwnError(thrown, redactor);
	if (!isRecord(thrown)) return new Error(errorText(wordsOf(thrown), redactor));
	const { message, name, code, stack, cause, errors } = thrown;
	const inner: unknown = cause ?? (Array.isArray(errors) ? errors[0] : undefined);
	const isDeep = inner === undefined || inner === null || depth >= DEEPEST_CAUSE;
	const plain = new Error(typeof message === 'string' ? errorText(message, redactor) : '', {
		...(isDeep ? {} : { cause: plainError(inner, redactor, depth + 1) }),
	});
	for (const [key, value] of Object.entries({ name, code, stack })) {
		if (typeof value !== 'string') continue;
		const text = errorText(value, redactor);
		Object.defineProperty(plain, key, { value: text, enumerable: false, configurable: true });
	}
	return plain;
}

/** The same error, unless it holds a secret or an error of somebody else's. */
function plainOwnError(error: TokenHubError, redactor: Redactor): TokenHubError {
	const { kind: _kind, ...details } = error.details;
	const message = errorText(error.message, redactor);
	const plain = mapTexts(details, (text) => errorText(text, redactor));
	const isPlain = message === error.message && plain === details && error.cause === undefined;
	if (isPlain) return error;
	const cause = error.cause === undefined ? undefined : plainError(error.cause, redactor);
	return withFacts(error, { message, ...details, ...(isRecord(plain) ? plain : {}), cause });
}

function wordsOf(thrown: unknown): string {
	return typeof thrown === 'string' ? thrown : `an error without words (${typeof thrown})`;
}
