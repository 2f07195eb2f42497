export const MODEL = { __rl: true, mode: 'id', value: 'anthropic/claude-sonnet-4-6' };

export interface Part {
	name: string;
	type: string;
	typeVersion?: number;
	parameters?: object;
	credentials?: object;
	/** What the node is connected to, and how; a list for several connections. */
	to?: Array<[node: string, type: string]>;
	[key: string]: unknown;
}

export interface BuiltWorkflow {
	id: string;
	name: string;
	nodes: object[];
	connections: Record<
		string,
		Record<string, Array<Array<{ node: string; type: string; index: number }>>>
	>;
	[key: string]: unknown;
}

/** Builds a workflow in n8n's format from parts that list their own connections. */
export function buildWorkflow(id: string, parts: Part[], rest: object = {}): BuiltWorkflow {
	const connections: BuiltWorkflow['connections'] = {};
	for (const { name, to = [] } of parts) {
		for (const [node, type] of to) {
			const ends = ((connections[name] ??= {})[type] ??= [[]]);
			ends[0]?.push({ node, type, index: 0 });
		}
	}
	const nodes = parts.map(({ to: _to, ...part }, index) => ({
		...{ id: `${id}-${index}`, typeVersion: 1, position: [index * 200, 0], parameters: {} },
		...part,
	}));
	return {
		...{ id, name: `e2e: ${id}`, active: false, settings: { executionOrder: 'v1' } },
		...{ nodes, connections },
		...rest,
	};
}

export const start: Part = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	to: [['Loop', 'main']],
};

/** The node under test. */
export function loop(prompt: string, set: { options?: object; tools?: object } = {}): Part {
	return {
		name: 'Loop',
		type: 'n8n-nodes-tokenhub.tokenHubToolCallLoop',
		parameters: { model: MODEL, prompt, maxTokens: 1024, tools: {}, options: {}, ...set },
		credentials: { tokenHubApi: { id: 'scripted', name: 'TokenHub' } },
	};
}

export const tool = (name: string, type: string, rest: Partial<Part> = {}): Part => ({
	name,
	type,
	to: [['Loop', 'ai_tool']],
	...rest,
});
