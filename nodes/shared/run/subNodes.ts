import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { z } from 'zod/v4';
import { isRecord } from '../../../core/lib/isRecord';
import { perObject, remembering } from '../../../core/lib/perObject';
import { nodeOf } from '../item/itemRun';

/** A node at an input other than the main one, with everything connected to it. */
export interface SubNode {
	node: INode;
	/** At any depth, itself first. */
	nodes: INode[];
	/** Kinds of all connections below it. */
	kinds: Set<string>;
}

const isNode = (value: unknown): value is INode =>
	isRecord(value) && typeof value.name === 'string' && isRecord(value.parameters);
/** What n8n's connections lead to, by output or input. */
export const endsSchema = z.array(z.array(z.looseObject({ node: z.string() })).nullable());
const linksSchema = z.record(z.string(), endsSchema);

/**
 * The enabled sub-nodes of the running node, or of another, in the order in which n8n supplies them. Read from n8n's
 * `workflow` (its `nodes` and `connectionsByDestinationNode`), which no method of a node's context
 * gives whole; undefined where n8n has it no more.
 */
export function subNodesOf(
	context: IExecuteFunctions,
	kind?: string,
	of = nodeOf(context).name,
): SubNode[] | undefined {
	return known(context)(of)(kind);
}

/** The same for all items of a run. */
const known = perObject((context: IExecuteFunctions) =>
	remembering((of: string) =>
		remembering((kind: string | undefined) => findSubNodes(context, of, kind)),
	),
);

function findSubNodes(
	context: IExecuteFunctions,
	of: string,
	kind?: string,
): SubNode[] | undefined {
	const workflow: unknown = 'workflow' in context ? context.workflow : undefined;
	if (!isRecord(workflow)) return undefined;
	const { nodes, connectionsByDestinationNode: links } = workflow;
	if (!isRecord(nodes) || !isRecord(links)) return undefined;
	const below = (name: string) =>
		Object.entries(linksSchema.safeParse(links[name] ?? {}).data ?? {}).flatMap(([type, inputs]) =>
			type === 'main' ? [] : inputs.flatMap((ends) => ends ?? []).map((end) => [type, end.node]),
		);
	const find = (name: string | undefined) => {
		const node = nodes[name ?? ''];
		return isNode(node) && node.disabled !== true ? node : undefined;
	};
	const open = (node: INode): SubNode => {
		const found: SubNode = { node, nodes: [node], kinds: new Set() };
		for (const { name } of found.nodes) {
			for (const [type = '', source] of below(name)) {
				const next = find(source);
				if (!next) continue;
				found.kinds.add(type);
				if (!found.nodes.includes(next)) found.nodes.push(next);
			}
		}
		return found;
	};
	const ends = below(of).filter(([type]) => kind === undefined || type === kind);
	const names = new Set(ends.map(([, name]) => name));
	return [...names].toReversed().flatMap((name) => {
		const node = find(name);
		return node ? [open(node)] : [];
	});
}
