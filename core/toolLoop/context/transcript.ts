import type { Message } from '../../chat/messages';
import { estimateTokens } from '../../text';
import { capText } from '../results/capText';
import type { ContextState } from './contextState';
import { imagesOf, textOf } from './stubs';
import { callOf, callsOf } from './turns';

/** Characters of one text in it, as long as there is room, and where there is none. */
const LONGEST_TEXT = 8_000;
const SHORTEST_TEXT = 125;

/** What a summary takes the place of. */
export interface Old {
	/** Without system messages. */
	said: readonly Message[];
	before: ContextState['summary'];
	until: number;
}

/**
 * What is to be summarized, as a record: a line of JSON for each thing said, so that no text in it can
 * pass for another line. Long texts are cut until all of it has at most so many tokens.
 */
export function transcriptOf(old: Old, mostTokens: number): string {
	let lines: string[] = [];
	for (let limit = LONGEST_TEXT; limit >= SHORTEST_TEXT; limit /= 2) {
		lines = linesOf(old, limit);
		if (lines.reduce((sum, line) => sum + estimateTokens(line), 0) <= mostTokens) break;
	}
	// Of a record that is long without any long text, only the ends are told.
	return capText(lines.join('\n'), Math.max(SHORTEST_TEXT, 4 * mostTokens));
}

function linesOf({ said, before, until }: Old, limit: number): string[] {
	const from = before?.until ?? 0;
	const entries = said.slice(from, until).map((_message, at) => entryOf(said, from + at, limit));
	const first = before ? [{ role: 'summary', text: before.text }] : [];
	return [...first, ...entries].map((entry) => JSON.stringify(entry));
}

function entryOf(said: readonly Message[], at: number, limit: number): object {
	const message = said[at];
	const content = message?.content ?? '';
	const images = imagesOf(content);
	const calls = callsOf(message).map(({ function: called }) => ({
		tool: called.name,
		arguments: capText(called.arguments, limit),
	}));
	return {
		role: message?.role,
		...(message?.role === 'tool' ? { tool: callOf(said, at)?.function.name } : {}),
		text: capText(textOf(content), limit),
		...(calls.length > 0 ? { calls } : {}),
		...(images > 0 ? { images } : {}),
	};
}
