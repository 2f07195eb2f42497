import { alarm } from '../transport/pause';
import type { Sleep } from '../transport/ports';

/** How long a gateway has to count tokens after the end of an answer. */
const LAST_WORDS_MS = 1_000;

/** Some gateways leave the connection open when all is said: after a while it is closed. */
export function leavingLater(sleep: Sleep, stop: AbortController) {
	return (leave: () => void) =>
		alarm(sleep, LAST_WORDS_MS, () => {
			leave();
			stop.abort();
		});
}
