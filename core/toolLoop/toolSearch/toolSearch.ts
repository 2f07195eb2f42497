import type { z } from 'zod/v4';
import type { Message } from '../../chat/messages';
import { distinctToolName } from '../../chat/toolCalls';
import { promptTokens } from '../../lib/text';
import { type LoopRequest, searchTermsSchema, type toolSearchSchema } from '../loopRequest';
import type { ToolSearch } from '../loopRun';
import { noToolFits, searchTools, toolsLoaded } from '../messagesToModel';
import { offeredName } from '../offeredTools';
import { defineTool, toFunctionTool, type Tool } from '../tool';
import { type ToolIndex, toolIndex } from './toolIndex';

type Tools = Map<string, Tool>;

/**
 * Adds the tool that finds the others to `tools`, if there are too many to offer all of them. Undefined
 * if there are not.
 */
export function openToolSearch(
	{ toolSearch, toolChoice, resume }: LoopRequest,
	{ tools, messages }: { tools: Tools; messages: readonly Message[] },
): ToolSearch | undefined {
	const terms = readToolSearch(toolSearch);
	if (!isWanted(terms, tools)) return undefined;
	const forced = typeof toolChoice === 'object' ? [toolChoice.name] : [];
	const pinned = new Set(offeredOf([...terms.pinned, ...forced], tools));
	const others = [...tools.keys()].filter((name) => !pinned.has(name));
	if (others.length === 0) return undefined;
	const loaded = new Set(
		offeredOf(resume?.loaded ?? calledIn(messages), tools).filter((name) => !pinned.has(name)),
	);
	const name = tools.has(SEARCH_TOOLS) ? distinctToolName(SEARCH_TOOLS) : SEARCH_TOOLS;
	const warnings = terms.pinned
		.filter((wanted) => offeredName(tools, wanted) === undefined)
		.map((wanted) => `toolSearch: "${wanted}" is pinned, and no tool has that name`);
	const search = { name, pinned, loaded, warnings };
	tools.set(name, searchTool(search, tools, others));
	return search;
}

const SEARCH_TOOLS = 'search_tools';
/** The most that one search loads. */
const MOST_FOUND = 5;

function isWanted({ mode, thresholdTokens }: ToolSearchTerms, tools: Tools): boolean {
	if (mode !== 'auto') return mode === 'on';
	let tokens = 0;
	for (const [name, tool] of tools) {
		tokens += promptTokens({ messages: [], tools: [toFunctionTool(tool, name)] });
		if (tokens > thresholdTokens) return true;
	}
	return false;
}

function offeredOf(names: readonly string[], tools: Tools): string[] {
	return names.flatMap((name) => offeredName(tools, name) ?? []);
}

/** A conversation that has called a tool before keeps it. */
function calledIn(messages: readonly Message[]): string[] {
	const calls = messages.flatMap((message) =>
		message.role === 'assistant' ? (message.tool_calls ?? []) : [],
	);
	return [...new Set(calls.map((call) => call.function.name))];
}

/** What it finds is loaded before the next request. */
function searchTool(search: ToolSearch, tools: Tools, others: readonly string[]): Tool {
	let index: Promise<ToolIndex> | undefined;
	return defineTool({
		name: search.name,
		description: searchTools(others),
		parameters: {
			type: 'object',
			properties: {
				query: {
					type: 'string',
					description: 'What the tool has to do, in a few words, such as: refund a payment',
				},
			},
			required: ['query'],
		},
		async execute({ query }) {
			index ??= toolIndex(new Map(others.flatMap((name) => entryOf(tools, name))));
			const find = await index;
			// The gateway may have refused one in the meantime.
			const found = find(String(query), MOST_FOUND).filter((name) => tools.has(name));
			for (const name of found) search.loaded.add(name);
			return found.length > 0 ? toolsLoaded(found) : noToolFits(String(query));
		},
	});
}

function entryOf(tools: Tools, name: string): Array<[string, Tool]> {
	const tool = tools.get(name);
	return tool ? [[name, tool]] : [];
}

type ToolSearchTerms = z.output<typeof searchTermsSchema>;

function readToolSearch(given: z.output<typeof toolSearchSchema>): ToolSearchTerms {
	return typeof given === 'string' ? searchTermsSchema.parse({ mode: given }) : given;
}
