import type { IncomingHttpHeaders } from 'node:http';
import { isRecord } from '../core/lib/isRecord';
import {
	answered,
	OF_CONNECTION,
	openShelf,
	plainRequest,
	recordSend,
	redactedFetch,
	redactorOf,
	tapeWriter,
	type Tape,
} from '../core/inside';
import type { Exchange } from './exchange';
import { sendError } from './sendReply';

/** Answers requests instead of the contract and the script. */
export type Answering = (exchange: Exchange) => Promise<void>;

/**
 * Answers from a recording, with any key; a request that is not in it gets a 400 with the difference.
 */
export function replaying(tape: Tape): Answering {
	const open = openShelf(tape);
	return async (exchange) => {
		const { body, headers } = exchange.seen;
		const { take, whyNot } = await open();
		const request = plainRequest(isRecord(body) ? body : {}, redactorFor(headers));
		const found = take(request);
		if (!found)
			return sendError(exchange, { status: 400, error: { message: whyNot(request).message } });
		await sendResponse(
			exchange,
			answered(found, () => undefined),
		);
	};
}

/** Passes requests on to another endpoint, and its answers back, and records both without the key. */
export function recording(tape: Tape, upstream: string): Answering {
	const writer = tapeWriter(tape);
	const url = `${upstream.replace(/\/$/, '')}/chat/completions`;
	return async (exchange) => {
		const { body, headers } = exchange.seen;
		const redactor = redactorFor(headers);
		const clean = redactedFetch(fetch, redactor);
		const live = async (sent: object, { signal }: { signal?: AbortSignal }) =>
			await clean(url, {
				...{ method: 'POST', headers: handedOn(headers), redirect: 'error', signal },
				body: JSON.stringify(sent),
			});
		const send = recordSend(live, { writer, redactor });
		const sent = isRecord(body) ? body : {};
		await sendResponse(exchange, await send(sent, { signal: exchange.signal }));
	};
}

/** Removes the key of a request, because recordings have none. */
function redactorFor({ authorization = '' }: IncomingHttpHeaders) {
	return redactorOf(authorization.replace(/^Bearer /i, ''));
}

function handedOn({ authorization, accept }: IncomingHttpHeaders): Record<string, string> {
	return {
		'content-type': 'application/json',
		...(authorization === undefined ? {} : { authorization }),
		...(accept === undefined ? {} : { accept }),
	};
}

async function sendResponse({ seen, response }: Exchange, answer: Response): Promise<void> {
	const headers = [...answer.headers].filter(([name]) => !OF_CONNECTION.test(name));
	seen.status = answer.status;
	response.writeHead(answer.status, Object.fromEntries(headers));
	// What breaks off here is cut off for the reader too: see `handleRequest`.
	for await (const piece of answer.body ?? [await answer.text()]) response.write(piece);
	response.end();
}
