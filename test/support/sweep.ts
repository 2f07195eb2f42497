/** Whether this is `npm run test:sweeps`: each sweep runs all of its cases, and not a share of them. */
export const isWholeSweep = process.env.SWEEPS === 'all';

/**
 * A share of a sweep's cases. Each place of the sweep runs `count` of them, and the next place the
 * next ones, so that each case is run at many places.
 */
export function shareOf<Case>(cases: readonly Case[], count: number, place: number): Case[] {
	const { length } = cases;
	if (isWholeSweep) return [...cases];
	return cases.filter((_case, at) => (at + place * (length - count)) % length < count);
}

/** How many random cases a property runs: `all` of them in `npm run test:sweeps`, a third otherwise. */
export const casesOf = (all: number) => (isWholeSweep ? all : Math.ceil(all / 3));
