import { completeChat } from '../../chat/chat';
import { samplingOf } from '../../chat/chatRequest';
import { TokenHubError } from '../../errors';
import { isBlank } from '../../text';
import { spendingLimit } from '../limits';
import { without } from '../../own';
import type { LoopRun } from '../loopRun';
import { spoken } from '../openingMessages';
import { SUMMARIZE } from '../messagesToModel';
import { safely } from '../safely';
import { markSteps, resultIds } from './shrink';
import { messageTokens } from './size';
import { transcriptOf, type Old } from './transcript';
import { recentFrom, turnStarts } from './turns';
import { withStubs } from './view';

/** Tokens of a summary: a quarter of the room at most. */
const LONGEST_SUMMARY = 2_048;
const SHORTEST_SUMMARY = 256;
/** A summary that fails costs the run nothing but the room: it is tried again a few times. */
const MOST_FAILURES = 3;

/**
 * Has the model sum up the old turns, in a request of its own that is paid for like any other. When it
 * fails, the run continues without. Gives whether the summary now stands in their place.
 */
export async function summarizeOldest(run: LoopRun, target: number): Promise<boolean> {
	const { state } = run.context;
	const old = oldTurns(run, target);
	if (!old || state.failures >= MOST_FAILURES || spendingLimit(run)) return false;
	const made = await safely(() => summaryOf(run, old, target));
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

/** Undefined where a summary would hardly be shorter. */
function oldTurns(run: LoopRun, target: number): Old | undefined {
	const said = spoken(run.messages);
	const before = run.context.state.summary;
	const recent = recentFrom(said, run.history);
	// More turns than two stay where they fit.
	const starts = turnStarts(said).filter((at) => at <= recent);
	const sent = withStubs(run.context, said);
	const until = starts.find((at) => messageTokens(sent.slice(at)) <= target / 2) ?? recent;
	const replaced = messageTokens(sent.slice(before?.until ?? 0, until));
	return replaced > 2 * summaryTokens(target) ? { said, before, until } : undefined;
}

function summaryTokens(target: number): number {
	return Math.ceil(Math.max(SHORTEST_SUMMARY, Math.min(LONGEST_SUMMARY, target / 4)));
}

async function summaryOf(run: LoopRun, old: Old, target: number): Promise<string> {
	const { client, ledger, signal, request } = run;
	const { text } = await completeChat(
		client,
		{
			...without(samplingOf(request), 'stop'),
			maxTokens: summaryTokens(target),
			messages: [
				{ role: 'system', content: SUMMARIZE },
				{ role: 'user', content: transcriptOf(old, target) },
			],
		},
		{ ledger, signal },
	);
	if (isBlank(text)) throw new TokenHubError('badResponse', 'The summary was empty.');
	return text;
}
