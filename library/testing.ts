/** `n8n-nodes-tokenhub/testing`: the embedded TokenHub endpoint, for tests of what is built on the library. */
import type { Tape } from '../core';
import {
	startGateway as startOwn,
	type Gateway,
	type GatewayOptions as OwnOptions,
} from '../gateway';
import { files } from './recorded';

export { errorBody } from '../gateway';
export type { Gateway };
export type { ChatBody, Reply, Script, SeenRequest } from '../gateway';

/** How the endpoint answers; recordings are paths of files, or objects of your own. */
export interface GatewayOptions extends Omit<OwnOptions, 'replay' | 'record'> {
	/**
	 * A recording that answers, with any key; a request that is not in it is refused with the difference.
	 */
	replay?: string | Tape;
	/** Passes every request on to `upstream`, and records it and its answer, without the key. */
	record?: string | Tape;
}

/**
 * Starts the endpoint, which follows the documented contract strictly, or replays a recording.
 * @throws TokenHubError for a file that cannot be read or written.
 */
export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
	const { replay, record, ...rest } = options;
	return await startOwn({
		...rest,
		replay: typeof replay === 'string' ? files.toReplay(replay, false) : replay,
		record: typeof record === 'string' ? files.toRecord(record) : record,
	});
}
