import { dateMentions } from './dateMentions';
import type { Steps } from './inSteps';
import { openPlaceIndex } from './placeIndex';
import type { Range } from './range';

/** By ISO date, or year and month: each date of a folded text, however it is written. */
export function* datesIn(text: string): Steps<Map<string, Range[]>> {
	const places = openPlaceIndex<string>();
	for (const { range, readings } of yield* dateMentions(text)) {
		yield;
		for (const { iso } of readings) places.add(iso, range);
	}
	return yield* places.inOrder();
}
