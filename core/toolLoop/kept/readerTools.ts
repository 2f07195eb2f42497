import { z } from 'zod/v4';
import { distinctToolName } from '../../chat/toolCalls';
import { inTurns, type Steps } from '../../read/inSteps';
import type { LoopRun } from '../loopRun';
import { offeredName } from '../offeredTools';
import { defineTool, type Tool } from '../tool';
import type { Kept } from './keptResults';
import { numberOf } from './keptState';
import {
	noSuchResult,
	READ_RESULT,
	resultGone,
	SEARCH_RESULT,
	type ReaderNames,
} from './keptWords';
import { readResult, type KeptResult } from './readResult';
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
			'Instead of words: a regular expression of JavaScript, in which ^ and $ are the ends of a line. It begins with (?i) where case does not matter.',
		)
		.optional(),
	limit: z.number().int().min(1).max(MOST_HITS).describe('Places, by default 10').optional(),
	skip: z.number().int().min(0).max(MOST_SKIPPED).describe('Places seen before').optional(),
});

type Run = Pick<LoopRun, 'tools' | 'kept' | 'request'>;

/** The names of the tools that read kept results, which are none of the user's. */
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

/** Whether a tool of a run is one of these: reading is no use of a tool. */
export function isReader({ tools, kept: { readers } }: Pick<Run, 'tools' | 'kept'>, tool: Tool) {
	return (
		readers !== undefined && [readers.read, readers.search].some((name) => tools.get(name) === tool)
	);
}
