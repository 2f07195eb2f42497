import { shownField } from '../../redaction/plainError';
import { errorPart } from '../messagesToModel';
import {
	type Reading,
	Enclosed,
	Later,
	leaf,
	NoText,
	Pieces,
	Unreadable,
	type Kind,
} from './parts';
import { builtIn } from './builtIns';
import { errorWords } from './errorWords';
import { httpAnswerOf, isHttpForm, shownHttpPart } from './httpAnswer';
import { chained, fieldsOf, instanceOf, wordsOrName } from './instances';
import {
	callMethod,
	ENDLESS,
	isEndless,
	isError,
	isMethod,
	isNodeStream,
	isObject,
	isPlain,
	isWebStream,
	memberOf,
	namesOf,
	tagOf,
	isHiddenName,
} from './members';
import { bytesAs, encodedIn, fileOfUri } from './files';
import { piecesOf } from './pieces';
import { readPieces } from './streams';

/** How any value is read. It may throw: getters and proxies are foreign code. */
export function kindOf(value: unknown, isJson = false): Kind {
	if (typeof value === 'object' && value !== null) return kindOfObject(value, isJson);
	if (typeof value === 'number') return leaf(Number.isFinite(value) ? value : String(value));
	if (typeof value === 'bigint') return leaf(isPrintable(value) ? String(value) : HUGE);
	if (typeof value === 'undefined') return leaf('undefined');
	if (typeof value === 'symbol') return leaf(value.toString());
	if (typeof value === 'string') return leaf(fileOfUri(value) ?? value);
	if (typeof value === 'boolean') return leaf(value);
	if (typeof value !== 'function') return leaf(null);
	return leaf(new NoText(value.name === '' ? 'a function' : `a function, ${value.name}`));
}

/** The time to print its digits grows with the square of their number. */
function isPrintable(value: bigint): boolean {
	return BigInt.asIntN(MOST_BITS, value) === value;
}

const MOST_BITS = 400_000;
const HUGE = new NoText('a BigInt of more than 120,000 digits');

function kindOfObject(value: object, isJson: boolean): Kind {
	if (value instanceof NoText || value instanceof Unreadable || value instanceof Enclosed) {
		return leaf(value);
	}
	if (isEndless(value)) return leaf(new NoText(ENDLESS));
	if (value instanceof Later || value instanceof Pieces) return value;
	if (Array.isArray(value)) return kindOfArray(value);
	if (isMethod(value, 'then')) return settling(value);
	const known = isPlain(value) ? undefined : (builtIn(value) ?? external(value));
	if (known) return known;
	const answer = httpAnswerOf(value);
	if (answer) return fieldsFrom(Object.entries(answer).filter(([, part]) => !isBlank(part)));
	if (!isJson && isMethod(value, 'toJSON')) {
		const json = callMethod(value, 'toJSON', '');
		if (json === value) return kindOfObject(value, true);
		// An invalid date of a library has only a text form.
		return isGiven(json) ? kindOf(json, true) : wordsOrName(value);
	}
	return iterated(value) ?? (isPlain(value) ? kindOfPlain(value) : instanceOf(value));
}

function external(value: object): Kind | undefined {
	if (isError(value)) return new Later((reading) => markedWords(value, reading));
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
		return value instanceof Failed ? await markedWords(value.error, reading) : value;
	});
}

/**
 * Among values, a failure must not read like one of them; in an error message, all parts are failures.
 */
async function markedWords(thrown: unknown, reading: Reading): Promise<string> {
	const words = await errorWords(thrown, reading);
	return reading.errors ? words : errorPart(words);
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

/**
 * A list may have holes, and fields in addition to its entries: those of a regular expression's match.
 */
function kindOfArray(array: readonly unknown[]): Kind {
	const extra = array.length <= MOST_WITH_FIELDS ? fieldNames(array) : [];
	if (extra.length === 0) return { is: 'list', entries: placesOf(array), size: array.length };
	const own: Array<[string, unknown]> = [['entries', new Later(() => [...array])]];
	const entries = chained(own, fieldsOf(array, extra));
	return { is: 'fields', entries, size: extra.length + 1 };
}

const MOST_WITH_FIELDS = 1_000;

/** The positions of a list come first, and their names are numbers. */
function fieldNames(array: readonly unknown[]): readonly string[] {
	const names = namesOf(array);
	const first = names.findIndex((name) => !/^\d+$/.test(name));
	return first === -1 ? [] : names.slice(first);
}

/** More holes than this are only counted. */
const MOST_EMPTY = 10;

function* placesOf(array: readonly unknown[]): Generator<unknown, undefined> {
	let names: readonly string[] | undefined;
	let at = 0;
	const nextFrom = (index: number): number => {
		for (let near = index; near <= index + MOST_EMPTY; near += 1) if (near in array) return near;
		names ??= namesOf(array);
		while (at < names.length && !(Number(names[at]) > index)) at += 1;
		return Math.min(Number(names[at] ?? array.length), array.length);
	};
	for (let index = 0; index < array.length; index += 1) {
		const empty = index in array ? 0 : nextFrom(index) - index;
		if (empty > MOST_EMPTY) {
			yield new NoText(`${empty.toLocaleString('en')} empty places`);
			index += empty - 1;
		} else yield empty === 0 ? array[index] : new NoText('an empty place');
	}
}

/** JSON's form of a Buffer: thousands of numbers that say nothing. */
function bytesOfJson(value: object): Uint8Array | undefined {
	if (!('type' in value) || value.type !== 'Buffer' || !('data' in value)) return undefined;
	const { data } = value;
	if (!Array.isArray(data) || namesOf(value).length !== 2) return undefined;
	const isBytes = data.slice(0, 100).every((byte) => Number.isInteger(byte));
	return isBytes ? Buffer.from(data) : undefined;
}

function kindOfPlain(value: object): Kind {
	const bytes = bytesOfJson(value);
	if (bytes) return bytesAs(bytes);
	if (isNamespace(value)) return leaf(new NoText(tagOf(value)));
	const names = namesOf(value);
	// They come last, and searching for them takes as long again.
	const symbols = names.length > MOST_NAMES ? [] : Object.getOwnPropertySymbols(value);
	const entries = chained(shownFields(value, names), symbolFields(value, symbols));
	return { is: 'fields', entries, size: names.length + symbols.length };
}

/** If there are more, the last ones are never shown. */
const MOST_NAMES = 50_000;

/** `Math` and similar objects, whose members are not listed. */
function isNamespace(value: object): boolean {
	return tagOf(value) !== 'Object' && namesOf(value).length === 0;
}

/** For a request, an answer or an error in plain form, as for those that are objects of a class. */
function shownFields(value: object, names: readonly string[]) {
	if (isErrorForm(value)) {
		const told = names.filter((name) => !isHiddenName(name));
		return fieldsOf(value, told, shownField);
	}
	if (isHttpForm(value)) return fieldsOf(value, names, shownHttpPart);
	const [key, file] = encodedIn(value) ?? [];
	return fieldsOf(value, names, (name, part) => (file && name === key ? file : part));
}

/** An HTTP client's error as JSON, or as a copy. */
function isErrorForm(value: object): boolean {
	return ['message', 'stack'].every((name) => {
		return Object.hasOwn(value, name) && typeof memberOf(value, name) === 'string';
	});
}

function* symbolFields(value: object, symbols: readonly symbol[]): Generator<[string, unknown]> {
	const isShown = (key: symbol) => Object.prototype.propertyIsEnumerable.call(value, key);
	for (const symbol of symbols) if (isShown(symbol)) yield* fieldsOf(value, [symbol]);
}

function fieldsFrom(fields: Array<[string, unknown]>): Kind {
	return { is: 'fields', entries: fields[Symbol.iterator](), size: fields.length };
}

function isGiven(part: unknown): boolean {
	return part !== null && part !== undefined;
}

function isBlank(part: unknown): boolean {
	return part === '' || (isObject(part) && isPlain(part) && Object.keys(part).length === 0);
}
