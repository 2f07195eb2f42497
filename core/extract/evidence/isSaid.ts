import { inOneGo, type Steps } from '../../read/inSteps';
import { candidates } from './candidates';
import { choosePlaces } from './choosePlaces';
import { leavesOf } from './leaves';
import type { Found } from './recordGroups';
import { openSource } from './source';

/** Words of one record stand near each other: so many times its JSON, and never less than this. */
const REACH = { times: 4, least: 200 } as const;

/** Whether a text says every word and number of a value, near each other; and there is at least one. */
export function isSaid(value: unknown, text: string): boolean {
	return inOneGo(saidSteps(value, text));
}

function* saidSteps(value: unknown, text: string): Steps<boolean> {
	const source = yield* openSource(text);
	const found: Found[] = [];
	for (const { path, leaf } of leavesOf(value)) {
		if (leaf === null || typeof leaf === 'boolean' || leaf === '') continue;
		const spans = yield* candidates(source, leaf);
		if (spans.length === 0) return false;
		found.push({ path, spans });
	}
	if (found.length === 0) return false;
	let [from, to] = [Infinity, 0];
	for (const { start, end } of (yield* choosePlaces(found, source)).values()) {
		[from, to] = [Math.min(from, start), Math.max(to, end)];
	}
	return to - from <= Math.max(REACH.least, JSON.stringify(value).length * REACH.times);
}
