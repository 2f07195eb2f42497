import { broken, refusal, type Pace, latin1 } from './values';

/** Bytes whose number is not known before: doubled as needed, up to a limit. */
interface Growing {
	bytes: Uint8Array;
	length: number;
	most: number;
}

const growing = (most: number): Growing => ({ bytes: new Uint8Array(4_096), length: 0, most });
const taken = ({ bytes, length }: Growing): Uint8Array => bytes.subarray(0, length);

function reserve(to: Growing, count: number): void {
	const length = to.length + count;
	if (length > to.most) throw refusal('streamMegabytes');
	if (length <= to.bytes.length) return;
	const larger = new Uint8Array(Math.max(length, to.bytes.length * 2));
	larger.set(taken(to));
	to.bytes = larger;
}

function append(to: Growing, added: Uint8Array): void {
	reserve(to, added.length);
	to.bytes.set(added, to.length);
	to.length += added.length;
}

const EACH = 2_048;

/** Run lengths: a count, then that many bytes, or one byte that many times. */
export async function unrun(packed: Uint8Array, most: number, pace: Pace): Promise<Uint8Array> {
	const made = growing(most);
	for (let at = 0, turn = 0; at < packed.length; turn += 1) {
		if (turn % EACH === 0) await pace();
		const count = packed[at] ?? 128;
		if (count === 128) break;
		if (count < 128) append(made, packed.subarray(at + 1, at + 2 + count));
		else append(made, new Uint8Array(257 - count).fill(packed[at + 1] ?? 0));
		at += count < 128 ? count + 2 : 2;
	}
	return taken(made);
}

const CLEAR = 256;
const END = 257;
const MOST_CODES = 4_096;

interface Lzw {
	most: number;
	/** Whether codes grow one code earlier than they have to, as most writers do it. */
	isEarly: boolean;
}

/** LZW, whose table holds the place and length of each string in what came out. */
export async function unlzw(packed: Uint8Array, how: Lzw, pace: Pace): Promise<Uint8Array> {
	const made = growing(how.most);
	const starts = new Uint32Array(MOST_CODES);
	const lengths = new Uint32Array(MOST_CODES);
	let next = 258;
	let previous: { at: number; length: number } | undefined;
	let bit = 0;
	for (let turn = 0; ; turn += 1) {
		if (turn % EACH === 0) await pace();
		const width = Math.min(12, Math.max(9, 32 - Math.clz32(next + (how.isEarly ? 1 : 0))));
		const code = readBits(packed, bit, width);
		bit += width;
		if (code === undefined || code === END) return taken(made);
		if (code === CLEAR) {
			next = 258;
			previous = undefined;
			continue;
		}
		const at = made.length;
		if (previous && next < MOST_CODES) {
			starts[next] = previous.at;
			lengths[next] = previous.length + 1;
			next += 1;
		}
		if (code < CLEAR) append(made, Uint8Array.of(code));
		else if (code < next) repeat(made, starts[code] ?? 0, lengths[code] ?? 0);
		else throw broken('one of its parts cannot be unpacked');
		previous = { at, length: made.length - at };
	}
}

/** Byte by byte: the last of a string just begun is the first that it adds itself. */
function repeat(made: Growing, start: number, length: number): void {
	reserve(made, length);
	for (let index = 0; index < length; index += 1) {
		made.bytes[made.length + index] = made.bytes[start + index] ?? 0;
	}
	made.length += length;
}

function readBits(bytes: Uint8Array, from: number, count: number): number | undefined {
	if (from + count > bytes.length * 8) return undefined;
	const at = from >> 3;
	const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
	return (three >> (24 - count - (from & 7))) & ((1 << count) - 1);
}

/** ASCII85: five signs for four bytes, `z` for four zeros. */
export async function unascii85(packed: Uint8Array, most: number, pace: Pace): Promise<Uint8Array> {
	const made = growing(most);
	let group: number[] = [];
	for (let at = 0; at < packed.length; at += 1) {
		if (at % EACH === 0) await pace();
		const byte = packed[at] ?? 0;
		if (byte === 0x7e) break;
		if (byte === 0x7a && group.length === 0) append(made, new Uint8Array(4));
		if (byte < 0x21 || byte > 0x75) continue;
		group.push(byte - 0x21);
		if (group.length < 5) continue;
		append(made, fourOf(group));
		group = [];
	}
	if (group.length > 1) append(made, fourOf(group).subarray(0, group.length - 1));
	return taken(made);
}

function fourOf(group: readonly number[]): Uint8Array {
	const padded = [...group, 84, 84, 84, 84].slice(0, 5);
	const value = padded.reduce((sum, digit) => sum * 85 + digit, 0);
	return Uint8Array.of(value / 2 ** 24, value >>> 16, value >>> 8, value);
}

/** Two hexadecimal digits for a byte. */
export async function unhex(packed: Uint8Array, most: number, pace: Pace): Promise<Uint8Array> {
	const made = growing(most);
	const end = packed.indexOf(0x3e);
	const digits = packed.subarray(0, end === -1 ? packed.length : end);
	let rest = '';
	for (let at = 0; at < digits.length; at += 64 * EACH) {
		await pace();
		const text = rest + latin1(digits.subarray(at, at + 64 * EACH)).replace(/[^0-9a-f]+/gi, '');
		const even = text.length - (text.length % 2);
		append(made, Buffer.from(text.slice(0, even), 'hex'));
		rest = text.slice(even);
	}
	if (rest !== '') append(made, Buffer.from(`${rest}0`, 'hex'));
	return taken(made);
}
