/** Counts the turns of the event loop from now on. */
export function countTurns(): () => number {
	let turns = 0;
	let next: NodeJS.Immediate;
	const count = () => {
		turns += 1;
		next = setImmediate(count);
	};
	next = setImmediate(count);
	return () => {
		clearImmediate(next);
		return turns;
	};
}
