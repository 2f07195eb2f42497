import type {
	IBinaryKeyData,
	IConnections,
	IDataObject,
	INode,
	INodeParameters,
	IPinData,
	IWorkflowSettings,
} from 'n8n-workflow';
import { z } from 'zod/v4';

/**
 * n8n's triggers are in n8n-nodes-base, which has 183 MB. These stand-ins only pass on the run's first
 * items.
 */
export const STAND_INS = {
	manualTrigger: 'n8n-nodes-base.manualTrigger',
	executeWorkflowTrigger: 'n8n-nodes-base.executeWorkflowTrigger',
	noOp: 'n8n-nodes-base.noOp',
	stickyNote: 'n8n-nodes-base.stickyNote',
} as const;

/** A workflow as n8n exports it, reduced to what an execution reads. */
export interface WorkflowFile {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

const isObject = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const object = <T>() => z.custom<T>(isObject, 'Expected an object');

const pinnedItem = z
	.looseObject({
		json: object<IDataObject>().optional(),
		binary: object<IBinaryKeyData>().optional(),
	})
	// n8n's exports contain bare items as well as `{ json }` ones.
	.transform((item) =>
		item.json ? { json: item.json, binary: item.binary } : { json: dataOf(item) },
	);

function dataOf(item: Record<string, unknown>): IDataObject {
	return object<IDataObject>().parse(item);
}

const node = z
	.object({
		id: z.string().optional(),
		name: z.string().min(1),
		type: z.string().min(1),
		typeVersion: z.number().default(1),
		position: z.tuple([z.number(), z.number()]).default([0, 0]),
		parameters: object<INodeParameters>().default({}),
		credentials: object<NonNullable<INode['credentials']>>().optional(),
		disabled: z.boolean().optional(),
		onError: z.enum(['continueErrorOutput', 'continueRegularOutput', 'stopWorkflow']).optional(),
		continueOnFail: z.boolean().optional(),
		retryOnFail: z.boolean().optional(),
		maxTries: z.number().optional(),
		waitBetweenTries: z.number().optional(),
		alwaysOutputData: z.boolean().optional(),
		executeOnce: z.boolean().optional(),
	})
	.transform((value) => ({ ...value, id: value.id ?? value.name }));

const workflow = z.object({
	id: z.string().optional(),
	name: z.string().optional(),
	nodes: z.array(node).min(1),
	connections: object<IConnections>().default({}),
	settings: object<IWorkflowSettings>().optional(),
	pinData: z.record(z.string(), z.array(pinnedItem)).nullish(),
});

/** Reads an exported workflow. An error names the path of each mistake, in one line. */
export function parseWorkflowFile(value: unknown): WorkflowFile {
	const parsed = workflow.safeParse(value);
	if (!parsed.success) {
		const issues = parsed.error.issues.map((i) => `${i.path.join('.') || 'file'}: ${i.message}`);
		throw new Error(`not an n8n workflow (${issues.slice(0, 3).join('; ')})`);
	}
	return { ...parsed.data, pinData: parsed.data.pinData ?? undefined };
}

export const isSubWorkflow = ({ nodes }: WorkflowFile): boolean => {
	const types = nodes.filter((node) => !node.disabled).map((node) => node.type);
	return (
		types.includes(STAND_INS.executeWorkflowTrigger) && !types.includes(STAND_INS.manualTrigger)
	);
};

/** A problem found before the workflow starts. */
export class NodeProblem extends Error {
	constructor(
		readonly nodeName: string | undefined,
		message: string,
		readonly description?: string,
	) {
		super(message);
	}
}

/** The trigger to start from; any other kind of trigger works too if its output is pinned. */
export function findStart(workflow: WorkflowFile, nodes: INode[], called: boolean): INode {
	const enabled = nodes.filter((node) => !node.disabled);
	const ofType = (type: string) => enabled.find((node) => node.type === type);
	const { executeWorkflowTrigger, manualTrigger } = STAND_INS;
	const order = called ? [executeWorkflowTrigger] : [manualTrigger, executeWorkflowTrigger];
	const fed = new Set(
		Object.values(workflow.connections).flatMap((outputs) =>
			(outputs.main ?? []).flatMap((ends) => (ends ?? []).map((end) => end.node)),
		),
	);
	const pinned = enabled.find((node) => workflow.pinData?.[node.name] && !fed.has(node.name));
	const start = order.map(ofType).find((node) => node !== undefined) ?? pinned;
	if (!start) {
		const wanted = called ? 'Execute Workflow Trigger' : 'Manual Trigger';
		throw new NodeProblem(undefined, `The workflow has no ${wanted} to start from.`);
	}
	return start;
}
