import { TokenHubError } from '../errors';
import { causesOf, messageOf } from '../messageOf';
import { isStall, markStall } from '../transport/deadlines';
import { isTooLarge, markTooLarge } from '../transport/answerSize';
import type { RecordedError } from './tape';

/** What a request failed with, as words that no secret is left in. */
export function recordedError(thrown: unknown): RecordedError {
	const causes = causesOf(thrown);
	const own = causes.find((error) => error instanceof TokenHubError);
	if (!own) return { message: causes.map(messageOf).at(-1) ?? messageOf(thrown) };
	const { kind, details, message } = own;
	return {
		...{ message, kind, hint: details.hint },
		...(isStall(own) ? { isStall: true } : {}),
		...(isTooLarge(own) ? { isTooLarge: true } : {}),
	};
}

/** The error that was recorded, to be thrown again. */
export function errorOf({ message, kind, hint, ...facts }: RecordedError): Error {
	if (!kind) return new Error(message);
	const error = new TokenHubError(kind, message, { hint });
	if (facts.isTooLarge) return markTooLarge(error);
	return facts.isStall ? markStall(error) : error;
}
