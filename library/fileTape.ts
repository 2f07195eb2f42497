import { appendFileSync, existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { emitWarning } from 'node:process';
import { TokenHubError, type Tape } from '../core';

const tapes = new Map<string, Tape>();

/** A recording in a file; the same path is the same recording. */
function fileTape(path: string): Tape {
	const tape = tapes.get(path) ?? {
		read: async () => (existsSync(path) ? await readFile(path, 'utf8') : ''),
		append: async (text) => {
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

/** Made where there is none, so that one that cannot be written is told before anything is paid. */
export function recordingTo(place: string | Tape): Tape {
	if (typeof place !== 'string') return place;
	opened('record', place, () => appendFileSync(place, ''));
	return fileTape(place);
}

/** `mayBeNew`: what is missing is sent and added. */
export function recordingFrom(place: string | Tape, mayBeNew: boolean): Tape {
	if (typeof place !== 'string') return place;
	if (!mayBeNew && !existsSync(place)) {
		throw badFile('replay', `there is no file ${place}: record it first`);
	}
	return fileTape(place);
}

function opened(option: string, path: string, open: () => void): void {
	try {
		open();
	} catch (error) {
		throw badFile(option, `${path} cannot be written: ${String(error)}`);
	}
}

function badFile(option: string, reason: string): TokenHubError {
	return new TokenHubError('badConfig', `Invalid client options: "${option}": ${reason}`, {
		failures: [{ path: `/${option}`, message: reason }],
	});
}
