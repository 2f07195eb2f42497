import { seededRandom } from '../../core/evaluate/statistics';
import type { ChatBody, Reply } from '../../gateway';

/** Invoices in six languages with their right answers, the same for the same seed. */
export type Invoice = {
	id: string;
	text: string;
	expected: {
		number: string;
		date: string;
		supplier: string;
		currency: string;
		total: number;
		lines: Array<{ name: string; quantity: number; price: number }>;
	};
};

type Form = [
	...[language: string, invoice: string, date: string, from: string, total: string],
	decimal: string,
];

const FORMS: Form[] = [
	['en', 'Invoice', 'Date', 'From', 'Total', '.'],
	['de', 'Rechnung', 'Datum', 'Von', 'Summe', ','],
	['fr', 'Facture', 'Date', 'De', 'Total', ','],
	['es', 'Factura', 'Fecha', 'De', 'Total', ','],
	['it', 'Fattura', 'Data', 'Da', 'Totale', ','],
	['nl', 'Factuur', 'Datum', 'Van', 'Totaal', ','],
];
const SUPPLIERS = [
	'Aare Papier',
	'Brüder Lem',
	'Café Dorée',
	'Niño y Cía',
	'Forno Rossi',
	'De Vries',
];
const GOODS = ['Tea', 'Coffee', 'Paper', 'Ink', 'Lamp', 'Chair', 'Desk', 'Cable', 'Phone', 'Book'];

export function invoices(count: number, seed = 21): Invoice[] {
	const random = seededRandom(seed);
	const any = (most: number) => Math.floor(random() * most);
	return Array.from({ length: count }, (_, n) => {
		const form = FORMS[n % FORMS.length] ?? FORMS[0];
		const start = any(GOODS.length);
		const lines = Array.from({ length: 1 + any(3) }, (_line, at) => ({
			name: GOODS[(start + at) % GOODS.length] ?? '',
			quantity: 1 + any(9),
			price: (100 + any(90_000)) / 100,
		}));
		const total = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
		const expected = {
			number: `${(form?.[0] ?? '').toUpperCase()}-${1000 + n}`,
			date: `2026-${String(1 + any(12)).padStart(2, '0')}-${String(13 + any(15)).padStart(2, '0')}`,
			supplier: SUPPLIERS[any(SUPPLIERS.length)] ?? '',
			currency: n % 6 === 0 ? 'USD' : 'EUR',
			total: Math.round(total * 100) / 100,
			lines,
		};
		return { id: `${form?.[0]}-${n}`, text: textOf(expected, form ?? FORMS[0]), expected };
	});
}

function textOf(invoice: Invoice['expected'], form: Form | undefined): string {
	const [, title, date, from, total, decimal] = form ?? [
		'en',
		'Invoice',
		'Date',
		'From',
		'Total',
		'.',
	];
	const money = (amount: number) => amount.toFixed(2).replace('.', decimal ?? '.');
	const [year, month, day] = invoice.date.split('-');
	return [
		`${title} ${invoice.number}`,
		`${date}: ${day}.${month}.${year}`,
		`${from}: ${invoice.supplier}`,
		...invoice.lines.map(({ name, quantity, price }) => `${quantity} x ${name} à ${money(price)}`),
		`${total}: ${money(invoice.total)} ${invoice.currency}`,
	].join('\n');
}

export const INVOICE_SCHEMA = {
	type: 'object',
	properties: {
		number: { type: 'string' },
		date: { type: 'string', format: 'date' },
		supplier: { type: 'string' },
		currency: { type: 'string' },
		total: { type: 'number' },
		lines: {
			type: 'array',
			items: {
				type: 'object',
				properties: {
					name: { type: 'string' },
					quantity: { type: 'number' },
					price: { type: 'number' },
				},
				required: ['name', 'quantity', 'price'],
			},
		},
	},
	required: ['number', 'date', 'supplier', 'currency', 'total', 'lines'],
};

/** What a model makes of the right answer to the n-th invoice. */
export type Mistakes = (expected: Invoice['expected'], n: number) => unknown;

/** A gateway's script: each model answers every invoice, with its own mistakes. */
export function invoiceModel(list: readonly Invoice[], mistakes: Record<string, Mistakes>) {
	return (body: ChatBody): Reply => {
		const said = JSON.stringify(body.messages);
		const n = list.findIndex(({ expected }) => said.includes(`${expected.number}\\n`));
		const found = list[n];
		const change = mistakes[body.model] ?? ((expected: unknown) => expected);
		if (!found) return { status: 400 };
		const answer = change(structuredClone(found.expected), n);
		if (answer === undefined) return { status: 400, error: { message: 'no' } };
		return {
			toolCalls: [{ name: 'save_extraction', arguments: JSON.stringify(answer) }],
			usage: { promptTokens: 400, completionTokens: 100, totalTokens: 500 },
		};
	};
}
