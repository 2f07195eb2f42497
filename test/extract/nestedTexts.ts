/** Texts of nested records, and readers that tell exactly what a part of such a text says. */

export type Plain = Record<string, unknown>;

/** A field of a record, and where the text says it. */
interface Said {
	key: string;
	value: string | number;
	from: number;
	to: number;
}

/** A record as it stands in a text. */
export interface SaidRecord {
	fields: Said[];
	lists: Record<string, SaidRecord[]>;
	/** It is a plain value: the one field that it has. */
	isPlain: boolean;
}

export interface NestedText {
	text: string;
	list: string;
	records: SaidRecord[];
}

/** What a layout writes: text as it is, or the value of a field. */
type Piece = string | { key: string; value: string | number; as?: string };

export interface Writer {
	write(record: SaidRecord, ...pieces: Piece[]): void;
	text(): string;
}

export function openWriter(): Writer {
	let text = '';
	return {
		text: () => text,
		write(record, ...pieces) {
			for (const piece of pieces) {
				if (typeof piece === 'string') {
					text += piece;
					continue;
				}
				const words = piece.as ?? String(piece.value);
				const { key, value } = piece;
				record.fields.push({ key, value, from: text.length, to: text.length + words.length });
				text += words;
			}
		},
	};
}

export function newRecord(lists: readonly string[] = [], isPlain = false): SaidRecord {
	return { fields: [], isPlain, lists: Object.fromEntries(lists.map((name) => [name, []])) };
}

/**
 * How a model reads a part: `whole` leaves out all that is cut, `headed` gives a record whose first
 * field it sees with what it sees of it, `all` gives entries also where it sees no field of their
 * record, as nulls or not at all.
 */
export type Habit = 'whole' | 'headed' | 'nulls' | 'gaps';
export const HABITS = ['whole', 'headed', 'nulls', 'gaps'] as const;

type Range = readonly [from: number, to: number];

/** What a model that reads truly gives for a part of the text. */
export function readTruly({ list, records }: NestedText, part: Range, habit: Habit): Plain {
	return { [list]: records.flatMap((record) => readRecord(record, part, habit)) };
}

function readRecord(record: SaidRecord, part: Range, habit: Habit): unknown[] {
	const { fields, lists, isPlain } = record;
	const sees = ({ from, to }: Said) => from >= part[0] && to <= part[1];
	const names = Object.keys(lists);
	const isWhole = fieldsUnder(record).every(sees);
	if (isPlain) return isWhole ? [fields[0]?.value] : [];
	if ((names.length === 0 || habit === 'whole') && !isWhole) return [];
	if (habit === 'headed' && !fields.slice(0, 1).every(sees)) return [];
	const inner = names.map((name): [string, unknown[]] => [
		name,
		(lists[name] ?? []).flatMap((one) => readRecord(one, part, habit)),
	]);
	if (!fields.some(sees) && inner.every(([, entries]) => entries.length === 0)) return [];
	const own = fields.flatMap((field): Array<[string, unknown]> => {
		if (sees(field)) return [[field.key, field.value]];
		return habit === 'gaps' ? [] : [[field.key, null]];
	});
	return [Object.fromEntries([...own, ...inner])];
}

function fieldsUnder({ fields, lists }: SaidRecord): Said[] {
	return [...fields, ...Object.values(lists).flat().flatMap(fieldsUnder)];
}

/** All that the text says. */
export function wholeOf(nested: NestedText): Plain {
	return readTruly(nested, [0, nested.text.length], 'whole');
}
