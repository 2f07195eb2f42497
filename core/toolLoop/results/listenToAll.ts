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

/** What the walk may cost: it does not let others run. An object costs far more than a number. */
const MOST_STEPS = 200_000;
const STEPS_OF_OBJECT = 10;
/** Of one that is neither a row, a list nor a promise: it is asked what it is. */
const STEPS_OF_OTHERS = 30;

interface Met {
	value: object;
	/** What a client or another object of a class holds is still its own to read and to close. */
	isOurs: boolean;
}

/**
 * Listens to every promise and emitter in a result, at once and without reading them: one that fails
 * while nobody listens ends the process. Also to those that are never read, as far as the walk goes.
 * Streams are taken ahead. Gives what closes those that nobody has read.
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
	// The nearest first: a long list hides nothing that stands beside it.
	for (const met of queue) doesNotThrow(() => meetParts(met, meet));
	return () => {
		isOver = true;
		for (const run of closers) run();
	};
}

const heard = new WeakSet<object>();
const ignore = () => undefined;

function listen(value: object, later: (given: unknown) => void): void {
	// Not its own `then`: where it is no promise of the language, that may start the work.
	if (tagOf(value) === 'Promise')
		doesNotThrow(() => Promise.prototype.then.call(value, later, ignore));
	const isEmitter = ['on', 'emit', 'listenerCount'].every((name) => isMethod(value, name));
	if (!isEmitter || heard.has(value)) return;
	heard.add(value);
	callMethod(value, 'on', 'error', ignore);
}

/** What an object of somebody else's is; one that throws when it is asked is not. */
function holds(test: () => boolean): boolean {
	let isSo = false;
	return doesNotThrow(() => (isSo = test())) && isSo;
}

const isShort = (value: object) => holds(() => !isEndless(value));
/** One that nobody has added anything to. */
const isPromise = (value: object) =>
	holds(() => Object.getPrototypeOf(value) === Promise.prototype);
/** Rows and lists are many, and neither fail nor flow. */
const isOrdinary = (value: object) => holds(() => Array.isArray(value) || isPlain(value));
const isStream = (value: object) => holds(() => isNodeStream(value) || isWebStream(value));

type Meet = (value: unknown, isOurs: boolean) => boolean;

/** Without getters: they are asked when it is their turn to be read. */
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
