import { isRecord } from '../../../lib/isRecord';
import { resolveSchema } from '../../resolveSchema';
import { strictJson } from '../../../json/readJson';
import { joinedNumbers, type SourceNumbers } from '../../../json/exactJson';
import { fieldNamed, recordNamed } from '../fieldNames';
import {
	areEntries,
	atPlace,
	commentsIn,
	fieldsOf,
	unread,
	type Form,
	type FormReader,
	type FormTerms,
} from './fields';
import { TOON_KEY, toonHead, toonList } from './readTable';
import type { Comment } from '../../../json/cursor';

interface Source {
	lines: Line[];
	/** Of the JSON in it. */
	numbers: SourceNumbers[];
	/** Whether what stands behind a key is a text, with a colon in it. */
	isText: (key: string, said: string) => boolean;
}

/** A YAML mapping or list that is the whole text and whose keys are fields of the schema. */
export const readYaml: FormReader = (text, terms) => {
	const { lines = [], comments = [] } = yamlLines(text) ?? {};
	const said = commentsIn(comments);
	const [first] = lines;
	if (!said || !first) return undefined;
	const source: Source = { lines, numbers: [], isText: textsWithColons(terms) };
	const read = readBlock(source, 0, first.indent);
	const value = read?.next === lines.length ? fitted(ownList(read.value), terms) : undefined;
	const numbers = joinedNumbers(source.numbers);
	if (value === undefined) return REFERS.test(text) ? named(text, terms) : undefined;
	const notes = said.comments ? ['comments: what stood behind # in YAML was left out'] : [];
	return { name: 'yaml', value, notes, ...said, ...(numbers ? { numbers } : {}) };
};

const MOST_LABELS = 9;
const HAS_COLON = /^[^&*!|>%@`#,[\]{}"'?:-][^#"'[\]{}]*?:\s+\S/;

/** `title: Foo: Bar` says one thing where a title is a text, and `Foo` no field. */
function textsWithColons({ root, place }: FormTerms): Source['isText'] {
	const fields = { ...place?.fields, ...fieldsOf(root, root) };
	return (key, said) => {
		const schema = resolveSchema(fields[fieldNamed(key, fields) ?? ''], root);
		const labels = said
			.split(/:(?:\s|$)/)
			.slice(0, -1)
			.map((label) => label.trim());
		const isPlain = HAS_COLON.test(said) && !/\s#|:$/.test(said);
		const isField = (label: string) =>
			/[,;|]/.test(label) || fieldNamed(label, fields) !== undefined;
		return (
			schema?.type === 'string' && isPlain && labels.length <= MOST_LABELS && !labels.some(isField)
		);
	};
}

const REFERS = /(?:^|[:-])[ \t]+(?:[&*][\w-]+|!!?[A-Za-z]\w*)(?=\s|$)/m;

/** What YAML can say, and we do not read, is called what it is. */
function named(text: string, { root, place }: FormTerms): Form | undefined {
	const fields = { ...fieldsOf(root, root), ...place?.fields };
	const keys = [...text.matchAll(/^[ \t-]*([^\s:#][^:#]*):(?:\s|$)/gm)].map(([, key = '']) => key);
	const isOurs =
		keys.length > 0 && keys.every((key) => fieldNamed(key.trim(), fields) !== undefined);
	return isOurs
		? unread('yaml', 'it has anchors, aliases or tags: write each value out')
		: undefined;
}

/** `[2]: a,b` in TOON is a list without a name. */
function ownList(value: unknown): unknown {
	const [[key, list] = [], ...others] = isRecord(value) ? Object.entries(value) : [];
	return key === '' && others.length === 0 ? list : value;
}

function fitted(value: unknown, { root, place }: FormTerms): unknown {
	if (Array.isArray(value)) {
		return place && !isOneRecord(value) && areEntries(value, place)
			? atPlace(place, value)
			: undefined;
	}
	const fields = fieldsOf(root, root);
	if (!isRecord(value)) return undefined;
	// A line such as `Rows:` heads what follows.
	const isHead = Object.values(value).every((entry) => entry === null);
	return isHead ? undefined : recordNamed(Object.entries(value), fields);
}

/** `- name: Ada` and `- age: 36` are two entries to YAML, and one record to whoever wrote it as bullets. */
function isOneRecord(list: readonly unknown[]): boolean {
	const keys = list.map((entry) => (isRecord(entry) ? Object.keys(entry) : []));
	const names = keys.map(([only]) => only);
	return list.length > 1 && keys.every(({ length }) => length === 1) && new Set(names).size > 1;
}

type Block = { value: unknown; next: number } | undefined;
const MOST_INDENT = 100;

function readBlock(source: Source, from: number, indent: number): Block {
	if (indent > MOST_INDENT) return undefined;
	const { lines } = source;
	return lines[from]?.text.startsWith('- ') || lines[from]?.text === '-'
		? readList(source, from, indent)
		: readMapping(source, from, indent);
}

function readList(source: Source, from: number, indent: number): Block {
	const { lines } = source;
	const list: unknown[] = [];
	let next = from;
	for (;;) {
		const line = lines[next];
		if (!line || line.indent < indent) return { value: list, next };
		const dash = /^-(\s+|$)/.exec(line.text);
		if (line.indent > indent || !dash) return undefined;
		const inner = { indent: indent + dash[0].length, text: line.text.slice(dash[0].length) };
		const isMapping = KEY.test(inner.text) && !inner.text.startsWith('{');
		const isBlock = isMapping || /^-(\s|$)/.test(inner.text);
		// What stands behind the dash begins a block of its own.
		if (isBlock) lines[next] = line.block ? { ...inner, block: line.block } : inner;
		const read = isBlock
			? readBlock(source, next, inner.indent)
			: readHeld(source, next, inner.text);
		if (!read) return undefined;
		list.push(read.value);
		({ next } = read);
	}
}

const KEY = new RegExp(
	String.raw`^(${TOON_KEY}|"[^"\\]*"|'[^']*'|[^\s"'#[\]{},&*!|>%@\x60-][^:#]*?)\s*:(?:\s+(.*))?$`,
	'u',
);

function readMapping(source: Source, from: number, indent: number): Block {
	const entries = new Map<string, unknown>();
	let next = from;
	for (;;) {
		const line = source.lines[next];
		if (!line || line.indent < indent) break;
		const found = KEY.exec(line.text);
		if (line.indent > indent || !found) return undefined;
		const [, written = '', said = ''] = found;
		const head = toonHead(written);
		const key = head?.key ?? written.replace(/^(["'])(.*)\1$/, '$2');
		const text = source.isText(key, said) ? JSON.stringify(said.trim()) : said.trim();
		const [at, { lines }] = [next, source];
		const read = head
			? toonList(head, { said, lines, at, readBelow: () => readHeld(source, at, '') })
			: readHeld(source, at, text);
		if (!read || entries.has(key)) return undefined;
		entries.set(key, read.value);
		({ next } = read);
	}
	return { value: Object.fromEntries(entries), next };
}

/** What stands behind a key or a dash: a value, or a block on the lines below. */
function readHeld(source: Source, at: number, said: string): Block {
	const { lines } = source;
	const line = lines[at];
	const below = lines[at + 1];
	// Below an empty entry, `-`, comes the next one.
	const isList = below?.text.startsWith('- ') && !/^-(?:\s|$)/.test(line?.text ?? '-');
	const isDeeper =
		line && below && (below.indent > line.indent || (isList && below.indent === line.indent));
	if (line?.block && /^[|>][+-]?$/.test(said)) {
		const text = blockText(said, line.block);
		return text === undefined ? undefined : { value: text, next: at + 1 };
	}
	if (said === '' && below && isDeeper) return readBlock(source, at + 1, below.indent);
	const value = scalar(said, source);
	return value === undefined || (said !== '' && below && line && below.indent > line.indent)
		? undefined
		: { value, next: at + 1 };
}

function scalar(said: string, { numbers }: Source): unknown {
	if (/^["{[]/.test(said)) {
		const read = strictJson(said);
		if (read?.numbers) numbers.push(read.numbers);
		return read ? read.value : flowList(said);
	}
	if (!said.startsWith("'")) return plainScalar(said);
	return /^'(?:[^']|'')*'$/.test(said) ? said.slice(1, -1).replaceAll("''", "'") : undefined;
}

interface Line {
	indent: number;
	text: string;
	/** The lines of a block text behind `|` or `>`, as they are written. */
	block?: string[];
}

const KEY_BEFORE = String.raw`(?:- +){0,20}(?:[^"'#:]+:)?`;
/** What opens a block text; one that gives its indent by a digit is not read. */
const OPENS_BLOCK = new RegExp(String.raw`^((?:- +){0,20})(?:[^"'#:]+:[ \t]+)?[|>][+-]?$`);
/** Behind a value that says by itself where it ends. */
const COMMENT_BEHIND = new RegExp(
	String.raw`^([ \t]*${KEY_BEFORE}(?: *(?:"[^"\\]*"|'[^']*'|[-+]?\d[\d.,]*|true|false|null|~|\[[^\]"'#]*\]|[|>][+-]?))?)[ \t]+#(.*)$`,
);

/** The lines that say something, without comments; undefined for what no simple YAML has. */
function yamlLines(text: string): { lines: Line[]; comments: Comment[] } | undefined {
	const all = text
		.replace(/^---[ \t]*\r?\n/, '')
		.replace(/\n(?:\.\.\.|---)\s*$/, '')
		.split('\n')
		.map((line) => line.trimEnd());
	const lines: Line[] = [];
	const comments: Comment[] = [];
	let block: { lines: string[]; indent: number } | undefined;
	for (const whole of all) {
		const indent = whole.length - whole.trimStart().length;
		if (block && (whole === '' || indent > block.indent)) {
			block.lines.push(whole);
			continue;
		}
		block = undefined;
		const [, held, comment] = COMMENT_BEHIND.exec(whole) ?? [];
		const own = /^\s*#+(.*)$/.exec(whole)?.[1];
		const words = (own ?? comment)?.trim();
		if (words) comments.push({ path: keyIn(held), words });
		if (whole === '' || own !== undefined) continue;
		// A tab may be any indent, and what `---` parts are several values.
		if (/^ *\t|^ *-[ ]*\t|^(?:---|\.\.\.)(?:\s|$)|^%/.test(whole)) return undefined;
		const line: Line = { indent, text: (held ?? whole).trim() };
		lines.push(line);
		const [opener, dashes = ''] = OPENS_BLOCK.exec(line.text) ?? [];
		if (opener === undefined) continue;
		// Behind a dash alone, the block stands deeper than the dash, else deeper than its key.
		const lead = /^(?:- +)+[|>]/.test(opener) ? dashes.replace(/- +$/, '') : dashes;
		block = { lines: [], indent: indent + lead.length };
		line.block = block.lines;
	}
	return { lines, comments };
}

/** The field of a line; of one in a list or another field, only the words are known. */
function keyIn(line: string | undefined): string[] {
	const [, key] = /^([^\s"'#:-][^"'#:]*?) *:/.exec(line ?? '') ?? [];
	return key === undefined ? [] : [key];
}

/** The text of a block: its lines, or, folded, its paragraphs; undefined where indents within it may mean something. */
function blockText(sign: string, block: readonly string[]): string | undefined {
	const indents = block
		.filter((line) => line !== '')
		.map((line) => line.length - line.trimStart().length);
	const indent = indents.reduce((least, one) => Math.min(least, one), Infinity);
	const lines = block.map((line) => line.slice(indent));
	const length = lines.findLastIndex((line) => line !== '') + 1;
	// `-` leaves the last line break out, `+` keeps all.
	const end = sign.endsWith('-')
		? ''
		: '\n'.repeat(sign.endsWith('+') ? lines.length - length + 1 : 1);
	lines.length = length;
	if (lines.length === 0) return '';
	if (sign.startsWith('|')) return lines.join('\n') + end;
	// Lines that stand deeper are not folded.
	if (indents.some((one) => one !== indent)) return undefined;
	const folded = lines
		.join('\n')
		.replace(/(?<!\n)\n(?!\n)/g, ' ')
		.replace(/\n(\n+)/g, '$1');
	return folded + end;
}

/** Behind an anchor, an alias or a tag, in a block of lines, or with a comment or a key in it: no plain text. */
const NOT_PLAIN = /^(?:[&*!|>%@`#,[\]{}"'?]|~~)|^[-:](?:\s|$)|:\s|:$|\s#/;
const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);

/** Plain values stay text: the schema says what else they are, and no digit is lost. */
function plainScalar(said: string): string | null | undefined {
	if (NULLS.has(said)) return null;
	return NOT_PLAIN.test(said) ? undefined : said;
}

/** `[a, b]` of plain words, as YAML has it. */
function flowList(said: string): unknown[] | undefined {
	const inner = /^\[([^[\]{}"'#]*)\]$/.exec(said)?.[1];
	const words = inner?.split(',').map((word) => word.trim());
	const list = words?.map(plainScalar);
	return list?.includes(undefined) || words?.includes('') ? undefined : list;
}
