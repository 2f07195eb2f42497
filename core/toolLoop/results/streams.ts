import { wordOf } from '../../messageOf';
import { restUnreadable } from '../messagesToModel';
import { cutEnd } from './capText';
import { abortable } from '../../lib/async';
import { letOthersRun, type Reading, NoText, Pieces, reasonOf } from './parts';
import { isObject, memberOf } from './members';
import { bytesOf, takenAhead } from './pieces';
import { listenToAll } from './listenToAll';
import { isImageType } from '../../chat/images';
import {
	decoderOf,
	isTextType,
	isUntyped,
	looksLikeText,
	namedBytes,
	textAtStart,
} from '../../lib/textType';
import { fileOf, LARGEST_PICTURE, pictureTypeOf, SHORT_START, SIGNS } from './files';

/** One piece; undefined at the end. */
export async function nextPiece(
	pieces: Pieces,
	reading: Reading,
): Promise<{ value: unknown } | undefined> {
	await letOthersRun(reading);
	const coming = pieces.next();
	listenToAll(coming, reading);
	const step = await abortable(coming, reading.signal);
	if (!isObject(step) || memberOf(step, 'done') === true) return undefined;
	return { value: memberOf(step, 'value') };
}

/** What is known about the bytes before they are read. */
export interface Declared {
	type: string;
	/** In bytes. */
	size?: number;
}

/**
 * The text of a stream up to the limit; its entries, if it is not text; or its description. Texts of a
 * generator are separate entries.
 */
export async function readPieces(
	given: Pieces,
	reading: Reading,
	{ type, size, isStream }: Declared & { isStream: boolean },
): Promise<unknown> {
	const pieces = isStream ? takenAhead(given, reading) : given;
	let isEntries = false;
	try {
		const first = await nextPiece(pieces, reading);
		if (!first) return isStream ? '' : [];
		const { value } = first;
		const bytes = bytesOf(value);
		isEntries = !bytes && !(isStream && typeof value === 'string');
		if (isEntries) return startingWith(first, pieces);
		if (!bytes || !(isUntyped(type) || isImageType(type))) {
			return await readText({ pieces, first: value, type, size }, reading);
		}
		const { start, rest } = await startOf(bytes, pieces, reading);
		if (pictureTypeOf(start) !== undefined) {
			return fileOf(await readPicture(rest, reading, start), size);
		}
		const isText = textAtStart(start.subarray(0, SHORT_START)) !== undefined;
		if (!isText) return otherThan(type, size);
		return await readText({ pieces: rest, first: start, type, size }, reading);
	} finally {
		if (!isEntries) pieces.close();
	}
}

/** The first signs tell what a file is, and a stream may give them one by one, or break before. */
async function startOf(
	first: Uint8Array,
	pieces: Pieces,
	reading: Reading,
): Promise<{ start: Uint8Array; rest: Pieces }> {
	let start = first;
	while (start.length < SIGNS) {
		const next = await nextOrFailure(pieces, reading);
		if (!next) break;
		if ('failure' in next) return { start, rest: new Pieces(next.again, pieces.close) };
		start = Buffer.concat([start, bytesOf(next.value) ?? Buffer.from(wordOf(next.value))]);
	}
	return { start, rest: pieces };
}

function startingWith(first: { value: unknown }, { next, close }: Pieces): Pieces {
	let isFirst = true;
	const nextOrFirst = () => {
		if (!isFirst) return next();
		isFirst = false;
		return first;
	};
	return new Pieces(nextOrFirst, close);
}

async function readText(
	{ pieces, first, type, size }: Declared & { pieces: Pieces; first: unknown },
	reading: Reading,
): Promise<string | NoText> {
	const decoder = decoderOf(type, bytesOf(first) ?? new Uint8Array());
	const texts: string[] = [];
	let [length, pieceCount] = [0, 0];
	for (let piece: unknown = first; ;) {
		for (const part of smallParts(piece)) {
			const text = typeof part === 'string' ? part : decoder.decode(part, { stream: true });
			if (part !== text && !looksLikeText(text, type)) return otherThan(type, size);
			texts.push(text);
			length += text.length;
			if (length > reading.limit) return cutEnd(texts.join(''), reading.limit);
		}
		pieceCount += 1;
		const isEndless = length > reading.shown && pieceCount > MOST_PIECES;
		if (isEndless) return cutEnd(texts.join(''), length - 1);
		const next = await nextOrFailure(pieces, reading);
		if (!next) break;
		if ('failure' in next) return `${texts.join('')}\n${restUnreadable(next.failure)}`;
		piece = next.value;
	}
	return texts.join('') + decoder.decode();
}

/** Bytes that claim to be text but are not have no type worth naming. */
function otherThan(type: string, size: number | undefined): NoText {
	return new NoText(namedBytes(size, isTextType(type) ? '' : type));
}

/** What was read before a stream broke still goes to the model. */
async function nextOrFailure(pieces: Pieces, reading: Reading) {
	try {
		return await nextPiece(pieces, reading);
	} catch (error) {
		if (reading.signal?.aborted) throw error;
		return { failure: reasonOf(error), again: () => thrown(error) };
	}
}

function thrown(error: unknown): never {
	throw error;
}

/** For a stream that is longer than the model sees: small pieces may arrive without end. */
const MOST_PIECES = 10_000;
const SMALL = 65_536;

/** One piece may have hundreds of megabytes. */
function* smallParts(piece: unknown): Generator<string | Uint8Array> {
	const whole = bytesOf(piece) ?? wordOf(piece);
	const part = (at: number) =>
		typeof whole === 'string' ? whole.slice(at, at + SMALL) : whole.subarray(at, at + SMALL);
	for (let at = 0; at < whole.length; at += SMALL) yield part(at);
}

/** The bytes of a stream behind those that were read: no more than tell that they are too many. */
export async function readPicture(
	given: Pieces,
	reading: Reading,
	start: Uint8Array = new Uint8Array(),
): Promise<Uint8Array> {
	const pieces = takenAhead(given, reading);
	const parts = [start];
	let size = start.length;
	try {
		while (size <= LARGEST_PICTURE) {
			const next = await nextPiece(pieces, reading);
			if (!next) break;
			const bytes = bytesOf(next.value) ?? new Uint8Array();
			parts.push(bytes);
			size += bytes.length;
		}
	} finally {
		pieces.close();
	}
	return Buffer.concat(parts);
}
