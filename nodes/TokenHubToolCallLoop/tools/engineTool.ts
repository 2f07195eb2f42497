import type { INode } from 'n8n-workflow';
import { isRecord } from '../../../core/lib/isRecord';
import {
	isZodV3,
	isZodV4,
	toJsonSchema,
	type JsonSchema,
	type ZodType,
} from '../../../core/schema/jsonSchema';
import { argumentsIn, beyondEngine, readsField, textsOf } from '../../shared/item/itemExpressions';
import type { ConnectedTool } from './connectedTool';
import { refusedText, type ToolNode } from './toolNodes';

/** A connected tool that n8n's engine has to run instead of the loop. */
export interface EngineTool {
	/** The node to run; with a gate, the one that asks a person. */
	node: string;
	/** The node to run once the person has said yes. */
	gatedNode?: string;
	/** The tool's name in its toolkit. */
	toolName: string;
	parameters: ZodType | JsonSchema;
	/** Whether the node takes its arguments only from `$fromAI`, never as fields of its item. */
	byFromAi: boolean;
}

/**
 * How the engine runs a tool: because it is behind n8n's human review, which a direct call would skip;
 * or because its images should reach the model, which n8n drops from a direct call.
 */
export function engineTool(
	{ name, schema, metadata }: ConnectedTool,
	own: ZodType | JsonSchema,
	{ givesImages, nodes }: { givesImages: boolean; nodes: readonly ToolNode[] },
): EngineTool | undefined {
	const { sourceNodeName: node, gatedToolNodeName: gatedNode } = metadata;
	if (node === undefined || (gatedNode === undefined && !givesImages)) return undefined;
	const parameters =
		gatedNode === undefined ? own : gatedParameters({ schema, own, bare: metadata.originalSchema });
	const runner = nodeNamed(nodes, gatedNode ?? node);
	const ownArguments = argumentsIn(runner?.parameters);
	const names = argumentNames(parameters);
	const byFromAi =
		runner?.type.endsWith('Tool') === true &&
		names.length > 0 &&
		names.every((argument) => ownArguments.has(argument));
	return { node, gatedNode, toolName: name, parameters, byFromAi };
}

const argumentNames = (parameters: EngineTool['parameters']) =>
	Object.keys(recordOf(toJsonSchema(parameters).properties));

function nodeNamed(nodes: readonly ToolNode[], wanted: string | undefined): INode | undefined {
	return nodes.flatMap(({ subNode }) => subNode.nodes).find(({ name }) => name === wanted);
}

/**
 * The engine gives a tool an item of its own: the loop's item without files and origin, below what the
 * model says.
 * @throws TokenHubError `badConfig` for an expression that would be evaluated for another item, or by
 * the model.
 */
export function assertForEngine(
	{ node, gatedNode, parameters, byFromAi }: EngineTool,
	{ nodes, isSeveral }: { nodes: readonly ToolNode[]; isSeveral: boolean },
): void {
	const covered = [...COVERED, ...(byFromAi ? [] : argumentNames(parameters))];
	for (const name of new Set([node, gatedNode ?? node])) {
		for (const text of textsOf(nodeNamed(nodes, name)?.parameters)) {
			const word =
				(isSeveral ? beyondEngine(text) : undefined) ??
				covered.find((field) => readsField(text, field));
			if (word !== undefined) throw refusedText({ node: { name }, text, word });
		}
	}
}

/** Fields of the loop's item that the engine's own fields replace. */
const COVERED = ['query', 'tool', 'toolCallId', 'toolParameters'];

/**
 * n8n offers a gated tool as `{ toolParameters, hitlParameters }`. If the review asks the model
 * nothing, it gets the tool's own parameters, as without a review: they include its defaults, and for
 * an argument without a value, `$fromAI` would take the item's field of that name.
 */
function gatedParameters({
	schema,
	own,
	bare,
}: {
	schema: unknown;
	own: EngineTool['parameters'];
	bare: unknown;
}): EngineTool['parameters'] {
	const wrapped = isRecord(schema) ? toJsonSchema(own) : {};
	const { toolParameters, hitlParameters } = recordOf(wrapped.properties);
	const asked = Object.keys(recordOf(recordOf(hitlParameters).properties));
	if (!isRecord(toolParameters) || asked.length > 0) return own;
	return isZodV3(bare) || isZodV4(bare) ? bare : toolParameters;
}

/**
 * The item for the reviewing node: its own fields, and the tool with its arguments. `$fromAI` and
 * `$tool` look in `query` first, which an item from a webhook has too: whoever filled it in would
 * choose what the person sees.
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
 * The item for the tool's node, with the fields of the loop's item. Arguments for `$fromAI` are in
 * `query`, where they hide no field of the item and no field of the item hides them.
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
