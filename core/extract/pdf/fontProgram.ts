import { cffEncoding } from './cffEncoding';
import { dataOf, follow, type Objects } from './objects';
import { isRefusal } from './refusal';
import { isStream, latin1, nameOf, type PdfDict } from './values';

/** Larger fonts are for scripts whose fonts say themselves which letters they show. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The glyph names of the 256 codes as the font in the file has them; undefined when it does not say. */
export async function ownEncoding(
	objects: Objects,
	descriptor: PdfDict,
): Promise<string[] | undefined> {
	try {
		const type1 = await follow(objects, descriptor.get('FontFile'));
		if (isStream(type1)) return type1Encoding(await dataOf(objects, type1));
		const compact = await follow(objects, descriptor.get('FontFile3'));
		if (!isStream(compact)) return undefined;
		if (nameOf(await follow(objects, compact.dict.get('Subtype'))) !== 'Type1C') return undefined;
		const bytes = await dataOf(objects, compact);
		return bytes.length > MOST_BYTES ? undefined : cffEncoding(bytes);
	} catch (thrown) {
		if (isRefusal(thrown) && thrown.problem === 'broken') return undefined;
		throw thrown;
	}
}

/** Its clear part has lines such as `dup 65 /A put`. */
function type1Encoding(bytes: Uint8Array): string[] | undefined {
	const text = latin1(bytes.subarray(0, 64 * 1024)).split('eexec')[0] ?? '';
	const names = Array.from({ length: 256 }, () => '');
	let found = 0;
	for (const [, code, name] of text.matchAll(
		/\bdup\s{1,9}(\d{1,3})\s{0,9}\/([^\s/]{1,100})\s{1,9}put\b/g,
	)) {
		if (Number(code) > 255) continue;
		names[Number(code)] = name ?? '';
		found += 1;
	}
	return found > 0 ? names : undefined;
}
