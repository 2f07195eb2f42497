import { messageOf } from '../../messageOf';
import { withoutSecrets } from '../../redaction/plainError';
import { abortable, breathe } from '../../lib/async';

export interface Image {
	url: string;
	/** "image/png, 12 kB" */
	title: string;
}

/** How much of a value is read, and for how long. */
export interface Reading {
	/** Characters that are read. */
	limit: number;
	/** Characters that the model is shown: of what is made on demand, no more is asked for. */
	shown: number;
	/** Ends the reading: the tool's time is up. */
	signal?: AbortSignal;
	/** Bytes of streams that may be taken before they are read, of all in the result. */
	room: { left: number };
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

/** Stands for a value, or a part of one, that the model cannot read. */
export class NoText {
	/** @param what Names it: "a WeakMap", "binary data, 5 bytes". */
	constructor(readonly what: string) {}
}

/** Stands for a file within a value: a picture is shown, another one is named. */
export class Enclosed {
	constructor(
		readonly type: string,
		/** In bytes. */
		readonly size: number,
		/** Of a picture that models see, as a data URI. */
		readonly url?: string,
	) {}
}

/** Stands for a part whose reading failed. */
export class Unreadable {
	constructor(readonly reason: string) {}
}

/** Why a part could not be read, in words that may be shown. */
export function reasonOf(thrown: unknown): string {
	return withoutSecrets(messageOf(thrown));
}

/** Stands for a part that takes time to read; what it gives is read in its place. */
export class Later {
	constructor(
		readonly read: (reading: Reading) => unknown,
		/** For one that is never read. */
		readonly close: () => void = () => undefined,
	) {}
}

/** Entries that come one at a time. */
export class Pieces {
	constructor(
		readonly next: () => unknown,
		readonly close: () => void,
	) {}
}

/** Entries that are there already, or are made one after the other. */
export interface Entries {
	is: 'list' | 'fields';
	/** Values of a list, pairs of key and value of fields. */
	entries: Iterator<unknown>;
	/** Undefined for what is made on demand and may have no end. */
	size?: number;
}

export type Leaf = string | number | boolean | null | NoText | Unreadable | Enclosed;
export type Kind = { is: 'leaf'; leaf: Leaf } | Entries | Later | Pieces;

export const leaf = (value: Leaf): Kind => ({ is: 'leaf', leaf: value });

export function listOf(values: Iterable<unknown>, size?: number): Entries {
	return { is: 'list', entries: values[Symbol.iterator](), size };
}
