import { lineShape } from './lineShape';

/** Behind an empty line or the end of a row in markup. */
const BETWEEN_BLOCKS = /(?:\n[ \t]*\r?\n\s*|<\/(?:tr|li|p|div|table)>\s*)$/;
const REACH = 1000;

/**
 * Whether a record surely ends at a border: behind a blank line, or where the lines before and behind
 * it are written alike, as the rows of a table are. Of records with several lines, they are not.
 */
export function endsRecord(text: string, at: number): boolean {
	const before = text.slice(Math.max(0, at - REACH), at);
	if (BETWEEN_BLOCKS.test(before)) return true;
	const lines = before.split(EOL);
	const behind = text.slice(at, at + REACH).split(EOL);
	if (lines.pop() !== '') return false;
	const [first, ...others] = [...lines.slice(-2), ...behind.slice(0, 2)].map(lineShape);
	return others.length === 3 && others.every((other) => other === first);
}

const EOL = /\r\n|[\n\r]/;
