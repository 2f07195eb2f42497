import { findAll, findNumbers } from './candidates';
import { labelOf, type Field } from './field';
import { findCurrency, isMoney } from './findCurrency';
import { labelledValue } from './labelled';
import { nearest } from './nearest';
import { moodOf } from './mood';
import { spaced, wordsOf } from './words';

const MONEY_NAME = /price|cost|amount|total|sum|fee|budget/i;

export function findNumber(field: Field, text: string, whole: boolean): number | undefined {
	const all = findNumbers(text).filter(({ value }) => !whole || Number.isInteger(value));
	const money = all.filter(({ start, end }) => isMoney(text, start, end));
	const isMoneyField = MONEY_NAME.test(spaced(field.name));
	const candidates = isMoneyField && money.length > 0 ? money : all;
	const labelled = nearest(text, candidates, labelOf(field));
	if (labelled !== undefined) return labelled;
	// Operands have no label: "17 plus 25" gives `a` and `b` in turn.
	const turn = /^[a-z]$/i.test(field.name) ? OPERANDS.indexOf(field.name.toLowerCase()) : 0;
	const sole = candidates.length === 1 && (!isMoneyField || money.length === 1);
	if (turn > 0 || (turn === 0 && field.name.length === 1)) return all[turn % 2]?.value;
	return field.required && sole ? candidates[0]?.value : undefined;
}
const OPERANDS = 'abxymn';

export function findNumberList(field: Field, text: string): number[] {
	const list = labelledValue(text, labelOf(field));
	return findNumbers(list ?? text).map(({ value }) => value);
}

/** Yes unless a "no" stands before the field's own word. */
export function findBoolean(field: Field, text: string): boolean | undefined {
	const label = labelOf({ ...field, description: '' });
	const value = labelledValue(text, label);
	if (value && /^(yes|true|no|false)\b/i.test(value)) return /^(yes|true)/i.test(value);
	const word = wordsOf(text).find(({ stem }) => (label.get(stem) ?? 0) >= 1);
	if (!word) return undefined;
	return !/\b(not|no|never|without|un)\b|n't/i.test(
		text.slice(Math.max(0, word.start - 25), word.start),
	);
}

/** The option that the text names, nearest to the field's label when it names several. */
export function findOption(options: unknown[], field: Field, text: string): unknown {
	const currency = findCurrency(text);
	if (options.includes(currency)) return currency;
	const found = options.flatMap((option) => placesOf(option, text));
	const labelled = nearest(text, found, labelOf(field));
	return labelled ?? found[0]?.value ?? moodOf(text, options);
}

export function findOptions(options: unknown[], text: string): unknown[] {
	return options.filter((option) => placesOf(option, text).length > 0);
}

function placesOf(option: unknown, text: string) {
	if (typeof option !== 'string' && typeof option !== 'number') return [];
	const words = spaced(String(option))
		.replace(/[^\p{L}\p{N} ]/gu, '.')
		.replaceAll(' ', '[\\s_-]+');
	const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'giu');
	return findAll(text, pattern).map((place) => ({ ...place, value: option }));
}
