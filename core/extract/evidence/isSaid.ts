import { candidates } from './candidates';
import { choosePlaces } from './choosePlaces';
import { leavesOf } from './leaves';
import { openSource } from './source';

/** Words of one record stand near each other: so many times its JSON, and never less than this. */
const REACH = { times: 4, least: 200 } as const;

/** Whether a text says every word and number of a value, near each other; and there is at least one. */
export function isSaid(value: unknown, text: string): boolean {
	const source = openSource(text);
	const found = leavesOf(value)
		.filter(({ leaf }) => typeof leaf === 'number' || (typeof leaf === 'string' && leaf !== ''))
		.map(({ path, leaf }) => ({ path, spans: candidates(source, leaf) }));
	if (found.length === 0 || found.some(({ spans }) => spans.length === 0)) return false;
	const places = [...choosePlaces(found, source).values()];
	const [from, to] = [places.map(({ start }) => start), places.map(({ end }) => end)];
	const reach = Math.max(...to) - Math.min(...from);
	return reach <= Math.max(REACH.least, JSON.stringify(value).length * REACH.times);
}
