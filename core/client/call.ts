import { redactedEvents } from '../redaction/redactedEvents';
import { plainError } from '../redaction/plainError';
import type { Send, Sending, Sleep } from '../transport/ports';
import type { Fallback, PriceOf } from '../usage';
import type { Ledger, RequestBody } from '../ledger';
import { billFor, readBilled, whileBilled } from '../wire/billed';
import { readChunk, readCompletion, type WireChunk, type WireCompletion } from '../wire/completion';
import { openEvents, readAnswer } from '../wire/readAnswer';
import { attemptFailure } from '../wire/refusalError';
import { withCost } from '../wire/wireUsage';
import type { Release } from './limiter';
import { withRetries, type RetryRules } from './withRetries';

/** A whole answer. */
export interface Completed {
	fallbacks?: Fallback[];
	completion: WireCompletion;
	/** The answer word for word. */
	raw: unknown;
	retries: number;
}

/** A streamed answer. */
export interface OpenedStream {
	fallbacks?: Fallback[];
	/** Chunks that arrived together are in one list. */
	chunks: AsyncIterable<WireChunk[]>;
	/** Who pays for it if it does not reach its end. */
	bill(this: void): ReturnType<typeof billFor>;
	retries: number;
}

/** What is needed to send a call and to read its answer. */
export interface CallRules extends RetryRules, Sending {
	priceOf: PriceOf;
	ledger?: Ledger;
	clock: Sleep;
}

/** One answer, retried if that may help. */
export async function complete(
	send: Send,
	body: RequestBody,
	rules: CallRules,
): Promise<Completed> {
	const ask = async () => {
		const response = await send(body, rules);
		const raw = await readAnswer(response, { redactor: rules.redactor, sleep: rules.clock });
		const { headers } = response;
		const completion = readBilled(readCompletion, raw, { ...rules, body, headers });
		return { raw, completion: withCost(completion, headers) };
	};
	const attempt = async () => await whileBilled(ask, { ...rules, body });
	const { value, retries, release } = await withRetries(attempt, rules);
	release('ok', value.completion.usage?.total_tokens);
	return { ...value, retries };
}

/** The same as a stream: retried until the first piece has arrived. */
export async function openStream(
	send: Send,
	body: RequestBody,
	rules: CallRules,
): Promise<OpenedStream> {
	const open = async () => {
		const request = { ...body, stream: true, stream_options: { include_usage: true } };
		const response = await send(request, rules);
		const events = redactedEvents(await openEvents(response, rules.clock), rules.redactor);
		try {
			const first = await events.next();
			// A stream that begins with an error was refused; one that begins with something other than a
			// chunk answers something else.
			if (!first.done) readBilled(readChunk, first.value[0], { ...rules, body });
			return { events, first };
		} catch (error) {
			await events.return();
			throw error;
		}
	};
	const attempt = async () => await whileBilled(open, { ...rules, body });
	const { value, retries, release } = await withRetries(attempt, rules);
	// A stream that the reader leaves, or that stalls, has been requested.
	const state: BillState = { bill: 'unknown' };
	const chunks = readStream(value, release, { ...rules, body, state });
	return { chunks, bill: () => state.bill, retries };
}

interface BillState {
	bill: ReturnType<typeof billFor>;
}

interface Opened {
	events: AsyncGenerator<unknown[], void, undefined>;
	first: IteratorResult<unknown[], void>;
}

/** The chunks of an open stream, up to its end or its failure. */
async function* readStream(
	{ events, first }: Opened,
	release: Release,
	rules: CallRules & { body: RequestBody; state: BillState },
): AsyncGenerator<WireChunk[]> {
	let outcome: Parameters<Release>[0] = 'failed';
	let tokens: number | undefined;
	try {
		for (let next = first; !next.done; next = await events.next()) {
			const chunks: WireChunk[] = [];
			try {
				for (const chunk of next.value) chunks.push(readBilled(readChunk, chunk, rules));
			} finally {
				// Also the chunks that arrived together with an error.
				tokens = chunks.findLast(({ usage }) => usage)?.usage?.total_tokens ?? tokens;
				if (chunks.length > 0) yield chunks;
			}
		}
		outcome = 'ok';
	} catch (thrown) {
		rules.state.bill = billFor(thrown);
		throw plainError(attemptFailure(thrown, rules.signal).error, rules.redactor);
	} finally {
		release(outcome, tokens);
		await events.return();
	}
}
