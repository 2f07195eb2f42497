import { extract } from '../../core';
import { placesSteps } from '../../core/extract/evidence/findEvidence';
import { misplacedWarnings } from '../../core/extract/evidence/placesOfRecords';
import { inOneGo } from '../../core/lib/steps';
import { INVOICE_SCHEMA, invoices, type Invoice } from '../evaluate/invoices';
import { openGateway } from '../support/openGateway';
import { LANGUAGES, LAYOUTS, WORDS, type Row } from './rowLayouts';
import { rowsOf, textOfRows } from './rowTexts';

/** Values that stand beside those of another record are named; right ones never are. */

function warningsOf(value: unknown, text: string, schema: object = {}): string[] {
	const places = inOneGo(placesSteps(value, text));
	return inOneGo(misplacedWarnings(value, places, { ...schema }));
}

const list = invoices(150);
const FIELDS = ['item', 'date', 'count', 'total'] as const;
const withoutClass = (rows: readonly Row[]) => rows.map(({ class: _class, ...row }) => row);

/** Rows of which each value stands in one place. */
const distinct = (items: readonly string[]): Row[] =>
	items.map((item, at) => ({
		...{ item: `${item}${at}x`, date: `2026-0${at + 1}-1${at + 3}` },
		...{ count: 31 + at, total: 400.5 + 7 * at, class: 'small' },
	}));

describe.each(Object.keys(LAYOUTS))('rows as %s', (layout) => {
	test.each(LANGUAGES)('right ones are not named, exchanged ones are: %s', (language) => {
		for (const count of [3, 8, 30]) {
			const rows = rowsOf(language, count, 1);
			const text = textOfRows(rows, { layout, language });
			expect(warningsOf({ rows: withoutClass(rows) }, text)).toEqual([]);
		}
		const rows = distinct(WORDS[language].items);
		const text = textOfRows(rows, { layout, language });
		expect(warningsOf({ rows: withoutClass(rows) }, text)).toEqual([]);
		const missed = FIELDS.filter((field) => {
			const changed = withoutClass(rows);
			const [a, b] = [changed[1], changed[2]];
			if (a && b) changed.splice(1, 2, { ...a, [field]: b[field] }, { ...b, [field]: a[field] });
			return !warningsOf({ rows: changed }, text).some((words) => /\/rows\/[12]\b/.test(words));
		});
		// A comma between two numbers makes one of them: neither has a place.
		expect(missed).toEqual(layout === 'csv' ? ['count', 'total'] : []);
	});
});

type Value = Invoice['expected'];
const exchange: Record<string, (value: Value) => void> = {
	'prices of two lines': ({ lines: [a, b] }) => {
		if (a && b) [a.price, b.price] = [b.price, a.price];
	},
	'names of two lines': ({ lines: [a, b] }) => {
		if (a && b) [a.name, b.name] = [b.name, a.name];
	},
	'price and quantity of a line': ({ lines: [, b] }) => {
		if (b) [b.price, b.quantity] = [b.quantity, b.price];
	},
};

test('the values of an invoice are never named where they are right', () => {
	expect(list.flatMap(({ text, expected }) => warningsOf(expected, text))).toEqual([]);
});

test.each(Object.entries(exchange))('of invoices, %s', (name, change) => {
	const known = list.filter(({ expected: { lines } }) => lines.length > 1);
	const named = known.filter(({ text, expected }) => {
		const value = structuredClone(expected);
		change(value);
		return warningsOf(value, text).length > 0;
	});
	// A small number stands in several places, and then nobody knows which one is meant.
	const least = name.startsWith('price and') ? 0.3 : 1;
	expect(named.length).toBeGreaterThanOrEqual(least * known.length);
});

test('what is chosen has no place, and of many only the first are told', () => {
	const rows = Array.from({ length: 20 }, (_none, at) => ({ id: `A-${1000 + at}`, kind: 'b' }));
	const text = rows.map(({ id }, at) => `${id} is of kind ${at % 2 ? 'b' : 'a'}`).join('\n');
	const kind = { enum: ['a', 'b'] };
	const properties = { rows: { items: { properties: { kind } } } };
	expect(warningsOf({ rows }, text, { properties })).toEqual([]);
	const swapped = rows.map((row, at) => ({ ...row, price: 700.25 + (at ^ 1) }));
	const priced = rows.map(({ id }, at) => `${id} costs ${700.25 + at}`).join('\n');
	const words = warningsOf({ rows: swapped }, priced);
	expect(words).toHaveLength(6);
	expect(words[0]).toMatch(/^misplaced \/rows\/0, \/rows\/1: /);
	expect(words.at(-1)).toMatch(/^misplaced: and \d+ more$/);
});

test('an extraction with evidence warns, and one without does not', async () => {
	const found = list.find(({ expected: { lines } }) => lines.length === 3);
	const value = structuredClone(found?.expected);
	if (value) exchange['prices of two lines']?.(value);
	const call = { name: 'save_extraction', arguments: JSON.stringify(value) };
	const { client } = await openGateway(() => ({ toolCalls: [call] }));
	const ask = async (evidence: boolean) =>
		await extract(client, { text: found?.text, schema: INVOICE_SCHEMA, evidence });
	expect((await ask(false)).warnings).toEqual([]);
	expect((await ask(true)).warnings).toContain(
		'misplaced /lines/0, /lines/1: in the text, a value of each is next to the other',
	);
});

test('any number of rows in another order is named', () => {
	const rows = Array.from({ length: 130_000 }, (_, at) => ({ a: `x${at}`, b: `y${at}` }));
	const spanAt = (start: number) => ({ start, end: start + 1, quote: '', score: 1 });
	const evidence = Object.fromEntries(
		rows.flatMap((_row, at) => {
			const [a, b] = at % 2 === 0 ? [0, 2] : [2, 0];
			return [
				[`/${at}/a`, spanAt(at * 4 + a)],
				[`/${at}/b`, spanAt(at * 4 + b)],
			];
		}),
	);
	const places = { evidence, only: new Set(Object.keys(evidence)) };
	const warnings = inOneGo(misplacedWarnings(rows, places, {}));
	expect(warnings.at(-1)).toMatch(/^misplaced: and \d{5,6} more$/);
});
