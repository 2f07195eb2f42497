import type { Steps } from '../../lib/steps';
import { isWithin, recordGroups, type Found, type RecordGroup } from './recordGroups';
import { labelGap, type Source } from './source';
import { firstFrom, type Span } from './leaves';

/**
 * For each value with several places, the one from which it was taken: not used by the same value
 * before, where its field is in the other records, right after the field's own name, near the rest of
 * its record, after the record before.
 */
export function* choosePlaces(leaves: readonly Found[], source: Source): Steps<Map<Found, Span>> {
	const chosen = new Map<Found, Span>();
	const taken = new Set<number>();
	const free = new Map<readonly Span[], FreePlaces>();
	let after = 0;
	for (const group of yield* recordGroups(leaves)) {
		let reach: Reach = {};
		const rarestFirst = group.leaves.toSorted((a, b) => a.spans.length - b.spans.length);
		for (const leaf of rarestFirst) {
			yield;
			const terms = { source, leaf, group, reach, after, taken };
			const near = consideredOf(terms, free);
			const best = leastOf(near, (span) => costOf(span, terms));
			if (!best) continue;
			chosen.set(leaf, best);
			free.get(leaf.spans)?.take(best);
			taken.add(placeOf(best));
			reach = widened(reach, best);
		}
		if (group.list !== '' && reach.to !== undefined) after = reach.to;
	}
	return chosen;
}

/** For a value with more places than this, those nearest to its record are considered. */
const MOST_CONSIDERED = 32;

function consideredOf(
	{ leaf: { spans }, leaf, group, reach, after }: Terms,
	free: Map<readonly Span[], FreePlaces>,
): readonly Span[] {
	if (spans.length <= MOST_CONSIDERED) return spans;
	const places = free.get(spans) ?? openFreePlaces(spans);
	free.set(spans, places);
	const [from, to] = group.windows.get(leaf) ?? [0, Infinity];
	const place = Math.min(Math.max(reach.from ?? after, from), to);
	const found = places.near(place, MOST_CONSIDERED);
	return found.length > 0 ? found : spans.slice(0, MOST_CONSIDERED);
}

/** The extent of the places of a record that are chosen so far. */
interface Reach {
	from?: number;
	to?: number;
}

function widened({ from, to }: Reach, { start, end }: Span): Reach {
	return { from: Math.min(from ?? start, start), to: Math.max(to ?? end, end) };
}

/** One number for both: no text is that long. */
const placeOf = ({ start, end }: Span) => start * 2 ** 26 + (end - start);

interface Terms {
	source: Source;
	leaf: Found;
	group: RecordGroup;
	reach: Reach;
	/** Where the record before ends. */
	after: number;
	taken: ReadonlySet<number>;
}

const COST = { taken: 1e12, elsewhere: 1e9, before: 1e6, unlabelled: 1e4, labelGap: 20 } as const;

function costOf(span: Span, { source, leaf, group, reach, after, taken }: Terms): number {
	const { from = after, to = from } = reach;
	const window = group.windows.get(leaf);
	const gap = labelGap(source, nameOf(leaf), span);
	return (
		(taken.has(placeOf(span)) ? COST.taken : 0) +
		(window && !isWithin(span, window) ? COST.elsewhere : 0) +
		(span.start < after && to >= after ? COST.before : 0) +
		(gap === undefined ? COST.unlabelled : gap * COST.labelGap) +
		Math.max(0, from - span.end, span.start - to)
	);
}

/** The field of a leaf: lists have names, their entries do not. */
function nameOf({ path }: Found): string {
	return String(path.findLast((key) => typeof key === 'string') ?? '');
}

function leastOf(spans: readonly Span[], cost: (span: Span) => number): Span | undefined {
	const [only, ...others] = spans;
	if (others.length === 0) return only;
	let best: { span: Span; cost: number } | undefined;
	for (const span of spans) {
		const own = cost(span);
		if (!best || own < best.cost) best = { span, cost: own };
	}
	return best?.span;
}

/** The unused places of one value near any position, found without visiting the used ones. */
interface FreePlaces {
	near(place: number, most: number): Span[];
	take(span: Span): void;
}

function openFreePlaces(spans: readonly Span[]): FreePlaces {
	const [next, previous] = [ways(spans.length), ways(spans.length)];
	return {
		near(place, most) {
			const at = firstFrom(spans, place);
			const found: Span[] = [];
			let [ahead, back] = [endOf(next, at), endOf(previous, at)];
			while (found.length < most && (ahead < spans.length || back > 0)) {
				const [after, before] = [spans[ahead], spans[back - 1]];
				if (after) found.push(after);
				if (before) found.push(before);
				if (ahead < spans.length) ahead = endOf(next, ahead + 1);
				if (back > 0) back = endOf(previous, back - 1);
			}
			return found;
		},
		take({ start }) {
			const at = firstFrom(spans, start);
			if (spans[at]?.start !== start) return;
			next[at] = at + 1;
			previous[at + 1] = at;
		},
	};
}

/** Each index leads to itself until it is used, and then past itself. */
const ways = (length: number) => new Int32Array(length + 1).map((_, at) => at);

/** The end of a chain, shortened for later lookups. */
function endOf(way: Int32Array, from: number): number {
	let end = from;
	while ((way[end] ?? end) !== end) end = way[end] ?? end;
	for (let at = from; at !== end;) {
		const onward = way[at] ?? end;
		way[at] = end;
		at = onward;
	}
	return end;
}
