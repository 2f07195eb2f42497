import { groupBy } from '../../groupBy';
import { isRecord } from '../../isRecord';
import { jsonPointer } from '../../jsonPointer';
import { nearestName } from '../../nearestName';
import type { JsonSchema } from '../../schema/jsonSchema';
import { isCurrency } from '../../read/amounts';
import { keyForm, wordForm, wordsIn } from './keyForm';
import { droppedAt, step, trialOf, type Place } from './place';
import { takes } from './takes';

export type Fields = Record<string, unknown>;

/** `invoice_number` as `invoiceNumber`, and `amount_total` as `totalAmount`, where exactly one field and one key fit. */
export function renamed(record: Fields, properties: Fields, place: Place): Fields {
	return [
		{ own: keyForm, given: keyForm },
		{ own: wordForm, given: wordForm },
		{ own: keyForm, given: (key: string) => formBesideCurrency(key, record) },
	].reduce((fields, forms) => renamedBy(forms, { record: fields, properties }, place), record);
}

type FormOf = (key: string) => string | undefined;

/** `amount (EUR)` as `amount`, where nothing beside it is in another currency. */
function formBesideCurrency(key: string, record: Fields): string | undefined {
	const [, name, currency] = /^([^()[\]]{1,80}?) ?[([] ?([^()[\] ]{1,5}) ?[)\]]$/u.exec(key) ?? [];
	if (name === undefined || currency === undefined || !isCurrency(currency)) return undefined;
	const others = Object.entries(record).flatMap(([one, value]) => [one, value]);
	const isOther = (said: unknown) =>
		typeof said === 'string' &&
		said !== key &&
		(said.match(/(?<!\p{L})[A-Za-z]{3}(?!\p{L})|\p{Sc}/gu) ?? []).some(
			(one) => isCurrency(one) && one.toUpperCase() !== currency.toUpperCase(),
		);
	return others.some(isOther) ? undefined : keyForm(name);
}

function renamedBy(
	forms: { own: FormOf; given: FormOf },
	{ record, properties }: { record: Fields; properties: Fields },
	place: Place,
): Fields {
	const names = Object.keys(properties);
	const strangers = Object.keys(record).filter((key) => !Object.hasOwn(properties, key));
	if (strangers.length === 0) return record;
	const newNames = new Map<string, string>();
	const byForm = groupBy(names, forms.own);
	for (const [form, keys] of groupBy(strangers, forms.given)) {
		const [key, another] = keys;
		const [name, rival] = (form === undefined ? undefined : byForm.get(form)) ?? [];
		if (key === undefined || name === undefined || another !== undefined || rival !== undefined)
			continue;
		if (Object.hasOwn(record, name)) continue;
		newNames.set(key, name);
		place.warnings.push(`renamed ${jsonPointer([...place.path, key])} to ${name}`);
	}
	if (newNames.size === 0) return record;
	return Object.fromEntries(
		Object.entries(record).map(([key, value]) => [newNames.get(key) ?? key, value]),
	);
}

/** Without what the schema forbids; a key that may be a misnamed field is for the model to correct. */
export function withoutExtras(
	fields: Array<[string, unknown]>,
	schema: JsonSchema,
	place: Place,
): Array<[string, unknown]> {
	const isClosed = schema.additionalProperties === false || schema.unevaluatedProperties === false;
	if (!isClosed || isRecord(schema.patternProperties)) return fields;
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const present = new Set(fields.map(([key]) => key));
	const missing = Object.keys(properties).filter((key) => !present.has(key));
	const forms = new Set(Object.keys(properties).flatMap((name) => [keyForm(name), wordForm(name)]));
	return fields.filter(([key, value]) => {
		if (Object.hasOwn(properties, key)) return true;
		const isSpelling = forms.has(keyForm(key)) || forms.has(wordForm(key) ?? keyForm(key));
		if (isSpelling) return true;
		const near = nearName(key, missing);
		if (near !== undefined) return misnamed(key, [near], place);
		const meant = missing.filter((name) => sharesWord(key, name));
		const may = meant.filter((name) => mayHold(value, properties[name], { key, place }));
		if (may.length > 0) return misnamed(key, may, place);
		place.warnings.push(droppedAt([...place.path, key], value));
		return false;
	});
}

/** It stays, so that the answer is wrong, and why is said. */
function misnamed(key: string, names: readonly string[], { failures, path }: Place): true {
	const named = names.slice(0, 4).map((name) => `"${name}"`);
	const message = `"${key}" is no field of the schema, but may be ${named.join(' or ')}: name it so, or leave it out`;
	failures.push({ path: jsonPointer([...path, key]), message, code: 'ambiguous' });
	return true;
}

/** Short names are all near each other. */
function nearName(key: string, missing: readonly string[]): string | undefined {
	const long = missing.filter((name) => name.length > 3);
	return key.length > 3 ? nearestName(key, long) : undefined;
}

function sharesWord(key: string, name: string): boolean {
	const words = new Set(wordsIn(name));
	return wordsIn(key).some((word) => word.length > 2 && words.has(word));
}

/** Whether a value could be that of a field; nothing is lost with an empty one. */
function mayHold(
	value: unknown,
	wanted: unknown,
	{ key, place }: { key: string; place: Place },
): boolean {
	if (value === null || value === '') return false;
	const trial = step(trialOf(place), {}, key);
	return takes(place.visit(value, wanted, trial), wanted, place);
}
