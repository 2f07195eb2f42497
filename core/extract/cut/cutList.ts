/** What is whole in a JSON text that stops before its end. */
export interface CutList {
	/** The text up to the last complete entry of its outermost open list, closed. */
	json: string;
	/** The way to that list. */
	path: PropertyKey[];
	/** What stands behind: the beginning of one more entry, or nothing but a comma. */
	begun: string;
}

interface Frame {
	closer: ']' | '}';
	/** The key or index of what is being read in it. */
	at: PropertyKey;
	/** Behind the last complete entry. */
	complete: number | undefined;
}

/** Undefined when no list is open in the text, or the outermost one has no complete entry. */
export function cutList(text: string): CutList | undefined {
	const from = text.search(/[{[]/);
	if (from < 0) return undefined;
	const open = openFrames(text, from);
	const list = open.findIndex(({ closer }) => closer === ']');
	const complete = open[list]?.complete;
	if (complete === undefined) return undefined;
	const closers = open.slice(0, list + 1).map(({ closer }) => closer);
	return {
		json: text.slice(from, complete) + closers.reverse().join(''),
		path: open.slice(0, list).map(({ at }) => at),
		begun: text.slice(complete).replace(/^\s*,?\s*/, ''),
	};
}

/** The complete fields of an object that stops before its end, closed. */
export function cutObject(text: string): string | undefined {
	if (!text.startsWith('{')) return undefined;
	const [frame] = openFrames(text, 0);
	return frame?.complete === undefined ? undefined : `${text.slice(0, frame.complete)}}`;
}

/** The objects and lists that are open at the end of a text, the outermost first. */
function openFrames(text: string, from: number): Frame[] {
	const open: Frame[] = [];
	for (let index = from; index < text.length; index += 1) {
		const char = text.charAt(index);
		const frame = open.at(-1);
		if (char === '"') {
			const end = endOfString(text, index);
			const isKey =
				frame?.closer === '}' &&
				/[{,]\s*$/.test(text.slice(Math.max(0, index - MOST_SPACE), index));
			if (frame && isKey) frame.at = keyIn(text.slice(index, end + 1));
			else if (frame && end < text.length) frame.complete = end + 1;
			index = end;
		} else if (char === '{' || char === '[') {
			open.push({ closer: char === '{' ? '}' : ']', at: 0, complete: undefined });
		} else if (char === '}' || char === ']') {
			open.pop();
			const outer = open.at(-1);
			if (!outer) return [];
			outer.complete = index + 1;
		} else if (char === ',' && frame) {
			frame.complete = index;
			if (typeof frame.at === 'number') frame.at += 1;
		}
	}
	return open;
}

const STRING = /"(?:[^"\\]|\\[^])*"/y;

/** The index of the quote that ends a string, or the end of the text. */
function endOfString(text: string, start: number): number {
	STRING.lastIndex = start;
	return STRING.test(text) ? STRING.lastIndex - 1 : text.length;
}

/** White space between a comma and a key: more is written by nobody. */
const MOST_SPACE = 200;

function keyIn(quoted: string): string {
	try {
		return String(JSON.parse(quoted));
	} catch {
		return quoted;
	}
}
