import { z } from 'zod/v4';
import { propertyNames } from '../../core/schema/subschemas';
import { messagesSchema, toolNameSchema } from './messages';

const UNIT_RANGE = 'must be a number between 0 and 1';
const unitNumber = z.number(UNIT_RANGE).min(0, UNIT_RANGE).max(1, UNIT_RANGE);
const WHOLE = 'must be a whole number of at least 1';
const STOP = 'must be a list of at most 4 texts that are not empty';

/** Claude's own rule for the names in a tool's schema. */
const PROPERTY_NAME = /^[a-zA-Z0-9_.-]{1,64}$/;

const toolSchema = z.strictObject({
	type: z.literal('function'),
	function: z.strictObject({
		name: toolNameSchema,
		description: z.string().optional(),
		parameters: z
			.record(z.string(), z.unknown(), 'must be a JSON Schema object')
			.refine((schema) => schema.type === 'object', 'must have the type "object" at its top level')
			.refine(
				(schema) => !['anyOf', 'oneOf', 'allOf'].some((key) => key in schema),
				'must not have anyOf, oneOf or allOf at its top level',
			)
			.refine(
				(schema) => propertyNames(schema).every((name) => PROPERTY_NAME.test(name)),
				'must have property names of 1 to 64 letters, digits, ".", "_" or "-"',
			)
			.optional(),
	}),
});
export type OfferedTool = z.output<typeof toolSchema>;

const toolChoiceSchema = z.union(
	[
		z.enum(['auto', 'none', 'required']),
		z.strictObject({ type: z.literal('function'), function: z.strictObject({ name: z.string() }) }),
	],
	'must be "auto", "none", "required" or { type: "function", function: { name } }',
);

/** Everything the provider documents, without the messages: those are checked last. */
export const parametersSchema = z.strictObject({
	model: z.string(),
	messages: z.unknown().optional(),
	max_tokens: z.int(WHOLE).min(1, WHOLE).optional(),
	temperature: unitNumber.optional(),
	top_p: unitNumber.optional(),
	stream: z.boolean('must be true or false').optional(),
	stream_options: z.strictObject({ include_usage: z.boolean().optional() }).optional(),
	stop: z.array(z.string(STOP).min(1, STOP), STOP).max(4, STOP).optional(),
	tools: z.array(toolSchema).min(1, 'must not be an empty list').optional(),
	tool_choice: toolChoiceSchema.optional(),
	response_format: z
		.strictObject(
			{ type: z.enum(['text', 'json_object'], 'must be "text" or "json_object"') },
			'must be { type: "text" } or { type: "json_object" }',
		)
		.optional(),
	user: z.string('must be a text').optional(),
});
export type Parameters = z.output<typeof parametersSchema>;

export const chatBodySchema = parametersSchema.extend({ messages: messagesSchema });
/** A request body that keeps the contract. */
export type ChatBody = z.output<typeof chatBodySchema>;
