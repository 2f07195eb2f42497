import type { ClientOptions, Fork, Tape, TokenHubClient, Turn } from '../core';
import { asTokenHubError, forkTape, openClient } from '../core/inside';
import { files } from './files';

/**
 * A client for one account, to be shared by everything that runs at the same time: its concurrency
 * limit and its connections are common to all callers.
 * @throws TokenHubError `badConfig` for a key or a base URL that cannot be right.
 */
export function createClient(options: ClientOptions): TokenHubClient {
	return openClient(options, files);
}

/**
 * The conversation of a recorded loop as it stood when a turn began, for `messages` of `runToolLoop`:
 * with another model, or with messages that you have changed. What came before is not paid for again.
 * @param recording The path of a file, or a place of your own.
 * @throws TokenHubError `badConfig` where the recording has no such turn.
 */
export async function forkAt(recording: string | Tape, turn: Turn): Promise<Fork> {
	try {
		const tape = typeof recording === 'string' ? files.toReplay(recording, false) : recording;
		return await forkTape(tape, turn);
	} catch (error) {
		throw asTokenHubError(error, false);
	}
}
