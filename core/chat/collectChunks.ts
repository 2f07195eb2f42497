import type { WireChunk, WireCompletion } from '../client/wire';

type Choice = NonNullable<WireChunk['choices']>[number];
type ToolCallDelta = NonNullable<NonNullable<Choice['delta']>['tool_calls']>[number];
interface PartialCall {
	id: string;
	function: { name: string; arguments: string };
}

/** The answer that a stream's chunks add up to. */
export interface Collector {
	/** Takes one chunk in; returns the new text that it brought. */
	add(chunk: WireChunk): string;
	/** Whether the stream came to its end, rather than just stopped. */
	finished(): boolean;
	completion(): WireCompletion;
}

export function collectChunks(): Collector {
	const seen = { id: '', model: '', text: '', refusal: '', finish: '' };
	const calls: PartialCall[] = [];
	let usage: WireChunk['usage'];
	return {
		add(chunk) {
			seen.id ||= chunk.id ?? '';
			seen.model ||= chunk.model ?? '';
			usage = chunk.usage ?? usage;
			const choice = chunk.choices?.[0];
			seen.finish = choice?.finish_reason ?? seen.finish;
			seen.refusal += choice?.delta?.refusal ?? '';
			for (const delta of choice?.delta?.tool_calls ?? []) addCallDelta(calls, delta);
			const text = choice?.delta?.content ?? '';
			seen.text += text;
			return text;
		},
		finished: () => seen.finish !== '',
		completion: () => ({
			id: seen.id,
			model: seen.model,
			usage,
			choices: [
				{
					finish_reason: seen.finish || null,
					message: { content: seen.text, refusal: seen.refusal, tool_calls: calls.filter(Boolean) },
				},
			],
		}),
	};
}

/** Deltas of parallel calls interleave; `index` tells them apart, the id alone where it is missing. */
function addCallDelta(calls: PartialCall[], delta: ToolCallDelta): void {
	const startsNew = delta.id && !calls.some((call) => call.id === delta.id);
	const index = delta.index ?? (startsNew ? calls.length : Math.max(0, calls.length - 1));
	const call = (calls[index] ??= { id: '', function: { name: '', arguments: '' } });
	call.id ||= delta.id ?? '';
	call.function.name ||= delta.function?.name ?? '';
	call.function.arguments += delta.function?.arguments ?? '';
}
