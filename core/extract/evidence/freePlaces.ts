import type { Span } from './span';

/** The places of one value that nothing has taken yet, near any place, without a look at the taken. */
export interface FreePlaces {
	near(place: number, most: number): Span[];
	take(span: Span): void;
}

export function openFreePlaces(spans: readonly Span[]): FreePlaces {
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

/** Each leads to itself until it is taken, and then past itself. */
const ways = (length: number) => new Int32Array(length + 1).map((_, at) => at);

/** Where a way ends, with shortcuts left for whoever comes after. */
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

/** The first span at a place or behind it. */
function firstFrom(spans: readonly Span[], place: number): number {
	let [low, high] = [0, spans.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((spans[middle]?.start ?? Infinity) < place) low = middle + 1;
		else high = middle;
	}
	return low;
}
