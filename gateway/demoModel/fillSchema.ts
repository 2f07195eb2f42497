import { isRecord } from '../../core/lib/isRecord';
import { toNumber } from './candidates';
import {
	fieldOf,
	listOf,
	recordOf,
	resolveSchema,
	typeOf,
	type Field,
	type JsonSchema,
} from './field';
import {
	findBoolean,
	findNumber,
	findOption,
	findOptions,
	findNumberList,
	findText,
	findTexts,
} from './findText';
import { spaced } from './words';

interface Source {
	text: string;
	root: JsonSchema;
	/** The table row being read. */
	row?: Row;
	depth: number;
}

const MAX_DEPTH = 8;

/** Fills the schema from the text. What the text does not say is left out, or null. */
export function fillSchema(schema: JsonSchema, text: string): unknown {
	const field = { name: '', description: '', required: true };
	return fillValue(schema, field, { text, root: schema, depth: 0 });
}

/** Whether nothing was found: every leaf is null. */
export function isEmpty(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isEmpty);
	return isRecord(value) ? Object.values(value).every(isEmpty) : (value ?? null) === null;
}

function fillValue(given: unknown, field: Field, source: Source): unknown {
	const schema = resolveSchema(given, source.root);
	const described = fieldOf(
		field.name,
		{ description: field.description, ...schema },
		field.required,
	);
	const deeper = { ...source, depth: source.depth + 1 };
	const value = source.depth > MAX_DEPTH ? undefined : findValue(schema, described, deeper);
	return value === undefined && field.required ? null : value;
}

function findValue(schema: JsonSchema, field: Field, source: Source): unknown {
	if ('const' in schema) return schema.const;
	const branches = [...listOf(schema.anyOf), ...listOf(schema.oneOf)];
	if (branches.length > 0) return fillBranch(branches, field, source);
	if (Array.isArray(schema.enum)) return findOption(schema.enum, field, source.text);
	const type = typeOf(schema);
	if (type === 'object') return fillObject(schema, field, source);
	if (type === 'array') return fillArray(schema, field, source);
	const inRow = source.row && rowValue(field.name, type, source.row);
	return inRow ?? findScalar(schema, field, source.text) ?? onlyRow(field, type, source);
}

function findScalar(schema: JsonSchema, field: Field, text: string): unknown {
	const type = typeOf(schema);
	if (type === 'boolean') return findBoolean(field, text);
	if (type === 'string') return findText(schema, field, text);
	return findNumber(field, text, type === 'integer');
}

/** If the text has a single row, it is about that row. */
function onlyRow(field: Field, type: unknown, { text, row }: Source): unknown {
	const [only, second] = row ? [] : findRows(text);
	return only && !second ? rowValue(field.name, type, only) : undefined;
}

function fillBranch(branches: unknown[], field: Field, source: Source): unknown {
	const values = branches
		.filter((branch) => !isRecord(branch) || branch.type !== 'null')
		.map((branch) => fillValue(branch, { ...field, required: false }, source));
	return values.find((value) => !isEmpty(value));
}

function fillObject(schema: JsonSchema, field: Field, source: Source): unknown {
	const required = listOf(schema.required);
	const entries = Object.entries(recordOf(schema.properties)).map(([name, property]) => {
		const child = fieldOf(name, recordOf(property), required.includes(name));
		return [name, fillValue(property, child, source)] as const;
	});
	const filled = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
	return field.required || !isEmpty(filled) ? filled : undefined;
}

function fillArray(schema: JsonSchema, field: Field, source: Source): unknown {
	const items = resolveSchema(schema.items, source.root);
	const found = isObject(items) ? fillRows(items, source) : fillList(items, field, source.text);
	return found.length > 0 ? found : undefined;
}

function isObject(schema: JsonSchema): boolean {
	return typeOf(schema) === 'object';
}

function fillRows(items: JsonSchema, source: Source): unknown[] {
	const field = { name: '', description: '', required: true };
	const rows = findRows(source.text).map((row) => ({ text: row.text, row }));
	const parts = rows.length > 0 ? rows : listLines(source.text).map((text) => ({ text }));
	return parts
		.filter((part) => part.text !== source.text)
		.map((part) => fillObject(items, field, { ...source, ...part }))
		.filter((value) => !isEmpty(value));
}

function fillList(items: JsonSchema, field: Field, text: string): unknown[] {
	if (Array.isArray(items.enum)) return findOptions(items.enum, text);
	const type = typeOf(items);
	return type === 'string' ? findTexts(items, field, text) : findNumberList(field, text);
}

/** A line such as "3 x Desk lamp at 24.50 EUR". */
interface Row {
	text: string;
	quantity: number;
	description: string;
	price: number | undefined;
}

const PRICE = String.raw`(?:,|;|:|@|\s(?:at|for|à|-|–)\s)\s*(?:[A-Z]{3}\s|[€$£]\s?)?(?<price>\d(?:[\d.,]*\d)?)`;
const END = String.raw`(?=\s*(?:[\n,;.]|$|\sand\s+\d))`;
const ROW = new RegExp(
	String.raw`(?<![\w.,-])(?<quantity>\d+)\s*[x×]\s+(?<description>[^\n,;]+?)\s*(?:${PRICE}|${END})`,
	'gu',
);

function findRows(text: string): Row[] {
	const found = [...text.matchAll(ROW)];
	return found.map((match, index) => {
		const { quantity = '', description = '', price } = match.groups ?? {};
		const end = found[index + 1]?.index ?? text.length;
		return {
			text: text.slice(match.index, end).split('\n')[0] ?? '',
			quantity: Number(quantity),
			description: description.trim(),
			price: price === undefined ? undefined : toNumber(price),
		};
	});
}

/** What the row has for a field of this name and type. */
function rowValue(name: string, type: unknown, row: Row): string | number | undefined {
	const words = spaced(name);
	if (type === 'number' || type === 'integer') {
		if (/price|cost|rate|each|amount/i.test(words)) return row.price;
		return /quantity|qty|units|pieces|\bcount|number/i.test(words) ? row.quantity : undefined;
	}
	const speaks = type === 'string' && /desc|name|item|product|title|article|label/i.test(words);
	return speaks ? row.description : undefined;
}

/** Bullets, or lines with an identifier each: rows of anything else. */
function listLines(text: string): string[] {
	const lines = text.split('\n');
	const bullets = lines.filter((line) => /^\s*(?:[-*•]|\d+[.)])\s+\S/.test(line));
	if (bullets.length > 0) return bullets;
	const identified = lines.filter((line) => /\b[A-Z]+-\d/.test(line));
	return identified.length > 1 ? identified : [];
}
