import { DEEPEST } from '../nesting';
import type { Steps } from '../lib/steps';

/** An open list or object. */
export interface Level {
	isList: boolean;
	start: number;
	/** The index of the current entry or field, from 0. */
	index: number;
	/** The current name, with its quotes. */
	name: readonly [start: number, end: number];
}

/** A name, a plain value, or the end of a container, by its place in the text. */
export interface Token {
	kind: 'name' | 'leaf' | 'end';
	start: number;
	end: number;
	/** How many entries or fields a container has. */
	size: number;
}

/** Called with each token and the containers around it; true ends the walk. */
export type Visit = (token: Token, levels: readonly Level[]) => boolean | void;

/**
 * Walks through a JSON text without creating its values, so that places, digits and duplicate names are
 * kept. Returns where the value ends, or where the visitor ended the walk; undefined if it is not JSON.
 */
export function* walkJson(text: string, from: number, visit: Visit): Steps<number | undefined> {
	const walk: Walk = { text, at: afterBlanks(text, from), levels: [], isOver: false, visit };
	let isBehind = false;
	for (let count = 1; !walk.isOver; count += 1) {
		if (count % TOKENS_A_STEP === 0) yield;
		if (isBehind && walk.levels.length === 0) return walk.at;
		const next: boolean | undefined = isBehind ? afterValue(walk) : atValue(walk);
		if (next === undefined) return walk.isOver ? walk.at : undefined;
		isBehind = next;
	}
	return walk.at;
}

const TOKENS_A_STEP = 2_000;

interface Walk {
	text: string;
	at: number;
	levels: Level[];
	isOver: boolean;
	visit: Visit;
}

/** Whether it is now after a value; undefined if there is none. */
function atValue(walk: Walk): boolean | undefined {
	const { text, at: start, levels } = walk;
	const sign = text[start];
	if (sign !== '[' && sign !== '{') {
		const end = leafEnd(text, start);
		if (end === undefined) return undefined;
		tell(walk, { kind: 'leaf', start, end, size: 0 });
		return true;
	}
	if (levels.length >= DEEPEST) return undefined;
	const isList = sign === '[';
	walk.at = afterBlanks(text, start + 1);
	if (text[walk.at] === closing(isList)) {
		tell(walk, { kind: 'end', start, end: walk.at + 1, size: 0 });
		return true;
	}
	const level: Level = { isList, start, index: 0, name: [start, start] };
	levels.push(level);
	return isList || readName(walk, level) ? false : undefined;
}

function afterValue(walk: Walk): boolean | undefined {
	const { text, levels } = walk;
	const level = levels.at(-1);
	const at = afterBlanks(text, walk.at);
	if (!level) return undefined;
	if (text[at] === ',') {
		level.index += 1;
		walk.at = afterBlanks(text, at + 1);
		return level.isList || readName(walk, level) ? false : undefined;
	}
	if (text[at] !== closing(level.isList)) return undefined;
	levels.pop();
	tell(walk, { kind: 'end', start: level.start, end: at + 1, size: level.index + 1 });
	return true;
}

function readName(walk: Walk, level: Level): boolean {
	const { text, at: start } = walk;
	const end = text[start] === '"' ? textEnd(text, start) : undefined;
	if (end === undefined) return false;
	level.name = [start, end];
	tell(walk, { kind: 'name', start, end, size: 0 });
	const colon = afterBlanks(text, end);
	if (walk.isOver || text[colon] !== ':') return false;
	walk.at = afterBlanks(text, colon + 1);
	return true;
}

function tell(walk: Walk, token: Token): void {
	walk.at = token.end;
	walk.isOver = walk.visit(token, walk.levels) === true;
}

const closing = (isList: boolean) => (isList ? ']' : '}');

const LEAF = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

function leafEnd(text: string, at: number): number | undefined {
	if (text[at] === '"') return textEnd(text, at);
	LEAF.lastIndex = at;
	const [leaf] = LEAF.exec(text) ?? [];
	return leaf === undefined ? undefined : at + leaf.length;
}

/** For one text: nothing else runs while it is scanned. */
const MOST_QUOTES = 5_000_000;

function textEnd(text: string, start: number): number | undefined {
	let at = text.indexOf('"', start + 1);
	for (let count = 0; at !== -1 && count < MOST_QUOTES; count += 1) {
		let slashes = 0;
		while (text[at - 1 - slashes] === '\\') slashes += 1;
		if (slashes % 2 === 0) return at + 1;
		at = text.indexOf('"', at + 1);
	}
	return undefined;
}

const BLANKS = /[ \n\r\t]*/y;

export function afterBlanks(text: string, from: number): number {
	if (text.charCodeAt(from) > 0x20) return from;
	BLANKS.lastIndex = from;
	return from + (BLANKS.exec(text)?.[0].length ?? 0);
}
