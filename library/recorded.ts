import { appendFile, readFile } from 'node:fs/promises';
import { appendFileSync, existsSync } from 'node:fs';
import { emitWarning } from 'node:process';
import {
	type ClientOptions,
	type Fork,
	type Tape,
	type TokenHubClient,
	type Turn,
	TokenHubError,
} from '../core';
import { asTokenHubError, forkTape, openClient, type Files } from '../core/inside';

/**
 * A client for one account, to be shared by everything that runs in parallel: all callers share its
 * concurrency limit and its connections.
 * @throws TokenHubError `badConfig` for a key or a base URL that cannot be right.
 */
export function createClient(options: ClientOptions): TokenHubClient {
	return openClient(options, files);
}

/**
 * The conversation of a recorded loop as it was when a turn began, for `messages` of `runToolLoop`:
 * with another model, or with messages that you have changed. Earlier turns are not paid for again.
 * @param recording The path of a file, or an object of your own.
 * @throws TokenHubError `badConfig` if the recording has no such turn.
 */
export async function forkAt(recording: string | Tape, turn: Turn): Promise<Fork> {
	try {
		const tape = typeof recording === 'string' ? files.toReplay(recording, false) : recording;
		return await forkTape(tape, turn);
	} catch (error) {
		throw asTokenHubError(error, false);
	}
}

/** Recordings in local files. */
export const files: Files = {
	toRecord(path) {
		try {
			// Created now, so that a file that cannot be written is reported before anything is paid for.
			appendFileSync(path, '');
		} catch (error) {
			throw badFile('record', `${path} cannot be written: ${String(error)}`);
		}
		return tapeAt(path);
	},
	toReplay(path, mayBeMissing) {
		if (!mayBeMissing && !existsSync(path)) {
			throw badFile('replay', `there is no file ${path}: record it first`);
		}
		return tapeAt(path);
	},
};

const tapes = new Map<string, Tape>();

/** The same path is the same recording. */
function tapeAt(path: string): Tape {
	const tape = tapes.get(path) ?? {
		read: async () => (existsSync(path) ? await readFile(path, 'utf8') : ''),
		append: async (text: string) => {
			try {
				await appendFile(path, text);
			} catch (error) {
				// The last answer of a run may be the one that is not written.
				emitWarning(`The recording ${path} is not complete: ${String(error)}`);
				throw error;
			}
		},
	};
	tapes.set(path, tape);
	return tape;
}

function badFile(option: string, reason: string): TokenHubError {
	return new TokenHubError('badConfig', `Invalid client options: "${option}": ${reason}`, {
		failures: [{ path: `/${option}`, message: reason }],
	});
}
