import { atPlace } from './fields';
import type { Form, FormReader } from './form';
import { recordsIn } from './records';
import { elementsIn, markupComments, type Element } from './xmlElements';

const PARTS = new Set(['thead', 'tbody', 'tfoot']);
/** Attributes that say how a cell looks, and not where it stands. */
const LOOKS = new Set(['class', 'style', 'id', 'align', 'scope', 'border', 'width', 'valign']);
const unread: Form = {
	...{ name: 'htmlTable', value: undefined },
	reason: 'its columns are not just the fields, or a cell holds more than text',
};

/** An HTML table whose columns are fields, as a list of records. */
export const readHtmlTable: FormReader = (text, { place }) => {
	if (!/^<table[\s>]/i.test(text)) return undefined;
	const lower = text.replace(/<\/?[A-Za-z][^<>\s/]*/g, (tag) => tag.toLowerCase());
	const [table, ...others] = elementsIn(lower) ?? [];
	const rows = table && others.length === 0 && place ? rowsOf(table) : undefined;
	const cells = rows?.map((row) => cellsOf(row));
	if (!place || !cells || cells.some((row) => row === undefined)) return unread;
	const [header = [], ...rest] = cells.flatMap((row) => (row ? [row] : []));
	const list = rest.length > 0 ? recordsIn(header, rest, place) : undefined;
	return list
		? { name: 'htmlTable', value: atPlace(place, list), ...markupComments(text) }
		: unread;
};

function rowsOf(table: Element): Element[] | undefined {
	const parts = table.children.filter(({ name }) => !LOOKS.has(name));
	const rows = parts.flatMap((part) => (PARTS.has(part.name) ? (rowsOf(part) ?? [part]) : [part]));
	return table.text === '' && rows.every(({ name }) => name === 'tr') ? rows : undefined;
}

function cellsOf(row: Element): string[] | undefined {
	const cells = row.children.filter(({ name }) => !LOOKS.has(name));
	const isPlain = cells.every(
		({ name, children }) =>
			(name === 'td' || name === 'th') && children.every((one) => LOOKS.has(one.name)),
	);
	return isPlain && row.text === '' ? cells.map(({ text }) => text) : undefined;
}
