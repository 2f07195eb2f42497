import type { Reading } from './abortable';
import { builtIn } from './builtIns';
import { errorWords, isError } from './errorWords';
import { httpAnswerOf } from './httpAnswer';
import { chained, fieldsOf, instanceOf } from './instances';
import {
	callMethod,
	isMethod,
	isNodeStream,
	isObject,
	isPlain,
	isWebStream,
	namesOf,
} from './members';
import { Later, leaf, NoText, Pieces, Unreadable, type Kind } from './parts';
import { bytesOf, piecesOf, readPieces } from './streams';
import { namedBytes } from './textType';

/** How any value is read. It may throw: getters and proxies are somebody else's. */
export function kindOf(value: unknown, isJson = false): Kind {
	if (typeof value === 'object' && value !== null) return kindOfObject(value, isJson);
	if (typeof value === 'number') return leaf(Number.isFinite(value) ? value : String(value));
	if (typeof value === 'bigint') return leaf(isPrintable(value) ? String(value) : HUGE);
	if (typeof value === 'undefined') return leaf('undefined');
	if (typeof value === 'symbol') return leaf(value.toString());
	if (typeof value === 'string' || typeof value === 'boolean') return leaf(value);
	if (typeof value !== 'function') return leaf(null);
	return leaf(new NoText(value.name === '' ? 'a function' : `a function, ${value.name}`));
}

/** Its digits take time that grows with the square of their number. */
function isPrintable(value: bigint): boolean {
	return BigInt.asIntN(MOST_BITS, value) === value;
}

const MOST_BITS = 400_000;
const HUGE = new NoText('a BigInt of more than 120,000 digits');

function kindOfObject(value: object, isJson: boolean): Kind {
	if (value instanceof NoText || value instanceof Unreadable) return leaf(value);
	if (value instanceof Later || value instanceof Pieces) return value;
	if (Array.isArray(value)) return kindOfArray(value);
	if (isMethod(value, 'then')) return settling(value);
	const known = isPlain(value) ? undefined : (builtIn(value) ?? external(value));
	if (known) return known;
	const answer = httpAnswerOf(value);
	if (answer) return fieldsFrom(Object.entries(answer).filter(([, part]) => !isBlank(part)));
	if (!isJson && isMethod(value, 'toJSON')) {
		const json = callMethod(value, 'toJSON', '');
		return json === value ? kindOfObject(value, true) : kindOf(json, true);
	}
	return iterated(value) ?? (isPlain(value) ? kindOfPlain(value) : instanceOf(value));
}

function external(value: object): Kind | undefined {
	if (isError(value)) return new Later((reading) => errorWords(value, reading));
	const bytes = bytesOf(value);
	if (bytes) return leaf(new NoText(namedBytes(bytes.length)));
	if (!isWebStream(value) && !isNodeStream(value)) return undefined;
	if (httpAnswerOf(value)) return undefined;
	const pieces = piecesOf(value);
	if (pieces instanceof NoText) return leaf(pieces);
	const read = (reading: Reading) => readPieces(pieces, reading, { type: '', isStream: true });
	return new Later(read, pieces.close);
}

/** At once: a promise that fails while nobody listens ends the process. */
function settling(thenable: object): Kind {
	const settled = Promise.resolve<unknown>(thenable).catch((error: unknown) => new Failed(error));
	return new Later(async (reading) => {
		const value: unknown = await settled;
		return value instanceof Failed ? await errorWords(value.error, reading) : value;
	});
}

class Failed {
	constructor(readonly error: unknown) {}
}

function iterated(value: object): Kind | undefined {
	if (isMethod(value, Symbol.asyncIterator)) {
		const pieces = piecesOf(value);
		if (pieces instanceof NoText) return leaf(pieces);
		return new Later((reading) => readPieces(pieces, reading, { type: '', isStream: false }));
	}
	if (!isMethod(value, Symbol.iterator)) return undefined;
	const entries = callMethod(value, Symbol.iterator);
	return isIterator(entries) ? { is: 'list', entries } : undefined;
}

function isIterator(value: unknown): value is Iterator<unknown> {
	return isObject(value) && isMethod(value, 'next');
}

/** A list may have places without a value, and fields beside its entries: those of a match. */
function kindOfArray(array: readonly unknown[]): Kind {
	const extra = array.length <= MOST_WITH_FIELDS ? fieldNames(array) : [];
	if (extra.length === 0) return { is: 'list', entries: placesOf(array), size: array.length };
	const own: Array<[string, unknown]> = [['entries', new Later(() => [...array])]];
	const entries = chained(own, fieldsOf(array, extra));
	return { is: 'fields', entries, size: extra.length + 1 };
}

const MOST_WITH_FIELDS = 1_000;

/** The places of a list come first, and those names are numbers. */
function fieldNames(array: readonly unknown[]): readonly string[] {
	const names = namesOf(array);
	const first = names.findIndex((name) => !/^\d+$/.test(name));
	return first === -1 ? [] : names.slice(first);
}

function* placesOf(array: readonly unknown[]): Generator<unknown, undefined> {
	for (let index = 0; index < array.length; index += 1) {
		yield index in array ? array[index] : new NoText('an empty place');
	}
}

/** As JSON has a Buffer: thousands of numbers that say nothing. */
function bytesOfJson(value: object): number | undefined {
	if (!('type' in value) || value.type !== 'Buffer' || !('data' in value)) return undefined;
	const isIts = Array.isArray(value.data) && Object.keys(value).length === 2;
	return isIts && Array.isArray(value.data) ? value.data.length : undefined;
}

function kindOfPlain(value: object): Kind {
	const size = bytesOfJson(value);
	if (size !== undefined) return leaf(new NoText(namedBytes(size)));
	const names = namesOf(value);
	const symbols = Object.getOwnPropertySymbols(value);
	const entries = chained(fieldsOf(value, names), symbolFields(value, symbols));
	return { is: 'fields', entries, size: names.length + symbols.length };
}

function* symbolFields(value: object, symbols: readonly symbol[]): Generator<[string, unknown]> {
	const isShown = (key: symbol) => Object.prototype.propertyIsEnumerable.call(value, key);
	for (const symbol of symbols) if (isShown(symbol)) yield* fieldsOf(value, [symbol]);
}

function fieldsFrom(fields: Array<[string, unknown]>): Kind {
	return { is: 'fields', entries: fields[Symbol.iterator](), size: fields.length };
}

function isBlank(part: unknown): boolean {
	return part === '' || (isObject(part) && isPlain(part) && Object.keys(part).length === 0);
}
