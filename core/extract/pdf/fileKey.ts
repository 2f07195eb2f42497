import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4';
import type { Pace } from './refusal';

/** What a locked file says of its lock. */
export interface Lock {
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
export async function emptyPasswordKey(lock: Lock, pace: Pace): Promise<Uint8Array | undefined> {
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
