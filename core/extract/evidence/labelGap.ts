import { foldText } from '../../read/foldText';
import type { Span } from './span';
import type { Source } from './source';

const REACH = 40;

/** The words of a field's name, and how far before each place one of them stands. */
export interface Label {
	words: string[];
	gaps: Map<number, number | undefined>;
}

/** Characters between a field's name and a place behind it; undefined when it does not stand there. */
export function labelGap(source: Source, name: string, { start }: Span): number | undefined {
	const { words, gaps } = labelOf(source, name);
	if (words.length === 0) return undefined;
	if (gaps.has(start)) return gaps.get(start);
	const before = foldText(source.text.slice(Math.max(0, start - REACH), start)).text;
	const found = words.map((word) => gapAfter(before, word)).filter((gap) => gap !== undefined);
	const gap = found.length > 0 ? Math.min(...found) : undefined;
	gaps.set(start, gap);
	return gap;
}

function labelOf({ labels }: Source, name: string): Label {
	const known = labels.get(name);
	if (known) return known;
	const words = name
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word.length > 2)
		.map((word) => foldText(word).text);
	const label: Label = { words, gaps: new Map() };
	labels.set(name, label);
	return label;
}

function gapAfter(before: string, word: string): number | undefined {
	const at = before.lastIndexOf(word);
	const isWhole = at === 0 || !/[\p{L}\p{N}]/u.test(before.charAt(at - 1));
	return at < 0 || !isWhole ? undefined : before.length - at - word.length;
}
