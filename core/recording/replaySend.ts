import type { Send } from '../transport/ports';
import { TokenHubError } from '../errors';
import { canonical } from '../lib/isSame';
import { wordOf } from '../messageOf';
import { groupBy } from '../lib/own';
import type { Redactor } from '../redaction/redactor';
import { assertNotCancelled } from '../transport/pause';
import { TextResponse } from '../transport/watchedFetch';
import { nearestOf, type Difference, type Nearest } from './nearestRequest';
import {
	plainRequest,
	errorOf,
	readTape,
	type Exchange,
	type RecordedAnswer,
	type Tape,
	type TapeWriter,
} from './tape';

interface Replay {
	/** Shared by whole and streamed requests. */
	shelf: OpenShelf;
	redactor: Redactor;
	/** Sends what is not recorded; without it, that fails. */
	live?: Send;
	/** Also records what is answered from the recording, if it goes into another one. */
	copyTo?: TapeWriter;
}

/** The recorded answers, by request. */
interface Shelf {
	/** Removes it: equal requests are answered in the order in which they were sent. */
	take(this: void, request: object): Exchange | undefined;
	/** How a missing request differs from the nearest one. */
	whyNot(this: void, request: object): TokenHubError;
}

/**
 * Answers from a recording: no socket is opened. A request that was not recorded is sent by `live`.
 * @throws TokenHubError `badConfig` that names what differs, if there is no `live`.
 */
export function replaySend(replay: Replay): Send {
	return async (body, sending) => {
		const { take, whyNot } = await replay.shelf();
		assertNotCancelled(sending.signal);
		const request = plainRequest(body, replay.redactor);
		const found = take(request);
		if (!found && replay.live) return await replay.live(body, sending);
		if (!found) throw whyNot(request);
		if (replay.copyTo) await replay.copyTo.write({ ...found, n: await replay.copyTo.next() });
		return answered(found, () => sending.took?.({ from: found.from, to: found.to }));
	};
}

type OpenShelf = () => Promise<Shelf>;

/** Read once, when it is first needed. */
export function openShelf(tape: Tape): OpenShelf {
	let shelf: Promise<Shelf> | undefined;
	return async () => await (shelf ??= readShelf(tape));
}

async function readShelf(tape: Tape): Promise<Shelf> {
	const { exchanges } = await readTape(tape);
	const byRequest = groupBy(exchanges, ({ request }) => canonical(request));
	const taken = new Map<string, number>();
	let nearest: Nearest | undefined;
	return {
		take(request) {
			const key = canonical(request);
			const found = byRequest.get(key)?.[taken.get(key) ?? 0];
			if (found) taken.set(key, (taken.get(key) ?? 0) + 1);
			return found;
		},
		whyNot(request) {
			const times = byRequest.get(canonical(request))?.length ?? 0;
			if (times > 0) return askedTooOften(times);
			if (exchanges.length === 0) return notRecorded('the recording contains no requests');
			nearest ??= nearestOf(exchanges.map((exchange) => exchange.request));
			return notLike(nearest(request, MOST + 1));
		},
	};
}

function askedTooOften(times: number): TokenHubError {
	const often = times === 1 ? 'once' : `${times} times`;
	return notRecorded(`it was recorded ${often}, and is sent once more`);
}

/** The answer as it arrived. @throws the recorded Error that broke it off. */
export function answered({ answer }: Exchange, end: () => void): Response {
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

/** More differences in long conversations tell nothing new. */
const MOST = 20;
const LONGEST = 160;

function notLike(nearest: readonly Difference[]): TokenHubError {
	const failures = nearest.slice(0, MOST).map((found) => ({
		...{ path: found.path, code: 'notRecorded' },
		message: inWords(found),
	}));
	const [first] = failures;
	const more = failures.length > 1 ? `, and at ${failures.length - 1} more` : '';
	return notRecorded(
		`the nearest one differs at ${first?.path}: ${first?.message}${more}`,
		failures,
	);
}

function notRecorded(reason: string, failures?: Array<{ path: string; message: string }>) {
	return new TokenHubError('badConfig', `This request is not in the recording: ${reason}.`, {
		failures,
		hint: 'Record it again, or set both `record` and `replay`: missing requests are then sent and added.',
	});
}

function inWords({ before, after }: Difference): string {
	const [a, b] = windows(shown(before), shown(after));
	return `recorded ${a}, now ${b}`;
}

const shown = (value: unknown) => (value === undefined ? 'nothing' : wordOf(JSON.stringify(value)));

/** For long texts, the part around the first difference. */
function windows(a: string, b: string): [string, string] {
	const most = Math.min(a.length, b.length);
	let at = 0;
	while (at < most && a[at] === b[at]) at += 1;
	const start = Math.max(0, at - LONGEST / 4);
	const cut = (text: string) => {
		const part = text.slice(start === 0 ? 0 : start, start + LONGEST);
		return `${start > 0 ? '…' : ''}${part}${start + LONGEST < text.length ? '…' : ''}`;
	};
	return [cut(a), cut(b)];
}
