import { followRef } from '../jsonPointer';
import { isRecord } from '../isRecord';
import type { JsonSchema } from '../schema/jsonSchema';

/** The keys that a schema knows for an object. */
export interface Declared {
	names: Set<string>;
	/** Other keys are expressly meant to be there. */
	allowsOthers: boolean;
}

/** Keywords with schemas of the same object. */
const ALONGSIDE = ['allOf', 'anyOf', 'oneOf', 'then', 'else', 'if', 'dependentSchemas'];
const MOST_SCHEMAS = 200;

/** What all schemas of one object declare together; undefined when that is nothing. */
export function declaredIn(schema: unknown, root: JsonSchema): Declared | undefined {
	const found: Declared = { names: new Set(), allowsOthers: false };
	const open: unknown[] = [schema];
	const seen = new Set<unknown>();
	for (const one of open) {
		if (!isRecord(one) || seen.has(one) || seen.size > MOST_SCHEMAS) continue;
		seen.add(one);
		takeDown(one, found);
		if (typeof one.$ref === 'string') open.push(followRef(one.$ref, root));
		for (const keyword of ALONGSIDE) open.push(...schemasUnder(one[keyword], keyword));
	}
	return found.names.size > 0 ? found : undefined;
}

function takeDown(schema: JsonSchema, found: Declared): void {
	const { properties, patternProperties, required } = schema;
	for (const key of isRecord(properties) ? Object.keys(properties) : []) found.names.add(key);
	for (const key of Array.isArray(required) ? required : []) found.names.add(String(key));
	const others = schema.additionalProperties ?? schema.unevaluatedProperties;
	if (isRecord(patternProperties) || isRecord(others) || others === true) found.allowsOthers = true;
}

function schemasUnder(value: unknown, keyword: string): unknown[] {
	if (Array.isArray(value)) return Array.from<unknown>(value);
	return keyword === 'dependentSchemas' && isRecord(value) ? Object.values(value) : [value];
}
