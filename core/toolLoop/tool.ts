import { z } from 'zod/v4';
import { type FunctionTool, legalToolName } from '../chat/toolCalls';
import type { TokenHubClient } from '../client/createClient';
import { syncDoor } from '../door';
import { readInput } from '../readInput';
import type { ValueCheck } from '../schema/valueCheck';
import type { JsonSchema, ZodType, ZodV3Type, ZodV4Type } from '../schema/jsonSchema';
import { sentForm } from '../schema/sending/sentForm';
import { readParameters } from './toolParameters';

/** What a tool gets in addition to its arguments. */
export interface ToolContext {
	/** Aborts when the tool's time is up or the run is cancelled. */
	signal: AbortSignal;
	/** The id of the call. */
	callId: string;
	/**
	 * The client of the loop. What is asked through it is in the sums of the loop, which Max Cost limits,
	 * and in the `spending` of the step.
	 */
	client: TokenHubClient;
}

/** What `defineTool` takes. */
export interface ToolDefinition<Parameters extends ZodType | JsonSchema> {
	/** Claude takes 1 to 64 letters, digits, `_` or `-`: any other name is sent as a legal one. */
	name: string;
	/** Tells the model when to call it. */
	description: string;
	/** zod 3, zod 4 or JSON Schema: an object of arguments. Without any: `undefined`, `null` or `{}`. */
	parameters?: Parameters | null;
	/**
	 * Runs it, with arguments that are valid against `parameters`. The model reads what it returns or throws.
	 * Without it the tool is manual: the loop stops and hands the call to the caller.
	 */
	execute?(args: ArgumentsOf<Parameters>, context: ToolContext): unknown;
	/** Milliseconds; by default `toolTimeoutMs` of the loop. */
	timeoutMs?: number;
	/** How often the loop may run it; by default any number. */
	maxCalls?: number;
	/**
	 * Whether it may run again where nobody knows if it did: a call that had begun when the process ended
	 * is otherwise told to the model as unknown, and never run again by itself.
	 */
	idempotent?: boolean;
	/**
	 * The loop stops with `awaitingApproval` before each call, or before those for whose arguments the
	 * function does not give `false`; `approved` in `results` decides. Where it throws, or takes longer than
	 * a tool may, a person is asked.
	 */
	needsApproval?: boolean | Gate<ArgumentsOf<Parameters>>['ask'];
}

type ArgumentsOf<Parameters> =
	Parameters extends ZodV4Type<infer Output>
		? Output
		: Parameters extends ZodV3Type<infer Output>
			? Output
			: Record<string, unknown>;

/** A method, so that a tool of some arguments is a tool. */
interface Gate<Args> {
	ask(this: void, args: Args): boolean | Promise<boolean>;
}

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
	/**
	 * What was read otherwise in its schema than it was written, and what seems a slip.
	 * @hidden
	 */
	warnings: string[];
	/** Runs it; without it the tool is manual. */
	execute?(args: unknown, context: ToolContext): unknown;
	/** Milliseconds. */
	timeoutMs?: number;
	/** How often the loop may run it. */
	maxCalls?: number;
	/** Whether it may run again where nobody knows if it did. */
	idempotent?: boolean;
	/** Whether a person has to approve each call, or which. */
	needsApproval?: boolean | Gate<unknown>['ask'];
}

const nameSchema = z.string().trim().min(1, 'a tool needs a name');

/**
 * A tool from a zod (v3 or v4) or JSON Schema description of its arguments.
 * @throws TokenHubError `badConfig` for an empty name, or parameters that are no schema, that no
 *   object can meet, or that no JSON can meet.
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
	const known = readParameters(definition.parameters, subject);
	const { parameters, check } = known;
	return {
		...{ ...definition, name, parameters, check },
		get warnings() {
			return known.warnings;
		},
	};
}

/**
 * The tool in OpenAI's form, as it is sent: `parameters` in a form that Claude takes, in which names
 * of properties may be others. The loop reads arguments back; `chat` gives them as the model wrote them.
 * @param tool Made by `defineTool`.
 * @param sentName By default its name, made legal.
 */
export function toFunctionTool(tool: Tool, sentName?: string): FunctionTool {
	return syncDoor(() => {
		const { description } = tool;
		const { schema: parameters } = sentForm(tool.parameters);
		const name = sentName ?? legalToolName(readInput(nameSchema, tool.name, 'tool name'));
		return { type: 'function', function: { name, description, parameters } };
	});
}
