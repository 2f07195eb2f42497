import { connectionFacts } from './connectionFacts';
import type { Transport } from './ports';

/**
 * The first fetch, or the other one from where on the first turns out not to fit this runtime: a
 * dispatcher and a `fetch` of different versions of undici refuse each other before they send.
 */
export function eitherFetch(first: Transport, other: Transport): Transport {
	let isFit = true;
	return async (url, init) => {
		try {
			if (isFit) return await first(url, init);
		} catch (error) {
			isFit = !connectionFacts(error).some(({ code }) => code === UNFIT);
			if (isFit) throw error;
		}
		return await other(url, init);
	};
}

const UNFIT = 'UND_ERR_INVALID_ARG';
