import { isRecord } from '../lib/isRecord';
import type { Redactor } from './redactor';

/** The events of a stream without the secret; what was held back comes last, also before an error. */
export async function* redactedEvents(
	events: AsyncIterable<unknown[]>,
	redactor: Redactor,
): AsyncGenerator<unknown[], void, undefined> {
	const { next, end } = joinedDeltas(redactor);
	try {
		for await (const together of events) yield together.map(next);
	} catch (error) {
		const rest = end();
		if (rest) yield [rest];
		throw error;
	}
	const rest = end();
	if (rest) yield [rest];
}

/** Removes a secret from the events of one stream, even if it is spread over several of them. */
interface JoinedDeltas {
	/** The same event if nothing in it is changed or held back. */
	next(this: void, event: unknown): unknown;
	/** What was held back, as one more event; undefined if nothing was. */
	end(this: void): Event | undefined;
}

type Event = Record<string, unknown>;

/** The texts of a delta that its reader joins. */
const JOINED = ['content', 'refusal', 'reasoning', 'reasoning_content'];

/**
 * The end of a text that may be the beginning of the secret waits for the next delta of the same text,
 * or for the end of the stream: a gateway may send anything between two halves.
 */
export function joinedDeltas(redactor: Redactor): JoinedDeltas {
	const held = new Map<string, Held>();
	const join = (given: unknown, place: Held['place']) => {
		if (typeof given !== 'string') return given;
		const key = place.join('/');
		const joined = redactor.text((held.get(key)?.text ?? '') + given);
		const shown = joined.length - redactor.openTail(joined);
		if (shown === joined.length) held.delete(key);
		else held.set(key, { place, text: joined.slice(shown) });
		return joined.slice(0, shown);
	};
	const joinDelta = deltaJoiner(join);
	let last: Event = {};
	return {
		next(given) {
			const event = redactor.value(given);
			if (!isRecord(event) || !Array.isArray(event.choices)) return event;
			last = event;
			const joinChoice = (choice: unknown, n: number) => {
				if (!isRecord(choice)) return choice;
				const index = typeof choice.index === 'number' ? choice.index : n;
				return replace(choice, 'delta', (delta) => joinDelta(delta, index));
			};
			return replace(event, 'choices', (choices) => each(choices, joinChoice));
		},
		end() {
			if (held.size === 0) return undefined;
			const choices = choicesOf([...held.values()]);
			held.clear();
			return { ...last, usage: undefined, choices };
		},
	};
}

type Join = (text: unknown, place: Held['place']) => unknown;

/** Joins each text of a delta with what came before it in its own place. */
function deltaJoiner(join: Join): (delta: unknown, choice: number) => unknown {
	const indexOf = callIndexes();
	const joinArguments = (call: unknown, place: Held['place']) =>
		isRecord(call) ? replace(call, 'arguments', (text) => join(text, place)) : call;
	const joinCall = (call: unknown, choice: number) => {
		if (!isRecord(call)) return call;
		const place = [choice, 'tool_calls', indexOf(call)];
		return replace(call, 'function', (called) => joinArguments(called, place));
	};
	return (given, choice) => {
		if (!isRecord(given)) return given;
		let delta = given;
		for (const key of JOINED) delta = replace(delta, key, (text) => join(text, [choice, key]));
		delta = replace(delta, 'tool_calls', (calls) => each(calls, (call) => joinCall(call, choice)));
		const place = [choice, 'function_call'];
		return replace(delta, 'function_call', (call) => joinArguments(call, place));
	};
}

interface Held {
	/** Index of the choice, the key below its delta, and the index of a call. */
	place: Array<string | number>;
	text: string;
}

function replace(object: Event, key: string, map: (value: unknown) => unknown): Event {
	if (!(key in object)) return object;
	const value = map(object[key]);
	return value === object[key] ? object : { ...object, [key]: value };
}

function each(list: unknown, map: (entry: unknown, n: number) => unknown): unknown {
	if (!Array.isArray(list)) return list;
	const given: unknown[] = list;
	const mapped = given.map(map);
	return mapped.some((entry, n) => entry !== given[n]) ? mapped : list;
}

/** Distinguishes calls as `collectChunks` does: by index, or by id if that is missing. */
function callIndexes(): (call: Event) => number {
	const ids = new Map<number, unknown>();
	return ({ id, index: given }) => {
		const isNew = Boolean(id) && ![...ids.values()].includes(id);
		const next = isNew ? ids.size : Math.max(0, ids.size - 1);
		const index = typeof given === 'number' ? given : next;
		if (!ids.get(index)) ids.set(index, id);
		return index;
	};
}

function choicesOf(rest: readonly Held[]): unknown[] {
	return [...new Set(rest.map(({ place }) => place[0]))].map((index) => {
		const mine = rest.filter(({ place }) => place[0] === index);
		const calls = mine.filter(({ place }) => place[1] === 'tool_calls').map(callOf);
		const texts = mine.filter(({ place }) => place[1] !== 'tool_calls').map(textOf);
		const delta = { ...Object.fromEntries(texts), ...(calls.length > 0 && { tool_calls: calls }) };
		return { index, finish_reason: null, delta };
	});
}

function callOf({ place, text }: Held) {
	return { index: place[2], function: { arguments: text } };
}

function textOf({ place, text }: Held): [string, unknown] {
	const key = String(place[1]);
	return [key, key === 'function_call' ? { arguments: text } : text];
}
