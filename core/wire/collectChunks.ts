import { TokenHubError } from '../errors';
import type { WireChunk, WireCompletion } from './completion';
import { collectCalls, type CallsSoFar } from './collectCalls';
import { laterFinish } from './finishReason';
import { openDeltas, type Deltas } from './openDeltas';
import { largerUsage } from './wireUsage';

/** The answer that a stream's chunks add up to. */
export interface Collector {
	/** Adds a chunk; returns its new text. */
	add(chunk: WireChunk): string;
	/** Text that was held back, when no more comes. */
	rest(this: void): string;
	/** Whether the stream reached its end instead of just stopping. */
	finished(this: void): boolean;
	completion(this: void): WireCompletion;
}

interface Seen {
	id: string;
	model: string;
	deltas: Deltas;
	refusal: string;
	/** The index of the choice that is read: the first one that occurs. */
	index?: number;
	finish?: string;
	/** Something followed the finish reason, so it did not mean the end. */
	goesOn: boolean;
	/** Another answer has ended. */
	hasOther: boolean;
	isEnd: boolean;
	/** Tokens were counted, and nothing has followed. */
	isBilled: boolean;
}

export function collectChunks(): Collector {
	const seen: Seen = {
		...{ id: '', model: '', deltas: openDeltas(), refusal: '' },
		...{ goesOn: false, hasOther: false, isEnd: false, isBilled: false },
	};
	const calls = collectCalls();
	let usage: WireChunk['usage'];
	return {
		add({ id = '', model = '', isEnd = false, choices, ...chunk }) {
			seen.id ||= id;
			seen.model ||= model;
			usage = largerUsage(usage, chunk.usage);
			// Tokens are counted at the end: some streams end there, without a reason and without `[DONE]`.
			seen.isBilled ||= choices.length === 0 && chunk.usage !== undefined && hasBegun(seen, calls);
			seen.isEnd ||= isEnd;
			return choices.map((choice) => addChoice(choice, seen, calls)).join('');
		},
		rest: seen.deltas.rest,
		finished: () => isFinished(seen, calls),
		completion: () => ({
			id: seen.id,
			model: seen.model,
			usage,
			choices: [
				{
					finish_reason: seen.finish,
					message: {
						content: seen.deltas.text(),
						refusal: seen.refusal,
						tool_calls: calls.inOrder(),
					},
				},
			],
		}),
	};
}

function hasBegun({ deltas, refusal }: Seen, calls: CallsSoFar): boolean {
	return deltas.text() !== '' || refusal !== '' || calls.count() > 0;
}

/** The new text. */
function addChoice(
	{ index, isWhole, ...choice }: WireChunk['choices'][number],
	seen: Seen,
	calls: CallsSoFar,
): string {
	seen.index ??= index;
	// Another answer to the same question.
	if (index !== undefined && index !== seen.index) {
		seen.hasOther ||= choice.finish_reason !== undefined;
		return '';
	}
	const { content, refusal, tool_calls: deltas } = choice.delta;
	if (!isWhole && (content !== '' || deltas.length > 0)) {
		seen.goesOn ||= seen.finish !== undefined;
		seen.isBilled = false;
	}
	seen.finish = laterFinish(seen.finish, choice.finish_reason);
	// A whole message after the pieces repeats them, and may say more.
	if (isWhole) calls.addWhole(deltas);
	else for (const delta of deltas) calls.add(delta);
	if (!isWhole || seen.refusal === '') seen.refusal += refusal;
	if (isWhole) return seen.deltas.addWhole(content);
	return seen.deltas.add(content, choice.finish_reason !== undefined);
}

function isFinished(seen: Seen, calls: CallsSoFar): boolean {
	if (seen.finish !== undefined && !seen.goesOn) return true;
	if (!seen.isEnd && !seen.isBilled) return false;
	// If no reason is given, the end of the stream is also the end of the answer.
	const isTold = hasBegun(seen, calls) && !seen.hasOther && calls.areWhole();
	return seen.finish !== undefined || isTold;
}

/** The error for a stream that just stopped. */
export function endedEarly(): TokenHubError {
	return new TokenHubError('network', 'The stream ended before the answer did.');
}
