import { jsonPointer } from '../../jsonPointer';
import type { Range } from '../../read/range';
import type { JsonSchema } from '../../schema/jsonSchema';
import { entryNodes, listsIn } from './entryNodes';
import { lostRanges, type Seam } from './lostRanges';
import { sharedEntries, type SharedEntries } from './sharedEntries';

/** What a part of a text gave. */
export interface Contribution {
	value: unknown;
	/** The text that only this part has, and the text that it shares with the part before. */
	own: string;
	shared: string;
}

/** What tells the entries of all parts apart, by their way in the value of a part. */
export interface EntryIds {
	/** The same for what is one entry of the text. */
	of(part: number, path: readonly PropertyKey[]): string;
	/** The ways, from one to it, of entries that may be the same as one of the part before. */
	doubtsUnder(part: number, path: readonly PropertyKey[]): Array<readonly PropertyKey[]>;
	/** Where rows stand in the whole text that no part gives. */
	lost: Range[];
	/** Only its place says that it continues an entry of the part before. */
	isContinued(part: number, path: readonly PropertyKey[]): boolean;
}

/** Compares the lists of each part with those of the part before. */
export function entryIds(parts: readonly Contribution[], root: JsonSchema): EntryIds {
	const [ids, continued] = [new Map<string, string>(), new Set<string>()];
	const doubts = parts.map((): PropertyKey[][] => []);
	const keyOf = (part: number, path: readonly PropertyKey[]) => `${part}${jsonPointer(path)}`;
	const idOf = (key: string) => ids.get(key) ?? key;
	const seams: Seam[] = [];
	const starts = startsOf(parts);
	for (const [part, found] of neighbours(parts, root)) {
		seams.push({
			...found,
			starts: [starts[part - 1] ?? 0, starts[part] ?? 0],
			shared: parts[part]?.shared.length ?? 0,
		});
		for (const { a, b, isContinued } of found.pairs) {
			ids.set(keyOf(part, b.path), idOf(keyOf(part - 1, a.path)));
			if (isContinued) continued.add(keyOf(part, b.path));
		}
		doubts[part]?.push(...found.doubts.map(({ path }) => path));
	}
	return {
		of: (part, path) => idOf(keyOf(part, path)),
		doubtsUnder: (part, path) =>
			(doubts[part] ?? [])
				.filter((one) => path.every((key, at) => one[at] === key))
				.map((one) => one.slice(path.length)),
		lost: lostRanges(parts.map(({ own }) => own).join(''), seams),
		isContinued: (part, path) => continued.has(keyOf(part, path)),
	};
}

/** Where the text of each part begins, the shared one too. */
function startsOf(parts: readonly Contribution[]): number[] {
	let reached = 0;
	return parts.map(({ own, shared }) => {
		const start = reached - shared.length;
		reached += own.length;
		return start;
	});
}

/** By part, what each of its lists shares with that list of the part before. */
function* neighbours(
	parts: readonly Contribution[],
	root: JsonSchema,
): Generator<[part: number, found: SharedEntries]> {
	const lists = parts.map(({ value }) => listsIn({ value, schema: root, root, path: [] }));
	for (const [part, { shared, own }] of parts.entries()) {
		const before = parts[part - 1];
		if (!before) continue;
		for (const list of lists[part] ?? []) {
			const where = jsonPointer(list.path);
			const other = lists[part - 1]?.find(({ path }) => jsonPointer(path) === where);
			if (!other) continue;
			const earlier = { nodes: entryNodes(other), text: before.shared + before.own };
			const later = { nodes: entryNodes(list), text: shared + own };
			yield [part, sharedEntries(earlier, later, shared)];
		}
	}
}
