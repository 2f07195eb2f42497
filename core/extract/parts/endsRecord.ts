/** Behind an empty line or the end of a row in markup. */
const BETWEEN_BLOCKS = /(?:\n[ \t]*\r?\n\s*|<\/(?:tr|li|p|div|table)>\s*)$/;
const LONGEST_LINE = 500;

/**
 * Whether a record surely ends at a border: behind a blank line, or where the lines before and behind
 * it are written alike, as the rows of a table are. Of a record with several lines, they are not.
 */
export function endsRecord(text: string, at: number): boolean {
	const before = text.slice(Math.max(0, at - LONGEST_LINE), at);
	if (BETWEEN_BLOCKS.test(before)) return true;
	const lines = before.split(/\r\n|[\n\r]/);
	const last = lines.at(-2);
	const isLineEnd = lines.length > 1 && lines.at(-1) === '';
	const [next] = text.slice(at, at + LONGEST_LINE).split(/\r\n|[\n\r]/, 1);
	return isLineEnd && last !== undefined && next !== undefined && shape(last) === shape(next);
}

/** Its label, its separators, and what kind of value stands between them. */
function shape(line: string): string {
	const [label = ''] = /^\s*(?:[-*•]\s)?[\p{L} ]{1,30}:\s/u.exec(line) ?? [];
	const values = line
		.slice(label.length)
		.replace(/[\p{L}\p{M}'’]+(?:[ \u3000][\p{L}\p{M}'’]+)*/gu, 'a')
		.replace(/[+-]?\p{Nd}[\p{Nd}.,'’]*/gu, '9');
	return label + values;
}
