import { noTextPart, unreadablePart } from '../messagesToModel';
import { capText } from './capText';
import { NoText, Unreadable } from './parts';

export type Out = unknown[] | Record<string, unknown>;

/** Where a value belongs in the copy, and what holds it in the original. */
export interface Place {
	out: Out;
	key: string | number;
	/** Undefined for the value as a whole. */
	holders: Holders | undefined;
}

export interface Holders {
	value: object;
	depth: number;
	above: Holders | undefined;
}

/** Puts a value there and says how many characters it has; a text is cut to `room`. */
export function put(value: unknown, { out, key, holders }: Place, room = Infinity): number {
	const shown = typeof value === 'string' ? capText(value, Math.max(room, LEAST)) : value;
	Reflect.set(out, key, holders ? inWords(shown) : shown);
	return typeof shown === 'string' ? shown.length : LENGTH_OF_OTHERS;
}

/** Characters of a text that are shown in any case, and about as many as a number has. */
const LEAST = 100;
const LENGTH_OF_OTHERS = 5;

function inWords(value: unknown): unknown {
	if (value instanceof NoText) return noTextPart(value.what);
	return value instanceof Unreadable ? unreadablePart(value.reason) : value;
}

export function addEntry(out: Out, key: string, value: string): void {
	if (Array.isArray(out)) out.push(value);
	else Reflect.set(out, key, value);
}

export function isHeldBy(value: object, holders: Holders | undefined): boolean {
	for (let at = holders; at; at = at.above) if (at.value === value) return true;
	return false;
}
