import { isRecord } from '../../../lib/isRecord';
import { jsonPointer } from '../../../lib/jsonPointer';
import { nearestName } from '../../../lib/names';
import { groupBy } from '../../../lib/own';
import { isNameWithdrawn } from '../../../json/withdrawn';
import { saysNothing } from '../../../read/words';
import { isCurrency } from '../../../read/amounts';
import type { JsonSchema } from '../../../schema/jsonSchema';
import { resolveSchema } from '../../resolveSchema';
import { keyForm, wordForm, wordsIn } from '../fieldNames';
import { step, type Place, droppedAt, trialOf } from './place';
import { matches, takes, typesOf } from './takes';

/** An object's fields under the schema's names, each as the schema asks for it. */
export function visitRecord(
	given: Record<string, unknown>,
	schema: JsonSchema,
	place: Place,
): unknown {
	const properties = isRecord(schema.properties) ? schema.properties : {};
	const named = place.isExact
		? given
		: nested(renamed(given, properties, place), properties, place);
	const required = new Set<unknown>(Array.isArray(schema.required) ? schema.required : []);
	const fields = Object.entries(named).flatMap(([key, value]): Array<[string, unknown]> => {
		const origin = Object.hasOwn(given, key) ? given : named;
		const own = step(place, origin, key);
		if (!Object.hasOwn(properties, key))
			return [[key, place.visit(value, othersSchema(key, schema), own)]];
		if (!required.has(key) && isNothing(value, properties[key], own)) {
			place.warnings.push(
				`dropped ${jsonPointer(own.path)}: ${JSON.stringify(value)} in an optional field`,
			);
			return [];
		}
		return [[key, place.visit(value, properties[key], own)]];
	});
	return Object.fromEntries(place.isExact ? fields : withoutExtras(fields, schema, place));
}

/** Null, or a word for it, if the field may be left out and accepts neither. */
function isNothing(value: unknown, wanted: unknown, place: Place): boolean {
	const isWord = !place.isExact && typeof value === 'string' && saysNothing(value);
	if (value !== null && !isWord) return false;
	if (takes(value, wanted, place) || takes(null, wanted, place)) return false;
	if (value === null) return true;
	const schema = resolveSchema(wanted, place.root);
	// A word may be meant as a text, and an empty text as an empty list.
	const types = schema ? typesOf(schema) : [];
	return (
		schema !== undefined &&
		types.length > 0 &&
		!types.includes('array') &&
		!types.includes('object')
	);
}

/** The schema for a key that it does not name. */
function othersSchema(
	key: string,
	{ patternProperties, additionalProperties }: JsonSchema,
): unknown {
	const patterns = isRecord(patternProperties) ? Object.entries(patternProperties) : [];
	const matching = patterns.find(([pattern]) => matches(pattern, key));
	return matching ? matching[1] : additionalProperties;
}

/** `address.city` as a field of `address`. */
function nested(record: Fields, properties: Fields, place: Place): Fields {
	const dotted = Object.keys(record).filter((key) => {
		const [first = ''] = key.split('.');
		return (
			key.includes('.') &&
			!Object.hasOwn(properties, key) &&
			Object.hasOwn(properties, first) &&
			!Object.hasOwn(record, first)
		);
	});
	if (
		dotted.length === 0 ||
		dotted.some((key) => key.split('.').some((part) => part === '' || part === '__proto__'))
	)
		return record;
	const isDotted = new Set(dotted);
	const plain = Object.entries(record).filter(([key]) => !isDotted.has(key));
	const byFirst = groupBy(dotted, (key) => key.slice(0, key.indexOf('.')));
	const made = [...byFirst].map(([first, inner]): [string, unknown] => [
		first,
		fromPaths(inner.map((key) => [key.slice(first.length + 1).split('.'), record[key]])),
	]);
	if (made.some(([, value]) => value === undefined)) return record;
	for (const key of dotted)
		place.warnings.push(
			`coerced ${jsonPointer([...place.path, key])}: dotted key to nested fields`,
		);
	return Object.fromEntries([...plain, ...made]);
}

type Path = [keys: string[], value: unknown];

/** Undefined if one path is the beginning of another. */
function fromPaths(paths: readonly Path[]): unknown {
	const ends = paths.filter(([keys]) => keys.length === 0);
	if (ends.length > 0) return paths.length === 1 ? ends[0]?.[1] : undefined;
	const groups = groupBy(paths, ([[key = '']]) => key);
	const entries = [...groups].map(([key, inner]): [string, unknown] => [
		key,
		fromPaths(inner.map(([keys, value]) => [keys.slice(1), value])),
	]);
	if (entries.some(([, value]) => value === undefined)) return undefined;
	const isList = entries.every(([key], index) => key === String(index));
	return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

type Fields = Record<string, unknown>;

/**
 * `invoice_number` as `invoiceNumber`, and `amount_total` as `totalAmount`, if exactly one field and
 * one key fit.
 */
function renamed(record: Fields, properties: Fields, place: Place): Fields {
	return [
		{ own: keyForm, given: keyForm },
		{ own: wordForm, given: wordForm },
		{ own: keyForm, given: (key: string) => formBesideCurrency(key, record) },
	].reduce((fields, forms) => renamedBy(forms, { record: fields, properties }, place), record);
}

type FormOf = (key: string) => string | undefined;

/** `amount (EUR)` as `amount`, if nothing next to it is in another currency. */
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
	const strangers = Object.keys(record).filter(
		(key) => !Object.hasOwn(properties, key) && !isNameWithdrawn(key),
	);
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

/**
 * Without what the schema forbids; a key that may be a misnamed field is left to the model to correct.
 */
function withoutExtras(
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

/** It stays, so that the answer is invalid and the reason is reported. */
function misnamed(key: string, names: readonly string[], { failures, path }: Place): true {
	const named = names.slice(0, 4).map((name) => `"${name}"`);
	const message = `"${key}" is not a field of the schema, but may be ${named.join(' or ')}: name it so, or leave it out`;
	failures.push({ path: jsonPointer([...path, key]), message, code: 'ambiguous' });
	return true;
}

/** Short names are all similar. */
function nearName(key: string, missing: readonly string[]): string | undefined {
	const long = missing.filter((name) => name.length > 3);
	return key.length > 3 ? nearestName(key, long) : undefined;
}

function sharesWord(key: string, name: string): boolean {
	const words = new Set(wordsIn(name));
	return wordsIn(key).some((word) => word.length > 2 && words.has(word));
}

/** Whether a value could belong to a field; nothing is lost with an empty one. */
function mayHold(
	value: unknown,
	wanted: unknown,
	{ key, place }: { key: string; place: Place },
): boolean {
	if (value === null || value === '') return false;
	const trial = step(trialOf(place), {}, key);
	return takes(place.visit(value, wanted, trial), wanted, place);
}
