import type { Steps } from '../../lib/steps';
import { nameOf } from '../../json/jsonPath';
import { afterBlanks, walkJson, type Level } from '../../json/walkJson';
import { linesIn } from './places';

/** A description of a long result, and its text in a readable form. */
export interface Shape {
	words: string;
	text: string;
	isJson: boolean;
}

/** Kind, size, and the names in it: enough for a model to know what to look for. */
export function* shapeOf(given: string): Steps<Shape> {
	const json = yield* jsonWords(given);
	const text = json === undefined ? given : yield* withoutEscapes(given);
	const lines = yield* linesIn(text);
	const size = `${text.length} characters in ${lines} ${lines === 1 ? 'line' : 'lines'}`;
	if (json !== undefined) return { text, words: `JSON, ${size}: ${json}`, isJson: true };
	const columns = columnsOf(text);
	const words = columns ? `CSV, ${size}, with the columns ${columns}` : `text, ${size}`;
	return { text, words, isJson: false };
}

const LONGEST_FIRST_LINE = 300;

/** Where JSON may begin: at the start, or after one line, such as the status of an HTTP answer. */
export function jsonStart(text: string): number | undefined {
	const first = afterBlanks(text, 0);
	if (isOpener(text, first)) return first;
	const line = text.slice(0, LONGEST_FIRST_LINE).indexOf('\n');
	const second = line === -1 ? first : afterBlanks(text, line);
	return isOpener(text, second) ? second : undefined;
}

const isOpener = (text: string, at: number) => text[at] === '[' || text[at] === '{';

const MOST_NAMES = 20;
const LONGEST_NAME = 40;
const LONGEST_WORDS = 300;

interface Seen {
	/** Each field of the outermost object, and what it is. */
	fields: string[];
	/** The fields of the first entry of the outermost list, or of each field's list. */
	first: string[];
	size: number;
}

/** Undefined if it is not JSON as a whole. */
function* jsonWords(text: string): Steps<string | undefined> {
	const start = jsonStart(text);
	if (start === undefined) return undefined;
	const isList = text[start] === '[';
	const seen: Seen = { fields: [], first: [], size: 0 };
	const end = yield* walkJson(text, start, (token, levels) => {
		const [outer, inner] = levels;
		if (!outer) seen.size = token.size;
		else if (token.kind === 'name') {
			const list = isList ? outer : inner;
			const isFirst = list?.isList === true && list.index === 0;
			if (isFirst && levels.length === (isList ? 2 : 3))
				seen.first.push(short(text, levels.at(-1)));
		} else if (levels.length === 1 && !isList) {
			const kind = kindOf(text, token, seen.first);
			if (seen.fields.length < MOST_NAMES) seen.fields.push(`${short(text, outer)} (${kind})`);
			seen.first = [];
		}
	});
	if (end === undefined || afterBlanks(text, end) < text.length) return undefined;
	const { size, fields } = seen;
	if (isList) return `a list of ${size}${each(seen.first)}`;
	const more = size > fields.length ? `, and ${size - fields.length} more` : '';
	return `an object with ${fitting(fields)}${more}`;
}

function kindOf(
	text: string,
	{ start, size }: { start: number; size: number },
	first: readonly string[],
): string {
	const sign = text.charAt(start);
	if (sign === '[') return `list of ${size}${each(first)}`;
	if (sign === '{') return `object of ${size}`;
	if (sign === '"') return 'text';
	return sign === 't' || sign === 'f' ? 'true or false' : sign === 'n' ? 'null' : 'number';
}

function each(names: readonly string[]): string {
	return names.length === 0 ? '' : `, the first with ${fitting(names.slice(0, MOST_NAMES))}`;
}

function short(text: string, level: Level | undefined): string {
	const name = level ? nameOf(text, level) : '';
	return JSON.stringify(name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name);
}

function fitting(names: readonly string[]): string {
	let length = 0;
	const end = names.findIndex((name) => (length += name.length + 2) > LONGEST_WORDS);
	if (end === 0) return `${names[0]?.slice(0, LONGEST_WORDS) ?? ''}…`;
	return end === -1 ? names.join(', ') : `${names.slice(0, end).join(', ')}, …`;
}

const SEPARATORS = [',', ';', '\t', '|'];
const LONGEST_HEAD = 5_000;

/** The columns in the first line, if the next lines have as many. */
function columnsOf(text: string): string | undefined {
	const lines = text.slice(0, LONGEST_HEAD).split(/\r?\n/).slice(0, -1).slice(0, 5);
	const [head = ''] = lines;
	const by = SEPARATORS.find((separator) => {
		const counts = lines.map((line) => line.split(separator).length);
		return lines.length > 2 && counts.every((count) => count > 1 && count === counts[0]);
	});
	return by === undefined ? undefined : fitting(head.split(by).map((name) => name.trim()));
}

const ESCAPES_A_STEP = 20_000;
const ESCAPE = /\\u(?:d[89ab][\da-f]{2}\\ud[c-f][\da-f]{2}|[\da-f]{4})/iy;

/** Replaces escapes of letters that JSON need not escape: nobody searches for `\u00fc`. */
function* withoutEscapes(text: string): Steps<string> {
	const texts: string[] = [];
	let parts: string[] = [];
	let [done, count] = [0, 0];
	for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', at)) {
		if ((count += 1) % ESCAPES_A_STEP === 0) {
			texts.push(parts.join(''));
			parts = [];
			yield;
		}
		ESCAPE.lastIndex = at;
		const [escape] = ESCAPE.exec(text) ?? [];
		const letter = escape === undefined ? undefined : letterOf(escape);
		if (escape !== undefined && letter !== undefined) {
			parts.push(text.slice(done, at), letter);
			done = at + escape.length;
		}
		at += escape?.length ?? 2;
	}
	return done === 0 ? text : texts.join('') + parts.join('') + text.slice(done);
}

/** Undefined for escapes that stay: half a surrogate pair, and invisible characters. */
function letterOf(escape: string): string | undefined {
	const letter: unknown = JSON.parse(`"${escape}"`);
	if (typeof letter !== 'string' || !letter.isWellFormed()) return undefined;
	return /^[\p{L}\p{M}\p{N}\p{S}\p{P}]$/u.test(letter) && !/["\\]/.test(letter)
		? letter
		: undefined;
}
