import { broken, refusal } from './refusal';

const MB = 1024 * 1024;

/** Unpacks zlib data piece by piece, as the platform does it. @throws Refusal beyond `most` bytes. */
export async function inflate(packed: Uint8Array, most: number): Promise<Uint8Array> {
	const whole = await inflated({ packed, format: 'deflate', most });
	if (!whole.failed) return whole.bytes;
	// Without its two bytes of head, the sum at its end is not looked at: many writers leave that out.
	const raw = await inflated({ packed: packed.subarray(2), format: 'deflate-raw', most });
	// That sum, or what stands behind it, is no loss; an end that is missing is one.
	if (!raw.failed || /trailing junk/i.test(raw.failed)) return raw.bytes;
	throw broken('one of its parts cannot be unpacked');
}

interface Task {
	packed: Uint8Array;
	format: 'deflate' | 'deflate-raw';
	most: number;
}

/** What came out, also before it failed. */
async function inflated({
	packed,
	format,
	most,
}: Task): Promise<{ bytes: Uint8Array; failed?: string }> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	const source = new Blob([Uint8Array.from(packed)]).stream();
	const unpacked: ReadableStream<Uint8Array> = source.pipeThrough(new DecompressionStream(format));
	const reader = unpacked.getReader();
	const outcome = (failed?: string) => ({ bytes: Buffer.concat(pieces), failed });
	for (;;) {
		const step = await reader.read().catch((thrown: unknown) => ({ failed: describe(thrown) }));
		if ('failed' in step) return outcome(step.failed);
		if (step.done) return outcome();
		pieces.push(step.value);
		length += step.value.length;
		if (length <= most) continue;
		await reader.cancel().catch(() => undefined);
		throw refusal('streamMegabytes', `${most / MB}`);
	}
}

function describe(thrown: unknown): string {
	if (!(thrown instanceof Error)) return String(thrown);
	return `${thrown.message} ${thrown.cause instanceof Error ? thrown.cause.message : ''}`;
}
