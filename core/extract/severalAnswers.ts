import type { Failure } from '../errors';
import { jsonPointer } from '../jsonPointer';

/** What cannot be made one value. */
export function severalAnswers(what: string, path: readonly PropertyKey[] = []): Failure {
	const message = `the answer holds ${what} that cannot be made one without a guess: give one, with everything in it`;
	return { path: jsonPointer(path), message, code: 'severalAnswers' };
}
