import { createHash } from 'node:crypto';

/** Claude takes no longer names, of tools and of properties. */
export const LONGEST_NAME = 64;

/** A legal beginning and a mark made of the whole name: what no other name is likely to become. */
export function markedName(name: string, beginning: string): string {
	const mark = createHash('sha256').update(name).digest('hex').slice(0, 8);
	return `${beginning.slice(0, LONGEST_NAME - mark.length - 1)}_${mark}`;
}
