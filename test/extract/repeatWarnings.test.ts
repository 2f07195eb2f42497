import { mergeValues } from '../../core/extract/parts/merge';

interface Order {
	id: string | number;
	customer?: string | null;
	lines?: string[];
}

/** What two parts without an overlap give, and what is warned of. */
function warningsOf(...parts: Order[][]): string[] {
	const { value, warnings } = mergeValues(
		parts.map((orders, part) => ({
			value: { orders: orders.map((order) => ({ lines: [`row ${part}`], ...order })) },
			own: orders.map(({ id }) => `Order ${id}: row ${part}\n`).join(''),
			shared: '',
		})),
	);
	expect(value).toMatchObject({ orders: parts.flat() });
	return warnings.map((warning) => warning.replace(/:.*/, ''));
}

const MARKED = [
	...['Order 7 (continued)', 'Order 7 – cont’d', 'Order 7, cont.', 'Continued: Order 7'],
	...['order 7 Fortsetzung', 'Order 7 (Forts.)', 'Order 7 (suite)', 'Order 7 (continuación)'],
	...['Order 7（続き）', 'Order 7 续', 'Order 7 продолжение', 'Order 7 (계속)', 'Order 7 [segue]'],
];

test.each(MARKED)('%s is perhaps the record before it', (id) => {
	expect(warningsOf([{ id: 'Order 7' }, { id }])).toEqual(['maybe one /orders/1']);
	expect(warningsOf([{ id: 'Order 6' }, { id: 'Order 7' }], [{ id }, { id: 'Order 8' }])).toEqual([
		'maybe one /orders/2',
	]);
});

const UNMARKED = ['Order 7', 'Order 7 (2/3)', 'Order 7, page 2', '» Order 7', 'Order 7 (забытое)'];

test.each(UNMARKED)('%s is so where a later part begins with it', (id) => {
	const first = { id: 'Order 7', customer: 'Ada' };
	expect(warningsOf([first], [{ id, customer: null }])).toEqual(['maybe one /orders/1']);
	expect(warningsOf([{ id: 'Order 6' }], [first, { id }])).toEqual([]);
});

test.each(['Order 70', 'Order 17', 'Order 8', 'Order 7a', 'Ord'])('%s is another', (id) => {
	expect(warningsOf([{ id: 'Order 7' }], [{ id }])).toEqual([]);
});

test('what differs elsewhere is another, and so are records without lists', () => {
	const first = { id: 7, customer: 'Ada' };
	expect(warningsOf([first], [{ id: '7 (continued)', customer: 'Bob' }])).toEqual([]);
	expect(warningsOf([first], [{ id: '7 (continued)' }])).toEqual(['maybe one /orders/1']);
	const flat = [7, '7 (continued)'].map((id) => ({ value: [{ id }], own: `${id}`, shared: '' }));
	expect(mergeValues(flat).warnings).toEqual([]);
});
