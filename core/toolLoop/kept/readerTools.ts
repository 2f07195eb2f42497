import { z } from 'zod/v4';
import { distinctToolName } from '../../chat/toolCalls';
import { findPath, type Found, readPath } from '../../json/jsonPath';
import { inTurns, type Steps } from '../../lib/steps';
import { tryJson } from '../../json/tryJson';
import type { Kept, LoopRun } from '../loopRun';
import {
	badPath,
	CHARACTERS_OR_LINES,
	duplicateName,
	emptyPart,
	noSuchPath,
	noSuchResult,
	notJson,
	READ_RESULT,
	type ReaderNames,
	resultGone,
	resultPart,
	SEARCH_RESULT,
} from '../messagesToModel';
import { offeredName } from '../offeredTools';
import { type KeptResult, numberOf } from '../resumeState';
import { defineTool, type Tool } from '../tool';
import { jsonStart } from './keptShape';
import { linesAt, linesIn, lineStart, pageEnd, roomOf, wholeLetter } from './places';
import { MOST_HITS, MOST_SKIPPED, searchResult } from './searchResult';

const result = z.string().describe('Its name, such as r1');
const place = (words: string) => z.number().int().min(1).describe(words).optional();

const readTerms = z.strictObject({
	result,
	path: z.string().describe('Of JSON: the value to read, such as rows[12].name').optional(),
	from: place('The first character'),
	to: place('The last character'),
	fromLine: place('The first line, instead of characters'),
	toLine: place('The last line'),
});

const searchTerms = z.strictObject({
	result,
	words: z.string().describe('Words to look for, in any order and case').optional(),
	regex: z
		.string()
		.describe(
			'Instead of words: a regular expression of JavaScript, in which ^ and $ are the ends of a line. It begins with (?i) to ignore case.',
		)
		.optional(),
	limit: z.number().int().min(1).max(MOST_HITS).describe('Places, by default 10').optional(),
	skip: z.number().int().min(0).max(MOST_SKIPPED).describe('Places seen before').optional(),
});

type Run = Pick<LoopRun, 'tools' | 'kept' | 'request'>;

/** The names of the tools that read kept results, which no tool of the user has. */
export function readerNames({ tools, kept }: Run): ReaderNames {
	const free = (name: string) =>
		offeredName(tools, name) === undefined ? name : distinctToolName(name);
	return kept.readers ?? { read: free('read_result'), search: free('search_result') };
}

export function readerTools(run: Run): Tool[] {
	const { kept, request } = run;
	const { read, search } = readerNames(run);
	const look = async (
		name: string,
		signal: AbortSignal,
		steps: (found: KeptResult, limit: number) => Steps<string>,
	) => {
		const found = kept.results.get(numberOf(name));
		if (found?.name !== name) return unknownResult(kept, name);
		return await inTurns(steps(found, request.toolResultLimit), signal);
	};
	return [
		defineTool({
			...{ name: read, description: READ_RESULT, parameters: readTerms, idempotent: true },
			execute: (terms, { signal }) =>
				look(terms.result, signal, (found, limit) => readResult(found, terms, limit)),
		}),
		defineTool({
			...{ name: search, description: SEARCH_RESULT, parameters: searchTerms, idempotent: true },
			execute: (terms, { signal }) =>
				look(terms.result, signal, (found, limit) => searchResult(found, terms, limit)),
		}),
	];
}

const LONGEST_NAME = 40;

function unknownResult({ results, gone }: Kept, name: string): string {
	const number = /^r[1-9]\d{0,8}$/.test(name) ? numberOf(name) : Infinity;
	if (number <= gone) return resultGone(name);
	const kept = [...results.values()].map((result) => result.name);
	return noSuchResult(name.slice(0, LONGEST_NAME), kept);
}

/** Whether a tool of a run is one of these: reading does not count as a tool call. */
export function isReader({ tools, kept: { readers } }: Pick<Run, 'tools' | 'kept'>, tool: Tool) {
	return (
		readers !== undefined && [readers.read, readers.search].some((name) => tools.get(name) === tool)
	);
}

/** Which part of a kept result; all positions count from 1. */
interface ReadTerms {
	path?: string;
	from?: number;
	to?: number;
	fromLine?: number;
	toLine?: number;
}

/** A part of a kept result within the limit, and how to read on; or why there is none. */
function* readResult(kept: KeptResult, terms: ReadTerms, limit: number): Steps<string> {
	const hasLines = (terms.fromLine ?? terms.toLine) !== undefined;
	if (hasLines && (terms.from ?? terms.to) !== undefined) return CHARACTERS_OR_LINES;
	const value = yield* valueAt(kept, terms.path);
	if ('refusal' in value) return value.refusal;
	const { text, of, note } = value;
	const [from, until] = hasLines ? yield* lineRange(text, terms) : rangeOf(text, terms);
	if (from >= Math.min(until, text.length)) {
		return emptyPart(of, text.length, yield* linesIn(text));
	}
	const start = wholeLetter(text, from);
	const end = pageEnd(text, [start, until], roomOf(limit) - note.length);
	const [line = 1] = yield* linesAt(text, [start]);
	const part = resultPart(of, { from: start + 1, to: end, length: text.length, line });
	return `${note}${part}\n${text.slice(start, end)}`;
}

function rangeOf(text: string, { from = 1, to = text.length }: ReadTerms): [number, number] {
	return [Math.max(0, from - 1), Math.min(text.length, to)];
}

function* lineRange(
	text: string,
	{ fromLine = 1, toLine = Infinity }: ReadTerms,
): Steps<[number, number]> {
	const start = yield* lineStart(text, Math.max(1, fromLine));
	return [start, yield* lineStart(text, toLine + 1)];
}

type Value = { text: string; of: string; note: string } | { refusal: string };

const LONGEST_SHOWN = 150;

function* valueAt({ name, text, isJson }: KeptResult, path = ''): Steps<Value> {
	const parts = readPath(path);
	const short = path.length > LONGEST_SHOWN ? `${path.slice(0, LONGEST_SHOWN)}…` : path;
	if (!parts) return { refusal: badPath(short) };
	if (parts.length === 0) return { text, of: name, note: '' };
	const start = jsonStart(text);
	if (!isJson || start === undefined) return { refusal: notJson(name) };
	const found = yield* findPath(text, start, parts);
	if (!found.ok) return { refusal: nowhere(parts, found) };
	const raw = text.slice(found.start, found.end);
	// A text is easier to read without its quotes and escapes.
	const plain = raw.startsWith('"') ? tryJson(raw) : raw;
	const note = found.alike > 0 ? `${duplicateName(found.alike + 1)}\n` : '';
	return { text: typeof plain === 'string' ? plain : raw, of: `${short} of ${name}`, note };
}

function nowhere(
	parts: readonly string[],
	{ after, holds }: Extract<Found, { ok: false }>,
): string {
	const part = JSON.stringify(parts[after.length]?.slice(0, LONGEST_SHOWN));
	const holder =
		after.length === 0 ? 'it' : JSON.stringify(after.join('.').slice(0, LONGEST_SHOWN));
	if (!holds) return noSuchPath(part, holder, 'no fields or entries');
	if (holds.isList) return noSuchPath(part, holder, `${holds.size} entries, from 0`);
	const names = holds.names.map((name) => JSON.stringify(name.slice(0, 40))).join(', ');
	const more = holds.size - holds.names.length;
	return noSuchPath(part, holder, names + (more > 0 ? `, and ${more} more` : ''));
}
