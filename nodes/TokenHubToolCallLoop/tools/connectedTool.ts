import { z } from 'zod/v4';
import { isRecord } from '../../../core/lib/isRecord';
import { isZodV3, isZodV4, type JsonSchema, type ZodType } from '../../../core/schema/jsonSchema';
import { readInput } from '../../../core/readInput';

type Invoke = (this: unknown, args: unknown, options: { signal: AbortSignal }) => unknown;

const isFunction = (value: unknown): value is Invoke => typeof value === 'function';

/** What n8n supplies over an `ai_tool` connection: a LangChain tool. */
const connectedToolSchema = z.object({
	name: z.string(),
	description: z.string().default(''),
	schema: z.unknown(),
	invoke: z.custom<Invoke>(isFunction, 'it cannot be invoked'),
	/** Set by n8n; `gatedToolNodeName` marks a tool behind human approval. */
	metadata: z
		.looseObject({
			sourceNodeName: z.string().optional(),
			gatedToolNodeName: z.string().optional(),
		})
		.nullish()
		.transform((metadata) => metadata ?? {}),
});
export type ConnectedTool = z.output<typeof connectedToolSchema>;

/** @throws TokenHubError `badConfig` for anything that cannot be used as a tool. */
export function readConnectedTool(member: unknown): ConnectedTool {
	// LangChain's tools are class instances: their members are read one by one.
	const { name, description, schema, metadata } = isRecord(member) ? member : {};
	const method = isRecord(member) ? member.invoke : undefined;
	const invoke = isFunction(method) ? method.bind(member) : undefined;
	const read = { name, description, schema, metadata, invoke };
	return readInput(connectedToolSchema, read, 'connected tool');
}

/** n8n has tools without a schema: they take one text. */
export function parametersOf({ schema }: ConnectedTool): ZodType | JsonSchema {
	if (isZodV4(schema) || isZodV3(schema) || isRecord(schema)) return schema;
	return { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] };
}
