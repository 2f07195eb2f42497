const WORD = 'endstream';

/**
 * Where streams end. What they state themselves is taken where the word stands there that ends them;
 * else that word is looked for. It is found once for all streams before it, so that a file of streams
 * without an end is not read once for each.
 */
export function streamEnds(bytes: Uint8Array) {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let from = 0;
	let found = -1;

	function next(body: number): number {
		const isKnown = from > 0 && body >= from && (found === bytes.length || body <= found);
		if (isKnown) return found;
		const at = file.indexOf(WORD, body);
		from = Math.max(1, body);
		found = at === -1 ? bytes.length : at;
		return found;
	}

	return {
		endOf(body: number, stated: number | undefined): number {
			if (stated !== undefined && stated >= 0 && body + stated <= bytes.length) {
				const behind = file.subarray(body + stated, body + stated + 20).toString('latin1');
				if (/^[\0\t\n\f\r ]*endstream/.test(behind)) return body + stated;
			}
			const end = next(body);
			// The line end before the word is not part of the stream.
			if (file[end - 1] === 0x0a) return Math.max(body, end - (file[end - 2] === 0x0d ? 2 : 1));
			return file[end - 1] === 0x0d ? Math.max(body, end - 1) : end;
		},
	};
}
