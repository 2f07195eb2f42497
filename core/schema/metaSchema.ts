import type { JsonSchema } from './jsonSchema';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const SCHEMA: JsonSchema = { $ref: '#' };
const SCHEMAS: JsonSchema = { type: 'array', minItems: 1, items: SCHEMA };
const NAMED_SCHEMAS: JsonSchema = { type: 'object', additionalProperties: SCHEMA };
const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
const NUMBER: JsonSchema = { type: 'number' };

/** The rules of JSON Schema itself, as far as a mistake in them would change what is accepted. */
export const META_SCHEMA: JsonSchema = {
	type: ['object', 'boolean'],
	properties: {
		type: {
			anyOf: [{ enum: TYPES }, { type: 'array', minItems: 1, items: { enum: TYPES } }],
		},
		properties: NAMED_SCHEMAS,
		patternProperties: NAMED_SCHEMAS,
		$defs: NAMED_SCHEMAS,
		definitions: NAMED_SCHEMAS,
		items: { anyOf: [SCHEMA, { type: 'array', items: SCHEMA }] },
		prefixItems: SCHEMAS,
		additionalProperties: SCHEMA,
		not: SCHEMA,
		if: SCHEMA,
		then: SCHEMA,
		else: SCHEMA,
		allOf: SCHEMAS,
		anyOf: SCHEMAS,
		oneOf: SCHEMAS,
		enum: { type: 'array', minItems: 1 },
		required: { type: 'array', items: { type: 'string' } },
		$ref: { type: 'string' },
		pattern: { type: 'string' },
		format: { type: 'string' },
		minimum: NUMBER,
		maximum: NUMBER,
		multipleOf: { type: 'number', exclusiveMinimum: 0 },
		minLength: COUNT,
		maxLength: COUNT,
		minItems: COUNT,
		maxItems: COUNT,
	},
};
