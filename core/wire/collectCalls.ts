import { TokenHubError } from '../errors';
import { openJsonEnd, tryJson, type JsonEnd } from '../json/tryJson';
import type { WireCall, WireCallDelta } from './wireCalls';

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

export type CallsSoFar = ReturnType<typeof collectCalls>;

/** The tool calls that the deltas of a stream add up to. */
export function collectCalls() {
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
function candidate({ byIndex, byId, last }: Calls, delta: WireCallDelta) {
	const { index, id } = delta;
	const same = id ? byId.get(id) : undefined;
	if (index === undefined) return same ?? last;
	const known = same?.index === index ? same : byIndex.get(index);
	// Some gateways count the pieces.
	const isPiece = last && /^\s*[^\s{]/.test(delta.function.arguments) && isContinuedBy(last, delta);
	return known ?? (isPiece ? last : undefined);
}

const beginsObject = ({ function: part }: Pick<WireCallDelta, 'function'>) =>
	/^\s*\{/.test(part.arguments);

/** Whether a delta that names a call again has more of its arguments, whatever its id. */
function isContinuedBy(call: PartialCall, delta: WireCallDelta): boolean {
	const { function: known, end } = call;
	const { index, function: part } = delta;
	if (part.name !== known.name || end.isWhole()) return false;
	const isBegun = beginsObject(call);
	if (!beginsObject(delta)) return isBegun;
	if (isBegun) return index !== undefined && /[:[,]\s*$/.test(known.arguments);
	const own = openJsonEnd();
	own.add(part.arguments);
	return !own.isWhole();
}

/**
 * Whether a delta begins a call of its own, though by its place it would continue a known one:
 * gateways count every call as the first, leave ids or index out, give each piece a new id, or all calls
 * one, or repeat the name with each.
 */
function isAnother(known: PartialCall, delta: WireCallDelta): boolean {
	const { index, id, function: part } = delta;
	const { name, arguments: text } = known.function;
	if (!part.name) return false;
	const begins = beginsObject(delta);
	const isSame = part.name === name && known.id !== '' && isPlaceholder(part.arguments);
	// One id for all calls of an answer.
	if (id && id === known.id) {
		if (!begins || !known.end.isWhole() || isPlaceholder(text) || isSame) return false;
		return part.name !== name || !isSameJson(part.arguments, text);
	}
	if (id && known.id !== '') return !isContinuedBy(known, delta);
	if (name === '') return false;
	if (part.name !== name) return index === undefined || Boolean(id) || text !== '';
	if (isSame) return false;
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

/** A placeholder for arguments that follow, or that were sent before. */
const isPlaceholder = (text: string) => text.length < 10 && text.replace(/\s/g, '') === '{}';

function addArguments(call: PartialCall, text: string): void {
	const { function: called, end } = call;
	// Sent in pieces and then as a whole.
	const isTold = isPlaceholder(text) || isSameJson(text, called.arguments);
	if (text === '' || (end.isWhole() && isTold)) return;
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
