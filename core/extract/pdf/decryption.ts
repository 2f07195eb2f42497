import { createDecipheriv, createHash, createCipheriv } from 'node:crypto';
import {
	broken,
	refusal,
	type Pace,
	dictOf,
	isText,
	nameOf,
	numberOf,
	type PdfDict,
	type PdfStream,
	type PdfValue,
} from './values';

type Owner = NonNullable<PdfStream['owner']>;
type Cipher = (data: Uint8Array, owner: Owner) => Promise<Uint8Array>;

/** How the strings and streams of a file are read that anybody may open. */
export interface Decryption {
	text: Cipher;
	stream: Cipher;
}

/**
 * The decryption of a file that opens without a password: most that are "protected" only ask others
 * not to print or change them. `lock` must hold no references.
 * @throws Refusal `locked` for one that asks for a password.
 */
export async function openDecryption(
	lock: PdfDict,
	id: Uint8Array,
	pace: Pace,
): Promise<Decryption> {
	const version = numberOf(lock.get('V')) ?? 0;
	if (nameOf(lock.get('Filter')) !== 'Standard' || ![1, 2, 4, 5].includes(version)) {
		throw refusal('locked');
	}
	const key = await emptyPasswordKey(readLock(lock, id), pace);
	if (!key) throw refusal('locked');
	const cipherFor = (use: string): Cipher => {
		const method = version < 4 ? 'V2' : methodOf(lock, use);
		if (method === 'None') return (data) => Promise.resolve(data);
		if (method === 'AESV3') return (data) => Promise.resolve(unAes(key, data));
		const isAes = method === 'AESV2';
		return async (data, owner) => {
			const own = ownKey(key, owner, isAes);
			return isAes ? unAes(own, data) : await rc4(own, data, pace);
		};
	};
	return { text: cipherFor('StrF'), stream: cipherFor('StmF') };
}

function methodOf(lock: PdfDict, use: string): string {
	const name = nameOf(lock.get(use)) ?? 'Identity';
	const filter = dictOf(dictOf(lock.get('CF')).get(name));
	return name === 'Identity' ? 'None' : (nameOf(filter.get('CFM')) ?? 'None');
}

const bytesOf = (value: PdfValue | undefined): Uint8Array =>
	isText(value) ? value.text : new Uint8Array();

function readLock(lock: PdfDict, id: Uint8Array): Lock {
	const bits = numberOf(lock.get('Length')) ?? 40;
	const version = numberOf(lock.get('V')) ?? 0;
	const isShort = version === 1 || (version === 2 && bits < 40);
	const size = version === 4 ? 128 : isShort ? 40 : bits;
	return {
		...{ id, revision: numberOf(lock.get('R')) ?? 0, keyBytes: Math.min(32, size >> 3) },
		...{ owner: bytesOf(lock.get('O')), user: bytesOf(lock.get('U')) },
		...{ permissions: numberOf(lock.get('P')) ?? 0, userKey: bytesOf(lock.get('UE')) },
		isMetadataOpen: lock.get('EncryptMetadata') === false,
	};
}

/** Each object has a key of its own, made from its number. */
function ownKey(key: Uint8Array, { number, generation }: Owner, isAes: boolean): Uint8Array {
	const hash = createHash('md5').update(key);
	hash.update(Uint8Array.of(number, number >> 8, number >> 16, generation, generation >> 8));
	if (isAes) hash.update('sAlT');
	return hash.digest().subarray(0, Math.min(16, key.length + 5));
}

/** Its first 16 bytes are where it begins from, its last say how many are padding. */
function unAes(key: Uint8Array, data: Uint8Array): Uint8Array {
	const size = data.length - (data.length % 16);
	if (size < 32) return new Uint8Array();
	const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, data.subarray(0, 16));
	cipher.setAutoPadding(false);
	const made = Buffer.concat([cipher.update(data.subarray(16, size)), cipher.final()]);
	const padding = made.at(-1) ?? 0;
	if (padding > made.length) throw broken('one of its parts cannot be decrypted');
	return padding > 16 ? made : made.subarray(0, made.length - padding);
}

/** What a locked file says of its lock. */
interface Lock {
	id: Uint8Array;
	revision: number;
	keyBytes: number;
	owner: Uint8Array;
	user: Uint8Array;
	userKey: Uint8Array;
	permissions: number;
	isMetadataOpen: boolean;
}

/** What stands in for a password that is shorter, here for all of it. */
const PADDING = Buffer.from(
	'28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a',
	'hex',
);
const md5 = (...parts: Uint8Array[]) =>
	parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
const isSameStart = (a: Uint8Array, b: Uint8Array, count: number) =>
	Buffer.compare(a.subarray(0, count), b.subarray(0, count)) === 0;

/** The key of a file that opens without a password; undefined when it asks for one. */
async function emptyPasswordKey(lock: Lock, pace: Pace): Promise<Uint8Array | undefined> {
	return lock.revision >= 5 ? newerKey(lock) : await olderKey(lock, pace);
}

async function olderKey(lock: Lock, pace: Pace): Promise<Uint8Array | undefined> {
	const { id, revision, keyBytes, owner, user } = lock;
	const permissions = Buffer.alloc(4);
	permissions.writeInt32LE(lock.permissions | 0);
	const open = revision >= 4 && lock.isMetadataOpen ? Buffer.alloc(4, 0xff) : Buffer.alloc(0);
	let key = md5(PADDING, owner.subarray(0, 32), permissions, id, open).subarray(0, keyBytes);
	for (let round = 0; revision >= 3 && round < 50; round += 1) {
		key = md5(key).subarray(0, keyBytes);
	}
	if (revision < 3) {
		const made = await rc4(key, PADDING, pace);
		return isSameStart(made, user, 32) ? key : undefined;
	}
	let made: Uint8Array = md5(PADDING, id);
	for (let round = 0; round < 20; round += 1) {
		made = await rc4(
			key.map((byte) => byte ^ round),
			made,
			pace,
		);
	}
	return isSameStart(made, user, 16) ? key : undefined;
}

function newerKey({ revision, user, userKey }: Lock): Uint8Array | undefined {
	const hash = revision === 5 ? sha256 : hardened;
	if (!isSameStart(hash(user.subarray(32, 40)), user, 32) || userKey.length < 32) return undefined;
	const cipher = createDecipheriv('aes-256-cbc', hash(user.subarray(40, 48)), Buffer.alloc(16));
	cipher.setAutoPadding(false);
	return Buffer.concat([cipher.update(userKey.subarray(0, 32)), cipher.final()]);
}

const sha256 = (salt: Uint8Array): Uint8Array => createHash('sha256').update(salt).digest();

/** The hash of PDF 2.0, for an empty password: at least 64 rounds of hashing and encrypting. */
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

/** The cipher of older PDFs, which OpenSSL has no longer. */
export async function rc4(key: Uint8Array, data: Uint8Array, pace: Pace): Promise<Uint8Array> {
	const state = Uint8Array.from({ length: 256 }, (_, index) => index);
	for (let at = 0, other = 0; at < 256; at += 1) {
		other = (other + (state[at] ?? 0) + (key[at % key.length] ?? 0)) & 255;
		swap(state, at, other);
	}
	const made = new Uint8Array(data.length);
	for (let at = 0, one = 0, other = 0; at < data.length; at += 1) {
		if (at % EACH === 0) await pace();
		one = (one + 1) & 255;
		other = (other + (state[one] ?? 0)) & 255;
		swap(state, one, other);
		const mask = state[((state[one] ?? 0) + (state[other] ?? 0)) & 255] ?? 0;
		made[at] = (data[at] ?? 0) ^ mask;
	}
	return made;
}

function swap(state: Uint8Array, one: number, other: number): void {
	const kept = state[one] ?? 0;
	state[one] = state[other] ?? 0;
	state[other] = kept;
}
