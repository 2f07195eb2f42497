import type { BuiltWorkflow } from '../../server/buildWorkflow';
import { z } from 'zod/v4';

/** A node type as n8n lists it; of those that changed much, each version by itself. */
export const nodeTypesSchema = z.array(
	z.looseObject({
		name: z.string(),
		version: z.union([z.number().transform((version) => [version]), z.array(z.number())]),
	}),
);
export type NodeTypes = z.output<typeof nodeTypesSchema>;

const nodeSchema = z.looseObject({ type: z.string(), typeVersion: z.number() });

/**
 * The workflow with the newest versions of its nodes that this n8n has, but none newer than asked.
 * @throws when it lacks a node altogether.
 */
export function fitVersions(workflow: BuiltWorkflow, types: NodeTypes): BuiltWorkflow {
	const nodes = workflow.nodes.map((node) => {
		const { type, typeVersion } = nodeSchema.parse(node);
		const versions = types.filter(({ name }) => name === type).flatMap(({ version }) => version);
		if (versions.length === 0) throw new Error(`this n8n has no node ${type}`);
		const fitting = versions.filter((version) => version <= typeVersion);
		return { ...node, typeVersion: Math.max(...(fitting.length > 0 ? fitting : versions)) };
	});
	return { ...workflow, nodes };
}
