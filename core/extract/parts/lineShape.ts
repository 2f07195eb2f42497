/** How a line is written: its label, its separators, and what kind of value stands between them. */
export function lineShape(line: string): string {
	const [label = ''] = LABEL.exec(line) ?? [];
	const values = line
		.slice(label.length)
		.replace(/[\p{L}\p{M}'’]+(?:[ \u3000][\p{L}\p{M}'’]+)*/gu, 'a')
		.replace(/[+-]?\p{Nd}[\p{Nd}.,'’]*/gu, '9');
	return label + values;
}

const LABEL = /^\s*(?:[-*•]\s)?(?:<[^>]{1,60}>|"?[\p{L} _]{1,30}"?\s?[:=])/u;

const FIRST = 4000;
const MOST_LINES = 10;
const MOST_LEAD = 20;

/** What each record of several lines begins with. */
export interface RecordStart {
	/** How its first line is written. */
	shape: string;
	/** A blank line stands before it. */
	isBehindBlank: boolean;
}

/** How records of several lines begin: told by the first lines that come back in the same order, three times. */
export function recordStart(text: string): RecordStart | undefined {
	const shapes = text
		.slice(0, FIRST)
		.split(/\r\n|[\n\r]/)
		.slice(0, -1)
		.map(lineShape);
	for (let first = 0; first < Math.min(MOST_LEAD, shapes.length); first += 1) {
		for (let lines = 2; lines <= MOST_LINES && first + 3 * lines <= shapes.length; lines += 1) {
			const own = shapes.slice(first, first + lines);
			const comesBack = shapes
				.slice(first, first + 3 * lines)
				.every((shape, at) => shape === own[at % lines]);
			const start = comesBack ? startIn(own, shapes) : undefined;
			if (start) return start;
		}
	}
	return undefined;
}

/**
 * Lines that come back say no beginning by themselves: it is behind a blank line, else the line that is
 * indented least, else the one that the text has first.
 */
function startIn(own: readonly string[], shapes: readonly string[]): RecordStart | undefined {
	const lines = own
		.map((shape, at) => ({ shape, isBehindBlank: isBlank(own.at(at - 1)) }))
		.filter(({ shape }) => !isBlank(shape));
	const inBlocks = lines.filter(({ isBehindBlank }) => isBehindBlank);
	const [start] = (inBlocks.length > 0 ? inBlocks : lines).toSorted(
		(a, b) =>
			indentOf(a.shape) - indentOf(b.shape) || shapes.indexOf(a.shape) - shapes.indexOf(b.shape),
	);
	if (!start || own.every((shape) => shape === start.shape)) return undefined;
	const again = own.filter((shape) => shape === start.shape).length;
	return again === 1 || start.isBehindBlank ? start : undefined;
}

const isBlank = (shape = 'none') => shape.trim() === '';
const indentOf = (shape: string) => shape.length - shape.trimStart().length;
