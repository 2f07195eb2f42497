import { z } from 'zod/v4';
import { isRecord } from '../../core/isRecord';

/**
 * The meta-schema of JSON Schema draft 2020-12, its vocabularies in one. What is legal is written
 * out here once more, apart from what `core` makes of schemas, so that a slip there is seen here.
 */
const schema: z.ZodType = z.lazy(() => z.union([z.boolean(), keywords]));

const texts = z.array(z.string()).refine((list) => new Set(list).size === list.length);
const schemas = z.array(schema).min(1);
const named = recordOf(schema);
const count = z.number().int().min(0);
const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const;
const simpleType = z.enum(TYPES);
const types = z
	.array(simpleType)
	.min(1)
	.refine((list) => new Set(list).size === list.length);
const anchor = z.string().regex(/^[A-Za-z_][-A-Za-z0-9._]*$/);
const pattern = z.string().refine(isPattern);

const keywords = z.looseObject({
	...optional(['$schema', '$ref', '$dynamicRef', '$comment'], z.string()),
	$id: z
		.string()
		.regex(/^[^#]*#?$/)
		.optional(),
	...optional(['$anchor', '$dynamicAnchor'], anchor),
	$vocabulary: recordOf(z.boolean()).optional(),
	...optional(['$defs', 'definitions', 'properties', 'dependentSchemas'], named),
	patternProperties: recordOf(schema, isPattern).optional(),
	dependencies: recordOf(z.union([schema, texts])).optional(),
	...optional(['prefixItems', 'allOf', 'anyOf', 'oneOf'], schemas),
	...optional(['items', 'contains', 'unevaluatedItems'], schema),
	...optional(['additionalProperties', 'unevaluatedProperties', 'propertyNames'], schema),
	...optional(['not', 'if', 'then', 'else', 'contentSchema'], schema),
	type: z.union([simpleType, types]).optional(),
	enum: z.array(z.unknown()).optional(),
	multipleOf: z.number().positive().optional(),
	...optional(['maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'], z.number()),
	...optional(['maxLength', 'minLength', 'maxItems', 'minItems', 'maxContains'], count),
	...optional(['minContains', 'maxProperties', 'minProperties'], count),
	pattern: pattern.optional(),
	...optional(['uniqueItems', 'deprecated', 'readOnly', 'writeOnly'], z.boolean()),
	required: texts.optional(),
	dependentRequired: recordOf(texts).optional(),
	...optional(['title', 'description', 'format'], z.string()),
	...optional(['contentEncoding', 'contentMediaType'], z.string()),
	examples: z.array(z.unknown()).optional(),
});

/** zod's own record takes no object with a key `constructor`. */
function recordOf(of: z.ZodType, isName: (name: string) => boolean = () => true) {
	return z.unknown().refine((value) => {
		if (!isRecord(value)) return false;
		return Object.entries(value).every(
			([name, inner]) => isName(name) && of.safeParse(inner).success,
		);
	});
}

function optional<Schema extends z.ZodType>(names: string[], of: Schema) {
	return Object.fromEntries(names.map((name) => [name, of.optional()]));
}

function isPattern(text: string): boolean {
	try {
		return new RegExp(text) instanceof RegExp;
	} catch {
		return false;
	}
}

/** Whether it is a legal schema of draft 2020-12. */
export function isDraft2020(value: unknown): boolean {
	return schema.safeParse(value).success;
}
