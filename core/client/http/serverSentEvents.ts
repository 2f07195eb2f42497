import { createParser } from 'eventsource-parser';

/** What the standard calls the data of an event: here JSON, or the word that ends the stream. */
const DONE = '[DONE]';

/**
 * The JSON values of a stream of server-sent events, all that came together in one list. Ends at
 * `[DONE]`, or with the bytes.
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
			else if (!isDone) values.push(JSON.parse(data));
		},
	});
	const decoder = new TextDecoder();
	for await (const piece of bytes) {
		parser.feed(decoder.decode(piece, { stream: true }));
		if (values.length > 0) yield values;
		values = [];
		if (isDone) return;
	}
	// The last event of a stream that was not ended by an empty line.
	parser.feed(`${decoder.decode()}\n\n`);
	if (values.length > 0) yield values;
}
