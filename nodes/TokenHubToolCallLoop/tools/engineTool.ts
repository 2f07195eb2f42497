import { isRecord } from '../../../core/isRecord';
import { toJsonSchema, type JsonSchema, type ZodType } from '../../../core/schema/jsonSchema';
import { argumentsIn, beyondEngine, readsField, textsOf } from '../../shared/itemExpressions';
import type { ConnectedTool } from './connectedTool';
import { refusedText, type ToolNode } from './toolNodes';

/** A connected tool that n8n's engine has to run, rather than the loop itself. */
export interface EngineTool {
	/** The node to run; with a gate, the one that asks a person. */
	node: string;
	/** The node to run once the person has said yes. */
	gatedNode?: string;
	/** The tool's name in its toolkit. */
	toolName: string;
	parameters: ZodType | JsonSchema;
	/** The node takes its arguments by `$fromAI`, never as fields of its item. */
	byFromAi: boolean;
}

interface Terms {
	/** Its images should reach the model. */
	givesImages: boolean;
	nodes: readonly ToolNode[];
	/** The run has several items. */
	isSeveral: boolean;
}

/**
 * How the engine runs a tool: behind n8n's human review, since calling it from here would skip the
 * person; or because its images should reach the model, which n8n drops from a direct call.
 * @throws TokenHubError `badConfig` for an expression that the engine would answer for another item, or
 *   by what the model says.
 */
export function engineTool(
	{ name, schema, metadata }: ConnectedTool,
	own: ZodType | JsonSchema,
	{ givesImages, nodes, isSeveral }: Terms,
): EngineTool | undefined {
	const { sourceNodeName: node, gatedToolNodeName: gatedNode } = metadata;
	if (node === undefined || (gatedNode === undefined && !givesImages)) return undefined;
	const parameters = gatedNode === undefined ? own : gatedParameters(schema, own);
	const known = new Map(
		nodes.flatMap(({ subNode }) => subNode.nodes).map((found) => [found.name, found]),
	);
	const runner = known.get(gatedNode ?? node);
	const names = Object.keys(recordOf(toJsonSchema(parameters).properties));
	const taken = argumentsIn(runner?.parameters);
	const byFromAi =
		runner !== undefined &&
		runner.type.endsWith('Tool') &&
		names.length > 0 &&
		names.every((argument) => taken.has(argument));
	const covered = ['query', 'tool', 'toolCallId', 'toolParameters', ...(byFromAi ? [] : names)];
	for (const ran of [known.get(node), runner]) {
		for (const text of textsOf(ran?.parameters)) {
			const word =
				(isSeveral ? beyondEngine(text) : undefined) ??
				covered.find((field) => readsField(text, field));
			if (ran && word !== undefined) throw refusedText({ node: ran, text, word });
		}
	}
	return { node, gatedNode, toolName: name, parameters, byFromAi };
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

/**
 * The item that the reviewing node gets: its own fields, and the tool with its arguments. `$fromAI` and
 * `$tool` look in `query` first, which an item from a webhook has as well: whoever filled in that would
 * choose what the person is shown.
 */
export function reviewInput(args: unknown, toolName: string): Record<string, unknown> {
	const given = recordOf(args);
	const shown = {
		...recordOf(given.hitlParameters),
		toolParameters: toolArguments(given),
		tool: toolName,
	};
	return { ...shown, query: shown };
}

/**
 * The item that the tool's node gets, with the fields of the loop's item below. Arguments for `$fromAI`
 * stand in `query`, where they hide no field of the item and no field of the item hides them.
 */
export function toolInput(
	args: unknown,
	{ toolName, byFromAi }: Pick<EngineTool, 'toolName' | 'byFromAi'>,
): Record<string, unknown> {
	const given = toolArguments(recordOf(args));
	return byFromAi ? { query: given, tool: toolName } : { ...given, tool: toolName };
}

function toolArguments(given: Record<string, unknown>): Record<string, unknown> {
	return isRecord(given.toolParameters) ? given.toolParameters : given;
}

function recordOf(value: unknown): Record<string, unknown> {
	return isRecord(value) ? value : {};
}
