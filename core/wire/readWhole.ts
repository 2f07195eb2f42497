import { isRecord } from '../isRecord';
import { boundedJson } from './answerSize';
import { openJsonEnd } from './jsonEnd';
import type { Reader, State } from './serverSentEvents';
import { errorInAnswer } from './statedError';
import { noCompletion, STREAM_END } from './wire';

/** An answer that is no stream. */
export function readWhole(state: State, onFinish: () => void): Reader {
	const pieces: string[] = [];
	const object = openJsonEnd();
	let hasReason = false;
	return {
		add(text) {
			pieces.push(text);
			object.add(text);
			hasReason ||= FINISH.test(text);
			if (hasReason && object.isWhole()) onFinish();
		},
		end() {
			try {
				state.values = valuesOfText(pieces.join(''));
			} catch (error) {
				state.failure = { error };
			}
			const [value] = state.values;
			if (state.values.length !== 1) return;
			state.values.push(STREAM_END);
			const isAnswer = isRecord(value) && Array.isArray(value.choices);
			if (!isAnswer && !errorInAnswer(value)) state.failure = { error: noCompletion(value) };
		},
	};
}

/** As JSON has it that is no text within JSON. */
const FINISH = /"finish_reason"\s*:\s*"\w/;

/** One JSON text, or one a line. @throws TokenHubError for anything else. */
function valuesOfText(text: string): unknown[] {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	for (const texts of [[text], lines]) {
		try {
			return texts.map(boundedJson);
		} catch (error) {
			if (!(error instanceof SyntaxError)) throw error;
		}
	}
	throw noCompletion(text);
}
