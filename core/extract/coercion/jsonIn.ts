import { isRecord } from '../../isRecord';
import { riskyNotes } from '../../json/cursor';
import { readWholeJson, type ReadJson } from '../../json/readJson';
import type { Place } from './place';

type Numbers = Pick<Place, 'isExact' | 'numbers'>;

const MOST_LAYERS = 3;

/** JSON in a text, maybe encoded more than once; also as Python writes it. Its numbers keep their digits. */
export function jsonIn(text: string, types: readonly string[], place: Numbers): unknown {
	let inner: unknown = text.trim();
	let read: ReadJson | undefined;
	for (let layer = 0; layer < MOST_LAYERS && typeof inner === 'string'; layer += 1) {
		read = readIn(inner, types, place);
		inner = read?.value;
		if (place.isExact) break;
	}
	const isWanted = Array.isArray(inner)
		? types.includes('array')
		: isRecord(inner) && types.includes('object');
	if (!isWanted) return undefined;
	if (read?.numbers) place.numbers.push(read.numbers);
	return inner;
}

function readIn(source: string, types: readonly string[], place: Numbers): ReadJson | undefined {
	if (!/^[{["(]/.test(source)) return undefined;
	const read = plainSlips(source);
	if (place.isExact) return isStrict(read) ? read : undefined;
	if (read || !types.includes('array')) return read;
	// Tuples and sets.
	const inside = /^(?:\((?<tuple>[^]*)\)|\{(?<set>[^]*)\})$/.exec(source)?.groups;
	const entries = inside?.tuple ?? inside?.set;
	return entries === undefined ? undefined : plainSlips(`[${entries}]`);
}

function isStrict(read: ReadJson | undefined): boolean {
	return read?.notes.length === 0 && !read.numbers?.lossy.size;
}

/** JSON with slips that leave one reading: a text in a text is not a place for a guess. */
function plainSlips(source: string): ReadJson | undefined {
	const read = readWholeJson(source);
	if (!read.ok || read.notes.includes('duplicateKey') || read.comments) return undefined;
	return riskyNotes(new Set(read.notes)).length === 0 ? read : undefined;
}
