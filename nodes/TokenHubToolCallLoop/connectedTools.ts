import { NodeConnectionTypes, type IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod/v4';
import { TokenHubError } from '../../core/errors';
import { isRecord } from '../../core/isRecord';
import { isZodV3, isZodV4, type JsonSchema, type ZodType } from '../../core/jsonSchema';
import { readInput } from '../../core/readInput';
import { defineTool, type Tool } from '../../core/toolLoop/tool';

type Invoke = (args: unknown, options: { signal: AbortSignal }) => unknown;

const isFunction = (value: unknown): value is Invoke => typeof value === 'function';

/** What n8n supplies over an `ai_tool` connection: a LangChain tool. */
const connectedToolSchema = z.object({
	name: z.string(),
	description: z.string().default(''),
	schema: z.unknown(),
	invoke: z.custom<Invoke>(isFunction, 'it cannot be invoked'),
	metadata: z.unknown(),
});
type ConnectedTool = z.output<typeof connectedToolSchema>;

/**
 * The tools connected to the node. Fetched once with index 0 and shared by all items: fetched per
 * item while items run side by side, n8n hands every item the arguments of item 0.
 */
export async function connectedTools(context: IExecuteFunctions): Promise<Tool[]> {
	const supplied: unknown = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	const entries: unknown[] = Array.isArray(supplied) ? supplied : supplied ? [supplied] : [];
	return entries.flatMap(membersOf).map(toTool);
}

/** A toolkit, such as an MCP client, holds tools of its own. */
function membersOf(entry: unknown): unknown[] {
	return isRecord(entry) && Array.isArray(entry.tools) ? entry.tools : [entry];
}

function toTool(entry: unknown): Tool {
	// LangChain's tools are class instances: their members are read one by one.
	const { name, description, schema, metadata } = isRecord(entry) ? entry : {};
	const invoke: Invoke = (args, options) => {
		if (isRecord(entry) && isFunction(entry.invoke)) return entry.invoke(args, options);
		throw new Error(`The tool "${String(name)}" cannot be invoked.`);
	};
	const tool = readInput(
		connectedToolSchema,
		{ name, description, schema, invoke, metadata },
		'connected tool',
	);
	refuseGated(tool);
	return defineTool({
		name: legalName(tool.name),
		description: tool.description,
		parameters: parametersOf(tool),
		execute: (args, { signal }) => tool.invoke(args, { signal }),
	});
}

/** Claude takes fewer characters in a name than n8n and MCP servers do. */
function legalName(name: string): string {
	return name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64);
}

function parametersOf({ schema }: ConnectedTool): ZodType | JsonSchema {
	if (isZodV4(schema) || isZodV3(schema) || isRecord(schema)) return schema;
	return { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
}

/** Calling such a tool from here would skip the person who is to approve it. */
function refuseGated({ name, metadata }: ConnectedTool): void {
	if (!isRecord(metadata) || metadata.gatedToolNodeName === undefined) return;
	throw new TokenHubError('badConfig', `The tool "${name}" needs human approval.`, {
		hint: 'Tools behind approval are not supported here yet: connect the tool without it, or define it as Manual.',
	});
}
