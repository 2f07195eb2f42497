import { TokenHubError } from '../errors';
import { openJsonEnd, tryJson, type JsonEnd } from '../json/tryJson';
import type { WireChunk, WireCompletion } from './completion';
import type { WireCall, WireCallDelta } from './wireCalls';
import { laterFinish } from './finishReason';
import { openDeltas, restOf, type Deltas } from './openDeltas';
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
	if (!isWhole) return seen.deltas.add(content);
	const before = seen.deltas.rest();
	return before + seen.deltas.add(restOf(content, seen.deltas.text()));
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

interface PartialCall extends WireCall {
	index: number;
	/** How much of its arguments has arrived. */
	end: JsonEnd;
	/** The last piece of them. */
	piece: string;
	/** Each piece begins with the one before. */
	isGrown: boolean;
}

interface Calls {
	/** In the order in which they began. */
	all: PartialCall[];
	/** The last one that began under each index. */
	byIndex: Map<number, PartialCall>;
	byId: Map<string, PartialCall>;
	last?: PartialCall;
	/** One more than the highest index. */
	next: number;
}

type CallsSoFar = ReturnType<typeof collectCalls>;

/** The tool calls that the deltas of a stream add up to. */
function collectCalls() {
	const calls: Calls = { all: [], byIndex: new Map(), byId: new Map(), next: 0 };
	return {
		add: (delta: WireCallDelta) => addDelta(calls, delta),
		addWhole: (deltas: readonly WireCallDelta[]) => addWhole(calls, deltas),
		count: () => calls.all.length,
		areWhole: () =>
			calls.all.every(({ function: { arguments: text }, end }) => text === '' || end.isWhole()),
		inOrder: (): WireCall[] =>
			calls.all
				.toSorted((a, b) => a.index - b.index)
				.map((call) => ({
					id: call.id,
					function: { ...call.function, arguments: argumentsOf(call) },
				})),
	};
}

function addDelta(calls: Calls, delta: WireCallDelta): void {
	const known = candidate(calls, delta);
	const isKnown = known && !isAnother(known, delta);
	extend(calls, isKnown ? known : beginCall(calls, delta.index), delta);
}

function extend(calls: Calls, call: PartialCall, delta: WireCallDelta): void {
	const { id } = delta;
	if (id && call.id === '') {
		call.id = id;
		calls.byId.set(id, call);
	}
	addName(call, delta);
	addArguments(call, delta.function.arguments);
	calls.last = call;
}

/** The calls of a whole message: each is one of those so far, with as many of its arguments, or another one. */
function addWhole(calls: Calls, deltas: readonly WireCallDelta[]): void {
	const left = [...calls.all];
	for (const delta of deltas) {
		const known = left.find((call) => isSameCall(call, delta));
		if (known) left.splice(left.indexOf(known), 1);
		const { arguments: whole } = delta.function;
		const before = known?.function.arguments ?? '';
		if (!known) extend(calls, beginCall(calls, undefined), delta);
		else if (whole.startsWith(before)) addArguments(known, whole.slice(before.length));
	}
}

function isSameCall(call: PartialCall, { id, function: part }: WireCallDelta): boolean {
	if (id && call.id !== '') return call.id === id;
	const { name, arguments: text } = call.function;
	return (
		name === part.name && (part.arguments.startsWith(text) || isSameJson(part.arguments, text))
	);
}

/** Deltas of parallel calls interleave: `index` distinguishes them, and if it is missing, the id. */
function candidate({ byIndex, byId, last }: Calls, { index, id }: WireCallDelta) {
	const same = id ? byId.get(id) : undefined;
	if (index === undefined) return same ?? last;
	return same?.index === index ? same : byIndex.get(index);
}

/**
 * Whether a delta begins a call of its own, though by its place it would continue a known one:
 * gateways count every call as the first, leave ids or index out, give each piece a new id, or all calls
 * one, or repeat the name with each.
 */
function isAnother(known: PartialCall, { index, id, function: part }: WireCallDelta): boolean {
	const { name, arguments: text } = known.function;
	if (!part.name) return false;
	const begins = part.arguments.trimStart().startsWith('{');
	// One id for all calls of an answer.
	if (id && id === known.id) {
		if (!begins || !known.end.isWhole() || isPlaceholder(text)) return false;
		return part.name !== name || !isSameJson(part.arguments, text);
	}
	if (id && known.id !== '') {
		const goesOn = part.name === name && text !== '' && !known.end.isWhole() && !begins;
		return !goesOn;
	}
	if (name === '') return false;
	if (part.name !== name) return index === undefined || Boolean(id) || text !== '';
	return begins && known.end.isWhole() && (index === undefined || !isPlaceholder(text));
}

/** Models make dozens of calls at once at most. */
const MOST_CALLS = 10_000;

function beginCall(calls: Calls, index: number | undefined): PartialCall {
	const { all, byIndex } = calls;
	const place = index ?? calls.next;
	if (place >= MOST_CALLS || all.length >= MOST_CALLS) {
		throw new TokenHubError('badResponse', `The stream has a tool call with index ${place}.`, {
			raw: JSON.stringify({ index: place }),
			hint: `An answer has at most ${MOST_CALLS} calls, counted from 0: check the gateway.`,
		});
	}
	const call = {
		index: place,
		id: '',
		function: { name: '', arguments: '' },
		end: openJsonEnd(),
		piece: '',
		isGrown: true,
	};
	all.push(call);
	byIndex.set(place, call);
	calls.next = Math.max(calls.next, place + 1);
	return call;
}

/** A name may also arrive in pieces, before any arguments. */
function addName({ function: called }: PartialCall, { id, index, function: part }: WireCallDelta) {
	const { name = '' } = part;
	if (called.name === '') called.name = name;
	else if (!id && index !== undefined && called.arguments === '' && name !== called.name) {
		called.name += name;
	}
}

/** A placeholder for arguments that will follow. */
const isPlaceholder = (text: string) => text.length < 10 && text.replace(/\s/g, '') === '{}';

function addArguments(call: PartialCall, text: string): void {
	const { function: called, end } = call;
	// Sent in pieces and then as a whole.
	if (text === '' || (end.isWhole() && isSameJson(text, called.arguments))) return;
	call.isGrown &&= text.startsWith(call.piece);
	call.piece = text;
	if (isPlaceholder(called.arguments) && text.trim() !== '') {
		called.arguments = '';
		call.end = openJsonEnd();
	}
	called.arguments += text;
	call.end.add(text);
}

/** Also with other blanks between its signs; digits and texts must be the same. */
function isSameJson(a: string, b: string): boolean {
	const compact = (text: string) => text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
	return a === b || (a.trimStart().startsWith('{') && compact(a) === compact(b));
}

/**
 * Some gateways send all of the arguments so far, each time: then each piece begins with the one before,
 * and the last alone is JSON.
 */
function argumentsOf({ isGrown, piece, function: called }: PartialCall): string {
	const { arguments: text } = called;
	if (!isGrown || piece === text) return text;
	return tryJson(text) === undefined && tryJson(piece) !== undefined ? piece : text;
}
