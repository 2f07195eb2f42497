import { isRecord } from '../../isRecord';
import { readWholeJson } from '../../json/readJson';
import type { JsonSchema } from '../../schema/jsonSchema';
import { atPlace, fieldNamed, fieldsOf, listPlaceIn } from './fields';
import { flowList, yamlLines, type Line } from './yamlLines';

/** A YAML mapping or list that is the whole text and whose keys are fields of the schema. */
export function readYaml(text: string, schema: JsonSchema): unknown {
	const lines = yamlLines(text);
	const [first] = lines ?? [];
	if (!lines || !first) return undefined;
	const read = readBlock(lines, 0, first.indent);
	if (!read || read.next !== lines.length) return undefined;
	return fitted(read.value, schema);
}

function fitted(value: unknown, schema: JsonSchema): unknown {
	const place = listPlaceIn(schema);
	if (Array.isArray(value)) return place && atPlace(place, value);
	const fields = fieldsOf(schema, schema);
	if (!isRecord(value)) return undefined;
	const entries = Object.entries(value).map(([key, entry]): [string | undefined, unknown] => [
		fieldNamed(key, fields),
		entry,
	]);
	const names = entries.map(([name]) => name);
	const isKnown = !names.includes(undefined) && new Set(names).size === names.length;
	return isKnown ? Object.fromEntries(entries) : undefined;
}

type Block = { value: unknown; next: number } | undefined;
const MOST_INDENT = 100;

function readBlock(lines: Line[], from: number, indent: number): Block {
	if (indent > MOST_INDENT) return undefined;
	return lines[from]?.text.startsWith('- ') || lines[from]?.text === '-'
		? readList(lines, from, indent)
		: readMapping(lines, from, indent);
}

function readList(lines: Line[], from: number, indent: number): Block {
	const list: unknown[] = [];
	let next = from;
	for (;;) {
		const line = lines[next];
		if (!line || line.indent < indent) return { value: list, next };
		const dash = /^-(\s+|$)/.exec(line.text);
		if (line.indent > indent || !dash) return undefined;
		const inner = { indent: indent + dash[0].length, text: line.text.slice(dash[0].length) };
		const isMapping = KEY.test(inner.text) && !inner.text.startsWith('{');
		const isBlock = isMapping || /^-(\s|$)/.test(inner.text);
		// What stands behind the dash begins a block of its own.
		if (isBlock) lines[next] = inner;
		const read = isBlock ? readBlock(lines, next, inner.indent) : readHeld(lines, next, inner.text);
		if (!read) return undefined;
		list.push(read.value);
		({ next } = read);
	}
}

const KEY = /^("[^"\\]*"|'[^']*'|[^\s"'#[\]{},&*!|>%@`-][^:#]*?)\s*:(?:\s+(.*))?$/;

function readMapping(lines: Line[], from: number, indent: number): Block {
	const entries = new Map<string, unknown>();
	let next = from;
	for (;;) {
		const line = lines[next];
		if (!line || line.indent < indent) break;
		const found = KEY.exec(line.text);
		if (line.indent > indent || !found) return undefined;
		const [, written = '', said = ''] = found;
		const key = written.replace(/^(["'])(.*)\1$/, '$2');
		const read = readHeld(lines, next, said.trim());
		if (!read || entries.has(key)) return undefined;
		entries.set(key, read.value);
		({ next } = read);
	}
	return { value: Object.fromEntries(entries), next };
}

/** What stands behind a key or a dash: a value, or a block on the lines below. */
function readHeld(lines: Line[], at: number, said: string): Block {
	const line = lines[at];
	const below = lines[at + 1];
	const isList = below?.text.startsWith('- ') && line?.text.startsWith('- ') === false;
	const isDeeper =
		line && below && (below.indent > line.indent || (isList && below.indent === line.indent));
	if (said === '' && below && isDeeper) return readBlock(lines, at + 1, below.indent);
	const value = scalar(said);
	return value === undefined || (said !== '' && below && line && below.indent > line.indent)
		? undefined
		: { value, next: at + 1 };
}

/** Plain values stay text: the schema says what else they are, and no digit is lost. */
function scalar(said: string): unknown {
	if (said === '' || said === '~' || said === 'null') return null;
	if (/^["{[]/.test(said)) {
		const read = readWholeJson(said);
		return read.ok ? read.value : flowList(said);
	}
	if (said.startsWith("'")) {
		return /^'(?:[^']|'')*'$/.test(said) ? said.slice(1, -1).replaceAll("''", "'") : undefined;
	}
	const isPlain = !/^[&*!|>%@`#,\]}]|: |:$|\s#/.test(said);
	return isPlain ? said : undefined;
}
