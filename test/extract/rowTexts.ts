import { chunkText } from '../../core/extract/parts/chunk';
import { mergeValues } from '../../core/extract/parts/merge';
import { LAYOUTS, ODD_LAYOUTS, WORDS, type Language, type Layout, type Row } from './rowLayouts';

const ALL: Record<string, Layout> = { ...LAYOUTS, ...ODD_LAYOUTS };

/** Rows of few different values, some right behind an equal one and some far from it. */
export function rowsOf(language: Language, count: number, seed: number): Row[] {
	const random = randoms(seed);
	const { items } = WORDS[language];
	const pick = (most: number) => Math.floor(random() * most);
	const rows: Row[] = [];
	for (let n = 0; n < count; n += 1) {
		const again = random() < 0.3 ? rows[n - 1 - pick(Math.min(3, n))] : undefined;
		const amount = pick(4) + 1;
		rows.push(
			again ?? {
				item: items[pick(items.length)] ?? '',
				date: `2026-0${pick(3) + 1}-1${pick(5)}`,
				...{ count: amount, total: (pick(20) + 1) * 10 + 0.5 },
				class: amount > 2 ? 'large' : 'small',
			},
		);
	}
	return rows;
}

function randoms(seed: number): () => number {
	let state = seed * 2654435761 + 12345;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

interface Kind {
	layout: string;
	language: Language;
}

/** The rows as a text. */
export function textOfRows(rows: readonly Row[], { layout, language }: Kind): string {
	const { row = '', head = '', foot = '', between = '' } = ALL[layout] ?? {};
	const lines = rows.map((one, n) =>
		withLabels(row, language).replace(/\{(item|date|count|total|n)\}/g, (_all, key: string) =>
			written(one, key, { language, n }),
		),
	);
	return withLabels(head, language) + lines.join(between) + withLabels(foot, language);
}

function written(row: Row, key: string, { language, n }: { language: Language; n: number }) {
	const { date, total } = WORDS[language];
	const [year = '', month = '', day = ''] = row.date.split('-');
	if (key === 'date') return date(year, month, day);
	if (key === 'total') return total(Math.round(row.total * 100));
	if (key === 'n') return String(n + 1001);
	return key === 'item' ? row.item : String(row.count);
}

function withLabels(template: string, language: Language): string {
	const { labels, filler } = WORDS[language];
	return ['Item', 'Date', 'Count', 'Total']
		.reduce((text, label, at) => text.replaceAll(`{${label}}`, labels[at] ?? ''), template)
		.replaceAll('{filler}', filler);
}

/** Reads the rows that stand whole in a text, as a careful reader does. */
export function rowReader({ layout, language }: Kind): (text: string) => Row[] {
	const [row = ''] = (ALL[layout]?.row ?? '').split(/(?<=\n)\n?\{filler\}/);
	const { items, date } = WORDS[language];
	const values: Record<string, string> = {
		item: `(?<item>${items.toSorted((a, b) => b.length - a.length).join('|')})`,
		date: `(?<date>${date('\\d{4}', '00', '00')
			.replaceAll(/(?<!\\d\{)0{1,2}/g, '\\d{1,2}')
			.replaceAll('.', '\\.')})`,
		...{ count: '(?<count>\\d+)', total: '(?<total>\\d+[.,]\\d\\d)', n: '\\d{4}' },
	};
	const source = withLabels(row, language)
		.split(/\{(item|date|count|total|n)\}/)
		.map((piece, at) => (at % 2 ? values[piece] : escaped(piece)))
		.join('');
	// The end of the last row may lack its white space, but a row begins at its border.
	const isLine = /\n$/.test(row);
	const pattern = new RegExp(
		`${isLine ? '^' : '(?<![\\p{L}\\d])'}${source.replace(/(?:\\r|\\n|\n|\r|\s)+$/, '(?=\\s|$)')}`,
		'gmu',
	);
	return (text) => [...text.matchAll(pattern)].map(({ groups = {} }) => toRow(groups));
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function toRow({ item = '', date = '', count, total = '' }: Record<string, string>): Row {
	const [a = '', b = '', c = ''] = date.match(/\d+/g) ?? [];
	const [year, month, day] = a.length === 4 ? [a, b, c] : [c, b, a];
	return {
		item,
		date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
		...{ count: Number(count), total: Number(total.replace(',', '.')) },
		class: Number(count) > 2 ? 'large' : 'small',
	};
}

interface InParts {
	layout: string;
	language: Language;
	size: number;
	overlap: number;
}

/** The rows of a text as a careful reader reads them in parts, merged. */
export function readInParts(rows: readonly Row[], { layout, language, size, overlap }: InParts) {
	const text = textOfRows(rows, { layout, language });
	const read = rowReader({ layout, language });
	const parts = chunkText(text, { size, overlap }).map((part) => ({
		value: { rows: read(part.text) },
		...{ shared: part.text.slice(0, part.shared), own: part.text.slice(part.shared) },
	}));
	return mergeValues(parts);
}
