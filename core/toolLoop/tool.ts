import { z } from 'zod/v4';
import type { FunctionTool } from '../chat/chatRequest';
import { legalToolName } from '../chat/toolName';
import { syncDoor } from '../door';
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

/** What a tool is handed beside its arguments. */
export interface ToolContext {
	/** Aborts when the tool's time is up or the run is cancelled. */
	signal: AbortSignal;
	/** The id of the call. */
	callId: string;
}

/** What `defineTool` takes. */
export interface ToolDefinition<Parameters extends ZodType | JsonSchema> {
	/** Claude takes 1 to 64 letters, digits, `_` or `-`: any other name is sent as a legal one. */
	name: string;
	/** Tells the model when to call it. */
	description: string;
	/** zod 3, zod 4 or JSON Schema: an object of arguments. */
	parameters: Parameters;
	/**
	 * Runs it, with arguments that fit `parameters`. What it returns or throws is told to the model.
	 * Without it the tool is manual: the loop stops and hands the call to the caller.
	 */
	execute?(args: ArgumentsOf<Parameters>, context: ToolContext): unknown;
	/** Milliseconds; by default `toolTimeoutMs` of the loop. */
	timeoutMs?: number;
	/** How often the loop may run it; by default any number. */
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

/** A tool ready for the loop, made by `defineTool`. */
export interface Tool {
	/** As it was defined. */
	name: string;
	/** Tells the model when to call it. */
	description: string;
	/** JSON Schema of its arguments. */
	parameters: JsonSchema;
	/**
	 * Validates what the model sends.
	 * @hidden
	 */
	check: ValueCheck;
	/** Runs it; without it the tool is manual. */
	execute?(args: unknown, context: ToolContext): unknown;
	/** Milliseconds. */
	timeoutMs?: number;
	/** How often the loop may run it. */
	maxCalls?: number;
	/** Whether a person has to approve each call. */
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
	return syncDoor(() => toTool(definition));
}

function toTool<Parameters extends ZodType | JsonSchema>(
	definition: ToolDefinition<Parameters>,
): Tool {
	const name = readInput(nameSchema, definition.name, 'tool name');
	const subject = `The parameters of tool "${name}"`;
	const parameters = objectSchema(toJsonSchema(definition.parameters, subject), subject);
	return { ...definition, name, parameters, check: valueCheck(definition.parameters, subject) };
}

/**
 * The tool in OpenAI's form, as it is sent.
 * @param tool Made by `defineTool`.
 * @param sentName By default its name, made legal.
 */
export function toFunctionTool(tool: Tool, sentName?: string): FunctionTool {
	return syncDoor(() => {
		const { description, parameters } = tool;
		const name = sentName ?? legalToolName(readInput(nameSchema, tool.name, 'tool name'));
		return { type: 'function', function: { name, description, parameters } };
	});
}

function objectSchema(schema: JsonSchema, subject: string): JsonSchema {
	if (schema.type === 'object') return schema;
	if ('properties' in schema) return { type: 'object', ...schema };
	throw new TokenHubError('badConfig', `${subject} must describe an object.`, {
		hint: 'Models send arguments by name: wrap the schema in an object.',
	});
}
