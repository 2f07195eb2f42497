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

/**
 * The shape of the line that each record of several lines begins with: the first one of the first
 * lines that come back in the same order, three times.
 */
export function recordStart(text: string): string | undefined {
	const shapes = text
		.slice(0, FIRST)
		.split(/\r\n|[\n\r]/)
		.slice(0, -1)
		.map(lineShape);
	for (let first = 0; first < Math.min(MOST_LEAD, shapes.length); first += 1) {
		for (let lines = 2; lines <= MOST_LINES && first + 3 * lines <= shapes.length; lines += 1) {
			const own = shapes.slice(first, first + lines);
			const isUnique = own.indexOf(own[0] ?? '', 1) < 0 && own.some((shape) => shape !== own[0]);
			const comesBack = shapes
				.slice(first, first + 3 * lines)
				.every((shape, at) => shape === own[at % lines]);
			if (isUnique && comesBack) return own[0];
		}
	}
	return undefined;
}
