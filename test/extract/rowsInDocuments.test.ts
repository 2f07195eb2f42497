import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { isSame } from '../../core/lib/isSame';
import { shareOf } from '../support/sweep';
import { openDice, type Dice } from './nestedLayouts';
import { newRecord, openWriter, readTruly, wholeOf, type NestedText } from './nestedTexts';

/** A row with `@` for its name, count and amount, and what a document writes around its rows. */
interface Document {
	row: string;
	names: readonly string[];
	/** Before each page, table or letter of so many rows. */
	head: string;
	foot?: string;
	rows: number;
	/** Later pages give the rows of the first one again. */
	isRepeated?: true;
}

const GOODS = ['Lamp', 'Blue Lamp', 'Chair', 'Desk'];

const DOCUMENTS: Record<string, Document> = {
	'a bank statement of several pages': {
		...{ row: '@   x@   @ EUR\n', names: ['Rent', 'Card 4711', 'Salary', 'Fee'], rows: 9 },
		head: 'Booking   No   Amount\n-----------------\n',
		foot: 'Carried forward\n\f',
	},
	'two tables with one header': {
		...{ row: '@;@;@\n', names: GOODS, rows: 14, head: '\nItem;Count;Total\n', isRepeated: true },
	},
	'Markdown tables with equal rows': {
		...{ row: '| @ | @ | @ |\n', names: GOODS, rows: 8, isRepeated: true, foot: '\n' },
		head: '| Item | Count | Total |\n| --- | --- | --- |\n',
	},
	'quoted letters': {
		...{ row: '> - @, @ pieces, @\n', names: GOODS, rows: 6, isRepeated: true },
		head: '\nOn Monday, Ada wrote:\n>\n',
	},
	'a chat log': {
		...{ row: '[10:15] @: @ pieces, @ EUR\n', names: ['Ada', 'Bob', 'Cy'], rows: 10 },
		head: '--- next day ---\n',
	},
	'lab results': {
		...{ row: '@\t@ mmol/l\t@\n', names: ['Glucose', 'Sodium', 'Uric acid'], rows: 8 },
		head: '\nPatient A\nTest\tResult\tLimit\n',
	},
	'a parts list of Hebrew': {
		...{ row: '• @ – @ יח׳ – @ ₪\n', names: ['מנורה', 'כיסא', 'שולחן'], rows: 9, head: 'רשימה\n' },
	},
	'Japanese without spaces': {
		...{
			row: '品名@、数量@、価格@円。',
			names: ['椅子', '机', '大きい机'],
			rows: 20,
			head: '明細。',
		},
	},
	'a timetable': {
		...{ row: 'Bus to @  platform @  @ min\n', names: ['North', 'Old Town', 'Port'], rows: 7 },
		head: 'Weekdays\n\n',
		foot: '\n',
	},
	'blocks of keys and values': {
		...{ row: 'Part: @\nCount: @\nPrice: @\n\n', names: GOODS, rows: 5, head: '# Delivery\n\n' },
	},
};

function textOf(name: string, dice: Dice): NestedText {
	const document = DOCUMENTS[name];
	if (!document) throw new Error(name);
	const { row, names, head, foot = '', rows, isRepeated } = document;
	const [start = '', afterName = '', afterCount = '', end = ''] = row.split('@');
	const writer = openWriter();
	const records: NestedText['records'] = [];
	const page = Array.from({ length: rows }, () => valuesOf(names, dice));
	for (let at = 0; at < 4; at += 1) {
		const values = isRepeated || at === 0 ? page : page.map(() => valuesOf(names, dice));
		const heading = newRecord();
		writer.write(heading, head);
		for (const { item, count, total } of values) {
			const record = newRecord();
			records.push(record);
			writer.write(record, start, { key: 'item', value: item }, afterName);
			writer.write(record, { key: 'count', value: count }, afterCount);
			writer.write(record, { key: 'total', value: total, as: total.toFixed(2) }, end);
		}
		writer.write(heading, foot);
	}
	return { text: writer.text(), list: 'rows', records };
}

function valuesOf(names: readonly string[], dice: Dice) {
	return {
		item: dice.pick(names),
		count: 1 + dice.upTo(4),
		total: (1 + dice.upTo(15)) * 10 + 0.5,
	};
}

const SIZES = [
	[200, 0],
	[200, 60],
	[260, 110],
	[400, 100],
	[700, 200],
] as const;

const SEEDS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const counts = { runs: 0, right: 0 };
test.each(Object.keys(DOCUMENTS))('%s: every row once, or a warning', (name) => {
	const wrong: unknown[] = [];
	for (const [at, [size, overlap]] of SIZES.entries()) {
		for (const seed of shareOf(SEEDS, 4, at)) {
			const document = textOf(name, openDice(seed));
			const parts = chunkText(document.text, { size, overlap }).map(({ text, start, shared }) => ({
				value: readTruly(document, [start, start + text.length], 'whole'),
				...{ shared: text.slice(0, shared), own: text.slice(shared) },
			}));
			const { value, warnings } = mergeValues(parts);
			const isRight = isSame(value, wholeOf(document));
			counts.runs += 1;
			counts.right += isRight ? 1 : 0;
			if (!isRight && warnings.length === 0) wrong.push({ size, overlap, seed });
		}
	}
	expect(wrong).toEqual([]);
});

test('nearly all are right', () => {
	expect(counts.right / counts.runs).toBeGreaterThan(0.95);
});
