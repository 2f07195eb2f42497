import { startWatch, type Deadlines } from './deadlines';
import type { Fetch, Send } from './overFetch';

/** A fetch in which a stall ends: the whole, the first byte and silence each have their own time. */
export function watchedFetch(send: Send, deadlines: Deadlines): Fetch {
	return async (url, init = {}) => {
		const watch = startWatch(deadlines);
		try {
			return await send(new URL(url instanceof Request ? url.url : url), init, watch);
		} catch (error) {
			watch.stop();
			throw error;
		}
	};
}
