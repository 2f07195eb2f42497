import { createParser } from 'eventsource-parser';
import { breaths } from '../breathe';
import { boundedJson } from './answerSize';

/** Bytes that are read at once. */
const SLICE = 16_384;

/** What the standard calls the data of an event: here JSON, or the word that ends the stream. */
const DONE = '[DONE]';

/**
 * The JSON values of a stream of server-sent events, those that came together in one list: as many as
 * take no time worth speaking of. Ends at `[DONE]`, or with the bytes.
 * @throws SyntaxError for data that is no JSON.
 */
export async function* serverSentEvents(
	bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<unknown[], void, undefined> {
	let values: unknown[] = [];
	let isDone = false;
	const parser = createParser({
		onEvent({ data }) {
			if (data === DONE) isDone = true;
			else if (!isDone) values.push(boundedJson(data));
		},
	});
	const decoder = new TextDecoder();
	const breathe = breaths();
	for await (const piece of bytes) {
		for (let at = 0; at < piece.length; at += SLICE) {
			parser.feed(decoder.decode(piece.subarray(at, at + SLICE), { stream: true }));
			if (values.length > 0) yield values;
			values = [];
			if (isDone) return;
			await breathe();
		}
	}
	// The last event of a stream that was not ended by an empty line.
	parser.feed(`${decoder.decode()}\n\n`);
	if (values.length > 0) yield values;
}
