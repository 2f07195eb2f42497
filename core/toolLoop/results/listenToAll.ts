import {
	callMethod,
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
	doesNotThrow,
	isHiddenName,
} from './members';
import type { Reading } from './parts';
import { beginTaking } from './pieces';

/**
 * How much the walk may cost, because it does not let others run. An object costs far more than a
 * number.
 */
const MOST_STEPS = 200_000;
const STEPS_OF_OBJECT = 10;
/** For anything other than a row, a list or a promise: it is asked what it is. */
const STEPS_OF_OTHERS = 30;

interface Met {
	value: object;
	/** What a client or another class instance contains is for it to read and to close. */
	isOurs: boolean;
}

/**
 * Listens to every promise and emitter in a result, immediately and without reading them, even to those
 * that are never read, as far as the walk goes: one that fails while nobody listens ends the process.
 * Streams are read ahead. Returns what closes those that nobody has read.
 */
export function listenToAll(result: unknown, reading: Reading): () => void {
	const closers: Array<() => void> = [];
	let isOver = false;
	const later = (given: unknown) => {
		if (!isObject(given)) return;
		const closeGiven = listenToAll(given, reading);
		if (isOver) closeGiven();
		else closers.push(closeGiven);
	};
	const seen = new Set<object>();
	const queue: Met[] = [];
	let left = MOST_STEPS;
	const meet = (value: unknown, isOurs: boolean) => {
		left -= 1;
		if (left < 0 || !isObject(value) || seen.has(value) || !isShort(value)) return left > 0;
		seen.add(value);
		if (isPromise(value)) {
			doesNotThrow(() => Promise.prototype.then.call(value, later, ignore));
			return left > 0;
		}
		if (isOrdinary(value)) {
			left -= STEPS_OF_OBJECT;
			queue.push({ value, isOurs });
			return left > 0;
		}
		left -= STEPS_OF_OTHERS;
		doesNotThrow(() => listen(value, later));
		if (!isStream(value)) queue.push({ value, isOurs });
		else if (isOurs) doesNotThrow(() => closers.push(beginTaking(value, reading)));
		return left > 0;
	};
	meet(result, true);
	// The nearest first: a long list hides nothing next to it.
	for (const met of queue) doesNotThrow(() => meetParts(met, meet));
	return () => {
		isOver = true;
		for (const run of closers) run();
	};
}

const heard = new WeakSet<object>();
const ignore = () => undefined;

function listen(value: object, later: (given: unknown) => void): void {
	// Not its own `then`: unless it is a native promise, that may start the work.
	if (tagOf(value) === 'Promise')
		doesNotThrow(() => Promise.prototype.then.call(value, later, ignore));
	const isEmitter = ['on', 'emit', 'listenerCount'].every((name) => isMethod(value, name));
	if (!isEmitter || heard.has(value)) return;
	heard.add(value);
	callMethod(value, 'on', 'error', ignore);
}

/** What a foreign object is; one that throws when asked is not it. */
function holds(test: () => boolean): boolean {
	let isSo = false;
	return doesNotThrow(() => (isSo = test())) && isSo;
}

const isShort = (value: object) => holds(() => !isEndless(value));
/** A promise without added properties. */
const isPromise = (value: object) =>
	holds(() => Object.getPrototypeOf(value) === Promise.prototype);
/** Rows and lists are frequent, and neither fail nor flow. */
const isOrdinary = (value: object) => holds(() => Array.isArray(value) || isPlain(value));
const isStream = (value: object) => holds(() => isNodeStream(value) || isWebStream(value));

type Meet = (value: unknown, isOurs: boolean) => boolean;

/** Without getters: they run when it is their turn to be read. */
function meetParts({ value, isOurs }: Met, meet: Meet): void {
	if (ArrayBuffer.isView(value)) return;
	if (Array.isArray(value)) {
		for (let at = 0; at < value.length; at += 1) if (!meet(value[at], isOurs)) return;
		return;
	}
	if (value instanceof Map) {
		for (const part of value.values()) if (!meet(part, isOurs)) return;
		return;
	}
	if (value instanceof Set) {
		for (const part of value) if (!meet(part, isOurs)) return;
		return;
	}
	if (tagOf(value) === 'Response') meet(memberOf(value, 'body'), isOurs);
	const isOursInside = isOurs && (isPlain(value) || isError(value));
	for (const name of namesOf(value)) {
		const isTold = isOursInside && !isHiddenName(name);
		if (!meet(Object.getOwnPropertyDescriptor(value, name)?.value, isTold)) return;
	}
}
