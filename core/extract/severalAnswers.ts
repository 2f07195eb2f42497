import type { Failure } from '../errors';
import { jsonPointer } from '../jsonPointer';

/** What cannot be made one value. */
export function severalAnswers(what: string, path: readonly PropertyKey[] = []): Failure {
	const message = `the answer holds ${what} that cannot be made one without a guess: give one, with everything in it`;
	return { path: jsonPointer(path), message, code: 'severalAnswers' };
}

/** Why an answer that is not whole is asked for again. */
export function abbreviation(reason: string, path = ''): Failure {
	const message = `${reason}: give the whole result, with every entry written out`;
	return { path, message, code: 'abbreviated' };
}
