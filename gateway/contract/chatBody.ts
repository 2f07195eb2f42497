import { z } from 'zod/v4';
import { messagesSchema } from './messages';

const UNIT_RANGE = 'must be a number between 0 and 1';
const unitNumber = z.number(UNIT_RANGE).min(0, UNIT_RANGE).max(1, UNIT_RANGE);
const WHOLE = 'must be a whole number of at least 1';
const STOP = 'must be a list of at most 4 texts that are not empty';

const toolSchema = z.strictObject({
	type: z.literal('function'),
	function: z.strictObject({
		name: z.string(),
		description: z.string().optional(),
		parameters: z.record(z.string(), z.unknown(), 'must be a JSON Schema object').optional(),
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
