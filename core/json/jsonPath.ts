import type { Steps } from '../lib/steps';
import { tryJson } from './tryJson';
import { walkJson, type Level } from './walkJson';

const MOST_PARTS = 50;
const LONGEST_PATH = 300;
const PLAIN = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const PART = /\.?([^.[\]"']+)|\.?\[(\d+)\]|\.?\[("(?:[^"\\]|\\.)*")\]|\.?\['((?:[^'\\]|\\.)*)'\]/y;

/**
 * The names and indexes of a path such as `rows[12].name` or `$["first name"]`; undefined if it is not
 * a path.
 */
export function readPath(path: string): string[] | undefined {
	const text = path.trim().replace(/^\$/, '');
	const parts: string[] = [];
	for (let at = 0; at < text.length;) {
		PART.lastIndex = at;
		const found = PART.exec(text);
		if (!found || parts.length >= MOST_PARTS) return undefined;
		const [whole, plain, index, quoted, single] = found;
		const part = quoted === undefined ? (plain ?? index ?? unquoted(single)) : tryJson(quoted);
		if (typeof part !== 'string') return undefined;
		parts.push(part);
		at += whole.length;
	}
	return parts;
}

function unquoted(text: string | undefined): string | undefined {
	return text?.replace(/\\(.)/g, '$1');
}

/**
 * The path to the current position, in the form that `readPath` reads; undefined for one that nobody
 * would write.
 */
export function pathTo(text: string, levels: readonly Level[]): string | undefined {
	let path = '';
	for (const level of levels) {
		if (path.length > LONGEST_PATH) return undefined;
		path += level.isList ? `[${level.index}]` : withName(path, nameOf(text, level));
	}
	return path.length > LONGEST_PATH ? undefined : path;
}

function withName(path: string, name: string): string {
	if (!PLAIN.test(name)) return `[${JSON.stringify(name)}]`;
	return path === '' ? name : `.${name}`;
}

export function nameOf(text: string, { name: [start, end] }: Level): string {
	const raw = text.slice(start, end);
	const read = raw.includes('\\') ? tryJson(raw) : undefined;
	return typeof read === 'string' ? read : raw.slice(1, -1);
}

/** Where a path leads, and how often a name on it occurred; or where it ends, and what is there. */
export type Found =
	| { ok: true; start: number; end: number; alike: number }
	| { ok: false; after: string[]; holds: Entries['holds'] };

const MOST_NAMES = 20;

/** Follows a path through a JSON text; the last of duplicate names counts, as everywhere. */
export function* findPath(text: string, from: number, path: readonly string[]): Steps<Found> {
	let place = { start: from, end: text.length };
	let alike = 0;
	for (const [depth, part] of path.entries()) {
		const { found, holds } = yield* entriesNamed(text, place.start, part);
		const last = found.at(-1);
		if (!last) return { ok: false, after: path.slice(0, depth), holds };
		place = last;
		alike = Math.max(alike, found.length - 1);
	}
	return { ok: true, ...place, alike };
}

interface Entries {
	found: Array<{ start: number; end: number }>;
	holds: { size: number; isList: boolean; names: string[] } | undefined;
}

function* entriesNamed(text: string, from: number, part: string): Steps<Entries> {
	const found: Entries['found'] = [];
	const holds = { size: 0, isList: text[from] === '[', names: new Array<string>() };
	if (!holds.isList && text[from] !== '{') return { found, holds: undefined };
	yield* walkJson(text, from, ({ kind, start, end }, levels) => {
		const [level] = levels;
		if (levels.length !== 1 || kind === 'name' || !level) return;
		holds.size = level.index + 1;
		const name = holds.isList ? String(level.index) : nameOf(text, level);
		if (!holds.isList && holds.names.length < MOST_NAMES) holds.names.push(name);
		if (name !== part) return;
		if (found.length > 1) found.shift();
		found.push({ start, end });
	});
	return { found, holds };
}
