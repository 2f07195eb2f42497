import type { Pace } from './refusal';

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
