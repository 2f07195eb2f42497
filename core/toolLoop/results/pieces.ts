import { openAhead, openPauses } from '../../lib/ahead';
import { LARGEST_PICTURE, pictureTypeOf, SIGNS } from './files';
import { callMethod, isMethod, isNodeStream, isObject, isWebStream, memberOf } from './members';
import { NoText, Pieces, type Reading } from './parts';

/** Why a stream can no longer be read. */
function spent(stream: object): NoText | undefined {
	const { locked, readableEnded, destroyed, readableDidRead } = membersOf(stream);
	if (locked === true) return new NoText('a stream that something else reads');
	const isOver = readableEnded === true || destroyed === true || readableDidRead === true;
	return isOver ? new NoText('a stream that was read before') : undefined;
}

function membersOf(value: object) {
	const names = ['locked', 'readableEnded', 'destroyed', 'readableDidRead'] as const;
	const [locked, readableEnded, destroyed, readableDidRead] = names.map((name) =>
		memberOf(value, name),
	);
	return { locked, readableEnded, destroyed, readableDidRead };
}

/** The pieces of a web stream, a Node stream, or anything that `for await` accepts. */
export function piecesOf(source: object): Pieces | NoText {
	const known = waiting.get(source);
	waiting.delete(source);
	if (known) return known;
	if (isWebStream(source)) {
		const reader = spent(source) ?? callMethod(source, 'getReader');
		if (reader instanceof NoText) return reader;
		if (!isObject(reader)) return new NoText('a stream');
		return new Pieces(
			() => callMethod(reader, 'read'),
			() => quietly(() => callMethod(reader, 'cancel')),
		);
	}
	const isStream = isNodeStream(source);
	const over = isStream ? spent(source) : undefined;
	if (over) return over;
	const iterator = callMethod(source, Symbol.asyncIterator);
	if (!isObject(iterator)) return new NoText('a stream');
	const close = () =>
		isStream ? callMethod(source, 'destroy') : callMethod(iterator, 'return', undefined);
	return new Pieces(
		() => callMethod(iterator, 'next'),
		() => quietly(close),
	);
}

/** Closing a source may hang or fail: nobody waits for it. */
function quietly(close: () => unknown): void {
	void (async () => await close())().catch(() => undefined);
}

/** Streams that are read ahead, and wait for their reader. */
const waiting = new WeakMap<object, Pieces>();

/** Whether it only looks read because it is read ahead. */
export function isWaiting(stream: unknown): boolean {
	return isObject(stream) && waiting.has(stream);
}

/** Starts to read a stream, whoever needs it later; returns what closes it. */
export function beginTaking(stream: object, reading: Reading): () => void {
	if (isWaiting(stream)) return () => undefined;
	const pieces = piecesOf(stream);
	const end = isMethod(stream, 'destroy') ? 'destroy' : 'cancel';
	if (pieces instanceof NoText) return () => quietly(() => callMethod(stream, end));
	const ahead = takenAhead(pieces, reading);
	waiting.set(stream, ahead);
	return ahead.close;
}

const takenOnes = new WeakSet<Pieces>();

/**
 * The same pieces, with bytes read as they arrive, as many as allowed: see `Ahead`. Anything other than
 * bytes may be made on demand, and is requested one by one.
 */
export function takenAhead(pieces: Pieces, { room, limit }: Reading): Pieces {
	if (takenOnes.has(pieces)) return pieces;
	const ahead = openAhead<unknown>();
	let isOver = false;
	// No text has more bytes for what is read of it.
	const counts = openCounts(4 * limit, room);
	const take = async () => {
		for (;;) {
			const step = await pieces.next();
			if (isOver || !isObject(step) || memberOf(step, 'done') === true) return;
			const value = memberOf(step, 'value');
			const bytes = bytesOf(value);
			ahead.push(value);
			await (bytes ? counts(bytes) : ahead.wanted());
		}
	};
	const close = () => {
		isOver = true;
		pieces.close();
	};
	void take().then(
		() => ahead.end(),
		(error: unknown) => {
			ahead.end({ error });
			close();
		},
	);
	let came: unknown[] = [];
	const next = async () => {
		if (came.length === 0) came = (await ahead.next())?.reverse() ?? [];
		return came.length === 0 ? { done: true } : { done: false, value: came.pop() };
	};
	const made = new Pieces(next, close);
	takenOnes.add(made);
	return made;
}

/** In bytes: each piece is an object, and waits for its reader. */
const COST_OF_PIECE = 64;

/** Counts bytes that were read: throws for too many, and lets others run. */
function openCounts(most: number, room: Reading['room']): (bytes: Uint8Array) => Promise<void> {
	const pause = openPauses();
	let [left, start] = [most, Buffer.of()];
	return async (bytes) => {
		if (start.length < SIGNS) {
			start = Buffer.concat([start, bytes.subarray(0, SIGNS)]);
			if (pictureTypeOf(start) !== undefined) left = Math.max(left, LARGEST_PICTURE);
		}
		left -= bytes.length;
		room.left -= Math.max(bytes.length, COST_OF_PIECE);
		if (left < 0 || room.left < 0) throw new Error('it is too long to be read on');
		await pause(bytes.length);
	};
}

export function bytesOf(value: unknown): Uint8Array | undefined {
	if (ArrayBuffer.isView(value)) {
		return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
	}
	return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}
