import { isRecord } from '../../../lib/isRecord';
import type { SourceNumbers } from '../../../json/exactJson';
import { isAbbreviation } from '../../../json/abbreviation';
import { withComments } from '../../../json/comments';
import { takesBack } from '../../../json/notTheAnswer';
import { fieldNamed } from '../fieldNames';
import { isChoice, resolveSchema } from '../../resolveSchema';
import type { Comment, Comments } from '../../../json/cursor';
import type { JsonSchema } from '../../../schema/jsonSchema';

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
	const [place, ...others] = listPlacesIn(root);
	const required: unknown = resolveSchema(root, root)?.required;
	const needed = Array.isArray(required) ? required : [];
	if (!place || others.length > 0) return undefined;
	return place.key === undefined || needed.every((key) => key === place.key) ? place : undefined;
}

/** Every list at the top of a schema, or the one that it is. */
export function listPlacesIn(root: JsonSchema): ListPlace[] {
	const fieldsIn = (list: unknown) => fieldsOf(resolveSchema(list, root)?.items, root);
	if (isListSchema(root, root)) return [{ key: undefined, fields: fieldsIn(root) }];
	return Object.entries(fieldsOf(root, root)).flatMap(([key, list]) =>
		isListSchema(list, root) ? [{ key, fields: fieldsIn(list) }] : [],
	);
}

/** Whether any text may be an entry there. */
export function isOfTexts(place: ListPlace | undefined, root: JsonSchema): boolean {
	if (!place) return false;
	const list = place.key === undefined ? root : fieldsOf(root, root)[place.key];
	const items = resolveSchema(resolveSchema(list, root)?.items, root);
	return items === undefined || (items.type === 'string' && !isChoice(items));
}

export function atPlace({ key }: ListPlace, list: unknown[]): unknown {
	return key === undefined ? list : { [key]: list };
}

/** Records without any field of the schema, such as lines `- Ada: 36` in YAML, are other things. */
export function areEntries(list: readonly unknown[], { fields }: ListPlace): boolean {
	if (Object.keys(fields).length === 0) return true;
	return list.every((entry) => {
		const keys = isRecord(entry) ? Object.keys(entry) : [];
		return keys.length === 0 || keys.some((key) => fieldNamed(key, fields) !== undefined);
	});
}

/** Records that follow one another, at the place that the schema has for a list of just such ones. */
export function asListIn(schema: JsonSchema, list: unknown): unknown {
	const place = listPlaceIn(schema);
	if (!place || !Array.isArray(list)) return undefined;
	if (place.key === undefined) return areEntries(list, place) ? list : undefined;
	const { fields } = place;
	const isEntry = (entry: unknown) =>
		isRecord(entry) && Object.keys(entry).every((key) => Object.hasOwn(fields, key));
	return list.every(isEntry) ? atPlace(place, list) : undefined;
}

/** A form other than JSON, as it stands in a text. */
export interface Form {
	/** As warnings have it. */
	name: string;
	/** Undefined where it has no one reading. */
	value: unknown;
	/** Each leniency that reading it took, beside the name of the form. */
	notes?: string[];
	numbers?: SourceNumbers;
	/** What is said in comments. */
	comments?: Comments;
	/** Why it has no value. */
	reason?: string;
}

/** A form without one reading, and why. */
export const unread = (name: string, reason: string): Form => ({ name, value: undefined, reason });

/** What comments say; undefined where one says that something is left out, or that a value is not right. */
export function commentsIn(all: readonly Comment[]): { comments?: Comments } | undefined {
	const isDoubtful = all.some(({ words }) => isAbbreviation(words) || takesBack(words));
	return isDoubtful ? undefined : (withComments(all.filter(({ words }) => words !== '')) ?? {});
}

/** What a form is read for. */
export interface FormTerms {
	root: JsonSchema;
	/** Where records go; undefined where the schema has no one place for them. */
	place: ListPlace | undefined;
}

/** The form that a text is, if it is one. */
export type FormReader = (text: string, terms: FormTerms) => Form | undefined;
