import { isAbbreviation } from '../../json/abbreviation';
import { withComments, type Comments } from '../../json/comments';
import { takesBack } from '../../json/notTheAnswer';
import { decodedEntity, ENTITY } from '../../read/htmlEntities';

export interface Element {
	name: string;
	text: string;
	/** Its attributes first, since they are fields as well. */
	children: Element[];
}

const MOST_LEVELS = 50;
const TOKEN =
	/<!--([^]*?)-->|<!\[CDATA\[([^]*?)\]\]>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const DECLARATION = /^<\?xml [^<>]*\?>\s*/;
/** In a call of a tool as Claude writes it, these name their fields by an attribute. */
const NAMED = /^(?:\w+:)?(?:invoke|parameter|param|argument|arg|field|property)$/;

interface Open {
	tag: string;
	element: Element;
	/** Its text as it is written, and the texts of its CDATA sections, where blanks stay. */
	written: string;
	verbatim: string[];
}

/** The comments in a text with tags. */
export function markupComments(text: string): { comments: Comments } | undefined {
	const all = [...text.matchAll(/<!--([^]*?)-->/g)].map(([, words = '']) => words.trim());
	return withComments(all.filter((words) => words !== '').map((words) => ({ path: [], words })));
}

/** The elements of a text that holds nothing else; undefined where anything would be lost. */
export function elementsIn(xml: string): Element[] | undefined {
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
	const isWhole =
		end === text.length && open.length === 1 && root.written.trim() + root.verbatim.join('') === '';
	return isWhole ? root.element.children : undefined;
}

function taken(match: RegExpExecArray, open: Open[]): boolean {
	const [, comment, verbatim, slash, tag = '', attributes = '', ending, said] = match;
	const inner = open.at(-1);
	if (!inner) return false;
	if (comment !== undefined) return !isAbbreviation(comment) && !takesBack(comment);
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
	// Which of the two comes first is not kept.
	if (written !== '' && inner.verbatim.length > 0) return false;
	inner.element.text = written === '' ? inner.verbatim.join('') : decoded(written);
	open.pop();
	return true;
}

function elementOf(tag: string, written: string): Element | undefined {
	const attributes = [...written.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => ({
		...{ name, text: decoded(double ?? single ?? ''), children: [] },
	}));
	if (!NAMED.test(tag)) return { name: tag, text: '', children: attributes };
	const [only, ...others] = attributes;
	if (!only) return { name: tag, text: '', children: [] };
	return only.name === 'name' && others.length === 0
		? { name: only.text, text: '', children: [] }
		: undefined;
}

const ENTITIES = new RegExp(ENTITY, 'g');

function decoded(text: string): string {
	return text.replace(ENTITIES, decodedEntity);
}
