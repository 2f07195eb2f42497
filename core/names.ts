import { createHash } from 'node:crypto';

/** The known name most like a misspelt one, or undefined when none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	const ranked = known
		.map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
		.sort((a, b) => a.distance - b.distance);
	const [best] = ranked;
	return best && best.distance <= Math.max(2, wanted.length / 3) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (const [i, letter] of [...a.slice(0, 80)].entries()) {
		const next = [i + 1];
		for (const [j, other] of [...b].entries()) {
			const swap = (row[j] ?? 0) + (letter === other ? 0 : 1);
			next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

/** Claude takes no longer names, of tools and of properties. */
export const LONGEST_NAME = 64;

/** A legal beginning and a mark made of the whole name: what no other name is likely to become. */
export function markedName(name: string, beginning: string): string {
	const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
	return `${beginning.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`;
}

/** The same text for the same JSON, and in practice for no other. */
export function fingerprint(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
