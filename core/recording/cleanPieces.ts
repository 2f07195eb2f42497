import { redactedEvents } from '../redaction/redactedEvents';
import type { Redactor } from '../redaction/redactor';
import { serverSentEvents } from '../wire/serverSentEvents';
import { STREAM_END } from '../wire/completion';

/**
 * The pieces of a stream without the key: as they came where they do not hold it, else as events that
 * are written anew, for it may be spread over several of them.
 */
export async function cleanPieces(
	pieces: readonly string[],
	redactor: Redactor,
): Promise<string[]> {
	const whole = pieces.join('');
	const events = await writtenEvents(pieces, redactor);
	const isPlain = redactor.text(whole) === whole && marksIn(events.join('')) <= marksIn(whole);
	if (isPlain) return [...pieces];
	return events.length > 0 ? events : [redactor.text(whole)];
}

/** Where a key stood. */
const marksIn = (text: string) => text.split('th-…').length - 1;

async function writtenEvents(pieces: readonly string[], redactor: Redactor): Promise<string[]> {
	const encoder = new TextEncoder();
	const bytes = ReadableStream.from(pieces.map((piece) => encoder.encode(piece)));
	const written: string[] = [];
	try {
		for await (const together of redactedEvents(serverSentEvents(bytes), redactor))
			written.push(together.map(eventText).join(''));
	} catch {
		// No events, or an end that is none: what could be read is all that counts.
	}
	return written;
}

const eventText = (value: unknown) =>
	`data: ${value === STREAM_END ? '[DONE]' : JSON.stringify(value)}\n\n`;
