/**
 * What a caller should know of Max Cost when answers had a cost that nobody knows: it has not counted
 * them, or only by a guess.
 */
export function maxCostGap(models: Iterable<string>): string[] {
	const names = [...new Set(models)].map((model) => `"${model}"`).join(', ');
	if (names === '') return [];
	return [
		`Max Cost does not hold for ${names}: what its answers cost is not known. Limit tokens instead.`,
	];
}
