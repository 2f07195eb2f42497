import { followRef, jsonPointer } from '../lib/jsonPointer';
import { isRecord } from '../lib/isRecord';
import { own } from '../lib/own';
import type { JsonSchema } from '../schema/jsonSchema';

const MOST_HOPS = 32;

/** Whether what a schema asks for is chosen, rather than read from a text. */
export const isChoice = (schema: JsonSchema) => 'enum' in schema || 'const' in schema;

/**
 * The schema that a sub-schema stands for: local `$ref` and `allOf` merged, and a single nullable
 * choice resolved.
 */
export function resolveSchema(schema: unknown, root: JsonSchema, hops = 0): JsonSchema | undefined {
	const { schema: merged, choices } = mergedSchema(schema, root, hops) ?? {};
	if (!merged || !choices) return merged;
	const meant = choices.filter((choice) => !isNull(choice));
	if (meant.length !== 1) return undefined;
	const only = resolveSchema(meant[0], root, hops + 1);
	return only && combined(merged, meant.length < choices.length ? nullable(only) : only);
}

export interface MergedSchema {
	/** Without the choices. */
	schema: JsonSchema;
	/** From `anyOf` or `oneOf`. */
	choices?: unknown[];
}

/** A sub-schema with its local `$ref` and `allOf` merged; what remains open are choices. */
export function mergedSchema(
	schema: unknown,
	root: JsonSchema,
	hops = 0,
): MergedSchema | undefined {
	if (!isRecord(schema) || hops > MOST_HOPS) return undefined;
	const { $ref, allOf, anyOf, oneOf, ...own } = schema;
	const parts = [
		...(typeof $ref === 'string' ? [followRef($ref, root)] : []),
		...(Array.isArray(allOf) ? Array.from<unknown>(allOf) : []),
	];
	let merged: MergedSchema = { schema: own };
	const choices = anyOf ?? oneOf;
	if (Array.isArray(choices)) merged.choices = choices;
	for (const part of parts) {
		if (part === true) continue;
		const inner = mergedSchema(part, root, hops + 1);
		if (!inner || (inner.choices && merged.choices)) return undefined;
		const left = merged.choices ?? inner.choices;
		merged = { schema: combined(merged.schema, inner.schema), ...(left ? { choices: left } : {}) };
	}
	return merged;
}

/** Whether a choice of a schema is only that for null. */
export function isNull(choice: unknown): boolean {
	return isRecord(choice) && (choice.type === 'null' || choice.const === null);
}

/** What both say; for keywords with a single value, the first one's. */
export function combined(a: JsonSchema, b: JsonSchema): JsonSchema {
	const both = { ...b, ...a };
	const types = typesIn(a.type).filter((type) => typesIn(b.type).includes(type));
	if (a.type !== undefined && b.type !== undefined && types.length > 0) both.type = types;
	if (isRecord(a.properties) && isRecord(b.properties))
		both.properties = joined(a.properties, b.properties);
	if (Array.isArray(a.required) && Array.isArray(b.required)) {
		const [own, others]: unknown[][] = [a.required, b.required];
		both.required = [...new Set([...(own ?? []), ...(others ?? [])])];
	}
	return both;
}

function joined(a: JsonSchema, b: JsonSchema): JsonSchema {
	const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
	return Object.fromEntries(
		keys.map((key) => {
			const owners = [a, b].filter((owner) => Object.hasOwn(owner, key));
			return [
				key,
				owners.length === 1 ? owners[0]?.[key] : { allOf: owners.map((owner) => owner[key]) },
			];
		}),
	);
}

const typesIn = (type: unknown): unknown[] => (Array.isArray(type) ? type : [type]);

function nullable(schema: JsonSchema): JsonSchema {
	const types = typesIn(schema.type).filter((type) => typeof type === 'string');
	return types.length === 0 ? schema : { ...schema, type: [...new Set([...types, 'null'])] };
}

/** `isChoice` for places in a value. Entries of a list share a schema, which is examined once. */
export function chosenPlaces(root: JsonSchema): (path: readonly PropertyKey[]) => boolean {
	const known = new Map<string, boolean>();
	return (path) => {
		const field = jsonPointer(path.map((key) => (typeof key === 'number' ? '*' : key)));
		const isChosen = known.get(field) ?? isChosenAt(path, root);
		known.set(field, isChosen);
		return isChosen;
	};
}

function isChosenAt(path: readonly PropertyKey[], root: JsonSchema): boolean {
	let at = resolveSchema(root, root);
	for (const key of path) {
		const properties = isRecord(at?.properties) ? at.properties : {};
		at = resolveSchema(typeof key === 'number' ? at?.items : own(properties, String(key)), root);
	}
	return at !== undefined && isChoice(at);
}
