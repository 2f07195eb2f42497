/** How long a gateway has to count tokens after the end of an answer. */
const LAST_WORDS_MS = 1_000;

/** Some gateways leave the connection open when all is said: after a while it is closed. */
export function leavingLater(stop: AbortController) {
	return (leave: () => void) => {
		const timer = setTimeout(() => {
			leave();
			stop.abort();
		}, LAST_WORDS_MS);
		return () => clearTimeout(timer);
	};
}
