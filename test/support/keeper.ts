import { NodeConnectionTypes, type INodeExecutionData, type INodeType } from 'n8n-workflow';
import { supplied } from './supplied';

/** A workflow that keeps states as one with a table does: by a tool node of the test's own. */
export function keeper(kept: Map<string, string>, note: (key: string) => void = () => undefined) {
	const keep = async ({ json }: INodeExecutionData) => {
		const key = JSON.stringify(json.key);
		note(key);
		if (json.state !== undefined) kept.set(key, JSON.stringify(json.state));
		const state = kept.get(key);
		return [{ json: state === undefined ? {} : { state } }];
	};
	const made = supplied('ai_tool', undefined);
	const description = {
		...made.nodeType.description,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
	};
	const nodeType: INodeType = {
		description,
		async execute() {
			return [(await Promise.all(this.getInputData().map(keep))).flat()];
		},
	};
	// Where nothing asks for it.
	const node = { ...made, nodeType, to: 'Start' };
	const workflow = {
		id: 'keeper',
		nodes: [
			{
				...{ name: 'Start', type: 'n8n-nodes-base.executeWorkflowTrigger', typeVersion: 1.1 },
				parameters: { inputSource: 'passthrough' },
			},
			{ name: 'Keep', type: node.type },
		],
		connections: { Start: { main: [[{ node: 'Keep', type: 'main', index: 0 }]] } },
	};
	return { node, workflow };
}
