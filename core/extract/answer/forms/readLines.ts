import { isNoAnswer } from '../../../json/notTheAnswer';
import { areCounted, areInOrder, LIST_MARK } from '../../../read/listMarks';
import { fieldNamed, recordNamed } from '../fieldNames';
import {
	atPlace,
	fieldsOf,
	isListSchema,
	isOfTexts,
	unread,
	type Form,
	type FormReader,
	type FormTerms,
} from './fields';
import { readCell } from './readTable';

const BOLD = String.raw`(?:\*\*|__)`;
const LINE = new RegExp(
	String.raw`^\s*(?:(${LIST_MARK})\s+)?(?:${BOLD}([^*_:：]{1,60})(?:[:：]\s*${BOLD}|${BOLD}\s*[:：])|([^*_:：\s][^*_:：]{0,60})[:：])\s+(\S.*?)\s*$`,
	'u',
);
const IS_MARKED = new RegExp(String.raw`\*\*|__|^\s*${LIST_MARK}\s`);
const ambiguous = () =>
	unread('bullets', 'a line is not a field, or its value has more than one reading');

interface Said {
	mark: string;
	/** The field that the line names. */
	name: string | undefined;
	value: string | undefined;
}

/**
 * Lines such as `- **Name:** Anna`, where each names a field: one record, or several that begin with the
 * same field, below heads such as `Record 1:` or with blank lines between them.
 */
export const readBullets: FormReader = (text, { root, place }) => {
	const all = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*-{3,}\s*$/.test(line));
	const { lines, blocks } = withoutHeads(all);
	if (lines.length === 0 || !lines.every((line) => LINE.test(line))) return undefined;
	const own = fieldsOf(root, root);
	const isInline = lines.some(
		(line) => !/^\s*["'{[]/.test(line) && hasSeveral(line, { ...own, ...place?.fields }),
	);
	if (isInline) return readInline(lines, { root, place });
	const isApart = blocks.length > 0 || /\n\s*(?:-{3,}\s*)?\n/.test(text);
	if (!isApart && !lines.some((line) => IS_MARKED.test(line))) return undefined;
	const record = readAll(lines, own);
	if (record.every(({ name }) => name !== undefined)) return bullets(recordOf(record));
	const entries = place ? readAll(lines, place.fields) : [];
	if (!place || !entries.every(({ name }) => name !== undefined)) return undefined;
	const records = recordsIn(entries);
	const isCounted =
		blocks.length === 0 || records?.map(({ length }) => length).join() === blocks.join();
	// As YAML, bullets without emphasis would be entries of their own.
	const isOne = records?.length === 1 && !/\*\*|__/.test(text);
	const list = records?.map(recordOf);
	return bullets(
		list && isCounted && !isOne && !list.includes(undefined) ? atPlace(place, list) : undefined,
	);
};

const bullets = (value: unknown): Form =>
	value === undefined ? ambiguous() : { name: 'bullets', value };

const HEAD =
	/^\s*(?:#{1,6}\s+)?(?:\*\*|__)?(?<word>\p{L}[\p{L} ]{0,30}?\s|#)\s*#?(?<number>\d{1,6})(?: ?(?:of|von|de|di|van|из|\/) ?(?<most>\d{1,6}))?[:.)]?(?:\*\*|__)?\s*[:：]?\s*$/u;

/** Heads that count several readings of one record. */
const OF_ONE =
	/^\s*(?:variants?|versions?|readings?|hypothes[ie]s|interpretation|variante|versuch|вариант)\s*$/iu;

/** The lines of records without heads that count them, and how many lines stand below each head. */
function withoutHeads(all: readonly string[]): { lines: readonly string[]; blocks: number[] } {
	const heads = all.map((line) => HEAD.exec(line)?.groups);
	const found = heads.flatMap((head) => (head ? [head] : []));
	const isCounted = found.every(
		({ word, number, most }, at) =>
			word === found[0]?.word &&
			Number(number) === at + 1 &&
			(most === undefined || Number(most) === found.length),
	);
	const [{ word = '' } = {}] = found;
	if (!heads[0] || !isCounted || isNoAnswer(word) || OF_ONE.test(word))
		return { lines: all, blocks: [] };
	const starts = heads.flatMap((head, at) => (head ? [at] : []));
	const blocks = starts.map((start, at) => (starts[at + 1] ?? all.length) - start - 1);
	return { lines: all.filter((_, at) => !heads[at]), blocks };
}

const LABEL = String.raw`(?:${BOLD})?[\p{L}_][\p{L}\p{M}\p{N}_. -]{0,60}(?:${BOLD})?[:：](?:${BOLD})?\s`;
const NEXT_FIELD = new RegExp(String.raw`[,;|]\s+(?=${LABEL})`, 'u');
const ONE_WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_]{0,60}[:：]\s/u;

/** Whether more stands behind the first field of a line: another field of the schema, or what looks like one. */
function hasSeveral(line: string, fields: Record<string, unknown>): boolean {
	const [first = '', ...others] = line.split(NEXT_FIELD);
	const isPlain = !/\*\*|__/.test(first);
	return others.some(
		(other) =>
			(isPlain && ONE_WORD.test(other)) ||
			fieldNamed(other.split(/[:：]/, 1)[0] ?? '', fields) !== undefined,
	);
}

/** Lines such as `- name: Ada, age: 36`: each is a record, or the only one is the whole value. */
function readInline(lines: readonly string[], { root, place }: FormTerms): Form {
	const fields = place?.fields ?? fieldsOf(root, root);
	const records = lines.map((line) =>
		readAll(line.split(NEXT_FIELD), fields).map((said) => ({
			...said,
			value: unquoted(said.value),
		})),
	);
	const isEach = recordsIn(records.flat())?.length === records.length;
	const list = records.map((own) => (own.length < 2 ? undefined : recordOf(own)));
	if (!isEach || list.includes(undefined)) return ambiguous();
	return bullets(place ? atPlace(place, list) : list.length === 1 ? list[0] : undefined);
}

function unquoted(value: string | undefined): string | undefined {
	const inner = value && /^(["'])([^"'\\]*)\1$/.exec(value)?.[2];
	return inner ?? (value && /^["'“]|["'”]$/.test(value) ? undefined : value);
}

function readAll(lines: readonly string[], fields: Record<string, unknown>): Said[] {
	return lines.map((line) => {
		const [, mark = '', bold, plain, value = ''] = LINE.exec(line) ?? [];
		return { mark, name: fieldNamed((bold ?? plain ?? '').trim(), fields), value: readCell(value) };
	});
}

/** Undefined where a line names no field, or one twice, or its value has no one reading. */
function recordOf(lines: readonly Said[]) {
	const entries = lines.flatMap(({ name, value }) =>
		name === undefined || value === undefined ? [] : [[name, value] as const],
	);
	const record = Object.fromEntries(entries);
	return Object.keys(record).length === lines.length ? record : undefined;
}

/** Each record begins with the field that the first one begins with, and numbers follow one another. */
function recordsIn(lines: readonly Said[]): Said[][] | undefined {
	const records: Said[][] = [];
	for (const line of lines) {
		if (line.name === lines[0]?.name) records.push([line]);
		else records.at(-1)?.push(line);
	}
	return areInOrder(records.map(([first]) => first?.mark ?? '')) ? records : undefined;
}

const ENTRY = new RegExp(String.raw`^(?!- )(${LIST_MARK})[ \t]+(\S.*)$`, 'u');

/** A list of texts behind bullets or numbers, each in its line: only where they are the whole answer. */
export const readListed: FormReader = (text, { root, place }) => {
	const found = text.split('\n').map((line) => ENTRY.exec(line.trimEnd()));
	if (!place || !isOfTexts(place, root) || found.length < 2 || found.includes(null))
		return undefined;
	const texts = found.map((entry) => readCell(entry?.[2] ?? ''));
	if (texts.includes(undefined)) return undefined;
	const marks = found.map((entry) => entry?.[1] ?? '');
	if (!marks.some((mark) => /\d/.test(mark))) return bullets(atPlace(place, texts));
	// Coercion knows whether the document has the numbers.
	const said = texts.map((one, at) => `${marks[at] ?? ''} ${one ?? ''}`).join('\n');
	const { key } = place;
	return areCounted(marks)
		? { name: 'bullets', value: key === undefined ? said : { [key]: said } }
		: undefined;
};

const SECTION = /^\[\[ ## ([A-Za-z_]\w{0,80}) ## \]\][ \t\r]*$/m;
const THOUGHTS = new Set(['reasoning', 'rationale']);

/** The fields of a record below heads such as `[[ ## title ## ]]`, as DSPy asks for them. */
export const readSections: FormReader = (text, { root }) => {
	if (!text.startsWith('[[ ## ')) return undefined;
	const [before, ...parts] = text.split(SECTION);
	const all = parts.flatMap((name, at) =>
		at % 2 === 0 ? [{ name, value: (parts[at + 1] ?? '').trim() }] : [],
	);
	const fields = fieldsOf(root, root);
	const last = all.at(-1);
	const isEnded =
		last?.name === 'completed' && last.value === '' && !Object.hasOwn(fields, last.name);
	const own = (isEnded ? all.slice(0, -1) : all).filter(
		({ name }, at) => at > 0 || Object.hasOwn(fields, name) || !THOUGHTS.has(name),
	);
	// Words may follow the last field, where nothing ends it.
	const isOver = isEnded || !/\n\s*\n/.test(last?.value ?? '');
	const isRead = isOver && before === '' && own.every(({ value }) => value !== '');
	const said = own.map(({ name, value }) => {
		const entries = isListSchema(fields[name], root) ? quotedEntries(value) : undefined;
		return [name, entries ?? value] as const;
	});
	const record = isRead && own.length > 0 ? recordNamed(said, fields) : undefined;
	return record
		? { name: 'sections', value: record }
		: unread('sections', 'a heading is not a field, occurs twice or has nothing below it');
};

/** `[1] «red»`, one in each line, where no number is missing. */
function quotedEntries(said: string): string[] | undefined {
	const found = said.split('\n').map((line) => /^\[(\d{1,6})\] «([^«»]*)»[ \t\r]*$/.exec(line));
	const isInOrder = found.every((entry, at) => Number(entry?.[1]) === at + 1);
	return isInOrder ? found.map((entry) => entry?.[2] ?? '') : undefined;
}
