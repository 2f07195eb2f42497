import { breathe } from '../../async';
import type { Image } from './images';

/** How much of a value is read, and for how long. */
export interface Reading {
	/** Characters that are read. */
	limit: number;
	/** Characters that the model is shown: of what is made on demand, no more is asked for. */
	shown: number;
	/** Ends the reading: the tool's time is up. */
	signal?: AbortSignal;
	/** Where pictures go that the model shall see; without it, they are named. */
	images?: Image[];
	/**
	 * Those that were told already, where the value is part of an error: they may hold each other, and carry
	 * requests and headers, which are no words for the model.
	 */
	errors?: Set<object>;
	/** Reads any value to its end: an error may hold one, as a value may hold an error. */
	readable: (this: void, value: unknown, reading: Reading) => Promise<unknown>;
}

/** Others may run after as many milliseconds. */
const TURN_MS = 20;

let turnBegan = 0;

/**
 * Reading takes turns with everything else in the process; all that is read at once shares one turn.
 * @throws Error when the signal comes.
 */
export async function letOthersRun({ signal }: Reading): Promise<void> {
	if (performance.now() - turnBegan < TURN_MS) return;
	await abortable(breathe(), signal);
	turnBegan = performance.now();
}

/** @throws Error when the signal comes first; what was waited for is left behind. */
export async function abortable<Value>(
	waited: Value | PromiseLike<Value>,
	signal: AbortSignal | undefined,
): Promise<Value> {
	if (!signal) return await waited;
	let stop: () => void = () => undefined;
	const stopped = new Promise<never>((_resolve, reject) => {
		stop = () => reject(new Error(String(signal.reason)));
		if (signal.aborted) stop();
		else signal.addEventListener('abort', stop, { once: true });
	});
	try {
		return await Promise.race([stopped, waited]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
