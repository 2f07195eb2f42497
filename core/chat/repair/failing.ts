import { isRecord } from '../../isRecord';
import type { Notes } from './notes';
import { textPart, type Said } from './pieces';

/** Whether a client marks a result as a failure: OpenAI's form has no place for the mark. */
export function isFailure({ status, state, output, ...marks }: Record<string, unknown>): boolean {
	if (marks.is_error === true || marks.isError === true) return true;
	const isErrorOutput = isRecord(output) && /^error-/.test(String(output.type));
	return status === 'error' || state === 'output-error' || isErrorOutput;
}

/** The same result with the failure in its words. */
export function failing(said: Said, notes: Notes): Said {
	const [first, ...more] = said.parts;
	notes.add('failed', first?.type === 'text' ? first.text : 'no words');
	if (first?.type === 'text') {
		return { ...said, parts: [textPart(`The tool failed: ${first.text}`), ...more] };
	}
	return { ...said, parts: [textPart('The tool failed.'), ...said.parts] };
}
