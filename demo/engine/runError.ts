import { z } from 'zod/v4';

/** Why a run failed, in words; `context` is what the node's error carried. */
export interface RunError {
	message: string;
	description?: string;
	node?: string;
	itemIndex?: number;
	context?: Record<string, unknown>;
}

/** A workflow that cannot run, known before it starts. */
export class NodeProblem extends Error {
	constructor(
		readonly nodeName: string | undefined,
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

// The engine keeps errors as plain copies, so `instanceof` says nothing here.
const raw = z.looseObject({
	message: z.string().catch('The workflow failed without a message'),
	description: z.string().optional().catch(undefined),
	nodeName: z.string().optional().catch(undefined),
	node: z.looseObject({ name: z.string() }).optional().catch(undefined),
	context: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

const index = z.number().optional().catch(undefined);

export function toRunError(error: unknown, lastNode?: string): RunError {
	const { message, description, nodeName, node, context } = raw.parse(
		typeof error === 'object' && error !== null ? fieldsOf(error) : { message: String(error) },
	);
	return {
		message,
		description: description === message ? undefined : description,
		node: nodeName ?? node?.name ?? lastNode,
		itemIndex: index.parse(context?.['itemIndex']),
		context,
	};
}

/** Spreading an Error loses its message. */
function fieldsOf(error: object): Record<string, unknown> {
	return 'message' in error ? { ...error, message: error.message } : { ...error };
}
