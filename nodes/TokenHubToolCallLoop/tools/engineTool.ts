import { isRecord } from '../../../core/isRecord';
import { toJsonSchema, type JsonSchema, type ZodType } from '../../../core/schema/jsonSchema';
import type { ConnectedTool } from './connectedTool';

/** A connected tool that n8n's engine has to run, rather than the loop itself. */
export interface EngineTool {
	/** The node to run; with a gate, the one that asks a person. */
	node: string;
	/** The node to run once the person has said yes. */
	gatedNode?: string;
	/** The tool's name in its toolkit. */
	toolName: string;
	parameters: ZodType | JsonSchema;
}

/**
 * How the engine runs a tool: behind n8n's human review, since calling it from here would skip the
 * person; or because its images should reach the model, which n8n drops from a direct call.
 */
export function engineTool(
	{ name, schema, metadata }: ConnectedTool,
	own: ZodType | JsonSchema,
	givesImages: boolean,
): EngineTool | undefined {
	const { sourceNodeName: node, gatedToolNodeName: gatedNode } = metadata;
	if (node === undefined || (gatedNode === undefined && !givesImages)) return undefined;
	const parameters = gatedNode === undefined ? own : gatedParameters(schema, own);
	return { node, gatedNode, toolName: name, parameters };
}

/**
 * n8n offers a gated tool as `{ toolParameters, hitlParameters }`. Where the review asks nothing of
 * the model, it gets the tool's own parameters, as without a review.
 */
function gatedParameters(schema: unknown, own: ZodType | JsonSchema): ZodType | JsonSchema {
	const wrapped = isRecord(schema) ? toJsonSchema(own) : {};
	const { toolParameters, hitlParameters } = recordOf(wrapped.properties);
	const asked = Object.keys(recordOf(recordOf(hitlParameters).properties));
	return isRecord(toolParameters) && asked.length === 0 ? toolParameters : own;
}

/** The item that the reviewing node gets: its own fields, and the tool with its arguments. */
export function reviewInput(args: unknown, toolName: string): Record<string, unknown> {
	const given = recordOf(args);
	return {
		...recordOf(given.hitlParameters),
		toolParameters: toolArguments(given),
		tool: toolName,
	};
}

/** The item that the tool's node gets. */
export function toolInput(args: unknown, toolName: string): Record<string, unknown> {
	return { ...toolArguments(recordOf(args)), tool: toolName };
}

function toolArguments(given: Record<string, unknown>): Record<string, unknown> {
	return isRecord(given.toolParameters) ? given.toolParameters : given;
}

function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}
