import { createHash } from 'node:crypto';

/** The known name closest to a misspelled one, or undefined if none is close. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	const ranked = known
		.map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
		.sort((a, b) => a.distance - b.distance);
	const [best] = ranked;
	const most = wanted.length < 4 ? 1 : Math.max(2, wanted.length / 3);
	return best && best.distance <= most ? best.candidate : undefined;
}

/** How many letters have to be added, removed, changed or swapped with the next one. */
export function editDistance(a: string, b: string): number {
	const [letters, others] = [[...a.slice(0, 80)], [...b]];
	let before: number[] = [];
	let row = Array.from({ length: others.length + 1 }, (_, index) => index);
	for (const [i, letter] of letters.entries()) {
		const next = [i + 1];
		for (const [j, other] of others.entries()) {
			const changed = (row[j] ?? 0) + (letter === other ? 0 : 1);
			const isSwapped = letter === others[j - 1] && letters[i - 1] === other;
			const swapped = isSwapped ? (before[j - 1] ?? 0) + 1 : Infinity;
			next.push(Math.min(changed, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		[before, row] = [row, next];
	}
	return row.at(-1) ?? 0;
}

/** The longest name of a tool or property that Claude accepts. */
export const LONGEST_NAME = 64;

/**
 * A legal beginning and a mark derived from the whole name, so that no other name is likely to become
 * the same.
 */
export function markedName(name: string, beginning: string): string {
	const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
	return `${beginning.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`;
}

/** The same text for the same JSON, and in practice for no other. */
export function fingerprint(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
