import { appendFileSync, existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { emitWarning } from 'node:process';
import { TokenHubError, type Tape } from '../core';
import type { Files } from '../core/inside';

/** Recordings in files of this machine. */
export const files: Files = {
	toRecord(path) {
		try {
			// Made now, so that one that cannot be written is told before anything is paid for.
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
