import { isRecord } from '../../../lib/isRecord';
import { isNoAnswer } from '../../../json/notTheAnswer';
import { groupBy } from '../../../lib/own';
import { withoutEntities } from '../../../read/foldText';
import { propertyNames } from '../../../schema/schemaIndex';
import { resolveSchema } from '../../resolveSchema';
import { fieldNamed, plainName } from '../fieldNames';
import {
	atPlace,
	commentsIn,
	fieldsOf,
	isListSchema,
	unread,
	type FormReader,
	type ListPlace,
} from './fields';
import type { Comments } from '../../../json/cursor';
import type { JsonSchema } from '../../../schema/jsonSchema';

/** Tags named after the fields of a schema, such as `<name>Ada</name>`, as its value. */
export const readXml: FormReader = (text, { root, place }) => {
	if (!/^<[A-Za-z_?]/.test(text) || !namesField(text, root)) return undefined;
	const { elements, ...said } = markupIn(text) ?? {};
	if (elements?.length === 0) return undefined;
	const top = elements && { name: '', text: '', children: elements };
	const value = top && (toValue(withoutWrapper(top, root), root, root) ?? entriesAt(top, place));
	return value === undefined
		? unread('xml', 'XML whose tags are not just the fields, or that has text beside tags')
		: { name: 'xml', value, ...said };
};

const NAME = /(?:<|\sname=["'])([A-Za-z_][\w.:-]*)|\s([A-Za-z_][\w.:-]*)=["']/g;

/** Other tags belong to thoughts, to a call or to a web page. */
function namesField(text: string, root: JsonSchema): boolean {
	const names = new Set(propertyNames(root).map(plainName));
	return [...text.matchAll(NAME)].some(([, tag, attribute]) =>
		names.has(plainName(tag ?? attribute ?? '')),
	);
}

/** `<result>…</result>` around the fields, unless it contains anything else. */
function withoutWrapper(top: Element, root: JsonSchema): Element {
	const [only, ...others] = top.children;
	if (!only || others.length > 0 || only.children.length === 0 || only.text !== '') return top;
	if (isNoAnswer(only.name)) return top;
	if (isListSchema(root, root) && isEntry(only, resolveSchema(root, root)?.items, root)) return top;
	const isField = fieldNamed(only.name, fieldsOf(root, root)) !== undefined;
	return isField ? top : withoutWrapper(only, root);
}

/** Undefined if a tag is not a field, or there is text next to tags: something would be lost. */
function toValue(element: Element, schema: unknown, root: JsonSchema): unknown {
	const { children, text } = element;
	if (children.length === 0) return text;
	if (text !== '') return undefined;
	if (isListSchema(schema, root)) return toList(children, schema, root);
	const fields = fieldsOf(schema, root);
	const groups = groupBy(children, ({ name }) => fieldNamed(name, fields) ?? '');
	const entries = [...groups].map(
		([name, group]) => [name, ofGroup(group, fields[name], root)] as const,
	);
	const isRead = entries.every(([name, value]) => name !== '' && value !== undefined);
	return isRead ? Object.fromEntries(entries) : undefined;
}

/** Repeated tags are a list; the tag of a list contains the entries as tags of their own. */
function ofGroup(group: readonly Element[], schema: unknown, root: JsonSchema): unknown {
	const [only, ...others] = group;
	if (!only) return undefined;
	if (!isListSchema(schema, root)) {
		return others.length === 0 ? toValue(only, schema, root) : undefined;
	}
	// `<tags>a, b</tags>` may be one entry or two: its text is read as that of any list.
	if (others.length === 0 && only.children.length === 0) return only.text;
	const items = resolveSchema(schema, root)?.items;
	const isWrapper = others.length === 0 && only.children.length > 0 && !isEntry(only, items, root);
	if (isWrapper && only.text !== '') return undefined;
	return toList(isWrapper ? only.children : group, schema, root);
}

/** Entries without a list around them, in the only place for them. */
function entriesAt({ children }: Element, place: ListPlace | undefined): unknown {
	if (!place || children.length < 2) return undefined;
	const root = { type: 'array', items: { type: 'object', properties: place.fields } };
	const isEach = children.every(
		(child) => child.children.length > 0 && isEntry(child, root.items, root),
	);
	const list = isEach ? toList(children, root, root) : undefined;
	return Array.isArray(list) ? atPlace(place, list) : undefined;
}

function isEntry({ children }: Element, items: unknown, root: JsonSchema): boolean {
	const fields = fieldsOf(items, root);
	return children.every(({ name }) => fieldNamed(name, fields) !== undefined);
}

function toList(children: readonly Element[], schema: unknown, root: JsonSchema): unknown {
	const items = isRecord(schema) ? resolveSchema(schema, root)?.items : undefined;
	const list = children.map((child) => toValue(child, items, root));
	const isOneKind = new Set(children.map(({ name }) => name)).size === 1;
	return isOneKind && !list.includes(undefined) ? list : undefined;
}

export interface Element {
	name: string;
	text: string;
	/** Its attributes come first, because they are fields too. */
	children: Element[];
}

const MOST_LEVELS = 50;
const TOKEN =
	/<!--([^]*?)-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const DECLARATION = /^<\?xml [^<>]*\?>\s*/;
/** In Claude's notation for tool calls, an attribute of these names the field. */
const NAMED = /^(?:\w+:)?(?:invoke|parameter|param|argument|arg|field|property)$/;

interface Open {
	tag: string;
	element: Element;
	/** Its text as it is written, and the texts of its CDATA sections, where blanks are kept. */
	written: string;
	verbatim: string[];
}

/** The elements of a text that contains nothing else, and its comments; undefined if anything would be lost. */
export function markupIn(xml: string): { elements: Element[]; comments?: Comments } | undefined {
	const text = xml.replace(DECLARATION, '');
	const root: Open = {
		tag: '',
		element: { name: '', text: '', children: [] },
		written: '',
		verbatim: [],
	};
	const open = [root];
	let end = 0;
	for (const match of text.matchAll(TOKEN)) {
		end += match[0].length;
		if (!taken(match, open)) return undefined;
	}
	const all = [...text.matchAll(/<!--([^]*?)-->/g)];
	const said = commentsIn(all.map(([, words = '']) => ({ path: [], words: words.trim() })));
	const isWhole =
		end === text.length && open.length === 1 && root.written.trim() + root.verbatim.join('') === '';
	return isWhole && said ? { elements: root.element.children, ...said } : undefined;
}

function taken(match: RegExpExecArray, open: Open[]): boolean {
	const [, comment, verbatim, slash, tag = '', attributes = '', ending, said] = match;
	const inner = open.at(-1);
	if (!inner) return false;
	if (comment !== undefined) return true;
	if (verbatim !== undefined) return inner.verbatim.push(verbatim) > 0;
	if (said !== undefined) {
		inner.written += said;
		return true;
	}
	if (slash === '/') return closed(inner, tag, open);
	const element = elementOf(tag, attributes);
	if (!element || open.length > MOST_LEVELS) return false;
	inner.element.children.push(element);
	if (ending !== '/') open.push({ tag, element, written: '', verbatim: [] });
	return true;
}

function closed(inner: Open, tag: string, open: Open[]): boolean {
	if (inner.tag !== tag || tag === '') return false;
	const written = inner.written.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
	// Which of the two comes first is not recorded.
	if (written !== '' && inner.verbatim.length > 0) return false;
	inner.element.text = written === '' ? inner.verbatim.join('') : withoutEntities(written);
	open.pop();
	return true;
}

function elementOf(tag: string, written: string): Element | undefined {
	const attributes = [...written.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => ({
		...{ name, text: withoutEntities(double ?? single ?? ''), children: [] },
	}));
	if (!NAMED.test(tag)) return { name: tag, text: '', children: attributes };
	const [only, ...others] = attributes;
	if (!only) return { name: tag, text: '', children: [] };
	return only.name === 'name' && others.length === 0
		? { name: only.text, text: '', children: [] }
		: undefined;
}
