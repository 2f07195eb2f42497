import { TokenHubError } from '../errors';
import { collectCalls } from './collectCalls';
import { laterFinish } from './finishReason';
import type { WireChunk, WireCompletion } from './wire';
import { largerUsage } from './wireUsage';

/** The answer that a stream's chunks add up to. */
export interface Collector {
	/** Takes one chunk in; returns the new text that it brought. */
	add(chunk: WireChunk): string;
	/** Whether the stream came to its end, rather than just stopped. */
	finished(this: void): boolean;
	completion(this: void): WireCompletion;
}

interface Seen {
	id: string;
	model: string;
	text: string;
	refusal: string;
	/** Of the choice that is read: the first one that has any. */
	index?: number;
	finish?: string;
	isEnd: boolean;
}

export function collectChunks(): Collector {
	const seen: Seen = { id: '', model: '', text: '', refusal: '', isEnd: false };
	const calls = collectCalls();
	let usage: WireChunk['usage'];
	const hasBegun = () => seen.text !== '' || seen.refusal !== '' || calls.count() > 0;
	const addChoice = ({ index, isWhole, ...choice }: WireChunk['choices'][number]) => {
		seen.index ??= index;
		// Another answer to the same question.
		if (index !== undefined && index !== seen.index) return '';
		seen.finish = laterFinish(seen.finish, choice.finish_reason);
		const { content, refusal, tool_calls: deltas } = choice.delta;
		// Beside what came in pieces, a whole message says it once more.
		if (!isWhole || calls.count() === 0) for (const delta of deltas) calls.add(delta);
		if (!isWhole || seen.refusal === '') seen.refusal += refusal;
		const text = isWhole ? restOf(content, seen.text) : content;
		seen.text += text;
		return text;
	};
	return {
		add({ id = '', model = '', isEnd, choices, ...chunk }) {
			seen.id ||= id;
			seen.model ||= model;
			usage = largerUsage(usage, chunk.usage);
			// Tokens are counted when all is said: some end there, without a reason and without `[DONE]`.
			const isBill = choices.length === 0 && chunk.usage !== undefined && hasBegun();
			seen.isEnd ||= isEnd ?? isBill;
			return choices.map(addChoice).join('');
		},
		// The end of the stream is one of the answer too, where nobody says why it ended.
		finished: () => seen.finish !== undefined || (seen.isEnd && hasBegun()),
		completion: () => ({
			id: seen.id,
			model: seen.model,
			usage,
			choices: [
				{
					finish_reason: seen.finish,
					message: { content: seen.text, refusal: seen.refusal, tool_calls: calls.inOrder() },
				},
			],
		}),
	};
}

function restOf(whole: string, before: string): string {
	if (whole.startsWith(before)) return whole.slice(before.length);
	if (before.startsWith(whole)) return '';
	throw new TokenHubError('badResponse', 'The stream holds two different answers.', { raw: whole });
}

/** The error of a stream that just stopped. */
export function endedEarly(): TokenHubError {
	return new TokenHubError('network', 'The stream ended before the answer did.');
}
