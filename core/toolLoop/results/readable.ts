import { DEEPEST } from '../../nesting';
import { shownField } from '../../redaction/plainError';
import {
	entriesLeftOut,
	HOLDS_ITSELF,
	restNotRead,
	unreadablePart,
	noTextPart,
} from '../messagesToModel';
import { abortable } from '../../lib/async';
import {
	letOthersRun,
	type Reading,
	Later,
	NoText,
	Pieces,
	reasonOf,
	Unreadable,
	type Entries,
} from './parts';
import { shownLeaf } from './files';
import { kindOf } from './kinds';
import { isObject, isHiddenName } from './members';
import { nextPiece } from './streams';
import { listenToAll } from './listenToAll';
import { capText } from './capText';

/** Far more than a model sees; a value with more is not copied to its end. */
const MOST_NODES = 50_000;
/** For a result that is kept, so that the model can read on. */
const MOST_NODES_KEPT = 1_000_000;
const MOST_CHARACTERS = 2_000_000;

interface Frame {
	out: Out;
	kind: Entries;
	taken: number;
	holders: Holders | undefined;
}

interface Walk {
	reading: Reading;
	frames: Frame[];
	/** What takes time, in the order in which it was found. */
	waiting: Array<{ part: Later | Pieces; place: Place }>;
	/** How many of the waiting parts are done. */
	done: number;
	nodes: number;
	characters: number;
	/** Called at the end, for what was found and not read. */
	closers: Array<() => void>;
}

/**
 * A copy of any value as JSON: what has no JSON form is awaited, read, or described. A value without a
 * text form as a whole is returned as `NoText` or `Unreadable`.
 */
export async function readable(value: unknown, reading: Reading): Promise<unknown> {
	const top: unknown[] = [];
	const counts = { nodes: 0, done: 0, characters: 0 };
	const walk: Walk = {
		reading,
		frames: [],
		waiting: [],
		closers: [listenToAll(value, reading)],
		...counts,
	};
	try {
		visit(walk, value, { out: top, key: 0, holders: undefined, isWhole: true });
		await readFrames(walk);
		for (const { part, place } of walk.waiting) {
			await letOthersRun(reading);
			walk.done += 1;
			if (part instanceof Pieces) await readEntries(walk, part, place);
			else await readLater(walk, part, place);
			await readFrames(walk);
		}
		return top[0];
	} finally {
		for (const { part } of walk.waiting.slice(walk.done)) part.close();
		for (const close of walk.closers) close();
	}
}

async function readLater(walk: Walk, { read }: Later, place: Place): Promise<void> {
	const { reading } = walk;
	try {
		const value = await abortable(read(reading), reading.signal);
		walk.closers.push(listenToAll(value, reading));
		visit(walk, value, place);
	} catch (error) {
		if (reading.signal?.aborted) throw error;
		visit(walk, new Unreadable(reasonOf(error)), place);
	}
}

/** Entries that have to be awaited, until the model would see no more of them. */
async function readEntries(walk: Walk, pieces: Pieces, place: Place): Promise<void> {
	const { reading } = walk;
	const list: unknown[] = [];
	put(list, place);
	const full = walk.characters + reading.shown;
	try {
		for (;;) {
			const next = await nextPiece(pieces, reading);
			if (!next) return;
			walk.closers.push(listenToAll(next.value, reading));
			if (walk.characters > full || isFull(walk)) break;
			visit(walk, next.value, { out: list, key: list.length, holders: place.holders });
			await readFrames(walk);
		}
		list.push(restNotRead(reading.shown));
	} catch (error) {
		if (reading.signal?.aborted) throw error;
		list.push(unreadablePart(reasonOf(error)));
	} finally {
		pieces.close();
	}
}

async function readFrames(walk: Walk): Promise<void> {
	for (let frame = walk.frames.at(-1); frame; frame = walk.frames.at(-1)) {
		await letOthersRun(walk.reading);
		readEntry(walk, frame);
	}
}

function readEntry(walk: Walk, frame: Frame): void {
	const { out, kind, holders } = frame;
	const step = nextEntry(frame);
	if (step.done) {
		walk.frames.pop();
		return;
	}
	const isMadeToLimit = kind.size === undefined && walk.characters > walk.reading.shown;
	if (isMadeToLimit || isFull(walk)) {
		walk.frames.pop();
		const left = kind.size === undefined ? undefined : kind.size - frame.taken;
		addEntry(out, '…', entriesLeftOut(left));
		endEntries(kind);
		return;
	}
	frame.taken += 1;
	const pair: unknown[] = Array.isArray(step.value) && kind.is === 'fields' ? step.value : [];
	const [key, value] = kind.is === 'fields' ? pair : [undefined, step.value];
	const name = Array.isArray(out) ? out.length : String(key);
	const isOfError = walk.reading.errors !== undefined && typeof name === 'string';
	if (isOfError && isHiddenName(name)) return;
	visit(walk, isOfError ? shownField(name, value) : value, { out, key: name, holders });
}

/** A generator that throws has no more entries, and its error is the last one. */
function nextEntry({ out, kind }: Frame): IteratorResult<unknown, unknown> {
	try {
		return kind.entries.next();
	} catch (error) {
		addEntry(out, '…', unreadablePart(reasonOf(error)));
		return { done: true, value: undefined };
	}
}

function endEntries({ entries }: Entries): void {
	try {
		entries.return?.();
	} catch {
		// What it held open is for it to close.
	}
}

function isFull({ nodes, characters, reading }: Walk): boolean {
	const mostNodes = Math.max(MOST_NODES, reading.shown, Math.min(reading.limit, MOST_NODES_KEPT));
	return nodes >= mostNodes || characters >= mostCharacters(reading);
}

function mostCharacters({ limit }: Reading): number {
	return Math.max(MOST_CHARACTERS, 2 * limit);
}

/** Reads a value, or lines up what it contains. */
function visit(walk: Walk, value: unknown, place: Place): void {
	walk.nodes += 1;
	const { holders } = place;
	const depth = (holders?.depth ?? 0) + 1;
	try {
		if (isObject(value) && isHeldBy(value, holders)) return void put(HOLDS_ITSELF, place);
		if (isObject(value) && depth > DEEPEST) return void put(new NoText(TOO_DEEP), place);
		const kind = kindOf(value);
		const inner = isObject(value) ? { value, depth, above: holders } : holders;
		if (kind instanceof Later || kind instanceof Pieces) {
			put(null, place);
			walk.waiting.push({ part: kind, place: { ...place, holders: inner } });
		} else if (kind.is === 'leaf') {
			walk.characters += put(
				shownLeaf(kind.leaf, walk.reading.images),
				place,
				(mostCharacters(walk.reading) - walk.characters) / 2,
			);
		} else {
			const out: Out = kind.is === 'list' ? [] : new Map<string, unknown>();
			put(out, place);
			walk.frames.push({ out, kind, taken: 0, holders: inner });
		}
	} catch (error) {
		put(new Unreadable(reasonOf(error)), place);
	}
}

const TOO_DEEP = `a value nested deeper than ${DEEPEST} levels`;

/**
 * Fields are a map: the names of an object can only be listed all at once, and a million takes a
 * second.
 */
type Out = unknown[] | Map<string, unknown>;

/** Where a value belongs in the copy, and what contains it in the original. */
export interface Place {
	out: Out;
	key: string | number;
	holders: Holders | undefined;
	/** Of the value as a whole, however long it takes to read. */
	isWhole?: true;
}

export interface Holders {
	value: object;
	depth: number;
	above: Holders | undefined;
}

/** Puts a value there and returns how many characters it has; a text is cut to `room`. */
export function put(value: unknown, { out, key, isWhole }: Place, room = Infinity): number {
	const shown = typeof value === 'string' ? capText(value, Math.max(room, LEAST)) : value;
	const told = isWhole ? shown : inWords(shown);
	if (Array.isArray(out)) out[Number(key)] = told;
	else out.set(String(key), told);
	return typeof shown === 'string' ? shown.length : LENGTH_OF_OTHERS;
}

/** Characters of a text that are always shown; about as many as a number has. */
const LEAST = 100;
const LENGTH_OF_OTHERS = 5;

function inWords(value: unknown): unknown {
	if (value instanceof NoText) return noTextPart(value.what);
	return value instanceof Unreadable ? unreadablePart(value.reason) : value;
}

export function addEntry(out: Out, key: string, value: string): void {
	if (Array.isArray(out)) out.push(value);
	else out.set(key, value);
}

export function isHeldBy(value: object, holders: Holders | undefined): boolean {
	for (let at = holders; at; at = at.above) if (at.value === value) return true;
	return false;
}
