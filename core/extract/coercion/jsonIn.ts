import { isRecord } from '../../isRecord';
import { riskyNotes } from '../../json/cursor';
import { readWholeJson } from '../../json/readJson';
import { decimal, exactNumber } from '../../read/decimal';
import { tryJson } from '../../tryJson';

const MOST_LAYERS = 3;

/** JSON in a text, maybe encoded more than once; also as Python writes it. */
export function jsonIn(text: string, types: readonly string[], isExact: boolean): unknown {
	let inner: unknown = text.trim();
	for (let layer = 0; layer < MOST_LAYERS && typeof inner === 'string'; layer += 1) {
		const source: string = inner;
		if (!/^[{["(]/.test(source) || !keepsDigits(source)) return undefined;
		inner = tryJson(source) ?? (isExact ? undefined : pythonIn(source, types));
		if (isExact) break;
	}
	const isWanted = Array.isArray(inner)
		? types.includes('array')
		: isRecord(inner) && types.includes('object');
	return isWanted ? inner : undefined;
}

function pythonIn(source: string, types: readonly string[]): unknown {
	const value = plainSlips(source);
	if (value !== undefined || !types.includes('array')) return value;
	// Tuples and sets.
	const inside = /^(?:\((?<tuple>[^]*)\)|\{(?<set>[^]*)\})$/.exec(source)?.groups;
	const entries = inside?.tuple ?? inside?.set;
	return entries === undefined ? undefined : plainSlips(`[${entries}]`);
}

/** JSON with slips that leave one reading: a text in a text is no place for a guess. */
function plainSlips(source: string): unknown {
	const read = readWholeJson(source);
	if (!read.ok || read.notes.includes('duplicateKey')) return undefined;
	return riskyNotes(new Set(read.notes)).length === 0 ? read.value : undefined;
}

const JSON_STRING = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'/g;

/** Whether each number of a JSON text is one that JavaScript can hold digit by digit. */
function keepsDigits(json: string): boolean {
	const numbers =
		json.replace(JSON_STRING, '""').match(/[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g) ?? [];
	return numbers.every((token) => {
		// Leading zeros are of a code, not of a number.
		if (/^[-+]?0\d/.test(token)) return false;
		if (/^-?\d{1,15}$/.test(token)) return true;
		const digits = decimal(token.toLowerCase());
		return digits !== undefined && exactNumber(digits) !== undefined;
	});
}
