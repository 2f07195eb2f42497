import type { Failure } from '../../errors';
import { isNameWithdrawn } from '../../json/withdrawn';
import { isRecord } from '../../lib/isRecord';
import { isSame } from '../../lib/isSame';
import { jsonPointer } from '../../lib/jsonPointer';
import { perObject } from '../../lib/perObject';
import type { JsonSchema } from '../../schema/jsonSchema';
import { propertyNames } from '../../schema/schemaIndex';

/** Without case and marks. */
export function plainName(name: string): string {
	return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The field that a written name means: itself, or the only one that differs in case and marks. */
export function fieldNamed(name: string, fields: Record<string, unknown>): string | undefined {
	if (Object.hasOwn(fields, name)) return name;
	if (isNameWithdrawn(name)) return undefined;
	const plain = plainName(name);
	const alike = Object.keys(fields).filter((field) => plainName(field) === plain);
	return plain !== '' && alike.length === 1 ? alike[0] : undefined;
}

/** The fields that several written names mean, where each is one of its own. */
export function fieldsNamed(
	names: readonly unknown[],
	fields: Record<string, unknown>,
): string[] | undefined {
	const found = names.flatMap((name) =>
		typeof name === 'string' ? (fieldNamed(name, fields) ?? []) : [],
	);
	return new Set(found).size === names.length ? found : undefined;
}

/** Written names and their values. */
export type NamedValues = ReadonlyArray<readonly [name: string, value: unknown]>;

/** A record under the names of its fields; undefined unless each name is a field of its own with a value. */
export function recordNamed(
	entries: NamedValues,
	fields: Record<string, unknown>,
): Record<string, unknown> | undefined {
	const names = fieldsNamed(
		entries.map(([name]) => name),
		fields,
	);
	if (!names || entries.some(([, value]) => value === undefined)) return undefined;
	return Object.fromEntries(names.map((name, at) => [name, entries[at]?.[1]]));
}

/**
 * A key without case, spaces, hyphens and underscores: `invoice_number` and `InvoiceNumber` are the
 * same. Other marks stay: `total?` is not `total`.
 */
export function keyForm(key: string): string {
	return key
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_-]+/g, '')
		.replace(/:$/, '');
}

/**
 * The words of a key in a fixed order: `amount_total` and `totalAmount` are the same. Undefined if
 * their order may matter.
 */
export function wordForm(key: string): string | undefined {
	const words = wordsIn(key);
	const isOrdered = words.length < 2 || words.some((word) => ORDERED.has(word));
	return isOrdered ? undefined : words.sort().join(' ');
}

/** `billedTo_2` as `billed`, `to`, `2`. */
export function wordsIn(key: string): string[] {
	const apart = key
		.normalize('NFKC')
		.replace(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ');
	return apart.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** What comes before these differs from what comes after. */
const ORDERED = new Set(
	'of from to by per in for on at with without not no non un before after over under and or vs via into than as de del della du des von zu nach für pro por para da do di'.split(
		' ',
	),
);

/** The names of all fields that a schema describes, at any place. */
export const namesIn = perObject((schema: JsonSchema) => new Set(propertyNames(schema)));

/** Two keys that are one field in two spellings, with two values. */
export function rivalKeys(
	value: unknown,
	names: ReadonlySet<string>,
	path: readonly PropertyKey[] = [],
): Failure[] {
	if (Array.isArray(value))
		return value.flatMap((entry, at) => rivalKeys(entry, names, [...path, at]));
	if (!isRecord(value)) return [];
	const keys = Object.keys(value);
	const known = keys.filter((key) => names.has(key));
	const byForm =
		known.length < keys.length ? new Map(known.map((key) => [keyForm(key), key])) : undefined;
	return keys.flatMap((key): Failure[] => {
		const inner = rivalKeys(value[key], names, [...path, key]);
		const name = names.has(key) ? undefined : byForm?.get(keyForm(key));
		if (name === undefined || isSame(value[name], value[key])) return inner;
		const message = `"${key}" and "${name}" are one field with two values: give "${name}" only`;
		return [{ path: jsonPointer([...path, key]), message, code: 'ambiguous' }, ...inner];
	});
}
