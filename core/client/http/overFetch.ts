import { pause } from '../pause';
import { assertFewValues, sizedChunks } from '../../wire/answerSize';
import type { Watch } from './deadlines';
import { TextResponse } from './textResponse';

export type Fetch = typeof globalThis.fetch;

/**
 * Sends one attempt: tells the watch of every byte and of the end, and stops when the watch or the
 * caller's signal says so. Redirects are not followed, so the key stays where it was sent.
 */
export type Send = (url: URL, init: RequestInit, watch: Watch) => Promise<Response>;

/** By a fetch that the caller gave. */
export function overFetch(fetch: Fetch): Send {
	return async (url, init, watch) => {
		const signals = [watch.signal, ...(init.signal ? [init.signal] : [])];
		const options = { ...init, redirect: 'manual' as const, signal: AbortSignal.any(signals) };
		const response = await fetch(url, options);
		if (!response.body) {
			watch.stop();
			return response;
		}
		return await toResponse(response.body, response, watch);
	};
}

type Facts = Pick<Response, 'status' | 'statusText' | 'headers'>;

/** A stream stays one; any other answer is read to its end. */
export async function toResponse(
	body: AsyncIterable<Uint8Array>,
	{ status, statusText, headers }: Facts,
	watch: Watch,
): Promise<Response> {
	const facts = { status, statusText, headers };
	const sized = sizedChunks({ body, status }, watch.fail);
	const chunks = watchedChunks(sized, watch);
	const isStream = headers.get('content-type')?.startsWith('text/event-stream') ?? false;
	return isStream
		? new Response(ReadableStream.from(chunks), facts)
		: new TextResponse(await gathered(chunks), facts);
}

async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<string> {
	const all: Uint8Array[] = [];
	for await (const chunk of chunks) all.push(chunk);
	const text = Buffer.concat(all).toString('utf8');
	if (text.length > LONG) await pause(0);
	assertFewValues(text);
	if (text.length > LONG) await pause(0);
	return text;
}

/** What takes long enough to let others go first. */
const LONG = 4_000_000;

async function* watchedChunks(body: AsyncIterable<Uint8Array>, watch: Watch) {
	try {
		watch.heard();
		for await (const chunk of body) {
			watch.heard();
			yield chunk;
		}
	} finally {
		watch.stop();
	}
}
