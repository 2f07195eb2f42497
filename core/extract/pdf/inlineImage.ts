import type { Pace } from './refusal';
import { readValue } from './readValue';
import { isBlankByte, refill, type Cursor } from './tokens';
import { isWord } from './values';

/** A picture in the midst of content: its bytes are passed over, up to the word that ends them. */
export async function skipInlineImage(cursor: Cursor, pace: Pace): Promise<void> {
	for (;;) {
		const item = readValue(cursor);
		if (item === undefined) return;
		if (isWord(item) && item.word === 'ID') break;
		// It has no data: the word that ends it came first.
		if (isWord(item) && item.word === 'EI') return;
	}
	refill(cursor);
	const { bytes } = cursor;
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let turn = 0;
	for (let at = file.indexOf('EI', cursor.at); at !== -1; at = file.indexOf('EI', at + 1)) {
		turn += 1;
		if (turn % 500 === 0) await pace();
		const isWhole =
			isBlankByte(bytes[at - 1]) && (at + 2 >= bytes.length || isBlankByte(bytes[at + 2]));
		if (isWhole && isProse(bytes.subarray(at + 2, at + 14))) {
			cursor.at = at + 2;
			return;
		}
	}
	cursor.at = bytes.length;
}

/** Content goes on in plain signs; the bytes of a picture hold others. */
const isProse = (bytes: Uint8Array): boolean =>
	bytes.every((byte) => isBlankByte(byte) || (byte >= 0x20 && byte < 0x7f));
