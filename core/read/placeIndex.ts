import type { Steps } from './inSteps';
import type { Range } from './range';

/** By value: the places where a text writes it. */
export interface PlaceIndex<Key> {
	/** Of several readings that begin at one place, the first counts. */
	add: (key: Key, range: Range) => void;
	/** In the order of the text. */
	inOrder: () => Steps<Map<Key, Range[]>>;
}

export function openPlaceIndex<Key>(): PlaceIndex<Key> {
	const found = new Map<Key, Range[]>();
	return {
		add(key, range) {
			const ranges = found.get(key);
			if (ranges) ranges.push(range);
			else found.set(key, [range]);
		},
		*inOrder() {
			const ordered = new Map<Key, Range[]>();
			for (const [key, ranges] of found) {
				yield;
				const sorted = ranges.sort(([a], [b]) => a - b);
				ordered.set(
					key,
					sorted.filter(([start], index) => sorted[index - 1]?.[0] !== start),
				);
			}
			return ordered;
		},
	};
}
