import { isRecord } from '../../isRecord';
import type { JsonSchema } from '../../schema/jsonSchema';
import { resolveSchema } from '../resolveSchema';

/** The fields that a schema names, or none. */
export function fieldsOf(schema: unknown, root: JsonSchema): Record<string, unknown> {
	const properties = resolveSchema(schema, root)?.properties;
	return isRecord(properties) ? properties : {};
}

export function isListSchema(schema: unknown, root: JsonSchema): boolean {
	const type = resolveSchema(schema, root)?.type;
	return type === 'array' || (Array.isArray(type) && type.includes('array'));
}

/** Whether a record has fields of the entries of some list at the top of a schema, and no others. */
export function isEntryIn(root: JsonSchema, record: Record<string, unknown>): boolean {
	return [root, ...Object.values(fieldsOf(root, root))].some((list) => {
		const fields = isListSchema(list, root) && fieldsOf(resolveSchema(list, root)?.items, root);
		return fields && Object.keys(record).every((key) => Object.hasOwn(fields, key));
	});
}

/** The one place of a schema for a list of records: its top, or its only list. */
export interface ListPlace {
	/** Undefined when the list is the whole value. */
	key: string | undefined;
	/** What one entry has. */
	fields: Record<string, unknown>;
}

export function listPlaceIn(root: JsonSchema): ListPlace | undefined {
	const top = resolveSchema(root, root);
	if (isListSchema(root, root)) return { key: undefined, fields: fieldsOf(top?.items, root) };
	const lists = Object.entries(fieldsOf(root, root)).filter(([, field]) =>
		isListSchema(field, root),
	);
	const [list, ...others] = lists;
	const required = Array.isArray(top?.required) ? top.required : [];
	if (!list || others.length > 0 || required.some((key) => key !== list[0])) return undefined;
	return { key: list[0], fields: fieldsOf(resolveSchema(list[1], root)?.items, root) };
}

export function atPlace({ key }: ListPlace, list: unknown[]): unknown {
	return key === undefined ? list : { [key]: list };
}

/** The field that a written name means: itself, or the only one that differs in case and marks. */
export function fieldNamed(name: string, fields: Record<string, unknown>): string | undefined {
	if (Object.hasOwn(fields, name)) return name;
	const plain = plainName(name);
	const alike = Object.keys(fields).filter((field) => plainName(field) === plain);
	return plain !== '' && alike.length === 1 ? alike[0] : undefined;
}

function plainName(name: string): string {
	return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
