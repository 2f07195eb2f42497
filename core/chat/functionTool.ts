import { z } from 'zod/v4';
import { isTooDeep, TOO_DEEP } from '../nesting';
import { toolNameSchema } from './toolCalls';

export const functionToolSchema = z.strictObject({
	type: z.literal('function'),
	/** What the model is told of it. */
	function: z.strictObject({
		/** 1 to 64 letters, digits, `_` or `-`. */
		name: toolNameSchema,
		/** Tells the model when to call it. */
		description: z.string().optional(),
		/** JSON Schema of its arguments. */
		parameters: z
			.record(z.string(), z.unknown())
			.refine((schema) => !isTooDeep(schema), `the parameters are ${TOO_DEEP}`)
			.optional(),
	}),
});
/**
 * A function tool in OpenAI's form.
 * @interface
 */
export type FunctionTool = z.output<typeof functionToolSchema>;

const forcedTool = z.strictObject({
	type: z.literal('function'),
	/** The tool's name. */
	function: z.strictObject({ name: toolNameSchema }),
});
/**
 * The one tool that the model must call.
 * @interface
 */
export type ForcedTool = z.output<typeof forcedTool>;

export const toolChoiceSchema = z.union(
	[z.enum(['auto', 'none', 'required']), forcedTool],
	'use "auto", "none", "required" or { type: "function", function: { name } }',
);
/** What the model may or must call: as it likes, nothing, any tool, or one of them. */
export type ToolChoice = 'auto' | 'none' | 'required' | ForcedTool;
