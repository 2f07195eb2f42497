export interface Pair<Item> {
	a: Item;
	b: Item;
	isMaybe: boolean;
}

/** How well two items fit; a worth of 0 is not at all. */
type Likeness<Item> = (a: Item, b: Item) => { worth: number; isMaybe: boolean };

/** The pairs of two lists that are worth most together, each in the order of both. */
export function align<Item>(
	a: readonly Item[],
	b: readonly Item[],
	likeness: Likeness<Item>,
): Array<Pair<Item>> {
	const pairs: Array<Pair<Item>> = [];
	let start = 0;
	// Mostly the lists are the same.
	for (const [at, one] of a.entries()) {
		const other = b[at];
		const { worth, isMaybe } = other === undefined ? NOTHING : likeness(one, other);
		if (other === undefined || worth < BEST) break;
		pairs.push({ a: one, b: other, isMaybe });
		start = at + 1;
	}
	return [...pairs, ...alignRest(a.slice(start), b.slice(start), likeness)];
}

const NOTHING = { worth: 0, isMaybe: false };
/** No other pair is better than this. */
const BEST = 8;

function alignRest<Item>(a: readonly Item[], b: readonly Item[], likeness: Likeness<Item>) {
	const fits = a.map((one) => b.map((other) => likeness(one, other)));
	const worthOf = (i: number, j: number) => fits[i]?.[j]?.worth ?? 0;
	const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
	const bestOf = (i: number, j: number) => best[i]?.[j] ?? 0;
	for (let i = a.length - 1; i >= 0; i -= 1) {
		for (let j = b.length - 1; j >= 0; j -= 1) {
			const worth = worthOf(i, j);
			const paired = worth > 0 ? worth + bestOf(i + 1, j + 1) : 0;
			best[i]?.fill(Math.max(paired, bestOf(i + 1, j), bestOf(i, j + 1)), j, j + 1);
		}
	}
	const pairs: Array<Pair<Item>> = [];
	for (let i = 0, j = 0; i < a.length && j < b.length;) {
		const [one, other, worth] = [a[i], b[j], worthOf(i, j)];
		if (one === undefined || other === undefined) break;
		if (worth > 0 && bestOf(i, j) === worth + bestOf(i + 1, j + 1)) {
			pairs.push({ a: one, b: other, isMaybe: fits[i]?.[j]?.isMaybe ?? false });
			i += 1;
			j += 1;
		} else if (bestOf(i + 1, j) >= bestOf(i, j + 1)) i += 1;
		else j += 1;
	}
	return pairs;
}
