import { joinedNumbers, type SourceNumbers } from '../../../json/exactJson';
import { isNoAnswer } from '../../../json/notTheAnswer';
import { strictJson } from '../../../json/readJson';
import { groupBy } from '../../../lib/own';
import { fieldNamed, recordNamed } from '../fieldNames';
import { resolveSchema } from '../../resolveSchema';
import { readInlineToml } from './readBrackets';
import { commentsIn, fieldsOf, isListSchema, unread, type FormReader } from './fields';
import type { Comment } from '../../../json/cursor';
import type { JsonSchema } from '../../../schema/jsonSchema';

const LINE = /^\s*("[^"\\]*"|[\p{L}_][\p{L}\p{M}\p{N}_. -]{0,60}?)\s*=\s*(\S.*?)?\s*$/su;
const SECTION = /^\s*(\[{1,2})\s*([^[\]]*?)\s*\]{1,2}\s*$/;
/** After a value whose end is certain. */
const COMMENT_BEHIND =
	/^(\s*[^\s="'#[][^="'#[]*=\s*(?:"[^"\\]*"|'[^']*'|[-+]?\d[\d._:+TZ-]*|true|false))\s+#(.*)$/;
/** Followed by a comment, a table on one line, or a text on several lines. */
const NOT_PLAIN = /\s[#;]|^[{'"[]|"""|'''|\\$/;

/** Lines such as `total = 3`, as in INI and TOML, with TOML's headings for tables and lists of tables. */
export const readSettings: FormReader = (text, { root }) => {
	const { lines, comments } = settingLines(text);
	const top = { root, fields: fieldsOf(root, root) };
	const [first = ''] = lines;
	// A heading that names no field is that of the file.
	const isHead = SECTION.test(first) && !openedBy(first, top);
	const rest = isHead ? lines.slice(1) : lines;
	const isOurs = lines.some((line) =>
		SECTION.test(line) ? openedBy(line, top) : fieldNamed(keyOf(line), top.fields) !== undefined,
	);
	if (!isOurs || !rest.every((line) => LINE.test(line) || SECTION.test(line))) return undefined;
	const numbers: SourceNumbers[] = [];
	// An answer that ends in `total =` was cut off.
	const isCut = /=\s*$/.test(rest.at(-1) ?? '');
	const value = isCut || (isHead && isNoAnswer(first)) ? undefined : valueOf(rest, top, numbers);
	const said = commentsIn(comments);
	if (value === undefined || !said)
		return unread('settings', 'a line is not a field, or its value has more than one reading');
	const all = joinedNumbers(numbers);
	return { name: 'settings', value, ...said, ...(all ? { numbers: all } : {}) };
};

/** The meaningful lines, with those of one value joined, and the comments. */
function settingLines(text: string): { lines: string[]; comments: Comment[] } {
	const lines: string[] = [];
	const comments: Comment[] = [];
	let open = '';
	for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
		const [, held = line, behind] = open === '' ? (COMMENT_BEHIND.exec(line) ?? []) : [];
		const own = open === '' ? /^\s*[#;]+(.*)$/.exec(line)?.[1] : undefined;
		const words = (own ?? behind)?.trim();
		if (words !== undefined) comments.push({ path: own === undefined ? [keyOf(held)] : [], words });
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

/** A table, or one entry of a list of tables. */
interface Opened {
	name: string;
	isList: boolean;
	/** Whether the list is the whole value, whatever its name. */
	isRoot: boolean;
	fields: Record<string, unknown>;
}

/** The field that a heading opens: `[customer]` a table, `[[rows]]` one more entry. */
function openedBy(line: string, { root, fields }: Table): Opened | undefined {
	const [, brackets, written = ''] = SECTION.exec(line) ?? [];
	const isList = brackets === '[[';
	const isRoot = isList && isListSchema(root, root);
	const name = isRoot ? written : fieldNamed(written.replace(/^"(.*)"$/, '$1'), fields);
	const schema = isRoot ? root : name === undefined ? undefined : fields[name];
	if (name === undefined || schema === undefined || isListSchema(schema, root) !== isList)
		return undefined;
	const inner = isList ? resolveSchema(schema, root)?.items : schema;
	return { name, isList, isRoot, fields: fieldsOf(inner, root) };
}

/** The value of the lines: a record, or the list that is the whole schema. */
function valueOf(lines: readonly string[], top: Table, numbers: SourceNumbers[]): unknown {
	const heads = lines.flatMap((line, at) => (SECTION.test(line) ? [at] : []));
	const tables = [-1, ...heads].map((head, index) => {
		const opened = head < 0 ? undefined : openedBy(lines[head] ?? '', top);
		const own = lines.slice(head + 1, heads[index]);
		const said = own.map((line) => [keyOf(line), plainValue(line, numbers)] as const);
		const record = recordNamed(said, (head < 0 ? top : opened)?.fields ?? {});
		return record && (head < 0 || opened) ? { opened, record } : undefined;
	});
	const [first, ...others] = tables.flatMap((table) => (table ? [table] : []));
	if (!first || others.length < heads.length) return undefined;
	const fields = [...groupBy(others, ({ opened }) => opened?.name ?? '')].map(([name, all]) => {
		const records = all.map(({ record }) => record);
		const isList = all[0]?.opened?.isList === true;
		return [name, isList ? records : records.length === 1 ? records[0] : undefined] as const;
	});
	if (!others.some(({ opened }) => opened?.isRoot))
		return recordNamed([...Object.entries(first.record), ...fields], top.fields);
	return fields.length === 1 && Object.keys(first.record).length === 0 ? fields[0]?.[1] : undefined;
}

function keyOf(line: string): string {
	return (LINE.exec(line)?.[1] ?? '').replace(/^"(.*)"$/, '$1');
}

/**
 * Quoted text and lists are read as JSON or TOML; anything else is text until the schema says
 * otherwise.
 */
function plainValue(line: string, numbers: SourceNumbers[]): unknown {
	const said = LINE.exec(line)?.[2] ?? '';
	if (/^["[{]/.test(said)) {
		const read = said.startsWith('{') ? undefined : strictJson(said);
		if (read?.numbers) numbers.push(read.numbers);
		return read ? read.value : readInlineToml(said);
	}
	const [, verbatim] = /^'([^']*)'$/.exec(said) ?? [];
	return verbatim ?? (NOT_PLAIN.test(said) ? undefined : said);
}
