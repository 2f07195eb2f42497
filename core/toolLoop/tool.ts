import { z } from 'zod/v4';
import type { FunctionTool } from '../chat/chatRequest';
import { legalToolName } from '../chat/toolName';
import { TokenHubError } from '../errors';
import {
	toJsonSchema,
	type JsonSchema,
	type ZodType,
	type ZodV3Type,
	type ZodV4Type,
} from '../schema/jsonSchema';
import { readInput } from '../readInput';
import { valueCheck, type ValueCheck } from '../schema/valueCheck';

export interface ToolContext {
	/** Aborts when the tool's time is up or the run is cancelled. */
	signal: AbortSignal;
	callId: string;
}

export interface ToolDefinition<Parameters extends ZodType | JsonSchema> {
	/** Claude takes 1 to 64 letters, digits, `_` or `-`: any other name is sent as a legal one. */
	name: string;
	description: string;
	parameters: Parameters;
	/** Without it the tool is manual: the loop stops and hands the call to the caller. */
	execute?(args: ArgumentsOf<Parameters>, context: ToolContext): unknown;
	timeoutMs?: number;
	/** How often the loop may run it. */
	maxCalls?: number;
	/** The loop stops with `awaitingApproval` before each call; `approved` in `results` decides. */
	needsApproval?: boolean;
}

type ArgumentsOf<Parameters> =
	Parameters extends ZodV4Type<infer Output>
		? Output
		: Parameters extends ZodV3Type<infer Output>
			? Output
			: Record<string, unknown>;

/** A tool ready for the loop: `parameters` is JSON Schema, `check` validates what the model sends. */
export interface Tool {
	name: string;
	description: string;
	parameters: JsonSchema;
	check: ValueCheck;
	execute?(args: unknown, context: ToolContext): unknown;
	timeoutMs?: number;
	maxCalls?: number;
	needsApproval?: boolean;
}

const nameSchema = z.string().trim().min(1, 'a tool needs a name');

/**
 * A tool from a zod (v3 or v4) or JSON Schema description of its arguments.
 * @throws TokenHubError `badConfig` for an empty name, or parameters that say nothing or are no
 *   object.
 */
export function defineTool<const Parameters extends ZodType | JsonSchema>(
	definition: ToolDefinition<Parameters>,
): Tool {
	const name = readInput(nameSchema, definition.name, 'tool name');
	const subject = `The parameters of tool "${name}"`;
	const parameters = objectSchema(toJsonSchema(definition.parameters, subject), subject);
	return { ...definition, name, parameters, check: valueCheck(definition.parameters, subject) };
}

/** The tool in OpenAI's form, as it is sent. */
export function toFunctionTool(
	{ name, description, parameters }: Tool,
	sentName = legalToolName(name),
): FunctionTool {
	return { type: 'function', function: { name: sentName, description, parameters } };
}

function objectSchema(schema: JsonSchema, subject: string): JsonSchema {
	if (schema.type === 'object') return schema;
	if ('properties' in schema) return { type: 'object', ...schema };
	throw new TokenHubError('badConfig', `${subject} must describe an object.`, {
		hint: 'Models send arguments by name: wrap the schema in an object.',
	});
}
