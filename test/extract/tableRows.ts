import { listOf, number, objectOf, reads, refuses, text, type Row } from './readableRow';

const pricedRecords = listOf(objectOf({ name: text, price: number }));
const twoPriced = [
	{ name: 'A', price: 1 },
	{ name: 'B', price: 2 },
];

/** Records in a table of lists. */
export const TABLES: Row[] = [
	...reads(pricedRecords, [
		[
			[
				['name', 'price'],
				['A', 1],
				['B', 2],
			],
			twoPriced,
		],
		[
			[
				['Price', 'Name'],
				['1', 'A'],
				['2,00', 'B'],
			],
			twoPriced,
		],
		[
			{
				columns: ['name', 'price'],
				data: [
					['A', 1],
					['B', 2],
				],
			},
			twoPriced,
		],
		[
			{
				...{ columns: ['name', 'price'], index: [0, 1] },
				data: [
					['A', 1],
					['B', 2],
				],
			},
			twoPriced,
		],
	]),
	...refuses(pricedRecords, [
		[
			['A', 1],
			['B', 2],
		],
		[['name', 'price'], ['A'], ['B', 2]],
		[
			['name', 'price', 'note'],
			['A', 1, 'x'],
		],
		[
			['name', 'name'],
			['A', 'B'],
		],
		[['name', 'price']],
		[
			['name', 'price'],
			['A', 1],
			['Total', 1],
		],
		{ columns: ['name', 'price'], data: [['A', 1]], more: [['B', 2]] },
		{ columns: ['name', 'price'], data: [{ name: 'A', price: 1 }] },
		{ columns: ['name', 'price'], index: [3, 4], data: [['A', 1]] },
	]),
];

/** Keys that say the currency of their amount. */
export const CURRENCY_KEYS: Row[] = [
	...reads(objectOf({ name: text, price: number }), [
		[
			{ name: 'A', 'price (EUR)': 5 },
			{ name: 'A', price: 5 },
		],
		[
			{ name: 'A', 'Price [USD]': 5 },
			{ name: 'A', price: 5 },
		],
		[
			{ name: 'A', 'price (€)': '5,00' },
			{ name: 'A', price: 5 },
		],
		[
			{ name: 'EUR bond', 'price (EUR)': 5 },
			{ name: 'EUR bond', price: 5 },
		],
	]),
	...refuses(objectOf({ name: text, price: number }), [
		{ name: 'A', 'price (EUR)': 5, 'price (USD)': 6 },
		{ name: 'A', 'price (EUR)': 5, currency: 'USD' },
		{ name: 'A', 'price (EUR)': 5, 'tax (USD)': 1 },
		{ name: 'A', 'price (net)': 5 },
		{ name: 'A', 'price (kg)': 5 },
		{ name: 'A', 'price (in thousand EUR)': 5 },
	]),
];
