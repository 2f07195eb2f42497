import { isAbbreviation } from '../../json/abbreviation';
import { withComments } from '../../json/comments';
import { joinedNumbers, type SourceNumbers } from '../../json/exactJson';
import { isNoAnswer, takesBack } from '../../json/notTheAnswer';
import { strictJson } from '../../json/readJson';
import { resolveSchema } from '../resolveSchema';
import { atPlace, fieldNamed, fieldsOf, isListSchema, type Form, type FormReader } from './fields';
import { readInlineToml } from './inlineToml';
import type { Comment } from '../../json/cursor';
import type { JsonSchema } from '../../schema/jsonSchema';

const LINE = /^\s*("[^"\\]*"|[\p{L}_][\p{L}\p{M}\p{N}_. -]{0,60}?)\s*=\s*(\S.*?)?\s*$/su;
const SECTION = /^\s*(\[{1,2})\s*([^[\]]*?)\s*\]{1,2}\s*$/;
/** After a value whose end is certain. */
const COMMENT_BEHIND =
	/^(\s*[^\s="'#[][^="'#[]*=\s*(?:"[^"\\]*"|'[^']*'|[-+]?\d[\d._:+TZ-]*|true|false))\s+#(.*)$/;
/** Followed by a comment, a table on one line, or a text on several lines. */
const NOT_PLAIN = /\s[#;]|^[{'"[]|"""|'''|\\$/;

const unread: Form = {
	...{ name: 'settings', value: undefined },
	reason: 'a line is not a field, or its value has more than one reading',
};

/**
 * Lines such as `total = 3`, as in INI and TOML, with TOML's headings for tables and lists of tables.
 */
export const readSettings: FormReader = (text, { root, place }) => {
	const { lines, comments } = settingLines(text);
	const fields = fieldsOf(root, root);
	// A heading that names no field is that of the file.
	const isHead = SECTION.test(lines[0] ?? '') && !openedBy(lines[0] ?? '', { root, fields });
	if (isHead && isNoAnswer(lines[0] ?? '')) return unread;
	const rest = isHead ? lines.slice(1) : lines;
	const isOurs = lines.some(
		(line) => fieldNamed(keyOf(line), fields) !== undefined || openedBy(line, { root, fields }),
	);
	if (!isOurs || !rest.every((line) => LINE.test(line) || SECTION.test(line))) return undefined;
	// An answer that ends in `total =` was cut off.
	if (LINE.exec(rest.at(-1) ?? '')?.[2] === undefined && !SECTION.test(rest.at(-1) ?? ''))
		return unread;
	if (comments.some(({ words }) => isAbbreviation(words) || takesBack(words))) return unread;
	const numbers: SourceNumbers[] = [];
	const value = recordOf(rest, { root, fields }, numbers);
	const all = joinedNumbers(numbers);
	if (value === undefined) return unread;
	return {
		...{ name: 'settings', value: Array.isArray(value) && place ? atPlace(place, value) : value },
		...withComments(comments.filter(({ words }) => words !== '')),
		...(all ? { numbers: all } : {}),
	};
};

/** The meaningful lines, with those of one value joined, and the comments. */
function settingLines(text: string): { lines: string[]; comments: Comment[] } {
	const lines: string[] = [];
	const comments: Comment[] = [];
	let open = '';
	for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
		const [, held = line, behind] = open === '' ? (COMMENT_BEHIND.exec(line) ?? []) : [];
		const own = open === '' ? /^\s*[#;]+(.*)$/.exec(line)?.[1] : undefined;
		const words = own ?? behind;
		if (words !== undefined)
			comments.push({ path: own === undefined ? [keyOf(held)] : [], words: words.trim() });
		if (own !== undefined) continue;
		open = open === '' ? held : `${open}\n${line}`;
		if (isOpen(open)) continue;
		lines.push(open);
		open = '';
	}
	return { lines: open === '' ? lines : [...lines, open], comments };
}

/** Whether the list or table after a key continues on the next line. */
function isOpen(line: string): boolean {
	const [, , said = ''] = LINE.exec(line) ?? [];
	if (!/^[[{]/.test(said)) return false;
	const signs = said.replace(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/g, '');
	return signs.split(/[[{]/).length > signs.split(/[\]}]/).length;
}

interface Table {
	root: JsonSchema;
	fields: Record<string, unknown>;
}

interface Opened {
	/** The field, or a mark if the whole value is the list. */
	name: string;
	isList: boolean;
	fields: Record<string, unknown>;
}

/** The field that a heading opens: `[customer]` a table, `[[rows]]` one more entry. */
function openedBy(line: string, { root, fields }: Table): Opened | undefined {
	const [, brackets, written = ''] = SECTION.exec(line) ?? [];
	const isList = brackets === '[[';
	const isRoot = isList && isListSchema(root, root);
	const name = isRoot ? ROOT + written : fieldNamed(written.replace(/^"(.*)"$/, '$1'), fields);
	const schema = isRoot ? root : name === undefined ? undefined : fields[name];
	if (name === undefined || schema === undefined || isListSchema(schema, root) !== isList)
		return undefined;
	const inner = isList ? resolveSchema(schema, root)?.items : schema;
	return { name, isList, fields: fieldsOf(inner, root) };
}

/** Precedes the name of a list that is the whole value. */
const ROOT = '[[';

/** The value of the lines: a record, or the list that is the whole schema. */
function recordOf(lines: readonly string[], table: Table, numbers: SourceNumbers[]): unknown {
	const top: Entries = new Map();
	let [entries, fields] = [top, table.fields];
	for (const line of lines) {
		const opened = SECTION.test(line) ? openedBy(line, table) : undefined;
		const own = opened && openIn(top, opened);
		const name = opened ? '' : fieldNamed(keyOf(line), fields);
		const value = own ?? valueOf(LINE.exec(line)?.[2] ?? '', numbers);
		if (name === undefined || value === undefined) return undefined;
		if (own) [entries, fields] = [own, opened.fields];
		else if (opened || entries.has(name)) return undefined;
		else entries.set(name, value);
	}
	const [[name, list] = []] = top;
	if (!name?.startsWith(ROOT)) return plain(top);
	return top.size === 1 ? plain(list) : undefined;
}

type Entries = Map<string, unknown>;

/** The table that a heading opens: each occurs once, unless it belongs to a list. */
function openIn(top: Entries, { name, isList }: Opened): Entries | undefined {
	const own: Entries = new Map();
	const before = top.get(name);
	if (before === undefined) top.set(name, isList ? [own] : own);
	else if (isList && Array.isArray(before)) before.push(own);
	else return undefined;
	return own;
}

/** Tables as objects. What was read as JSON stays the same object, by which its numbers are known. */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value[0] instanceof Map ? value.map(plain) : value;
	if (!(value instanceof Map)) return value;
	return Object.fromEntries([...value].map(([key, one]) => [key, plain(one)]));
}

function keyOf(line: string): string {
	return (LINE.exec(line)?.[1] ?? '').replace(/^"(.*)"$/, '$1');
}

/**
 * Quoted text and lists are read as JSON or TOML; anything else is text until the schema says
 * otherwise.
 */
function valueOf(said: string, numbers: SourceNumbers[]): unknown {
	if (/^["[{]/.test(said)) {
		const read = said.startsWith('{') ? undefined : strictJson(said);
		if (read?.numbers) numbers.push(read.numbers);
		return read ? read.value : readInlineToml(said);
	}
	const [, verbatim] = /^'([^']*)'$/.exec(said) ?? [];
	if (verbatim !== undefined) return verbatim;
	return NOT_PLAIN.test(said) ? undefined : said;
}
