import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { isSame } from '../../core/lib/isSame';
import { shareOf } from '../support/sweep';
import { openDice, type Dice } from './nestedLayouts';

/** A row below the heading of its group, which the text says once for several rows, and where its words stand. */
type Row = Record<'group' | 'item' | 'price', { value: string | number; from: number; to: number }>;

const GROUPS = ['Food', 'Rent', 'Travel', 'Office'];
const ITEMS = ['Lamp', 'Bread', 'Taxi', 'Paper', 'Blue Lamp'];

/** `@` stands for the group, `#` for another group, which is only mentioned. */
const LAYOUTS: Record<string, { head: string; row: string; foot?: string }> = {
	'groups above': { head: '## @\n', row: '- {item}: {price}\n' },
	'groups that rows mention': { head: '\n@:\n', row: '{item} (# desk) {price}\n' },
	'groups with totals': { head: '@\n', row: '  {item} {price}\n', foot: 'Total @ {sum}\n\n' },
	'totals alone': { head: '=== @ ===\n', row: '{item}\t{price}\n', foot: 'Total {sum}\n' },
	'numbered groups': { head: 'Customer @\n\n', row: '* {item}, {price}\n' },
};

function textOf(layout: string, dice: Dice): { text: string; rows: Row[] } {
	const { head, row, foot = '' } = LAYOUTS[layout] ?? { head: '', row: '' };
	let text = '';
	const rows: Row[] = [];
	for (let n = 0; n < 12; n += 1) {
		const heading = layout.startsWith('numbered') ? `No. ${n + 1}` : (GROUPS[n % 4] ?? '');
		const at = text.length + head.indexOf('@');
		text += head.replace('@', heading);
		const group = { value: heading, from: at, to: at + heading.length };
		let [item, price, sum] = ['', 0, 0];
		for (let left = 1 + dice.upTo(7); left > 0; left -= 1) {
			if (item === '' || dice.upTo(4) > 0) [item, price] = [dice.pick(ITEMS), dice.upTo(12) * 10];
			sum += price;
			const other = row.replace('#', GROUPS[dice.upTo(4)] ?? '');
			const [before = '', rest = ''] = other.split('{item}');
			const [between = '', after = ''] = rest.split('{price}');
			const from = text.length + before.length;
			const to = from + item.length + between.length;
			text += before + item + between + price.toFixed(2) + after;
			rows.push({
				group,
				item: { value: item, from, to: from + item.length },
				price: { value: price, from: to, to: to + price.toFixed(2).length },
			});
		}
		text += foot.replace('@', heading).replace('{sum}', sum.toFixed(2));
	}
	return { text, rows };
}

/** How a reader fills in a group that its part does not name. */
const UNSAID = { null: { group: null }, nothing: {}, 'empty text': { group: '' } };

function readRows(rows: readonly Row[], [from, to]: [number, number], unsaid: object) {
	return rows.flatMap(({ group, item, price }) => {
		const sees = (one: { from: number; to: number }) => one.from >= from && one.to <= to;
		if (!sees(item) || !sees(price)) return [];
		const own = { item: item.value, price: price.value };
		return [sees(group) ? { group: group.value, ...own } : { ...unsaid, ...own }];
	});
}

const SIZES = [
	[200, 60],
	[200, 90],
	[300, 100],
	[300, 140],
	[600, 200],
	[1000, 100],
] as const;

const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const counts = { runs: 0, right: 0 };
describe.each(Object.keys(LAYOUTS))('%s', (layout) => {
	test.each(Object.entries(UNSAID))('a group that a part does not say is %s', (_name, unsaid) => {
		const wrong: unknown[] = [];
		for (const [at, [size, overlap]] of SIZES.entries()) {
			for (const seed of shareOf(SEEDS, 3, at)) {
				const { text, rows } = textOf(layout, openDice(seed));
				const parts = chunkText(text, { size, overlap }).map((part) => ({
					value: { rows: readRows(rows, [part.start, part.start + part.text.length], unsaid) },
					...{ shared: part.text.slice(0, part.shared), own: part.text.slice(part.shared) },
				}));
				const { value, warnings } = mergeValues(parts);
				const isRight = isSame(withoutGroups(value), withoutGroups({ rows: plainRows(rows) }));
				const isFalse = groupsOf(value).some((one, at) => isOther(one, rows[at]));
				counts.runs += 1;
				counts.right += isRight ? 1 : 0;
				if (isRight ? isFalse : warnings.length === 0) wrong.push({ size, overlap, seed });
			}
		}
		expect(wrong).toEqual([]);
	});
});

test('nearly all rows stand once', () => {
	expect(counts.right / counts.runs).toBeGreaterThan(0.95);
});

const plainRows = (rows: readonly Row[]) => readRows(rows, [0, Infinity], {});
const rowsIn = (value: unknown): Array<Record<string, unknown>> =>
	JSON.parse(JSON.stringify(value)).rows;
const withoutGroups = (value: unknown) => rowsIn(value).map(({ item, price }) => [item, price]);
const groupsOf = (value: unknown) => rowsIn(value).map(({ group }) => group);
const isOther = (group: unknown, row: Row | undefined) =>
	Boolean(group) && group !== row?.group.value;
