import { canonical } from '../lib/isSame';
import { jsonPointer } from '../lib/jsonPointer';
import { groupBy } from '../lib/own';

/** A place where two values differ; undefined if one of them has nothing there. */
export interface Difference {
	path: string;
	before: unknown;
	after: unknown;
}

/** How a request differs from the most similar recorded one, in at most this many places. */
export type Nearest = (asked: object, most: number) => Difference[];

/**
 * Of those that share as much, the closest in size are read, and the most similar of these compared.
 */
const [READ, COMPARED] = [100, 8];
/** At both ends of a message. */
const LONGEST_END = 1_000;

/** A request in parts that can be looked up. */
interface Parts {
	messages: string[];
	parameters: string[];
	size: number;
}

/**
 * Finds the recorded request that is most similar to another one. Shared parts are looked up, and only
 * a few requests are compared: a thousand misses in a recording of thousands take no more than a
 * moment.
 */
export function nearestOf(recorded: readonly object[]): Nearest {
	const known = recorded.map((request) => ({ request, parts: partsOf(request) }));
	const every = known.flatMap(({ parts }, index) =>
		[...allOf(parts)].map((part) => ({ part, index })),
	);
	const holders = groupBy(every, ({ part }) => part);
	return (asked, most) => {
		const parts = partsOf(asked);
		const counts = new Uint32Array(known.length);
		for (const part of allOf(parts)) {
			for (const { index } of holders.get(part) ?? []) counts[index] = (counts[index] ?? 0) + 1;
		}
		const highest = counts.reduce((high, count) => Math.max(high, count), 0);
		const distance = (one: (typeof known)[number]) => Math.abs(one.parts.size - parts.size);
		const near = known
			.filter((_, index) => counts[index] === highest)
			.sort((a, b) => distance(a) - distance(b))
			.slice(0, READ)
			.map((one) => ({ ...one, likeness: likeness(one.parts, parts) }))
			.sort((a, b) => b.likeness - a.likeness)
			.slice(0, COMPARED)
			.map(({ request }) => differences(request, asked, most));
		return near.reduce((best, found) => (found.length < best.length ? found : best));
	};
}

function partsOf(request: object): Parts {
	const entries: Array<[string, unknown]> = Object.entries(request);
	const messages: string[] = [];
	const parameters: string[] = [];
	for (const [key, value] of entries) {
		if (key !== 'messages' || !Array.isArray(value)) parameters.push(`${key} ${canonical(value)}`);
		else for (const message of value) messages.push(canonical(message));
	}
	const size = [...messages, ...parameters].reduce((sum, { length }) => sum + length, 0);
	return { messages, parameters, size };
}

const allOf = ({ messages, parameters }: Parts) => new Set([...messages, ...parameters]);

/** How many characters both ends of the first differing message have in common. */
function likeness({ messages }: Parts, other: Parts): number {
	const at = messages.findIndex((message, index) => message !== other.messages[index]);
	const [a = '', b = ''] = [messages[at], other.messages[at]];
	const most = Math.min(a.length, b.length, LONGEST_END);
	let start = 0;
	while (start < most && a[start] === b[start]) start += 1;
	let end = 0;
	while (end < most && a.at(-1 - end) === b.at(-1 - end)) end += 1;
	return start + end;
}

const isContainer = (value: unknown): value is object =>
	typeof value === 'object' && value !== null;

/** The deepest places at which two JSON values differ, in order, at most `most` of them. */
function differences(before: unknown, after: unknown, most: number): Difference[] {
	const found: Difference[] = [];
	const look = (a: unknown, b: unknown, path: readonly PropertyKey[]) => {
		if (found.length >= most || a === b) return;
		const isAlike = isContainer(a) && isContainer(b) && Array.isArray(a) === Array.isArray(b);
		if (!isAlike) return void found.push({ path: jsonPointer(path), before: a, after: b });
		for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
			look(fieldOf(a, key), fieldOf(b, key), [...path, key]);
		}
	};
	look(before, after, []);
	return found;
}

const fieldOf = (value: object, key: string): unknown =>
	Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
