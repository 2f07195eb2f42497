import type { Send } from '../client/openSends';
import type { Redactor } from '../redaction/redactor';
import { canonical } from '../isSame';
import { assertNotCancelled } from '../transport/pause';
import { TextResponse } from '../transport/watchedFetch';
import { errorOf } from './recordedError';
import { plainRequest } from './plainRequest';
import { readTape, type Exchange, type RecordedAnswer, type Tape } from './tape';
import type { TapeWriter } from './tapeWriter';
import { unrecorded } from './unrecorded';

interface Replay {
	/** Shared by the ways of sending. */
	shelf: OpenShelf;
	redactor: Redactor;
	/** Sends what is not recorded; without it, that fails. */
	live?: Send;
	/** Takes down what is answered from the recording, where that is another one. */
	copyTo?: TapeWriter;
}

/** What is recorded, by what was asked; equal requests in the order in which they were sent. */
interface Shelf {
	all: Exchange[];
	byRequest: Map<string, Exchange[]>;
}

/**
 * Answers from a recording: no socket is opened. A request that was not recorded is sent by `live`.
 * @throws TokenHubError `badConfig` that names what differs, where there is none.
 */
export function replaySend(replay: Replay): Send {
	return async (body, sending) => {
		const { all, byRequest } = await replay.shelf();
		assertNotCancelled(sending.signal);
		const request = plainRequest(body, replay.redactor);
		const found = byRequest.get(canonical(request))?.shift();
		if (!found && replay.live) return await replay.live(body, sending);
		if (!found)
			throw unrecorded(
				request,
				all.map((exchange) => exchange.request),
			);
		if (replay.copyTo) await replay.copyTo.write({ ...found, n: await replay.copyTo.next() });
		return answered(found, () => sending.took?.({ from: found.from, to: found.to }));
	};
}

type OpenShelf = () => Promise<Shelf>;

/** Read once, when it is first asked for. */
export function openShelf(tape: Tape): OpenShelf {
	let shelf: Promise<Shelf> | undefined;
	return async () => await (shelf ??= readShelf(tape));
}

async function readShelf(tape: Tape): Promise<Shelf> {
	const { exchanges } = await readTape(tape);
	const byRequest = new Map<string, Exchange[]>();
	for (const exchange of exchanges) {
		const key = canonical(exchange.request);
		byRequest.set(key, [...(byRequest.get(key) ?? []), exchange]);
	}
	return { all: exchanges, byRequest };
}

function answered({ answer }: Exchange, end: () => void): Response {
	if ('error' in answer) {
		end();
		throw errorOf(answer.error);
	}
	const facts = { status: answer.status, headers: answer.headers };
	if ('pieces' in answer) return new Response(ReadableStream.from(piecesOf(answer, end)), facts);
	end();
	return new TextResponse('text' in answer ? answer.text : JSON.stringify(answer.json), facts);
}

type Streamed = Extract<RecordedAnswer, { pieces: string[] }>;

function* piecesOf(
	{ pieces, broken }: Streamed,
	end: () => void,
): Generator<Uint8Array, void, undefined> {
	const encoder = new TextEncoder();
	for (const [index, piece] of pieces.entries()) {
		if (index === pieces.length - 1) end();
		yield encoder.encode(piece);
	}
	if (broken) throw errorOf(broken);
}
