import { joinedDeltas } from './joinedDeltas';
import type { Redactor } from './redactor';

/** The events of a stream without the secret; what was held back comes last, also before an error. */
export async function* redactedEvents(
	events: AsyncIterable<unknown[]>,
	redactor: Redactor,
): AsyncGenerator<unknown[], void, undefined> {
	const { next, end } = joinedDeltas(redactor);
	try {
		for await (const together of events) yield together.map(next);
	} catch (error) {
		const rest = end();
		if (rest) yield [rest];
		throw error;
	}
	const rest = end();
	if (rest) yield [rest];
}
