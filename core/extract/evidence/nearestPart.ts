interface Part {
	start: number;
	end: number;
	/** How many characters have to change. */
	distance: number;
}

/**
 * The part of a text with the least edit distance to a value: Myers' algorithm, 32 rows of the table
 * at a time.
 */
export function nearestPart(text: string, value: string): Part {
	const ends = lastRow(text, value, 'anywhere');
	let end = 0;
	for (let at = 1; at < ends.length; at += 1) {
		if ((ends[at] ?? Infinity) < (ends[end] ?? Infinity)) end = at;
	}
	const distance = ends[end] ?? value.length;
	const before = text.slice(Math.max(0, end - 2 * value.length), end);
	const starts = lastRow(reversed(before), reversed(value), 'here');
	let length = 0;
	for (let at = 1; at < starts.length; at += 1) {
		const isNearer = Math.abs(at - value.length) < Math.abs(length - value.length);
		if (starts[at] === distance && (starts[length] !== distance || isNearer)) length = at;
	}
	return { start: end - length, end, distance };
}

/** Halves of a character may change places: both texts are treated alike. */
const reversed = (text: string) => text.split('').reverse().join('');

/** By end in the text: the distance of the value to what ends there, and begins `anywhere` or `here`. */
function lastRow(text: string, value: string, begins: 'anywhere' | 'here'): Uint32Array {
	const blocks = Math.ceil(value.length / 32);
	const masks = masksOf(value, blocks);
	const none = new Int32Array(blocks);
	const plus = new Int32Array(blocks).fill(-1);
	const minus = new Int32Array(blocks);
	const lastBit = 1 << ((value.length - 1) % 32);
	const row = new Uint32Array(text.length + 1);
	row[0] = value.length;
	for (let at = 0; at < text.length; at += 1) {
		const mask = masks.get(text.charCodeAt(at)) ?? none;
		let carry = begins === 'here' ? 1 : 0;
		for (let block = 0; block < blocks; block += 1) {
			let same = mask[block] ?? 0;
			const [up, down] = [plus[block] ?? 0, minus[block] ?? 0];
			const vertical = same | down;
			if (carry < 0) same |= 1;
			const horizontal = ((((same & up) >>> 0) + (up >>> 0)) ^ up) | same;
			let rise = down | ~(horizontal | up);
			let fall = up & horizontal;
			const top = block === blocks - 1 ? lastBit : 1 << 31;
			const next = (rise & top) !== 0 ? 1 : (fall & top) !== 0 ? -1 : 0;
			rise <<= 1;
			fall <<= 1;
			if (carry < 0) fall |= 1;
			else if (carry > 0) rise |= 1;
			plus[block] = fall | ~(vertical | rise);
			minus[block] = rise & vertical;
			carry = next;
		}
		row[at + 1] = (row[at] ?? 0) + carry;
	}
	return row;
}

/** By character: the places of the value that have it, one bit each. */
function masksOf(value: string, blocks: number): Map<number, Int32Array> {
	const masks = new Map<number, Int32Array>();
	for (let at = 0; at < value.length; at += 1) {
		const code = value.charCodeAt(at);
		const mask = masks.get(code) ?? new Int32Array(blocks);
		masks.set(code, mask);
		const block = at >> 5;
		mask[block] = (mask[block] ?? 0) | (1 << (at % 32));
	}
	return masks;
}
