import { findAll, findDates, findIdentifiers, nearest, findNumbers } from './candidates';
import { labelOf, type Field, type JsonSchema } from './field';
import { findPhrase } from './phrases';
import {
	findCurrency,
	isCurrency,
	labelledValue,
	spaced,
	stem,
	isMoney,
	moodOf,
	wordsOf,
} from './words';

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const URL_PATTERN = /https?:\/\/[^\s"'<>)]*[^\s"'<>).,;]/g;
const PLAIN_NUMBER = /(?<=#\s?)\w+|(?<![\w.,-])\d{3,}(?![\w.,-]*\d)/g;
const IDENTIFIER_NAME = /\b(id|number|no|order|invoice|ref|reference|sku|ticket|code)$/i;

type Kind = 'date' | 'email' | 'url' | 'currency' | 'identifier' | 'text';

function kindOf({ format }: JsonSchema, field: Field): Kind {
	const name = spaced(field.name);
	if (format === 'date' || format === 'date-time' || /\bdate$/i.test(name)) return 'date';
	if (format === 'email' || /\be-?mail/i.test(name)) return 'email';
	if (format === 'uri' || /\b(url|link|website)$/i.test(name)) return 'url';
	if (isCurrency(name)) return 'currency';
	if (/phone|zip|postal|house/i.test(name)) return 'text';
	const identifies = IDENTIFIER_NAME.test(name) || /\b(id|identifier)\b/i.test(field.description);
	return identifies ? 'identifier' : 'text';
}

/** A text for the field, of the kind that its name and format ask for. */
export function findText(schema: JsonSchema, field: Field, text: string): string | undefined {
	const label = labelOf(field);
	switch (kindOf(schema, field)) {
		case 'date': {
			const date = pick(findDates(text), field, text);
			return date && schema.format === 'date-time' ? `${date}T00:00:00Z` : date;
		}
		case 'email':
			return pick(findAll(text, EMAIL), field, text);
		case 'url':
			return pick(findAll(text, URL_PATTERN), field, text);
		case 'currency':
			return findCurrency(text);
		case 'identifier':
			return (
				pick(identifiersFor(field, text), field, text) ??
				nearest(text, findAll(text, PLAIN_NUMBER), label) ??
				labelledValue(text, label)
			);
		case 'text':
			return labelledValue(text, label) ?? findPhrase(field, text);
	}
}

/** Every text of that kind, for a list. */
export function findTexts(schema: JsonSchema, field: Field, text: string): string[] {
	const singular = { ...field, name: field.name.replace(/s$/i, '') };
	const kind = kindOf(schema, singular);
	if (kind === 'date') return findDates(text).map(({ value }) => value);
	if (kind === 'email') return findAll(text, EMAIL).map(({ value }) => value);
	if (kind === 'url') return findAll(text, URL_PATTERN).map(({ value }) => value);
	const identifiers = kind === 'identifier' ? findIdentifiers(text) : [];
	if (identifiers.length > 0) return identifiers.map(({ value }) => value);
	const list = labelledValue(text, labelOf(field)) ?? '';
	const items = list.split(/,\s*(?:and\s+)?|;\s*|\s+and\s+/).map((item) => item.trim());
	return items.filter(Boolean);
}

const OWNER = /\b(order|invoice|customer|ticket|product|article|item|user|account)\W*$/i;

/** Keeps "order A-1042" from being taken for a customer's number. */
function identifiersFor(field: Field, text: string): Found {
	const label = labelOf(field);
	return findIdentifiers(text).filter(({ start }) => {
		const owner = OWNER.exec(text.slice(Math.max(0, start - 20), start))?.[1];
		return (
			!owner || label.has(stem(owner)) || !OWNER.test(spaced(field.name).replace(LAST_WORD, ''))
		);
	});
}
const LAST_WORD = /(?<=\w) (id|number|no|ref|reference|code)$/i;

type Found = ReturnType<typeof findAll>;

/** The one with a label; without a label, the only one, or the first if the field is required. */
function pick(found: Found, field: Field, text: string): string | undefined {
	const labelled = nearest(text, found, labelOf(field));
	if (labelled !== undefined) return labelled;
	return field.required || found.length === 1 ? found[0]?.value : undefined;
}

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

/** True unless a "no" comes before the field's own word. */
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

/** The option that the text names; if it names several, the one nearest to the field's label. */
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
