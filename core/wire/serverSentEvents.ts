import { breaths } from '../lib/async';
import { isRecord } from '../lib/isRecord';
import { answerDecoder } from '../lib/textType';
import { boundedJson } from '../transport/answerSize';
import { openJsonEnd, tryJson } from '../json/tryJson';
import { finishReason } from './finishReason';
import { errorInAnswer, isForeign, isStated } from './statedError';
import { noCompletion, STREAM_END } from './completion';
import { openStreamEvents, type StreamEvent } from './streamEvents';

/** Bytes read at a time. */
const SLICE = 16_384;

/**
 * The JSON values of an answer that should arrive as server-sent events; values that arrived together
 * are in one list, as many as take no noticeable time. Whatever the content type says, the first
 * character decides: JSON is one value, or one per line. `STREAM_END` stands for `[DONE]`.
 * @param onFinish Called with true if a value says that the answer has ended, with false if it
 * continues anyway.
 * @param type The content type: its charset is for bytes that are not UTF-8.
 * @throws SyntaxError for data that is not JSON; TokenHubError for anything that is not an API's
 * answer.
 */
export async function* serverSentEvents(
	bytes: AsyncIterable<Uint8Array>,
	onFinish: OnFinish = () => undefined,
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

type OnFinish = (isOver: boolean) => void;

interface Reading {
	add(text: string): void;
	end(text: string): void;
	isDone(): boolean;
	/** What has been read since, in one list. @throws whatever is wrong with the next value. */
	values(): Generator<unknown[], void, undefined>;
}

function openReading(onFinish: OnFinish): Reading {
	const state: State = { values: [], isDone: false, hasAny: false };
	let reader: Reader | undefined;
	return {
		add(text) {
			// This also removes a byte order mark.
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
	/** A value from an API of another kind. */
	stranger?: unknown;
	failure?: { error: unknown };
}

interface Reader {
	add(text: string): void;
	end(): void;
}

/** How much of an answer without events its error shows. */
const MOST_HEAD = 2_000;

function readEvents(state: State, onFinish: OnFinish): Reader {
	let [head, hasReason, goesOn] = ['', false, false];
	const note = (value: unknown) => {
		const isMore = hasReason && saysMore(value);
		const isFinish = hasFinish(value);
		goesOn ||= isMore;
		hasReason = (hasReason && !isMore) || isFinish;
		// Some gateways give a reason with each piece: then it says nothing.
		if (isMore || isFinish) onFinish(!goesOn);
	};
	const events = openStreamEvents((event) => {
		if (state.isDone || state.failure) return;
		// Before the first event, plain words may be all that arrives: `head`; after the last one, they
		// change nothing.
		const isAside = event.isStray && event.name === '' && (hasReason || !state.hasAny);
		if (isAside && !isJson(event.data)) return;
		try {
			for (const value of valuesOf(event)) {
				if (state.isDone) return;
				take(state, value);
				note(value);
			}
		} catch (error) {
			// What came before it is not lost.
			state.failure = { error };
		}
	});
	return {
		add(text) {
			if (head.length < MOST_HEAD) head += text.slice(0, MOST_HEAD);
			events.add(text);
		},
		end() {
			events.end();
			if (state.failure) return;
			if (state.stranger !== undefined) state.failure = { error: noCompletion(state.stranger) };
			else if (!state.hasAny && !IS_COMMENT.test(head)) {
				state.failure = { error: noCompletion(head) };
			}
		},
	};
}

/** A stream of nothing but comments broke off; a text without events never was a stream. */
const IS_COMMENT = /^(?::|(?:data|event|id|retry)\b)/;

const isJson = (text: string) => tryJson(text) !== undefined;

function take(state: State, value: unknown): void {
	state.isDone = value === STREAM_END;
	if (state.isDone && state.stranger !== undefined) throw noCompletion(state.stranger);
	state.values.push(value);
	if (state.isDone) return;
	const isFirst = !state.hasAny;
	state.hasAny = true;
	if (isFirst && isForeign(value)) state.stranger = value;
	else if (hasChoices(value)) state.stranger = undefined;
}

/** Some write it as a JSON string, or in lower case. */
const DONE = /^"?\[?done\]?"?$/i;
/** Only says that the connection is alive. */
const ALIVE = /^(?::.*|"?(?:ping|pong|heart-?beat|keep-?alive|processing)\W*|null|"")$/i;

/** One value, or one per line if the empty lines between events are missing. */
function valuesOf({ name, data, isStray }: StreamEvent): unknown[] {
	const isError = /error|exception|fail/.test(name);
	if (isError && data === '') return [{ error: NO_WORDS }];
	const isAlive = ALIVE.test(data) || (ALIVE.test(name) && !data.includes('"choices"'));
	if (!isError && (data === '' || isAlive)) return [];
	const whole = unlessBroken(() => [valueOf(data, isError)]);
	if (whole) return whole;
	const lines = data.split('\n').filter((line) => line.trim() !== '');
	const values = unlessBroken(() => lines.map((line) => valueOf(line.trim(), isError)));
	if (!values && !isStray) throw new SyntaxError('no JSON');
	return values ?? [{ error: data }];
}

/** Undefined if it is not JSON. */
function unlessBroken(read: () => unknown[]): unknown[] | undefined {
	try {
		return read();
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

const NO_WORDS = 'an error event without a message';

function valueOf(data: string, isError: boolean): unknown {
	const isJson = /^(?:[[{"]|data:|(?:null|true|false|-?\d[\d.]*)$)/.test(data) || DONE.test(data);
	// Plain words where JSON is expected come from something in between.
	const value = isJson ? jsonOf(data) : { error: data };
	if (!isError || (isRecord(value) && isStated(value.error))) return value;
	return { error: isStated(value) ? value : NO_WORDS };
}

/** A JSON text, possibly inside a JSON string, or the end of the stream. */
function jsonOf(text: string): unknown {
	// Two gateways may each have added the name of the field.
	const data = text.startsWith('data:') ? text.replace(/^(?:data:\s*)+/, '') : text;
	if (DONE.test(data)) return STREAM_END;
	const value = boundedJson(data);
	return typeof value === 'string' && /^\s*[[{]/.test(value) ? boundedJson(value) : value;
}

function hasFinish(value: unknown): boolean {
	// If there are several answers, the first one to end need not be the one that is read.
	return choicesOf(value).some(
		(one) => Boolean(one.finish_reason) && !one.index && finishReason(one) !== undefined,
	);
}

/** Whether a value has more text or calls of the answer that is read. */
function saysMore(value: unknown): boolean {
	return choicesOf(value).some(({ index, delta }) => {
		const { content, tool_calls: calls } = isRecord(delta) ? delta : {};
		return !index && (Boolean(content) || (Array.isArray(calls) && calls.length > 0));
	});
}

const hasChoices = (value: unknown) => isRecord(value) && 'choices' in value;

function choicesOf(value: unknown): Array<Record<string, unknown>> {
	return isRecord(value) && Array.isArray(value.choices) ? value.choices.filter(isRecord) : [];
}

/** An answer that is not a stream. */
function readWhole(state: State, onFinish: OnFinish): Reader {
	const pieces: string[] = [];
	const object = openJsonEnd();
	let hasReason = false;
	return {
		add(text) {
			pieces.push(text);
			object.add(text);
			hasReason ||= FINISH.test(text);
			if (hasReason && object.isWhole()) onFinish(true);
		},
		end() {
			try {
				state.values = valuesOfText(pieces.join(''));
			} catch (error) {
				state.failure = { error };
			}
			const [value] = state.values;
			if (state.values.length !== 1) {
				const isStranger = isForeign(value) && !state.values.some(hasChoices);
				if (isStranger && !errorInAnswer(state.values.at(-1))) {
					state.failure = { error: noCompletion(value) };
				}
				return;
			}
			state.values.push(STREAM_END);
			const isAnswer = isRecord(value) && Array.isArray(value.choices);
			if (!isAnswer && !errorInAnswer(value)) state.failure = { error: noCompletion(value) };
		},
	};
}

/** As JSON has it outside of strings. */
const FINISH = /"finish_reason"\s*:\s*"(?!null"|none")\w/i;

/**
 * One JSON text, a list of chunks, or one per line.
 * @throws TokenHubError for anything else.
 */
function valuesOfText(text: string): unknown[] {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const values =
		unlessBroken(() => [jsonOf(text.trim())]) ??
		unlessBroken(() => lines.map((line) => jsonOf(line.trim())));
	if (!values) throw noCompletion(text);
	return values.flatMap(chunksIn);
}

const chunksIn = (value: unknown): unknown[] => (isChunkList(value) ? value : [value]);

/** Whether a value is the chunks of a stream, or whole answers, in one list. */
export function isChunkList(value: unknown): value is unknown[] {
	const isChunk = (one: unknown) => isRecord(one) && Array.isArray(one.choices);
	return Array.isArray(value) && value.length > 0 && value.every(isChunk);
}
