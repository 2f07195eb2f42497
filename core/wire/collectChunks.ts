import { TokenHubError } from '../errors';
import { collectCalls } from './collectCalls';
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

export function collectChunks(): Collector {
	const seen = { id: '', model: '', text: '', refusal: '', finish: '', isEnd: false };
	const calls = collectCalls();
	let usage: WireChunk['usage'];
	const hasBegun = () => seen.text !== '' || seen.refusal !== '' || calls.count() > 0;
	return {
		add({ id = '', model = '', isEnd, choices: [choice], ...chunk }) {
			seen.id ||= id;
			seen.model ||= model;
			seen.isEnd ||= isEnd ?? false;
			usage = largerUsage(usage, chunk.usage);
			if (!choice) return '';
			seen.finish = laterFinish(seen.finish, choice.finish_reason);
			const { content, refusal, tool_calls: deltas } = choice.delta;
			// Beside what came in pieces, a whole message says it once more.
			if (!choice.isWhole || calls.count() === 0) for (const delta of deltas) calls.add(delta);
			if (!choice.isWhole || seen.refusal === '') seen.refusal += refusal;
			const text = choice.isWhole ? restOf(content, seen.text) : content;
			seen.text += text;
			return text;
		},
		// The end of the stream is one of the answer too, where nobody says why it ended.
		finished: () => seen.finish !== '' || (seen.isEnd && hasBegun()),
		completion: () => ({
			id: seen.id,
			model: seen.model,
			usage,
			choices: [
				{
					finish_reason: seen.finish || undefined,
					message: { content: seen.text, refusal: seen.refusal, tool_calls: calls.inOrder() },
				},
			],
		}),
	};
}

/** A late `stop`, such as that of a usage chunk, does not unsay that an answer was cut. */
function laterFinish(before: string, said = ''): string {
	return before === '' || (before === 'stop' && said !== '') ? said : before;
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
