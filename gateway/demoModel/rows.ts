import { toNumber } from './candidates';
import { spaced } from './words';

/** A line such as "3 x Desk lamp at 24.50 EUR". */
export interface Row {
	text: string;
	quantity: number;
	description: string;
	price: number | undefined;
}

const PRICE = String.raw`(?:,|;|:|@|\s(?:at|for|à|-|–)\s)\s*(?:[A-Z]{3}\s|[€$£]\s?)?(?<price>\d(?:[\d.,]*\d)?)`;
const END = String.raw`(?=\s*(?:[\n,;.]|$|\sand\s+\d))`;
const ROW = new RegExp(
	String.raw`(?<![\w.,-])(?<quantity>\d+)\s*[x×]\s+(?<description>[^\n,;]+?)\s*(?:${PRICE}|${END})`,
	'gu',
);

export function findRows(text: string): Row[] {
	const found = [...text.matchAll(ROW)];
	return found.map((match, index) => {
		const { quantity = '', description = '', price } = match.groups ?? {};
		const end = found[index + 1]?.index ?? text.length;
		return {
			text: text.slice(match.index, end).split('\n')[0] ?? '',
			quantity: Number(quantity),
			description: description.trim(),
			price: price === undefined ? undefined : toNumber(price),
		};
	});
}

/** What the row holds for a field of this name and type. */
export function rowValue(name: string, type: unknown, row: Row): string | number | undefined {
	const words = spaced(name);
	if (type === 'number' || type === 'integer') {
		if (/price|cost|rate|each|amount/i.test(words)) return row.price;
		return /quantity|qty|units|pieces|\bcount|number/i.test(words) ? row.quantity : undefined;
	}
	const speaks = type === 'string' && /desc|name|item|product|title|article|label/i.test(words);
	return speaks ? row.description : undefined;
}

/** Bullets, or lines that hold an identifier each: the rows of anything else. */
export function listLines(text: string): string[] {
	const lines = text.split('\n');
	const bullets = lines.filter((line) => /^\s*(?:[-*•]|\d+[.)])\s+\S/.test(line));
	if (bullets.length > 0) return bullets;
	const identified = lines.filter((line) => /\b[A-Z]+-\d/.test(line));
	return identified.length > 1 ? identified : [];
}
