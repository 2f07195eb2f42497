import type { Range } from './span';

/** By value: the places where a text writes it. */
export interface PlaceIndex<Key> {
	/** Of several readings that begin at one place, the first counts. */
	add(key: Key, range: Range): void;
	/** In the order of the text. */
	inOrder(): Map<Key, Range[]>;
}

export function openPlaceIndex<Key>(): PlaceIndex<Key> {
	const found = new Map<Key, Map<number, Range>>();
	return {
		add(key, range) {
			const [start] = range;
			const places = found.get(key) ?? new Map<number, Range>();
			found.set(key, places);
			if (!places.has(start)) places.set(start, range);
		},
		inOrder: () =>
			new Map(
				[...found].map(([key, places]) => [key, [...places.values()].sort(([a], [b]) => a - b)]),
			),
	};
}
