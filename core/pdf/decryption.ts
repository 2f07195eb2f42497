import { createDecipheriv, createHash, createCipheriv } from 'node:crypto';
import {
	broken,
	dictOf,
	isText,
	nameOf,
	numberOf,
	type Pace,
	type PdfDict,
	type PdfStream,
	refusal,
} from './values';

type Owner = NonNullable<PdfStream['owner']>;
type Cipher = (data: Uint8Array, owner: Owner) => Promise<Uint8Array>;

/** How to decrypt the strings and streams of a file that opens without a password. */
export interface Decryption {
	text: Cipher;
	stream: Cipher;
}

/**
 * The decryption of a file that opens without a password: most "protected" files only ask readers not
 * to print or change them. `lock` must not contain references.
 * @throws Refusal `locked` if the file needs a password.
 */
export async function openDecryption(
	lock: PdfDict,
	id: Uint8Array,
	pace: Pace,
): Promise<Decryption> {
	const version = numberOf(lock.get('V')) ?? 0;
	const isStandard = nameOf(lock.get('Filter')) === 'Standard' && [1, 2, 4, 5].includes(version);
	const revision = numberOf(lock.get('R')) ?? 0;
	const key = !isStandard
		? undefined
		: revision >= 5
			? newerKey(lock, revision === 5 ? sha256 : hardened)
			: await olderKey(lock, id, pace);
	if (!key) throw refusal('locked');
	const cipherFor = (use: string): Cipher => {
		const method = version < 4 ? 'V2' : methodOf(lock, use);
		if (method === 'None') return (data) => Promise.resolve(data);
		if (method === 'AESV3') return (data) => Promise.resolve(unAes(key, data));
		return async (data, { number, generation }) => {
			const isAes = method === 'AESV2';
			const place = [number, number >> 8, number >> 16, generation, generation >> 8];
			// Each object has its own key, derived from its number.
			const own = md5(key, Uint8Array.from(place), Buffer.from(isAes ? 'sAlT' : ''));
			const short = own.subarray(0, Math.min(16, key.length + 5));
			return isAes ? unAes(short, data) : await rc4(short, data, pace);
		};
	};
	return { text: cipherFor('StrF'), stream: cipherFor('StmF') };
}

function methodOf(lock: PdfDict, use: string): string {
	const name = nameOf(lock.get(use)) ?? 'Identity';
	const filter = dictOf(dictOf(lock.get('CF')).get(name));
	return name === 'Identity' ? 'None' : (nameOf(filter.get('CFM')) ?? 'None');
}

const bytesAt = (lock: PdfDict, key: string): Uint8Array => {
	const value = lock.get(key);
	return isText(value) ? value.text : new Uint8Array();
};
const md5 = (...parts: Uint8Array[]) => createHash('md5').update(Buffer.concat(parts)).digest();
const sha256 = (salt: Uint8Array): Uint8Array => createHash('sha256').update(salt).digest();
const isSameStart = (a: Uint8Array, b: Uint8Array, count: number) =>
	Buffer.compare(a.subarray(0, count), b.subarray(0, count)) === 0;

function aes(key: Uint8Array, start: Uint8Array, data: Uint8Array): Buffer {
	const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, start);
	cipher.setAutoPadding(false);
	return Buffer.concat([cipher.update(data), cipher.final()]);
}

/** The first 16 bytes are the initialization vector; the last byte is the length of the padding. */
function unAes(key: Uint8Array, data: Uint8Array): Uint8Array {
	const size = data.length - (data.length % 16);
	if (size < 32) return new Uint8Array();
	const made = aes(key, data.subarray(0, 16), data.subarray(16, size));
	const padding = made.at(-1) ?? 0;
	if (padding > made.length) throw broken('one of its parts cannot be decrypted');
	return padding > 16 ? made : made.subarray(0, made.length - padding);
}

/** Fills up a password that is too short; here, all of it. */
const PADDING = Buffer.from(
	'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
	'hex',
);

/** The key of a file that opens without a password; undefined if it needs one. */
async function olderKey(
	lock: PdfDict,
	id: Uint8Array,
	pace: Pace,
): Promise<Uint8Array | undefined> {
	const [version, revision] = [numberOf(lock.get('V')), numberOf(lock.get('R')) ?? 0];
	const stated = numberOf(lock.get('Length')) ?? 40;
	const bits = version === 4 ? 128 : version === 1 ? 40 : Math.max(40, stated);
	const keyBytes = Math.min(32, bits >> 3);
	const permissions = Buffer.alloc(4);
	permissions.writeInt32LE((numberOf(lock.get('P')) ?? 0) | 0);
	const isOpen = revision >= 4 && lock.get('EncryptMetadata') === false;
	const owner = bytesAt(lock, 'O').subarray(0, 32);
	const rest = Buffer.alloc(isOpen ? 4 : 0, 0xff);
	let key = md5(PADDING, owner, permissions, id, rest).subarray(0, keyBytes);
	for (let round = 0; revision >= 3 && round < 50; round += 1) {
		key = md5(key).subarray(0, keyBytes);
	}
	let made: Uint8Array = revision < 3 ? PADDING : md5(PADDING, id);
	for (let round = 0; round < (revision < 3 ? 1 : 20); round += 1) {
		const own = key.map((byte) => byte ^ round);
		made = await rc4(own, made, pace);
	}
	return isSameStart(made, bytesAt(lock, 'U'), revision < 3 ? 32 : 16) ? key : undefined;
}

function newerKey(lock: PdfDict, hash: (salt: Uint8Array) => Uint8Array): Uint8Array | undefined {
	const [user, userKey] = [bytesAt(lock, 'U'), bytesAt(lock, 'UE')];
	if (!isSameStart(hash(user.subarray(32, 40)), user, 32) || userKey.length < 32) return undefined;
	return aes(hash(user.subarray(40, 48)), Buffer.alloc(16), userKey.subarray(0, 32));
}

/** The hash of PDF 2.0 for an empty password: at least 64 rounds of hashing and encrypting. */
function hardened(salt: Uint8Array): Uint8Array {
	let key: Buffer = createHash('sha256').update(salt).digest();
	for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
		const data = Buffer.concat(Array.from({ length: 64 }, () => key));
		const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32));
		cipher.setAutoPadding(false);
		const made = cipher.update(data);
		const kind = made.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
		key = createHash(['sha256', 'sha384', 'sha512'][kind] ?? 'sha256')
			.update(made)
			.digest();
		last = made.at(-1) ?? 0;
	}
	return key.subarray(0, 32);
}

const EACH = 1 << 20;

/** The cipher of older PDFs, which OpenSSL no longer offers. */
export async function rc4(key: Uint8Array, data: Uint8Array, pace: Pace): Promise<Uint8Array> {
	const state = Uint8Array.from({ length: 256 }, (_, index) => index);
	for (let at = 0, other = 0; at < 256; at += 1) {
		other = (other + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 255;
		[state[at], state[other]] = [state[other] ?? 0, state[at] ?? 0];
	}
	const made = new Uint8Array(data.length);
	for (let at = 0, one = 0, other = 0; at < data.length; at += 1) {
		if (at % EACH === 0) await pace();
		one = (one + 1) & 255;
		other = (other + (state[one] ?? 0)) & 255;
		[state[one], state[other]] = [state[other] ?? 0, state[one] ?? 0];
		const mask = state[((state[one] ?? 0) + (state[other] ?? 0)) & 255] ?? 0;
		made[at] = (data[at] ?? 0) ^ mask;
	}
	return made;
}
