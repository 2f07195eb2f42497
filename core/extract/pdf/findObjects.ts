import type { CrossReference, Entry } from './crossReference';
import { readObject } from './readObject';
import { readValue } from './readValue';
import { broken, PDF_LIMITS, refusal, type Pace } from './refusal';
import { cursorAt } from './tokens';
import { dictOf, isDict, isRef, type PdfDict, type PdfValue } from './values';

/** As far as the start of an object tells what it is. */
const HEAD = 400;

/**
 * The places of all objects of a file whose own table is broken, by looking for them. `packs` are the
 * streams that hold further objects, `catalog` is the last root that was seen.
 * @throws Refusal when there is no document.
 */
export async function findObjects(
	bytes: Uint8Array,
	pace: Pace,
): Promise<CrossReference & { packs: number[]; catalog?: PdfValue }> {
	const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const entries = new Map<number, Entry>();
	const packs = new Set<number>();
	let trailer = new Map<string, PdfValue>();
	let catalog: PdfValue | undefined;
	for await (const at of placesOf(file, 'obj', pace)) {
		const number = numberBefore(file, at);
		if (number === undefined) continue;
		entries.set(number.value, { at: number.at });
		if (entries.size > PDF_LIMITS.objects) throw refusal('objects');
		const head =
			file
				.subarray(at, at + HEAD)
				.toString('latin1')
				.split('endobj')[0] ?? '';
		if (/\/Type\s*\/ObjStm/.test(head)) packs.add(number.value);
		if (/\/Type\s*\/XRef/.test(head)) {
			await pace();
			trailer = merged(trailer, readObject(bytes, number.at)?.value);
		}
		if (/\/Type\s*\/Catalog/.test(head)) catalog = { ref: number.value };
	}
	for await (const at of placesOf(file, 'trailer', pace)) {
		await pace();
		const found = readValue(cursorAt(bytes, at + 'trailer'.length));
		if (isDict(found)) trailer = merged(trailer, found);
	}
	if (entries.size === 0) throw broken('it holds no objects');
	return { entries, trailer, packs: [...packs], catalog };
}

/** What the last one says holds, as far as it leads anywhere. */
function merged(before: PdfDict, found: PdfValue | undefined): Map<string, PdfValue> {
	const dict = new Map(before);
	for (const key of ['Root', 'Encrypt', 'ID', 'Info']) {
		const value = dictOf(found).get(key);
		const isRoot = key !== 'Root' || isRef(value) || isDict(value);
		if (value !== undefined && isRoot) dict.set(key, value);
	}
	return dict;
}

async function* placesOf(file: Buffer, word: string, pace: Pace): AsyncGenerator<number> {
	let since = 0;
	for (let at = file.indexOf(word); at !== -1; at = file.indexOf(word, at + word.length)) {
		since += 1;
		if (since % 500 === 0) await pace();
		yield at;
	}
	await pace();
}

/** The number of an object before the word `obj`; no regular expression, for a file may be one long number. */
function numberBefore(file: Buffer, word: number): { value: number; at: number } | undefined {
	const text = file.subarray(Math.max(0, word - 24), word).toString('latin1');
	const found = /(?<![0-9])(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+$/.exec(text);
	if (!found) return undefined;
	return { value: Number(found[1]), at: Math.max(0, word - 24) + found.index };
}
