import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { isNoAnswer } from '../../json/notTheAnswer';
import { propertyNames } from '../../schema/schemaIndex';
import { resolveSchema } from '../resolveSchema';
import { fieldNamed, fieldsOf, isListSchema, plainName } from './fields';
import type { FormReader } from './form';
import { elementsIn, markupComments, type Element } from './xmlElements';

/** Tags named after the fields of a schema, such as `<name>Ada</name>`, as its value. */
export const readXml: FormReader = (text, { root }) => {
	if (!/^<[A-Za-z_?]/.test(text) || !namesField(text, root)) return undefined;
	const elements = elementsIn(text);
	if (elements?.length === 0) return undefined;
	const top = elements && { name: '', text: '', children: elements };
	const value = top && toValue(withoutWrapper(top, root), root, root);
	return value === undefined
		? {
				name: 'xml',
				value,
				reason: 'XML whose tags are not just the fields, or that has text beside tags',
			}
		: { name: 'xml', value, ...markupComments(text) };
};

const NAME = /(?:<|\sname=["'])([A-Za-z_][\w.:-]*)|\s([A-Za-z_][\w.:-]*)=["']/g;

/** Other tags are those of thoughts, of a call or of a page. */
function namesField(text: string, root: JsonSchema): boolean {
	const names = new Set(propertyNames(root).map(plainName));
	return [...text.matchAll(NAME)].some(([, tag, attribute]) =>
		names.has(plainName(tag ?? attribute ?? '')),
	);
}

/** `<result>…</result>` around the fields; not where it says something beside them. */
function withoutWrapper(top: Element, root: JsonSchema): Element {
	const [only, ...others] = top.children;
	if (!only || others.length > 0 || only.children.length === 0 || only.text !== '') return top;
	if (isNoAnswer(only.name)) return top;
	if (isListSchema(root, root) && isEntry(only, resolveSchema(root, root)?.items, root)) return top;
	const isField = fieldNamed(only.name, fieldsOf(root, root)) !== undefined;
	return isField ? top : withoutWrapper(only, root);
}

/** Undefined where a tag is not a field, or text stands beside tags: something would be lost. */
function toValue(element: Element, schema: unknown, root: JsonSchema): unknown {
	const { children, text } = element;
	if (children.length === 0) return text;
	if (text !== '') return undefined;
	if (isListSchema(schema, root)) return toList(children, schema, root);
	const fields = fieldsOf(schema, root);
	const groups = new Map<string, Element[]>();
	for (const child of children) {
		const name = fieldNamed(child.name, fields);
		if (name === undefined) return undefined;
		const group = groups.get(name);
		if (group) group.push(child);
		else groups.set(name, [child]);
	}
	const entries: Array<[string, unknown]> = [];
	for (const [name, group] of groups) {
		const value = ofGroup(group, fields[name], root);
		if (value === undefined) return undefined;
		entries.push([name, value]);
	}
	return Object.fromEntries(entries);
}

/** Tags that repeat are a list; one for a list holds the entries as tags of their own. */
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
