import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { tryJson } from '../tryJson';
import { joinedDeltas } from './joinedDeltas';
import { plainError } from './plainError';
import type { Redactor } from './redactor';

/** The same server-sent events without the secret, for a reader who takes bytes. */
export function redactedStream(
	bytes: AsyncIterable<Uint8Array>,
	redactor: Redactor,
): ReadableStream<Uint8Array> {
	return ReadableStream.from(rewritten(bytes, redactor));
}

const DONE = '[DONE]';

async function* rewritten(
	bytes: AsyncIterable<Uint8Array>,
	redactor: Redactor,
): AsyncGenerator<Uint8Array, void, undefined> {
	const { next, end } = joinedDeltas(redactor);
	const rest = () => {
		const event = end();
		return event ? toBytes({ data: JSON.stringify(event) }) : '';
	};
	let text = '';
	const parser = createParser({
		onEvent(message) {
			if (message.data === DONE) text += rest();
			text += toBytes({ ...message, data: dataWithout(message.data, next, redactor) });
		},
	});
	const decoder = new TextDecoder();
	const encoder = new TextEncoder();
	try {
		for await (const piece of bytes) {
			text = '';
			parser.feed(decoder.decode(piece, { stream: true }));
			if (text !== '') yield encoder.encode(text);
		}
	} catch (error) {
		text = rest();
		if (text !== '') yield encoder.encode(text);
		throw plainError(error, redactor);
	}
	text = '';
	parser.feed(`${decoder.decode()}\n\n`);
	text += rest();
	if (text !== '') yield encoder.encode(text);
}

/** Letter by letter the same when there is nothing to take out or to hold back. */
function dataWithout(data: string, next: (event: unknown) => unknown, redactor: Redactor): string {
	const event = tryJson(data);
	if (event === undefined) return redactor.text(data);
	const clean = next(event);
	return clean === event ? data : JSON.stringify(clean);
}

function toBytes({ event, id, data }: Pick<EventSourceMessage, 'event' | 'id' | 'data'>): string {
	const lines = data.split('\n').map((line) => `data: ${line}\n`);
	return `${event ? `event: ${event}\n` : ''}${id ? `id: ${id}\n` : ''}${lines.join('')}\n`;
}
