import { messageOf } from '../../messageOf';
import { withoutSecrets } from '../../redaction/plainError';
import { abortable, breathe } from '../../lib/async';

export interface Image {
	url: string;
	/** "image/png, 12 kB" */
	title: string;
}

/** How much of a value is read, and how long it may take. */
export interface Reading {
	/** How many characters are read. */
	limit: number;
	/** How many characters the model sees: of what is made on demand, no more is requested. */
	shown: number;
	/** Ends the reading: the tool's time is up. */
	signal?: AbortSignal;
	/** How many bytes of all streams in the result may be read ahead. */
	room: { left: number };
	/** Collects the pictures that the model should see; without it, they are only named. */
	images?: Image[];
	/** Errors that were read already, if the value is part of an error: they may contain each other. */
	errors?: Set<object>;
	/** Reads any value to its end: an error may contain a value, and a value an error. */
	readable: (this: void, value: unknown, reading: Reading) => Promise<unknown>;
}

/** How many milliseconds of work come before others may run. */
const TURN_MS = 20;

let turnBegan = 0;

/**
 * Reading takes turns with everything else in the process; everything that is read at the same time
 * shares one turn.
 * @throws Error if the signal aborts.
 */
export async function letOthersRun({ signal }: Reading): Promise<void> {
	if (performance.now() - turnBegan < TURN_MS) return;
	await abortable(breathe(), signal);
	turnBegan = performance.now();
}

/** Replaces a value, or a part of one, that the model cannot read. */
export class NoText {
	/** @param what Its description: "a WeakMap", "binary data, 5 bytes". */
	constructor(readonly what: string) {}
}

/** Replaces a file within a value: a picture is shown, any other is named. */
export class Enclosed {
	constructor(
		readonly type: string,
		/** In bytes. */
		readonly size: number,
		/** The data URI of a picture that models see. */
		readonly url?: string,
	) {}
}

/** Replaces a part that could not be read. */
export class Unreadable {
	constructor(readonly reason: string) {}
}

/** Why a part could not be read, as it may be shown. */
export function reasonOf(thrown: unknown): string {
	return withoutSecrets(messageOf(thrown));
}

/** Replaces a part that takes time to read; its value then takes this place. */
export class Later {
	constructor(
		readonly read: (reading: Reading) => unknown,
		/** Called if it is never read. */
		readonly close: () => void = () => undefined,
	) {}
}

/** Entries that arrive one at a time. */
export class Pieces {
	constructor(
		readonly next: () => unknown,
		readonly close: () => void,
	) {}
}

/** Entries that exist already, or are made one after the other. */
export interface Entries {
	is: 'list' | 'fields';
	/** Values of a list, or pairs of key and value. */
	entries: Iterator<unknown>;
	/** Undefined for entries that are made on demand and may have no end. */
	size?: number;
}

export type Leaf = string | number | boolean | null | NoText | Unreadable | Enclosed;
export type Kind = { is: 'leaf'; leaf: Leaf } | Entries | Later | Pieces;

export const leaf = (value: Leaf): Kind => ({ is: 'leaf', leaf: value });

export function listOf(values: Iterable<unknown>, size?: number): Entries {
	return { is: 'list', entries: values[Symbol.iterator](), size };
}
