import { breathe } from '../lib/async';
import { redactedEvents } from '../redaction/redactedEvents';
import type { Redactor } from '../redaction/redactor';
import { alarm } from '../transport/pause';
import type { Sleep } from '../transport/ports';
import { ALL_SAID, LEFT_OPEN } from '../transport/watchedFetch';
import { collectChunks, endedEarly } from './collectChunks';
import { refusalError } from './refusalError';
import { isChunkList, serverSentEvents } from './serverSentEvents';
import { readChunk } from './completion';

/** What is needed to read an answer. */
interface Terms {
	redactor: Redactor;
	sleep: Sleep;
}

/**
 * The value of a whole answer; its text if it is not JSON. If it came as a stream instead, the stream
 * is put together: the body decides, not the content type.
 * @throws TokenHubError for a refusal, or for a failure within such a stream.
 */
export async function readAnswer(response: Response, terms: Terms): Promise<unknown> {
	if (response.ok && response.body) {
		return await collected(await openEvents(response, terms.sleep), terms.redactor);
	}
	const given = await response.text();
	if (!response.ok) throw refusalError({ ...factsOf(response), text: given });
	// This also removes a byte order mark.
	const text = given.trim();
	const { value, isJson } = valueOf(text);
	const isStream = isJson ? isChunkList(value) : IS_LINES.test(text);
	if (!isStream) return isJson ? value : given;
	return await collected(serverSentEvents(bytesOf(text)), terms.redactor);
}

/** At any depth: an answer that cannot be used may still say what it cost. */
function valueOf(text: string): { isJson: boolean; value?: unknown } {
	try {
		const value: unknown = JSON.parse(text);
		// Some gateways send the JSON of an answer as a JSON string.
		return typeof value === 'string' ? valueOf(value) : { isJson: true, value };
	} catch {
		return { isJson: false };
	}
}

/** JSON Lines. */
const IS_LINES = /^\{[^\n]*\}\s*\n\s*\{/;

const bytesOf = (text: string) => ReadableStream.from([new TextEncoder().encode(text)]);

async function collected(events: Events, redactor: Redactor): Promise<unknown> {
	const collector = collectChunks();
	for await (const values of redactedEvents(events, redactor)) {
		for (const value of values) collector.add(readChunk(value));
	}
	if (!collector.finished()) throw endedEarly();
	return collector.completion();
}

/** Events that arrived together are in one list. */
type Events = AsyncGenerator<unknown[], void, undefined>;

/**
 * The events of a streamed answer.
 * @throws TokenHubError for a refusal.
 */
export async function openEvents(response: Response, sleep: Sleep): Promise<Events> {
	if (!response.ok) throw refusalError({ ...factsOf(response), text: await response.text() });
	const body = response.body ?? bytesOf(await response.text());
	const type = response.headers.get('content-type') ?? '';
	return patientEvents(body.getReader(), { sleep, type });
}

/**
 * How long a gateway may take to count tokens after the end of an answer: some then leave the
 * connection open.
 */
const LAST_WORDS_MS = 1_000;
const LAST_TURNS = 3;

async function* patientEvents(
	reader: ReadableStreamDefaultReader<Uint8Array>,
	{ sleep, type }: { sleep: Sleep; type: string },
): Events {
	let callOff: (() => void) | undefined;
	let reason: string | undefined;
	/** What has arrived already is read first: on a busy machine, the alarm may ring before that. */
	const leave = async () => {
		for (let turn = 0; turn < LAST_TURNS; turn += 1) await breathe();
		await reader.cancel(LEFT_OPEN).catch(() => undefined);
	};
	/** How a connection ends does not matter to an answer that has ended; a cancel discards all of it. */
	const ended = (error: unknown) => {
		if (!callOff || (error instanceof Error && error.name === 'AbortError')) throw error;
		return { done: true as const, value: undefined };
	};
	const read = async () => await reader.read().catch(ended);
	async function* bytes() {
		for (let next = await read(); !next.done; next = await read()) yield next.value;
	}
	try {
		yield* serverSentEvents(
			bytes(),
			(isOver) => {
				callOff?.();
				callOff = isOver ? alarm(sleep, LAST_WORDS_MS, () => void leave()) : undefined;
			},
			type,
		);
		reason = ALL_SAID;
	} finally {
		callOff?.();
		await reader.cancel(reason).catch(() => undefined);
	}
}

function factsOf({ status, headers }: Response) {
	return { status, headers };
}
