import { foldText } from '../../read/foldText';
import type { Source } from './source';
import type { Span } from '../../read/span';

const REACH = 40;

/** Characters between a field's name and a place behind it; undefined when it does not stand there. */
export function labelGap(source: Source, name: string, { start }: Span): number | undefined {
	const key = `${start} ${name}`;
	if (source.labelGaps.has(key)) return source.labelGaps.get(key);
	const before = foldText(source.text.slice(Math.max(0, start - REACH), start)).text;
	const words = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u);
	const gaps = words
		.filter((word) => word.length > 2)
		.map((word) => gapAfter(before, foldText(word).text))
		.filter((gap) => gap !== undefined);
	const gap = gaps.length > 0 ? Math.min(...gaps) : undefined;
	source.labelGaps.set(key, gap);
	return gap;
}

function gapAfter(before: string, word: string): number | undefined {
	const at = before.lastIndexOf(word);
	const isWhole = at === 0 || !/[\p{L}\p{N}]/u.test(before.charAt(at - 1));
	return at < 0 || !isWhole ? undefined : before.length - at - word.length;
}
