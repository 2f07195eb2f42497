import { isRuler } from './readTable';

/** A piece of a text that may be a form of its own. */
export interface Segment {
	kind: 'fence' | 'table' | 'tags' | 'paragraph';
	text: string;
}

/** The pieces of a text: what is fenced, tables, tags, and the paragraphs between them. */
export function segmentsOf(text: string): Segment[] {
	const lines = text.split('\n');
	const segments: Segment[] = [];
	let open: string[] = [];
	const close = () => {
		segments.push(...openSegments(open.join('\n')));
		open = [];
	};
	for (let at = 0; at < lines.length;) {
		const kind = isFence(lines[at]) ? 'fence' : startsTable(lines, at) ? 'table' : undefined;
		if (kind === undefined) {
			open.push(lines[at] ?? '');
			at += 1;
			continue;
		}
		close();
		const end = kind === 'fence' ? fenceEnd(lines, at) : tableEnd(lines, at);
		const inner = kind === 'fence' ? lines.slice(at + 1, end - 1) : lines.slice(at, end);
		segments.push({ kind, text: inner.join('\n') });
		at = end;
	}
	close();
	return segments;
}

const isFence = (line = '') => /^\s*(?:```|~~~)/.test(line);

function fenceEnd(lines: readonly string[], start: number): number {
	let end = start + 1;
	while (end < lines.length && !isFence(lines[end])) end += 1;
	return end + 1;
}

function startsTable(lines: readonly string[], at: number): boolean {
	const [line = '', next = ''] = lines.slice(at, at + 2);
	const isRow = (one: string) => /^\s*\|.*\|\s*$/.test(one);
	return line.includes('|') && (isRuler(next) || (isRow(line) && isRow(next)));
}

function tableEnd(lines: readonly string[], start: number): number {
	let end = start + 1;
	while (lines[end]?.includes('|')) end += 1;
	return end;
}

/** A tag at the head of a line, or behind a colon. */
const FIRST_TAG = /(?:^|\n|:)[ \t]*<(?!https?:|\/|!--)[A-Za-z_?][\w.:-]*[\s>/]/;

function openSegments(text: string): Segment[] {
	const found = FIRST_TAG.exec(text);
	const start = found ? found.index + found[0].indexOf('<') : -1;
	const end = text.lastIndexOf('>') + 1;
	if (start === -1 || !text.slice(start, end).includes('/')) return paragraphsIn(text);
	const tags: Segment = { kind: 'tags', text: text.slice(start, end) };
	return [...paragraphsIn(text.slice(0, start)), tags, ...paragraphsIn(text.slice(end))];
}

function paragraphsIn(text: string): Segment[] {
	const paragraphs = text.split(/\n[ \t]*\n/).filter((one) => one.trim() !== '');
	return paragraphs.map((one) => ({ kind: 'paragraph', text: one }));
}
