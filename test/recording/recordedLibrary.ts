import { createClient as createOwn, type ClientOptions, type TokenHubClient } from '../../library';

export * from '../../library';

/** Stands in the place of the library for examples, which then record, or replay, as the environment says. */
export function createClient(options: ClientOptions): TokenHubClient {
	const { RECORD: record, REPLAY: replay } = process.env;
	const { tracer } = options;
	return createOwn(replay === undefined ? { ...options, record } : { replay, tracer });
}
