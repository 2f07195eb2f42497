import { breathe } from '../lib/async';
import { TokenHubError } from '../errors';
import { textOfAnswer } from '../lib/textType';
import { tryJson } from '../json/tryJson';
import { assertFewValues, isTooLarge } from './answerSize';
import { fetchError } from './connectionErrors';
import { startWatch, type Deadlines, type Watch } from './deadlines';
import { unlessCancelled } from './pause';
import type { Sleep, Transport } from './ports';
import { readAhead, type Ahead } from './readAhead';

interface Watching extends Deadlines {
	sleep: Sleep;
	/** Whether an answer is passed on as it arrives; otherwise it is read to its end. */
	isStreamed: boolean;
}

/**
 * A fetch that always ends: the whole attempt, the first byte and silence each have their own limit,
 * and so has the size. Redirects are not followed, so the key stays where it was sent.
 */
export function watchedFetch(fetch: Transport, { sleep, isStreamed, ...deadlines }: Watching) {
	const watched: Transport = async (url, init = {}) => {
		const watch = startWatch(deadlines, sleep, init.signal);
		const { signal } = watch;
		try {
			const sent = fetch(url, { ...init, redirect: 'manual', signal });
			const response = await unlessCancelled(sent, signal);
			return await readResponse(response, { watch, sleep, isStreamed, outer: init.signal });
		} catch (error) {
			const reason: unknown = signal.aborted ? signal.reason : fetchError(error);
			// An answer that nobody reads would keep its connection.
			watch.fail(reason);
			throw reason;
		}
	};
	return watched;
}

interface Attempt extends Pick<Watching, 'sleep' | 'isStreamed'> {
	watch: Watch;
	outer: AbortSignal | null | undefined;
}

/** A refusal is always read to its end. */
async function readResponse(response: Response, { watch, sleep, isStreamed, outer }: Attempt) {
	const { ok, status, statusText, headers, body } = response;
	if (status < 200 || status > 599) throw new Error(`its answer has the status ${status}`);
	if (!body) {
		watch.stop();
		return response;
	}
	const facts = { status, statusText, headers };
	const ahead = readAhead({ body, status, watch, sleep });
	const begun: Uint8Array[] = [];
	const isWhole = !(ok && isStreamed) && (await isGathered(ahead, begun, { ok, outer }));
	if (isWhole) return new TextResponse(await textOf(begun, headers), facts);
	return new Response(streamOf(ahead, begun), facts);
}

/** Whether an answer was read to its end: one that is not JSON, such as events, may have no end. */
async function isGathered(
	ahead: Ahead,
	all: Uint8Array[],
	{ ok, outer }: { ok: boolean; outer: Attempt['outer'] },
): Promise<boolean> {
	let first: number | undefined;
	try {
		for (let piece = await ahead.next(); piece; piece = await ahead.next()) {
			all.push(piece);
			first ??= piece.find((byte) => byte > BLANK && byte < BEYOND_ASCII);
			if (ok && first !== undefined && !OPENS_JSON.includes(first)) return false;
		}
	} catch (error) {
		const isLost = outer?.aborted || (error instanceof TokenHubError && isTooLarge(error));
		// JSON that is complete is a whole answer, however its connection ends: it may have been paid for.
		if (isLost || tryJson(joined(all)) === undefined) throw error;
	}
	return true;
}

const joined = (pieces: readonly Uint8Array[]) => Buffer.concat(pieces).toString('utf8');

const BLANK = 32;
/** The bytes of a byte order mark, among others. */
const BEYOND_ASCII = 128;
const OPENS_JSON = [...new TextEncoder().encode('{[')];

async function textOf(pieces: readonly Uint8Array[], headers: Headers): Promise<string> {
	const text = textOfAnswer(Buffer.concat(pieces), headers.get('content-type') ?? '');
	if (text.length > LONG) await breathe();
	assertFewValues(text);
	if (text.length > LONG) await breathe();
	return text;
}

/** Long enough to let others go first. */
const LONG = 4_000_000;

/** Why a reader cancels a stream: the answer has ended. */
export const ALL_SAID = 'all was said';
/** The gateway leaves the connection open anyway: nobody waits for it. */
export const LEFT_OPEN = 'all was said, but the connection stayed open';

function streamOf(ahead: Ahead, begun: Uint8Array[]): ReadableStream<Uint8Array> {
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const piece = begun.shift() ?? (await ahead.next());
				if (piece) controller.enqueue(piece);
				else controller.close();
			},
			cancel: async (reason) => await ahead.leave(reason === ALL_SAID),
		},
		{ highWaterMark: 0 },
	);
}

/**
 * A complete answer, and so one without a `body`: wrapping a text in a web stream takes longer than
 * parsing it.
 */
export class TextResponse extends Response {
	override readonly text: () => Promise<string>;

	constructor(text: string, facts: ResponseInit) {
		super(null, facts);
		this.text = () => Promise.resolve(text);
	}
}
