import { completeChat } from '../../chat/chat';
import { samplingOf } from '../../chat/chatRequest';
import type { Message } from '../../chat/messages';
import { TokenHubError } from '../../errors';
import { valueOrReason } from '../../messageOf';
import { without } from '../../lib/own';
import { estimateTokens, isBlank } from '../../lib/text';
import {
	callOf,
	callsOf,
	imagesOf,
	recentFrom,
	resultIds,
	spoken,
	textOf,
	turnStarts,
} from '../conversation';
import { spendingLimit } from '../limits';
import type { LoopRun } from '../loopRun';
import { SUMMARIZE } from '../messagesToModel';
import { capText } from '../results/capText';
import type { ContextState } from '../resumeState';
import { markSteps, messageTokens, withStubs } from './sentMessages';

/** Tokens of a summary: at most a quarter of the room. */
const LONGEST_SUMMARY = 2_048;
const SHORTEST_SUMMARY = 256;
/** A failed summary costs the run only room: it is tried a few times. */
const MOST_FAILURES = 3;

/**
 * Asks the model to summarize the old turns, in a separate request that is paid for like any other. If
 * it fails, the run continues without. Returns whether the summary now replaces them.
 */
export async function summarizeOldest(run: LoopRun, target: number): Promise<boolean> {
	const { state } = run.context;
	const old = oldTurns(run, target);
	if (!old || state.failures >= MOST_FAILURES || spendingLimit(run)) return false;
	const made = await valueOrReason(() => summaryOf(run, old, target));
	if (!made.ok) {
		state.failures += 1;
		run.warnings.push(`context: a summary of older turns failed: ${made.reason}`);
		return false;
	}
	state.summary = { until: old.until, text: made.value };
	state.stubsUntil = Math.max(state.stubsUntil, old.until);
	markSteps(run, resultIds(old.said.slice(old.before?.until ?? 0, old.until)), 'summary');
	return true;
}

/** Undefined if a summary would hardly be shorter. */
function oldTurns(run: LoopRun, target: number): Old | undefined {
	const said = spoken(run.messages);
	const before = run.context.state.summary;
	const recent = recentFrom(said, run.history);
	// More than two turns are kept if they fit.
	const starts = turnStarts(said).filter((at) => at <= recent);
	const sent = withStubs(run.context, said);
	const until = starts.find((at) => messageTokens(sent.slice(at)) <= target / 2) ?? recent;
	const tokens = messageTokens(sent.slice(before?.until ?? 0, until));
	return tokens > 2 * summaryTokens(target) ? { said, before, until, tokens } : undefined;
}

function summaryTokens(target: number): number {
	return Math.ceil(Math.max(SHORTEST_SUMMARY, Math.min(LONGEST_SUMMARY, target / 4)));
}

async function summaryOf(run: LoopRun, old: Old, target: number): Promise<string> {
	const { client, ledger, signal, request } = run;
	const maxTokens = summaryTokens(target);
	const { text, finishReason, refusal } = await completeChat(
		client,
		{
			...without(samplingOf(request), 'stop'),
			maxTokens,
			messages: [
				{ role: 'system', content: SUMMARIZE },
				{ role: 'user', content: transcriptOf(old, target) },
			],
		},
		{ ledger, signal },
	);
	if (finishReason === 'content_filter' || refusal !== undefined)
		throw new TokenHubError('refused', 'The model has refused it.');
	if (isBlank(text)) throw new TokenHubError('badResponse', 'The summary was empty.');
	if (estimateTokens(text) > old.tokens)
		throw new TokenHubError('badResponse', 'The summary was longer than what it sums up.');
	if (finishReason === 'length') {
		run.warnings.push(
			`context: a summary of older turns was cut off at ${maxTokens} tokens: the model does not know its end.`,
		);
	}
	return text;
}

/** Characters of one text in it, as long as there is room, and if there is none. */
const LONGEST_TEXT = 8_000;
const SHORTEST_TEXT = 125;

/** The part that a summary replaces. */
interface Old {
	/** Without system messages. */
	said: readonly Message[];
	before: ContextState['summary'];
	until: number;
	/** Tokens of what is currently sent in its place. */
	tokens: number;
}

/**
 * The part to summarize as a record: one line of JSON for each message, so that no text in it can pass
 * for another line. Long texts are cut until the whole has at most this many tokens.
 */
function transcriptOf(old: Old, mostTokens: number): string {
	let lines: string[] = [];
	for (let limit = LONGEST_TEXT; limit >= SHORTEST_TEXT; limit /= 2) {
		lines = linesOf(old, limit);
		if (lines.reduce((sum, line) => sum + estimateTokens(line), 0) <= mostTokens) break;
	}
	// If a record is long without any long text, only its ends are included.
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
