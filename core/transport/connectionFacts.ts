import { isRecord } from '../isRecord';

const MOST_CAUSES = 10;

/**
 * What an error and those beneath it hold of their connection, the outermost first: fetch says only
 * "fetch failed". By their form, because errors of fetch may be those of another realm.
 */
export function connectionFacts(error: unknown): Array<{ code?: unknown; socket?: unknown }> {
	const facts: Array<{ code?: unknown; socket?: unknown }> = [];
	for (let cause = error; isRecord(cause) && facts.length < MOST_CAUSES; cause = cause.cause) {
		facts.push({ code: cause.code, socket: cause.socket });
	}
	return facts;
}
