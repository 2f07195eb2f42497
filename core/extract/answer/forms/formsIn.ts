import { isNoAnswer } from '../../../json/notTheAnswer';
import { isChoice, resolveSchema } from '../../resolveSchema';
import type { Steps } from '../../../lib/steps';
import { LIST_MARK } from '../../../read/listMarks';
import { isTalk } from '../../../read/words';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { isRecord } from '../../../lib/isRecord';
import { remembering } from '../../../lib/perObject';
import { escapeRegExp } from '../../../lib/text';
import { plainName, wordsIn } from '../fieldNames';
import { walkValue, type Node } from '../walkValue';
import {
	fieldsOf,
	isListSchema,
	isOfTexts,
	unread,
	type Form,
	type FormReader,
	type FormTerms,
} from './fields';
import { readCsv, readHtmlTable, readTable, isRuler } from './readTable';
import { readBullets, readListed, readSections } from './readLines';
import { readRepr } from './readBrackets';
import { readSettings } from './readSettings';
import { readXml } from './readXml';
import { readYaml } from './readYaml';

/** Likeliest first: what one of them is, no other is as well. */
const READERS: readonly FormReader[] = [
	...[readTable, readHtmlTable, readXml, readCsv, readRepr],
	...[readSections, readSettings, readYaml, readBullets],
];
/** Their shape alone tells them from prose. */
const SHAPED = new Set<Segment['kind']>(['table', 'tags', 'fence']);

/** No model writes more at once, and a reader looks through all of it in one go. */
const LONGEST = 500_000;

interface FoundForms {
	forms: Form[];
	/** The lines that are part of none. */
	prose: string[];
}

/** The forms other than JSON in a text: it as a whole, else its fenced blocks, tables, tags and paragraphs. */
export function* formsIn(text: string, terms: FormTerms): Steps<FoundForms> {
	if (text.length > LONGEST) return { forms: [], prose: text.split('\n') };
	const whole = yield* wholeForm(text, terms);
	if (whole) return { forms: [whole], prose: [] };
	const forms: Form[] = [];
	const rest: Segment[] = [];
	const segments = segmentsOf(text);
	for (const segment of segments) {
		const isProse = isListAmongWords(segment, segments, terms);
		const form = isProse ? undefined : yield* formOf(segment.text.trim(), terms);
		if (form) forms.push(form);
		else rest.push(segment);
	}
	const prose = rest.flatMap((segment) => segment.text.split('\n'));
	const isShaped = segments.some(({ kind }) => SHAPED.has(kind));
	// Something that reads as a whole only, such as YAML with a blank line in it, is no form in part.
	const isInPart = !isShaped && prose.some(looksLikeField);
	return isInPart ? { forms: [], prose: text.split('\n') } : { forms, prose };
}

/**
 * Any prose has bullets: a list of texts is one only as the whole answer, in a fence, or right below a line
 * that names its field.
 */
function isListAmongWords({ kind, text }: Segment, all: readonly Segment[], terms: FormTerms) {
	const { place, root } = terms;
	if (kind !== 'paragraph' || !HAS_MARK.test(text) || !isOfTexts(place, root)) return false;
	const [head, list, more] = all;
	const line = head?.text.trim() ?? '';
	const name = plainName(place?.key ?? '');
	const isNamed = name !== '' && line.length <= 80 && plainName(line).includes(name);
	return !(list?.text === text && !more && isNamed && /[:：]$/.test(line) && !isTalk(line));
}

/** The form that a text is from end to end. */
export function* wholeForm(text: string, terms: FormTerms): Steps<Form | undefined> {
	if (text.length > LONGEST) return undefined;
	const said = withoutFence(text.trim());
	const form = (yield* formOf(said, terms)) ?? readListed(said, terms);
	return form?.value === undefined ? undefined : form;
}

const HAS_MARK = new RegExp(String.raw`^\s*${LIST_MARK}\s`);

const looksLikeField = (line: string) =>
	HAS_MARK.test(line) || /^\s*[^\s:][^:]{0,40}:\s+\S/.test(line);

function* formOf(text: string, terms: FormTerms): Steps<Form | undefined> {
	if (text === '') return undefined;
	for (const read of READERS) {
		yield;
		const form = read(text, terms);
		if (form && OPEN_ENDED.has(form.name) && swallowsField(form.value, text, terms))
			return unread(form.name, 'a value has another field in it');
		if (form) return form;
	}
	return undefined;
}

/** In these, nothing but the end of its line ends a value. */
const OPEN_ENDED = new Set(['settings', 'yaml', 'bullets']);
const MOST_FIELDS = 100;

/** `name: Ada / age: 36`, where the name is hardly "Ada / age: 36", unless it is quoted or a link. */
function swallowsField(value: unknown, text: string, { root }: FormTerms): boolean {
	const isWhole = (one: string) =>
		/^\w+:\/\/|\n/.test(one) || /["']/.test(text.charAt(text.indexOf(one) - 1));
	// Records of a list mostly lack the same fields.
	const fieldIn = remembering(
		(names: string) =>
			new RegExp(String.raw`(?<![\p{L}\p{N}_])(?:${names})[*_ \t]{0,3}[:=：]`, 'iu'),
	);
	const swallows = ({ value: record, wanted }: Node) => {
		if (!isRecord(record)) return false;
		const others = Object.keys(fieldsOf(wanted, root)).filter((key) => !Object.hasOwn(record, key));
		const names = others.slice(0, MOST_FIELDS).map((key) => wordsIn(key).map(escapeRegExp));
		const said = names.map((words) => words.join('[ _-]?')).filter((name) => name !== '');
		const isField = said.length > 0 ? fieldIn(said.join('|')) : undefined;
		const has = (one: unknown) => typeof one === 'string' && isField?.test(one) && !isWhole(one);
		return Object.values(record).some(has);
	};
	return walkValue(value, swallows, root);
}

function withoutFence(text: string): string {
	const lines = text.split('\n');
	const isFenced = lines.length > 2 && isFence(lines[0]) && isFence(lines.at(-1));
	return isFenced ? lines.slice(1, -1).join('\n') : text;
}

const PLAIN_TYPES = new Set<unknown>(['number', 'integer', 'boolean']);
const MOST_PLAIN = 200;
const MOST_LISTED = 5000;

/**
 * A choice, a number or a yes that is the whole answer, or a list of them; a text only where the source has just it,
 * or an excuse would pass for one.
 */
export function readPlain(
	text: string,
	{ root }: FormTerms,
	isSaid?: (text: string) => boolean,
): Form | undefined {
	const value = withoutFence(text.trim());
	if (value === '') return undefined;
	const schema = resolveSchema(root, root);
	const items = isListSchema(root, root) ? resolveSchema(schema?.items, root) : undefined;
	const isMeant = items
		? isPlain(items) && value.length <= MOST_LISTED
		: isPlain(schema) && value.length <= MOST_PLAIN;
	const isText = schema?.type === 'string' && value.length <= MOST_LISTED;
	if (isMeant || (isText && isSaid?.(value))) return { name: 'plainText', value };
	const lines = value.split(/\r?\n/);
	const isList =
		items?.type === 'string' && lines.length > 1 && lines.every((line) => isSaid?.(line));
	return isList ? { name: 'plainText', value: lines } : undefined;
}

function isPlain(schema: JsonSchema | undefined): boolean {
	return (
		(schema && isChoice(schema)) || [schema?.type].flat().some((type) => PLAIN_TYPES.has(type))
	);
}

/** A piece of a text that may be a form of its own. */
interface Segment {
	kind: 'fence' | 'table' | 'tags' | 'paragraph';
	text: string;
}

/** The pieces of a text: what is fenced, tables, tags, and the paragraphs between them. */
function segmentsOf(text: string): Segment[] {
	const lines = text.split('\n');
	const segments: Segment[] = [];
	let open: string[] = [];
	const close = () => {
		for (const segment of openSegments(open.join('\n'))) segments.push(segment);
		open = [];
	};
	for (let at = 0; at < lines.length;) {
		const kind = isFence(lines[at]) ? 'fence' : startsTable(lines, at) ? 'table' : undefined;
		if (kind === undefined) {
			open.push(lines[at] ?? '');
			at += 1;
			continue;
		}
		close();
		const end = kind === 'fence' ? fenceEnd(lines, at) : tableEnd(lines, at);
		const inner = kind === 'fence' ? lines.slice(at + 1, end - 1) : lines.slice(at, end);
		segments.push({ kind, text: inner.join('\n') });
		at = end;
	}
	close();
	return segments;
}

/** But not that of a draft. */
const isFence = (line = '') => /^\s*(?:```|~~~)/.test(line) && !isNoAnswer(line);

function fenceEnd(lines: readonly string[], start: number): number {
	let end = start + 1;
	while (end < lines.length && !isFence(lines[end])) end += 1;
	return end + 1;
}

function startsTable(lines: readonly string[], at: number): boolean {
	const [line = '', next = ''] = lines.slice(at, at + 2);
	const isRow = (one: string) => /^\s*\|.*\|\s*$/.test(one);
	return line.includes('|') && (isRuler(next) || (isRow(line) && isRow(next)));
}

function tableEnd(lines: readonly string[], start: number): number {
	let end = start + 1;
	while (lines[end]?.includes('|')) end += 1;
	return end;
}

/** A tag at the head of a line, or behind a colon. */
const FIRST_TAG = /(?:^|\n|:)[ \t]*<(?!https?:|\/|!--)[A-Za-z_?][\w.:-]*[\s>/]/;

function openSegments(text: string): Segment[] {
	const found = FIRST_TAG.exec(text);
	const start = found ? found.index + found[0].indexOf('<') : -1;
	const end = text.lastIndexOf('>') + 1;
	if (start === -1 || !text.slice(start, end).includes('/')) return paragraphsIn(text);
	const tags: Segment = { kind: 'tags', text: text.slice(start, end) };
	return [...paragraphsIn(text.slice(0, start)), tags, ...paragraphsIn(text.slice(end))];
}

function paragraphsIn(text: string): Segment[] {
	const paragraphs = text.split(/\n[ \t]*\n/).filter((one) => one.trim() !== '');
	return paragraphs.map((one) => ({ kind: 'paragraph', text: one }));
}
