import { redactedEvents } from '../redaction/redactedEvents';
import type { Redactor } from '../redaction/redactor';
import { collectChunks, endedEarly } from './collectChunks';
import { refusalError } from './refusalError';
import { serverSentEvents } from './serverSentEvents';
import { readChunk } from './wire';

/**
 * The value of an answer that came as a whole; a text where it is none. One that came as a stream all
 * the same is put together: its body decides, not what it calls itself.
 * @throws TokenHubError for a refusal, or for what goes wrong within such a stream.
 */
export async function readAnswer(response: Response, redactor: Redactor): Promise<unknown> {
	const given = await response.text();
	if (!response.ok) throw refusalError({ ...factsOf(response), text: given });
	// A byte order mark is a blank as well.
	const text = given.trim();
	const { value, isJson } = valueOf(text);
	if (isJson) return value;
	return IS_STREAM.test(text) ? await collected(text, redactor) : given;
}

/** At any depth: what cannot be used may still say what it cost. */
function valueOf(text: string): { isJson: boolean; value?: unknown } {
	try {
		return { isJson: true, value: JSON.parse(text) };
	} catch {
		return { isJson: false };
	}
}

/** Events, or JSON a line. */
const IS_STREAM = /^(?:(?:data|event|id|retry)?:|\{[^\n]*\}\s*\n\s*\{)/;

async function collected(text: string, redactor: Redactor): Promise<unknown> {
	const collector = collectChunks();
	const bytes = ReadableStream.from([new TextEncoder().encode(text)]);
	for await (const values of redactedEvents(serverSentEvents(bytes), redactor)) {
		for (const value of values) collector.add(readChunk(value));
	}
	if (!collector.finished()) throw endedEarly();
	return collector.completion();
}

/** Calls `ring` after a while, unless it is called off before. */
type Alarm = (ring: () => void) => () => void;

/**
 * The events of an answer that comes in pieces, those that came together in one list. When the answer
 * has ended, `startAlarm` says how long its connection may stay open without a word.
 * @throws TokenHubError for a refusal.
 */
export async function openEvents(
	response: Response,
	startAlarm: Alarm,
): Promise<AsyncGenerator<unknown[], void, undefined>> {
	if (!response.ok) throw refusalError({ ...factsOf(response), text: await response.text() });
	if (!response.body) {
		const bytes = new TextEncoder().encode(await response.text());
		return serverSentEvents(ReadableStream.from([bytes]));
	}
	return patientEvents(response.body.getReader(), startAlarm);
}

async function* patientEvents(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	startAlarm: Alarm,
): AsyncGenerator<unknown[], void, undefined> {
	const ending: { isLeft: boolean; callOff?: () => void } = { isLeft: false };
	const leave = () => {
		ending.isLeft = true;
		reader.cancel().catch(() => undefined);
	};
	async function* bytes() {
		for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
	}
	try {
		yield* serverSentEvents(bytes(), () => (ending.callOff ??= startAlarm(leave)));
	} catch (error) {
		// The answer had ended.
		if (!ending.isLeft) throw error;
	} finally {
		ending.callOff?.();
		if (!ending.isLeft) await reader.cancel().catch(() => undefined);
	}
}

function factsOf({ status, headers }: Response) {
	return { status, headers };
}
