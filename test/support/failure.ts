import { TokenHubError } from '../../core';

/** The TokenHubError that a promise is rejected with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<TokenHubError> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof TokenHubError) return error;
		throw error;
	}
	throw new Error('expected a TokenHubError, but it succeeded');
}
