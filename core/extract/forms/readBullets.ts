import { isNoAnswer } from '../../json/notTheAnswer';
import {
	atPlace,
	fieldNamed,
	fieldsOf,
	type Form,
	type FormReader,
	type FormTerms,
} from './fields';
import { readCell } from './readTable';

const BOLD = String.raw`(?:\*\*|__)`;
const LINE = new RegExp(
	String.raw`^\s*(?:([-*•+]|\d{1,6}[.)])\s+)?(?:${BOLD}([^*_:：]{1,60})(?:[:：]\s*${BOLD}|${BOLD}\s*[:：])|([^*_:：\s][^*_:：]{0,60})[:：])\s+(\S.*?)\s*$`,
	'u',
);
const unread: Form = {
	...{ name: 'bullets', value: undefined },
	reason: 'a line is not a field, or its value has more than one reading',
};

interface Said {
	mark: string | undefined;
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
	const isMarked =
		blocks.length > 0 ||
		/\n\s*(?:-{3,}\s*)?\n/.test(text) ||
		lines.some((line) => /\*\*|__|^\s*(?:[-*•+]|\d+[.)])\s/.test(line));
	const own = fieldsOf(root, root);
	const isInline = lines.some(
		(line) => !/^\s*["'{[]/.test(line) && hasSeveral(line, { ...own, ...place?.fields }),
	);
	if (!isMarked && !isInline) return undefined;
	if (isInline) return readInline(lines, { root, place });
	const record = readAll(lines, own);
	if (record.every(({ name }) => name !== undefined)) {
		const isOnce = new Set(record.map(({ name }) => name)).size === record.length;
		return isOnce && isRead(record) ? { name: 'bullets', value: recordOf(record) } : unread;
	}
	const entries = place ? readAll(lines, place.fields) : [];
	if (!place || !entries.every(({ name }) => name !== undefined)) return undefined;
	const records = recordsIn(entries);
	if (records && blocks.length > 0 && records.map(({ length }) => length).join() !== blocks.join())
		return unread;
	// As YAML, bullets without emphasis would be entries of their own.
	if (records?.length === 1 && !/\*\*|__/.test(text)) return unread;
	return records && isRead(entries)
		? { name: 'bullets', value: atPlace(place, records.map(recordOf)) }
		: unread;
};

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
	const none = { lines: all, blocks: [] };
	const [{ word = '' } = {}] = found;
	if (!heads[0] || !isCounted || isNoAnswer(word) || OF_ONE.test(word)) return none;
	const starts = heads.flatMap((head, at) => (head ? [at] : []));
	const blocks = starts.map((start, at) => (starts[at + 1] ?? all.length) - start - 1);
	return { lines: all.filter((_, at) => !heads[at]), blocks };
}

const LABEL = String.raw`(?:${BOLD})?[\p{L}_][\p{L}\p{M}\p{N}_. -]{0,60}(?:${BOLD})?[:：](?:${BOLD})?\s`;
const NEXT_FIELD = new RegExp(String.raw`[,;|]\s+(?=${LABEL})`, 'u');
const ONE_WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_]{0,60}[:：]\s/u;

/** Whether more stands behind the first field of a line: another field of the schema, or what looks like one. */
function hasSeveral(line: string, fields: Record<string, unknown>): boolean {
	if (!/[,;|]\s/.test(line)) return false;
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
	const all = records.flat();
	const isOurs = all.every(({ name }) => name !== undefined) && isRead(all);
	const isEach = recordsIn(all)?.length === records.length;
	const isList = place !== undefined || records.length === 1;
	if (!isOurs || !isEach || !isList || records.some(({ length }) => length < 2)) return unread;
	const list = records.map(recordOf);
	return { name: 'bullets', value: place ? atPlace(place, list) : list[0] };
}

function unquoted(value: string | undefined): string | undefined {
	const inner = value && /^(["'])([^"'\\]*)\1$/.exec(value)?.[2];
	return inner ?? (value && /^["'“]|["'”]$/.test(value) ? undefined : value);
}

function readAll(lines: readonly string[], fields: Record<string, unknown>): Said[] {
	return lines.map((line) => {
		const [, mark, bold, plain, value = ''] = LINE.exec(line) ?? [];
		return { mark, name: fieldNamed((bold ?? plain ?? '').trim(), fields), value: readCell(value) };
	});
}

const isRead = (lines: readonly Said[]) => lines.every(({ value }) => value !== undefined);

function recordOf(lines: readonly Said[]) {
	return Object.fromEntries(lines.map(({ name = '', value }) => [name, value]));
}

/** Each record begins with the field that the first one begins with, and numbers follow one another. */
function recordsIn(lines: readonly Said[]): Said[][] | undefined {
	const records: Said[][] = [];
	for (const line of lines) {
		if (line.name === lines[0]?.name) records.push([line]);
		else records.at(-1)?.push(line);
	}
	const numbers = records.map(([first]) => Number.parseInt(first?.mark ?? '', 10));
	const isInOrder = numbers.every(
		(number, at) => Number.isNaN(number) || number === (numbers[0] ?? 0) + at,
	);
	const isOnce = records.every((own) => new Set(own.map(({ name }) => name)).size === own.length);
	return isInOrder && isOnce ? records : undefined;
}
