import { createDecipheriv, createHash } from 'node:crypto';
import { emptyPasswordKey, type Lock } from './fileKey';
import { rc4 } from './rc4';
import { broken, refusal, type Pace } from './refusal';
import {
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
