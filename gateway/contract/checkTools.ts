import { z } from 'zod/v4';
import { isRecord } from '../../core/lib/isRecord';
import { propertyNames } from '../../core/schema/schemaIndex';
import type { OfferedTool, Parameters } from './chatBody';
import { refuseAsClaude, type Refusal } from './refusal';

export const TOOL_NAME = /^[a-zA-Z0-9_-]{1,128}$/;
const PROPERTY_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;
const COMBINED = ['oneOf', 'allOf', 'anyOf'];

/** Claude's messages about tools that it does not accept. */
export function checkTools({ tools = [] }: Parameters): Refusal | undefined {
	for (const [index, tool] of tools.entries()) {
		const refusal = checkName(tool, index) ?? checkSchema(tool, index);
		if (refusal) return refusal;
	}
	const names = tools.map((tool) => tool.function.name);
	const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
	if (repeated < 0) return undefined;
	return refuseAsClaude(
		`tools[${repeated}].function.name`,
		`tools: Tool names must be unique: "${names[repeated]}" occurs twice.`,
	);
}

function checkName({ function: { name } }: OfferedTool, index: number): Refusal | undefined {
	if (TOOL_NAME.test(name)) return undefined;
	return refuseAsClaude(
		`tools[${index}].function.name`,
		`tools.${index}.custom.name: String should match pattern '${TOOL_NAME.source}'`,
	);
}

function checkSchema({ function: called }: OfferedTool, index: number): Refusal | undefined {
	const schema = called.parameters;
	const problem = schema && schemaProblem(schema);
	if (problem === undefined) return undefined;
	return refuseAsClaude(
		`tools[${index}].function.parameters`,
		`tools.${index}.custom.input_schema${problem}`,
	);
}

/** To be appended to the place of the schema. */
function schemaProblem(schema: Record<string, unknown>): string | undefined {
	if (schema.type === undefined) return '.type: Field required, "object"';
	if (schema.type !== 'object') return `.type: Input should be "object"`;
	if (COMBINED.some((key) => key in schema)) {
		return ': input_schema does not support oneOf, allOf, or anyOf at the top level';
	}
	if (!isDraft2020(schema)) {
		return ': JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12).';
	}
	const bad = propertyNames(schema).some((name) => !PROPERTY_NAME.test(name));
	return bad
		? `.properties: Property keys should match pattern '${PROPERTY_NAME.source}'`
		: undefined;
}

/**
 * The meta-schema of JSON Schema draft 2020-12, with its vocabularies in one. What is legal is written
 * out here independently of what `core` does with schemas, so that a mistake there is found here.
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

/** zod's own record accepts no object with a key `constructor`. */
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
function isDraft2020(value: unknown): boolean {
	return schema.safeParse(value).success;
}
