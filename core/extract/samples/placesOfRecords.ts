import { jsonPointer } from '../../jsonPointer';
import { groupBy } from '../../own';
import type { Evidence } from '../evidence/findEvidence';
import type { Leaf, LeafPlace, Span } from '../evidence/leaves';

/** A value of a record in a list, and where the text says it. */
interface Placed {
	pointer: string;
	field: string;
	/** What it could be mistaken for. */
	kind: string;
	span: Span;
}

/** By list, its records with what was found of them. */
function recordsOf(leaves: readonly LeafPlace[], evidence: Evidence): Placed[][][] {
	const placed = leaves.flatMap(({ path, leaf }) => {
		const at = path.findLastIndex((key) => typeof key === 'number');
		const pointer = jsonPointer(path);
		const span = evidence[pointer];
		if (at === -1 || at === path.length - 1 || !span) return [];
		const [list, record] = [path.slice(0, at), path.slice(0, at + 1)].map(jsonPointer);
		return [
			{
				list,
				record,
				one: { pointer, field: jsonPointer(path.slice(at + 1)), kind: kindOf(leaf), span },
			},
		];
	});
	const lists = [...groupBy(placed, ({ list }) => list).values()];
	return lists.map((list) =>
		[...groupBy(list, ({ record }) => record).values()].map((own) => own.map(({ one }) => one)),
	);
}

/** Nobody mistakes a name for a number. */
const kindOf = (leaf: Leaf) =>
	typeof leaf === 'string' ? (/\d/.test(leaf) ? 'code' : 'words') : typeof leaf;

/** Records further apart than this are not compared. */
const REACH = 3;

/**
 * Pointers of all values of two records if one value is in the place of the other's: swapped, each
 * would be closer to its own record. Which of its values belong elsewhere is not known.
 */
export function inOtherRecords(leaves: readonly LeafPlace[], evidence: Evidence): string[] {
	return recordsOf(leaves, evidence).flatMap((records) =>
		records.flatMap((record, at) =>
			records
				.slice(at + 1, at + 1 + REACH)
				.filter((other) => areExchanged(record, other))
				.flatMap((other) => [...record, ...other].map(({ pointer }) => pointer)),
		),
	);
}

function areExchanged(record: readonly Placed[], other: readonly Placed[]): boolean {
	return record.some((one) => {
		const same = other.find(({ field }) => field === one.field);
		if (!same || isSamePlace(one.span, same.span)) return false;
		const [mine, theirs] = [record, other].map((all) =>
			all.filter(({ field }) => field !== one.field),
		);
		const own = distance(one.span, mine) + distance(same.span, theirs);
		return distance(one.span, theirs) + distance(same.span, mine) < own;
	});
}

const isSamePlace = (a: Span, b: Span) => a.start === b.start && a.end === b.end;

/** Characters between a place and the nearest of some others. */
function distance({ start, end }: Span, others: readonly Placed[] = []): number {
	const gaps = others.map(({ span }) => Math.max(0, span.start - end, start - span.end));
	return gaps.length === 0 ? 0 : Math.min(...gaps);
}

/**
 * Pointers of two values of one kind whose order in a record differs from that in most records of its
 * list. If there are only two records, it is not known which one is right.
 */
export function outOfOrder(leaves: readonly LeafPlace[], evidence: Evidence): string[] {
	return recordsOf(leaves, evidence).flatMap((records) => {
		const pairs = records.flatMap(pairsOf);
		return [...groupBy(pairs, ({ fields }) => fields).values()].flatMap((same) => {
			const first = same.filter(({ isFirst }) => isFirst).length;
			const isOdd = ({ isFirst }: Pair) =>
				(isFirst ? first : same.length - first) * 2 <= same.length;
			const isMixed = first > 0 && first < same.length;
			return isMixed ? same.filter(isOdd).flatMap(({ pointers }) => pointers) : [];
		});
	});
}

interface Pair {
	fields: string;
	/** Whether the first of the two fields comes first. */
	isFirst: boolean;
	pointers: string[];
}

function pairsOf(record: readonly Placed[]): Pair[] {
	const sorted = record.toSorted((a, b) => (a.field < b.field ? -1 : 1));
	return sorted.flatMap((a, at) =>
		sorted.slice(at + 1).flatMap((b) => {
			if (a.kind !== b.kind || isSamePlace(a.span, b.span)) return [];
			const isFirst = a.span.start < b.span.start;
			return [{ fields: `${a.field} ${b.field}`, isFirst, pointers: [a.pointer, b.pointer] }];
		}),
	);
}
