import { createParser } from 'eventsource-parser';
import { breaths } from '../async';
import { isRecord } from '../isRecord';
import { answerDecoder } from '../textType';
import { boundedJson } from '../transport/answerSize';
import { openJsonEnd } from '../tryJson';
import { errorInAnswer } from './statedError';
import { noCompletion, STREAM_END } from './completion';

/** Bytes that are read at once. */
const SLICE = 16_384;

/**
 * The JSON values of an answer that should come as server-sent events, those that came together in one
 * list: as many as take no time worth speaking of. Whatever the answer calls itself, its first
 * character decides: one that is JSON is one value, or one a line. `STREAM_END` stands for `[DONE]`.
 * @param onFinish Called when a value says that the answer has ended.
 * @param type What the answer calls itself: its charset is for bytes that are no UTF-8.
 * @throws SyntaxError for data that is not JSON; TokenHubError for what is not an answer of an API.
 */
export async function* serverSentEvents(
	bytes: AsyncIterable<Uint8Array>,
	onFinish: () => void = () => undefined,
	type = '',
): AsyncGenerator<unknown[], void, undefined> {
	const reading = openReading(onFinish);
	const decoder = answerDecoder(type);
	const breathe = breaths();
	for await (const piece of bytes) {
		for (let at = 0; at < piece.length; at += SLICE) {
			reading.add(decoder.next(piece.subarray(at, at + SLICE)));
			yield* reading.values();
			if (reading.isDone()) return;
			await breathe();
		}
	}
	reading.end(decoder.end());
	yield* reading.values();
}

interface Reading {
	add(text: string): void;
	end(text: string): void;
	isDone(): boolean;
	/** What has been read since, in one list. @throws what is wrong with the next. */
	values(): Generator<unknown[], void, undefined>;
}

function openReading(onFinish: () => void): Reading {
	const state: State = { values: [], isDone: false, hasAny: false };
	let reader: Reader | undefined;
	return {
		add(text) {
			// A byte order mark counts as a blank.
			const begun = reader ? text : text.trimStart();
			if (begun === '') return;
			reader ??= /^[[{"<]/.test(begun) ? readWhole(state, onFinish) : readEvents(state, onFinish);
			reader.add(begun);
		},
		end(text) {
			this.add(text);
			reader?.end();
		},
		isDone: () => state.isDone,
		*values() {
			const { values, failure } = state;
			state.values = [];
			if (values.length > 0) yield values;
			if (failure) throw failure.error;
		},
	};
}

interface State {
	values: unknown[];
	isDone: boolean;
	/** Whether there was any value so far. */
	hasAny: boolean;
	/** A value that comes from an API of another kind. */
	stranger?: unknown;
	failure?: { error: unknown };
}

interface Reader {
	add(text: string): void;
	end(): void;
}

/** Of an answer without events, as much as its error shows. */
const MOST_HEAD = 2_000;

function readEvents(state: State, onFinish: () => void): Reader {
	let [head, tail, hasReason] = ['', '', false];
	const parser = createParser({
		onEvent({ event, data }) {
			if (state.isDone || state.failure || data.trim() === '') return;
			try {
				for (const value of valuesOf(data.trim(), event)) {
					if (!state.isDone) take(state, value);
					if (!hasFinish(value)) continue;
					hasReason = true;
					onFinish();
				}
			} catch (error) {
				// What came before it is not lost.
				state.failure = { error };
			}
		},
	});
	return {
		add(text) {
			if (head.length < MOST_HEAD) head += text.slice(0, MOST_HEAD);
			tail = (tail.length < MOST_HEAD ? tail : tail.slice(-MOST_HEAD)) + text;
			parser.feed(text);
		},
		end() {
			// The last event of a stream that was not ended by an empty line.
			parser.feed('\n\n');
			if (state.failure) return;
			const words = state.hasAny && !state.isDone && !hasReason ? lastWords(tail) : '';
			if (words !== '') state.values.push(errorOf(words));
			if (state.stranger !== undefined) state.failure = { error: noCompletion(state.stranger) };
			else if (!state.hasAny && !IS_COMMENT.test(head)) {
				state.failure = { error: noCompletion(head) };
			}
		},
	};
}

/** A stream of comments alone broke off; a text without events never was a stream. */
const IS_COMMENT = /^(?::|(?:data|event|id|retry)\b)/;

/** What stands behind the last field of a stream: somebody in between broke it off with them. */
function lastWords(tail: string): string {
	const lines = tail.split(/\r\n?|\n/);
	const last = lines.findLastIndex((line) => IS_COMMENT.test(line));
	return last === -1
		? ''
		: lines
				.slice(last + 1)
				.join('\n')
				.trim();
}

function errorOf(words: string): unknown {
	try {
		return valueOf(words, 'error');
	} catch {
		return { error: words };
	}
}

function take(state: State, value: unknown): void {
	state.isDone = value === STREAM_END;
	const isFirst = !state.hasAny;
	state.hasAny = true;
	state.values.push(value);
	const isForeign = isRecord(value) && typeof value.type === 'string' && value.type !== 'ping';
	if (isFirst && isForeign && !('choices' in value)) state.stranger = value;
	else if (isRecord(value) && 'choices' in value) state.stranger = undefined;
}

/** Some write it as a JSON text, or in small letters. */
const DONE = /^"?\[?done\]?"?$/i;

/** One value, or one a line where the empty lines between events are missing. */
function valuesOf(data: string, event: string | undefined): unknown[] {
	const lines = data.split('\n');
	try {
		return [valueOf(data, event)];
	} catch (error) {
		if (!(error instanceof SyntaxError) || lines.length === 1) throw error;
		return lines.filter((line) => line.trim() !== '').map((line) => valueOf(line.trim(), event));
	}
}

function valueOf(data: string, event: string | undefined): unknown {
	if (DONE.test(data)) return STREAM_END;
	const isError = event?.trim().toLowerCase() === 'error';
	const isJson = /^[[{"]/.test(data) || /^(?:null|true|false|-?\d[\d.]*)$/.test(data);
	// Words where JSON should be are those of somebody in between.
	const value = isJson ? boundedJson(data) : { error: data };
	return isError && !(isRecord(value) && 'error' in value) ? { error: value } : value;
}

function hasFinish(value: unknown): boolean {
	const choices = isRecord(value) && Array.isArray(value.choices) ? value.choices : [];
	// Of several answers, the first one to end need not be the one that is read.
	return choices.some((one) => isRecord(one) && Boolean(one.finish_reason) && !one.index);
}

/** An answer that is not a stream. */
function readWhole(state: State, onFinish: () => void): Reader {
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

/** As JSON has it that is not text within JSON. */
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
