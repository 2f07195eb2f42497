import type { Entry } from './crossReference';
import { dataOf, follow, load, type Objects, type Pack, type Packed } from './objects';
import { broken, PDF_LIMITS, refusal } from './refusal';
import { readValue } from './readValue';
import { cursorAt, readToken, refill, weightOf } from './tokens';
import { isStream, isWord, numberOf, type PdfValue } from './values';

/** Unpacked bytes that are kept, because their objects are asked for one after another. */
const MOST_KEPT = 64 * 1024 * 1024;

export async function readPacked(
	objects: Objects,
	number: number,
	{ within, index }: Packed,
): Promise<PdfValue> {
	const { bytes, places } = await openPack(objects, within);
	const stated = places[index];
	const place = stated?.[0] === number ? stated : places.find(([other]) => other === number);
	if (!place) return null;
	const cursor = cursorAt(bytes, place[1]);
	const value = readValue(cursor);
	objects.weight += weightOf(cursor);
	return value === undefined || isWord(value) ? null : value;
}

/** The entries of all objects in these streams. */
export async function membersOf(
	objects: Objects,
	packs: readonly number[],
): Promise<Map<number, Entry>> {
	const found = new Map<number, Entry>();
	for (const within of packs) {
		const { places } = await openPack(objects, within);
		places.forEach(([number], index) => found.set(number, { within, index }));
		if (found.size > PDF_LIMITS.objects) throw refusal('objects');
	}
	return found;
}

async function openPack(objects: Objects, within: number): Promise<Pack> {
	const { packs } = objects;
	const known = packs.get(within);
	if (known) return known;
	const pack = await readPack(objects, within);
	const size = [...packs.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
	if (size + pack.bytes.length > MOST_KEPT) packs.clear();
	packs.set(within, pack);
	return pack;
}

async function readPack(objects: Objects, within: number): Promise<Pack> {
	const stream = await load(objects, within);
	if (!isStream(stream)) throw broken('its table is wrong');
	const first = numberOf(await follow(objects, stream.dict.get('First'))) ?? 0;
	const count = numberOf(await follow(objects, stream.dict.get('N'))) ?? 0;
	if (count > PDF_LIMITS.objects) throw refusal('objects');
	const bytes = await dataOf(objects, stream);
	const cursor = cursorAt(bytes);
	const places: Pack['places'] = [];
	for (let index = 0; index < count; index += 1) {
		if (index % 1_000 === 0) await objects.pace();
		refill(cursor);
		const number = readToken(cursor);
		const at = readToken(cursor);
		if (typeof number !== 'number' || typeof at !== 'number') break;
		places.push([number, first + at]);
	}
	return { bytes, places };
}
