import { candidates, ownNumbers } from '../evidence/candidates';
import type { Leaf } from '../evidence/leaves';
import { openSource } from '../evidence/source';
import { foldText } from '../../read/foldText';
import { inOneGo, type Range } from '../../read/inSteps';

/** Every place where a text says a word or a number, in any spelling; nothing that is only similar. */
export function placesIn(text: string): (leaf: Leaf) => Range[] {
	const source = inOneGo(openSource(text));
	const known = new Map<Leaf, Range[]>();
	return (leaf) => {
		const found = known.get(leaf) ?? placesOf(leaf);
		known.set(leaf, found);
		return found;
	};
	function placesOf(leaf: Leaf): Range[] {
		const isThere =
			typeof leaf !== 'string' ||
			leaf.length < SHORTEST_SIMILAR ||
			source.folded.text.includes(foldText(leaf).text.trim());
		if (!isThere) return [];
		const found =
			typeof leaf === 'number' ? ownNumbers(source, leaf) : inOneGo(candidates(source, leaf));
		return found.filter(({ score }) => score === 1).map(({ start, end }) => [start, end]);
	}
}

/** Looking for similar texts takes long, and shorter ones are never looked for. */
const SHORTEST_SIMILAR = 12;
