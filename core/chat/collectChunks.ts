import { TokenHubError } from '../errors';
import type { WireChunk, WireCompletion } from '../wire/wire';

type Choice = NonNullable<WireChunk['choices']>[number];
type ToolCallDelta = NonNullable<NonNullable<Choice['delta']>['tool_calls']>[number];
interface PartialCall {
	index: number;
	id: string;
	function: { name: string; arguments: string };
}

/** The answer that a stream's chunks add up to. */
export interface Collector {
	/** Takes one chunk in; returns the new text that it brought. */
	add(chunk: WireChunk): string;
	/** Whether the stream came to its end, rather than just stopped. */
	finished(this: void): boolean;
	completion(this: void): WireCompletion;
}

export function collectChunks(): Collector {
	const seen = { id: '', model: '', text: '', refusal: '', finish: '' };
	const calls: Calls = { all: [], byIndex: new Map(), byId: new Map(), next: 0 };
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
					message: { content: seen.text, refusal: seen.refusal, tool_calls: inOrder(calls) },
				},
			],
		}),
	};
}

function inOrder({ all }: Calls): PartialCall[] {
	return all.toSorted((a, b) => a.index - b.index);
}

/** What models call at once are dozens. */
const MOST_CALLS = 10_000;

interface Calls {
	/** In the order begun. */
	all: PartialCall[];
	/** The last one that was begun under each. */
	byIndex: Map<number, PartialCall>;
	byId: Map<string, PartialCall>;
	last?: PartialCall;
	/** One more than the highest index. */
	next: number;
}

function addCallDelta(calls: Calls, delta: ToolCallDelta): void {
	const { id, function: part } = delta;
	const call = callOf(calls, delta) ?? beginCall(calls, delta);
	if (id && call.id === '') {
		call.id = id;
		calls.byId.set(id, call);
	}
	call.function.name ||= part?.name ?? '';
	call.function.arguments += part?.arguments ?? '';
	calls.last = call;
}

/**
 * Deltas of parallel calls interleave: `index` tells them apart, and where it is missing the id. A
 * gateway that counts every call as the first begins each with a name and another id.
 */
function callOf(calls: Calls, { index, id, function: part }: ToolCallDelta) {
	const { byIndex, byId, last } = calls;
	if (typeof index !== 'number') {
		if (id) return byId.get(id);
		const isAnother = part?.name && last?.function.name && part.name !== last.function.name;
		return isAnother ? undefined : last;
	}
	const known = byIndex.get(index);
	if (!known || !id || known.id === '' || known.id === id) return known;
	const before = byId.get(id);
	if (before?.index === index) return before;
	return part?.name ? undefined : known;
}

function beginCall(calls: Calls, { index }: ToolCallDelta): PartialCall {
	const { all, byIndex } = calls;
	const place = index ?? calls.next;
	const isPlausible = Number.isInteger(place) && place >= 0 && place < MOST_CALLS;
	if (!isPlausible || all.length >= MOST_CALLS) {
		throw new TokenHubError('badResponse', `The stream has a tool call with index ${place}.`, {
			raw: JSON.stringify({ index: place }),
			hint: `An answer has at most ${MOST_CALLS} calls, counted from 0: look at the gateway.`,
		});
	}
	const call = { index: place, id: '', function: { name: '', arguments: '' } };
	all.push(call);
	byIndex.set(place, call);
	calls.next = Math.max(calls.next, place + 1);
	return call;
}
