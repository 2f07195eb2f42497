import { z } from 'zod/v4';
import { type FunctionTool, legalToolName } from '../chat/toolCalls';
import type { TokenHubClient } from '../client/createClient';
import { syncDoor } from '../door';
import { TokenHubError } from '../errors';
import { isRecord } from '../lib/isRecord';
import { followRef } from '../lib/jsonPointer';
import { own } from '../lib/own';
import { readInput } from '../readInput';
import {
	assertNoForeign,
	isSilent,
	isZodV3,
	isZodV4,
	type JsonSchema,
	type ZodType,
	type ZodV3Type,
	type ZodV4Type,
} from '../schema/jsonSchema';
import { inOwnWords } from '../schema/reading/inOwnWords';
import { sentForm } from '../schema/sending/sentForm';
import { knownSchema, type ValueCheck, valueCheck } from '../schema/valueCheck';
import { definitionOf, kindOf } from '../schema/zod/zodNode';

/** What a tool gets in addition to its arguments. */
export interface ToolContext {
	/** Aborts when the tool's time is up or the run is cancelled. */
	signal: AbortSignal;
	/** The id of the call. */
	callId: string;
	/**
	 * The client of the loop. Requests through it are included in the loop's totals, which Max Cost
	 * limits, and in the `spending` of the step.
	 */
	client: TokenHubClient;
}

/** What `defineTool` takes. */
export interface ToolDefinition<Parameters extends ZodType | JsonSchema> {
	/** Claude accepts 1 to 64 letters, digits, `_` or `-`: any other name is sent as a legal one. */
	name: string;
	/** Tells the model when to call it. */
	description: string;
	/**
	 * zod 3, zod 4 or JSON Schema: an object of arguments. For a tool without arguments: `undefined`,
	 * `null` or `{}`.
	 */
	parameters?: Parameters | null;
	/**
	 * Runs the tool, with arguments that are valid against `parameters`. The model reads what it returns
	 * or throws. Without it, the tool is manual: the loop stops and passes the call to the caller.
	 */
	execute?(args: ArgumentsOf<Parameters>, context: ToolContext): unknown;
	/** Milliseconds; by default `toolTimeoutMs` of the loop. */
	timeoutMs?: number;
	/** How many times the loop may run it; by default any number. */
	maxCalls?: number;
	/**
	 * Whether it may run again if nobody knows whether it ran. By default, a call that had started when
	 * the process ended is reported to the model as unknown, and never repeated automatically.
	 */
	idempotent?: boolean;
	/**
	 * The loop stops with `awaitingApproval` before each call, or before each call for which the function
	 * does not return `false`; `approved` in `results` decides. If the function throws, or takes longer
	 * than a tool may, a person is asked.
	 */
	needsApproval?: boolean | Gate<ArgumentsOf<Parameters>>['ask'];
}

type ArgumentsOf<Parameters> =
	Parameters extends ZodV4Type<infer Output>
		? Output
		: Parameters extends ZodV3Type<infer Output>
			? Output
			: Record<string, unknown>;

/** A method, so that a tool with specific arguments is assignable to `Tool`. */
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
	 * What was read differently from how its schema is written, and what seems to be a mistake.
	 * @hidden
	 */
	warnings: string[];
	/** Runs it; without it the tool is manual. */
	execute?(args: unknown, context: ToolContext): unknown;
	/** Milliseconds. */
	timeoutMs?: number;
	/** How many times the loop may run it. */
	maxCalls?: number;
	/** Whether it may run again if nobody knows whether it ran. */
	idempotent?: boolean;
	/** Whether a person has to approve each call, or which calls. */
	needsApproval?: boolean | Gate<unknown>['ask'];
}

const nameSchema = z.string().trim().min(1, 'a tool needs a name');

/**
 * A tool from a zod (v3 or v4) or JSON Schema description of its arguments.
 * @throws TokenHubError `badConfig` for an empty name, or for parameters that are not a schema, that no
 * object can satisfy, or that have no JSON form.
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
	const subject = `The parameter schema of tool "${name}"`;
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
 * The tool in OpenAI's format, as it is sent: `parameters` are in a form that Claude accepts, in which
 * properties may have other names. The loop converts arguments back; `chat` returns them as the model
 * wrote them.
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

/**
 * What a tool knows about its arguments.
 * @throws TokenHubError `badConfig` for anything that is not a schema, or that no object can satisfy.
 */
function readParameters(
	source: ZodType | JsonSchema | null | undefined,
	subject: string,
): Pick<Tool, 'parameters' | 'check' | 'warnings'> {
	if (!isZodV4(source) && !isZodV3(source)) assertNoForeign(source, subject);
	if (isWithoutParameters(source)) return withoutParameters(source, subject);
	// First report that it is not a schema, then what is wrong with its meaning.
	const known = knownSchema(source, subject, inOwnWords);
	return {
		parameters: objectSchema(known.schema, subject),
		check: known.check,
		get warnings() {
			return known.warnings;
		},
	};
}

type Nothing = ZodType | JsonSchema | null | undefined;

/** zod's schemas for nothing or anything, and what the tool gets instead of arguments. */
const NOTHING: Record<string, (given: unknown) => unknown> = {
	void: () => undefined,
	undefined: () => undefined,
	null: () => null,
	never: () => ({}),
	any: (given) => given,
	unknown: (given) => given,
};

function isWithoutParameters(source: Nothing): source is Nothing & (null | undefined) {
	if (source === undefined || source === null) return true;
	if (isZodV4(source) || isZodV3(source)) return handedFor(source) !== undefined;
	return isRecord(source) && (isSilent(withoutNulls(source)) || source.type === 'null');
}

/** Servers in Go write null for each absent keyword. */
function withoutNulls(source: JsonSchema): JsonSchema {
	return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null));
}

function handedFor(source: unknown) {
	const definition = definitionOf(source);
	return definition && own(NOTHING, kindOf(definition));
}

function withoutParameters(source: unknown, subject: string): ReturnType<typeof readParameters> {
	const parameters = { type: 'object', properties: {} };
	const check = valueCheck(parameters, subject);
	// JSON Schema's `{}` accepts anything: whatever the model sends is not a mistake.
	const handed = handedFor(source) ?? ((given) => (isRecord(source) ? given : {}));
	const handing: ValueCheck = (value) => {
		const checked = check(value);
		return checked.ok ? { ok: true, value: handed(checked.value) } : checked;
	};
	return { parameters, warnings: [], check: handing };
}

/** Arguments are an object, whatever else the schema would accept. */
function objectSchema(schema: JsonSchema, subject: string): JsonSchema {
	if (!takesObject(schema, schema)) {
		throw new TokenHubError('badConfig', `${subject} must describe an object.`, {
			hint: 'Models send arguments by name: wrap the schema in an object.',
		});
	}
	const isOpen = schema.type === undefined && COMBINING.some((key) => key in schema);
	return isOpen ? schema : { ...schema, type: 'object' };
}

const COMBINING = ['$ref', '$dynamicRef', 'anyOf', 'oneOf', 'allOf', 'not', 'if', 'enum', 'const'];
const MOST_STEPS = 32;

function takesObject(schema: unknown, root: JsonSchema, steps = 0): boolean {
	if (!isRecord(schema) || steps > MOST_STEPS) return schema !== false;
	const { type, $ref, anyOf, oneOf, allOf, enum: choices } = schema;
	const inner = (part: unknown) => takesObject(part, root, steps + 1);
	const isType = type === undefined || (Array.isArray(type) ? type : [type]).includes('object');
	return (
		isType &&
		(!('const' in schema) || isRecord(schema.const)) &&
		(!Array.isArray(choices) || choices.some(isRecord)) &&
		(typeof $ref !== 'string' || inner(followRef($ref, root) ?? true)) &&
		[anyOf, oneOf].every((parts) => !Array.isArray(parts) || parts.some(inner)) &&
		(!Array.isArray(allOf) || allOf.every(inner))
	);
}
