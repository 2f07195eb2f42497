import { agree, shareValue } from './agree';
import type { EntryNode } from './entryNodes';
import type { PartEntries } from './locate';

/** An entry of a part, and the same one of the next part. */
export interface EntryPair {
	a: EntryNode;
	b: EntryNode;
	/** Nothing but their places says so: the last entry of a part, and the first one of the next. */
	isContinued?: true;
}

interface Neighbours {
	earlier: PartEntries;
	later: PartEntries;
}

/**
 * Pairs of entries with those of the records that hold them: entries that are the same stand in one
 * record. `apart` are entries whose records cannot be one.
 */
export function pairRecords(likely: ReadonlyArray<EntryPair>, { earlier, later }: Neighbours) {
	const paired = openPairs();
	const apart: EntryNode[] = [];
	const byDepth = likely.toSorted((one, other) => depthOf(one.b) - depthOf(other.b));
	for (const pair of byDepth) if (!paired.addWithRecords(pair)) apart.push(pair.b);
	continueLists(topOf(earlier), topOf(later), paired);
	return { pairs: paired.all(), apart };
}

const depthOf = ({ path }: EntryNode) => path.length;
const topOf = ({ nodes }: PartEntries) => nodes.filter(({ parent }) => !parent);

type Pairs = ReturnType<typeof openPairs>;

function openPairs() {
	const [byA, byB] = [new Map<EntryNode, EntryPair>(), new Map<EntryNode, EntryPair>()];
	const add = (pair: EntryPair) => {
		byA.set(pair.a, pair);
		byB.set(pair.b, pair);
	};
	const isFree = ({ a, b }: EntryPair) => !byA.has(a) && !byB.has(b);
	return {
		all: () => [...byB.values()],
		add,
		isFree,
		isPair: ({ a, b }: EntryPair) => byB.get(b)?.a === a,
		/** False where their records are paired with others, or cannot be one. */
		addWithRecords(pair: EntryPair): boolean {
			const found = [pair];
			let { a, b } = { a: pair.a.parent, b: pair.b.parent };
			while (a && b && byB.get(b)?.a !== a) {
				if (!isFree({ a, b }) || !agree(a.own, b.own)) return false;
				found.push({ a, b });
				[a, b] = [a.parent, b.parent];
			}
			if (!isFree(pair)) return byB.get(pair.b)?.a === pair.a;
			found.forEach(add);
			return true;
		},
	};
}

/** Entries that have nothing of their own, at the beginning of a part, continue the last record before. */
function continueLists(a: readonly EntryNode[], b: readonly EntryNode[], paired: Pairs): void {
	const [last, first] = [a.at(-1), b[0]];
	if (!last || !first) return;
	const pair = { a: last, b: first };
	if (!paired.isPair(pair)) {
		if (!paired.isFree(pair) || first.lists.length === 0 || !goesOn(last.own, first.own)) return;
		paired.add({ ...pair, isContinued: true });
	}
	for (const list of first.lists) {
		const kind = list[0]?.kind;
		const same = last.lists.find((one) => one[0]?.kind === kind);
		continueLists(same ?? [], list, paired);
	}
}

/** What is said of the second record is not said of the first one, as behind the lists of both. */
const goesOn = (a: unknown, b: unknown) => agree(a, b) && !shareValue(a, b);
