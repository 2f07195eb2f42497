import type { RequestBody } from '../chat/chatRequest';
import { attemptFailure } from './attemptFailure';
import { readBilled } from './billed';
import type { Rules } from '../client/createClient';
import type { Release } from '../client/limiter';
import { plainError } from '../redaction/plainError';
import { readChunk, type WireChunk } from './wire';

interface Opened {
	events: AsyncGenerator<unknown[], void, undefined>;
	first: IteratorResult<unknown[], void>;
}

/** The chunks of a stream that is open, up to its end or its failure. */
export async function* readStream(
	{ events, first }: Opened,
	release: Release,
	rules: Rules & { body: RequestBody },
): AsyncGenerator<WireChunk[]> {
	let outcome: Parameters<Release>[0] = 'failed';
	let tokens: number | undefined;
	try {
		for (let next = first; !next.done; next = await events.next()) {
			const chunks: WireChunk[] = [];
			try {
				for (const chunk of next.value) chunks.push(readBilled(readChunk, chunk, rules));
			} finally {
				// Also those that came together with an error.
				tokens = chunks.findLast(({ usage }) => usage)?.usage?.total_tokens ?? tokens;
				if (chunks.length > 0) yield chunks;
			}
		}
		outcome = 'ok';
	} catch (thrown) {
		throw plainError(attemptFailure(thrown, rules.signal).error, rules.redactor);
	} finally {
		release(outcome, tokens);
		await events.return();
	}
}
